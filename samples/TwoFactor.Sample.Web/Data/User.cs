using TwoFactor.Accounts;

namespace TwoFactor.Sample.Web.Data;

/// <summary>A user as the host knows one. The library keeps the second factor under <see cref="Id"/>, and nothing else of the user.</summary>
public sealed class User
{
    public required string Id { get; init; }

    /// <summary>In lower case: people do not remember how they once wrote it.</summary>
    public required string Email { get; init; }

    public required string Name { get; init; }

    /// <summary>Empty for one who was invited and has not chosen a password yet.</summary>
    public string PasswordHash { get; set; } = "";

    public required long CreatedAtUnixSeconds { get; init; }

    /// <summary>
    /// When the first sign-in was completed, a required second factor included; null before. Until then every sign-in is the activation,
    /// so that nobody gains a grace period by leaving it half-way.
    /// </summary>
    public long? ActivatedAtUnixSeconds { get; set; }

    public UserId UserId => new(Id);

    public bool IsActivated => ActivatedAtUnixSeconds is not null;

    public bool HasPassword => PasswordHash.Length > 0;
}
