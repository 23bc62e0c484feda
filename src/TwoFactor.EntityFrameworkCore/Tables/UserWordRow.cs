namespace TwoFactor.EntityFrameworkCore.Tables;

/// <summary>A word by which a search finds a user. <see cref="EntityFrameworkDirectory"/> writes it.</summary>
public sealed class UserWordRow
{
    /// <summary>The word, as <see cref="Status.UserSearch"/> makes it.</summary>
    public required string Word { get; init; }

    /// <summary>Whose name or e-mail address has it.</summary>
    public required string UserId { get; init; }
}
