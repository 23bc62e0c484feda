using System.Collections.Immutable;
using TwoFactor.Accounts;

namespace TwoFactor.Auditing;

/// <summary>Reads stored audit events. Stores implement it next to the contract for writing.</summary>
public interface IAuditReader
{
    /// <summary>One page of the events that match, newest first.</summary>
    ValueTask<AuditPage> QueryAsync(AuditQuery query, CancellationToken cancellationToken);

    /// <summary>A whole chain, oldest first.</summary>
    /// <exception cref="InvalidDataException">The next row is damaged in a way that no event can show.</exception>
    IAsyncEnumerable<AuditEvent> ReadChainAsync(AuditChainId chain, CancellationToken cancellationToken);
}

/// <summary>Which events to read. What is null does not restrict.</summary>
public sealed record AuditQuery
{
    /// <summary>The greatest <see cref="PageSize"/>.</summary>
    public const int MaxPageSize = 500;

    /// <summary>About this user.</summary>
    public UserId? Subject { get; init; }

    /// <summary>
    /// About this organisation, or about no organisation and a user who belongs to this one now. What another organisation did about a shared
    /// user is not shown.
    /// </summary>
    public OrganizationId? Organization { get; init; }

    /// <summary>Not before this moment.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Before this moment.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>With one of these names; empty for all.</summary>
    public ImmutableArray<string> Names { get => field.IsDefault ? [] : field; init; } = [];

    /// <summary>Events on a page. 1 to 500; default 50.</summary>
    public int PageSize
    {
        get;
        init => field = value is >= 1 and <= MaxPageSize
            ? value
            : throw new ArgumentOutOfRangeException(nameof(PageSize), value, $"A page has 1 to {MaxPageSize} events.");
    } = 50;

    /// <summary>Where the page before ended; null for the first.</summary>
    public AuditCursor? After { get; init; }
}

/// <summary>One page of events.</summary>
/// <param name="Events">Newest first.</param>
/// <param name="Next">Where the next page begins; null on the last.</param>
public sealed record AuditPage(ImmutableArray<AuditEvent> Events, AuditCursor? Next);
