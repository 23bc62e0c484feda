using System.Collections.Immutable;
using TwoFactor.Status;

namespace TwoFactor.Administration;

/// <summary>What an administrator wants to see of the users of an organisation.</summary>
public sealed record UserListQuery
{
    /// <summary>The greatest <see cref="PageSize"/>.</summary>
    public const int MaxPageSize = 200;

    /// <summary>Words of name or e-mail address, or their beginnings, as <see cref="UserSearch"/> reads them; up to 100 characters, well-formed; null for all.</summary>
    public string? Search { get; init; }

    /// <summary>True for "2FA enabled", false for "2FA disabled", null for both.</summary>
    public bool? Enabled { get; init; }

    /// <summary>Only these statuses; empty for all.</summary>
    public ImmutableArray<UserStatusKind> Statuses { get => field.IsDefault ? [] : field; init; } = [];

    /// <summary>The order. Default by name.</summary>
    public UserListSort Sort { get; init; } = UserListSort.Name;

    /// <summary>True for the opposite order.</summary>
    public bool Descending { get; init; }

    /// <summary>Users on a page. 1 to 200; default 50.</summary>
    public int PageSize
    {
        get;
        init => field = value is >= 1 and <= MaxPageSize
            ? value
            : throw new ArgumentOutOfRangeException(nameof(PageSize), value, $"A page has 1 to {MaxPageSize} users.");
    } = 50;

    /// <summary>Where the page before ended; null for the first.</summary>
    public UserListCursor? After { get; init; }
}
