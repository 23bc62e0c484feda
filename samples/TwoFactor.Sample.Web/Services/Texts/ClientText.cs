using TwoFactor.Accounts;

namespace TwoFactor.Sample.Web.Services.Texts;

/// <summary>Kinds of client in words.</summary>
public static class ClientText
{
    /// <summary>"a web browser", "the desktop app", ...</summary>
    public static string Of(ClientKind client) => client switch
    {
        ClientKind.Browser => "a web browser",
        ClientKind.Desktop => "the desktop app",
        ClientKind.Mobile => "the mobile app",
        _ => "the tablet app",
    };

    /// <summary>"Web browser", "Desktop app", ...</summary>
    public static string NameOf(ClientKind client) => client switch
    {
        ClientKind.Browser => "Web browser",
        ClientKind.Desktop => "Desktop app",
        ClientKind.Mobile => "Mobile app",
        _ => "Tablet app",
    };

    /// <summary>"a web browser or the desktop app".</summary>
    public static string AnyOf(IReadOnlyList<ClientKind> clients) => clients.Count < 2
        ? string.Concat(clients.Select(Of))
        : string.Join(", ", clients.SkipLast(1).Select(Of)) + " or " + Of(clients[^1]);
}
