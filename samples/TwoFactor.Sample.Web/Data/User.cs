using TwoFactor.Accounts;

namespace TwoFactor.Sample.Web.Data;

/// <summary>A user as the host knows one. The library keeps the second factor under <see cref="Id"/>, and nothing else of the user.</summary>
public sealed class User
{
    public required string Id { get; init; }

    /// <summary>In lower case: people do not remember how they once wrote it.</summary>
    public required string Email { get; init; }

    public required string Name { get; init; }

    public string PasswordHash { get; set; } = "";

    public required long CreatedAtUnixSeconds { get; init; }

    public UserId UserId => new(Id);
}
