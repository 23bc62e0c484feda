namespace TwoFactor.EntityFrameworkCore.Tables;

/// <summary>That a member is, or once was, in a group of an organisation. <see cref="EntityFrameworkDirectory"/> writes it.</summary>
public sealed class MemberGroupRow
{
    /// <summary>Where.</summary>
    public required string Organization { get; init; }

    /// <summary>Who.</summary>
    public required string UserId { get; init; }

    /// <summary>The group. Names compare by ordinal.</summary>
    public required string Group { get; init; }

    /// <summary>When the user first joined it, in milliseconds since 1970-01-01 UTC. Rejoining does not change it.</summary>
    public required long Since { get; init; }

    /// <summary>False once the user has left the group or the organisation.</summary>
    public required bool Active { get; init; }
}
