using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace TwoFactor.Sample.Web.Hosting;

/// <summary>http://localhost:5080, or the next free port, unless <c>--urls</c> or the environment say otherwise.</summary>
public static class ListenAddress
{
    private const int FirstPort = 5080;
    private const int LastPort = 5179;

    public static void Choose(IConfiguration configuration)
    {
        if (configuration["urls"] is { Length: > 0 } || configuration["http_ports"] is { Length: > 0 }) return;
        var port = Enumerable.Range(FirstPort, LastPort - FirstPort + 1).Where(IsFree).Cast<int?>().FirstOrDefault()
            ?? throw new InvalidOperationException($"Every port from {FirstPort} to {LastPort} is taken: name another with --urls http://localhost:<port>.");
        configuration["urls"] = string.Create(CultureInfo.InvariantCulture, $"http://localhost:{port}");
    }

    private static bool IsFree(int port) =>
        CanBind(IPAddress.Loopback, port) && (!Socket.OSSupportsIPv6 || CanBind(IPAddress.IPv6Loopback, port));

    private static bool CanBind(IPAddress address, int port)
    {
        using var listener = new TcpListener(address, port);
        try
        {
            listener.Start();
            return true;
        }
        catch (SocketException e)
        {
            // A machine without this kind of address is no obstacle; a port in use, or one we may not use, is.
            return e.SocketErrorCode is SocketError.AddressNotAvailable or SocketError.AddressFamilyNotSupported;
        }
    }
}
