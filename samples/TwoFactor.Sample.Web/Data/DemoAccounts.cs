namespace TwoFactor.Sample.Web.Data;

/// <summary>Users to try the sample with. Their passwords are public, which is why the sample listens on this machine only.</summary>
public static class DemoAccounts
{
    public static IReadOnlyList<DemoAccount> All { get; } =
    [
        new("Alice Adler", "alice@example.com", "alice-in-the-harbour"),
        new("Bob Brandt", "bob@example.com", "bob-by-the-lighthouse"),
    ];
}

public sealed record DemoAccount(string Name, string Email, string Password);
