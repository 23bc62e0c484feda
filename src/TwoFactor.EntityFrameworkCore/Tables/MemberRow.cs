namespace TwoFactor.EntityFrameworkCore.Tables;

/// <summary>That a user belongs, or once belonged, to an organisation. <see cref="EntityFrameworkDirectory"/> writes it.</summary>
public sealed class MemberRow
{
    /// <summary>Where.</summary>
    public required string Organization { get; init; }

    /// <summary>Who.</summary>
    public required string UserId { get; init; }

    /// <summary>The number of <see cref="Organizations.MembershipKind"/>.</summary>
    public required int Kind { get; init; }

    /// <summary>The identity provider that the user signs in by; null when there is none or it does not matter.</summary>
    public string? IdentityProvider { get; init; }

    /// <summary>When the user first joined, in milliseconds since 1970-01-01 UTC. Rejoining does not change it.</summary>
    public required long SubjectSince { get; init; }

    /// <summary>False once the user has left. The row stays, because rejoining must not give new grace.</summary>
    public required bool Active { get; init; }

    /// <summary>True once the member has been in a group: without it no groups are looked for.</summary>
    public required bool Grouped { get; init; }

    /// <summary>As <see cref="DirectoryUserRow.Name"/>: this and the e-mail address are copies, so that a page shows its users without looking each up.</summary>
    public required string Name { get; init; }

    /// <summary>As <see cref="DirectoryUserRow.Email"/>.</summary>
    public required string Email { get; init; }

    /// <summary>The user's name as lists sort it: a copy, so that an index holds each organisation's list in order.</summary>
    public required string NameFolded { get; init; }

    /// <summary>As <see cref="AccountRow.Enrolled"/>: this and the columns below are copies, so that indexes hold each organisation's list in every order.</summary>
    public required bool Enrolled { get; init; }

    /// <summary>As <see cref="AccountRow.LockedUntil"/>.</summary>
    public required long LockedUntil { get; init; }

    /// <summary>As <see cref="AccountRow.PendingUntil"/>.</summary>
    public required long PendingUntil { get; init; }

    /// <summary>As <see cref="AccountRow.PreviousSignIn"/>.</summary>
    public required long PreviousSignIn { get; init; }
}
