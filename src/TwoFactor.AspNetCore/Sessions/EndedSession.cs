using Microsoft.AspNetCore.Http;

namespace TwoFactor.AspNetCore.Sessions;

/// <summary>Tells a page why its user is signed out.</summary>
public static class EndedSession
{
    private static readonly object s_key = new();

    /// <summary>
    /// True when this request came with a session that has ended because the account's second factor was reset, removed or replaced: for a
    /// notice on the sign-in page.
    /// </summary>
    public static bool HasEndedTwoFactorSession(this HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return context.Items.ContainsKey(s_key);
    }

    internal static void Mark(HttpContext context) => context.Items[s_key] = true;
}
