namespace TwoFactor.EntityFrameworkCore.Tables;

/// <summary>What lists show of a user, and what they search. <see cref="EntityFrameworkDirectory"/> writes it.</summary>
public sealed class DirectoryUserRow
{
    /// <summary>Who.</summary>
    public required string UserId { get; init; }

    /// <summary>The name shown.</summary>
    public required string Name { get; init; }

    /// <summary>The words of name and e-mail address, as <see cref="Status.UserSearch"/> makes them, each after a space.</summary>
    public required string Words { get; init; }

    /// <summary>The name with ASCII letters in lower case.</summary>
    public required string NameFolded { get; init; }

    /// <summary>The e-mail address.</summary>
    public required string Email { get; init; }
}
