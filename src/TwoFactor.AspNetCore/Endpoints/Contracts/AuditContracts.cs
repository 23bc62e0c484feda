using System.Collections.Immutable;
using TwoFactor.Auditing;
using TwoFactor.AspNetCore.Problems;

namespace TwoFactor.AspNetCore.Endpoints.Contracts;

/// <summary>A page of audit events.</summary>
/// <param name="Events">Newest first.</param>
/// <param name="Next">What the parameter <c>after</c> of the next page is; null on the last.</param>
public sealed record AuditPageResponse(ImmutableArray<AuditEventResponse> Events, string? Next)
{
    internal static AuditPageResponse Of(AuditPage page) => new([.. page.Events.Select(AuditEventResponse.Of)], page.Next?.ToString());
}

/// <summary>An audit event; <c>docs/audit.md</c> says what each name means.</summary>
public sealed record AuditEventResponse
{
    /// <summary>The schema it was written in.</summary>
    public required int Schema { get; init; }

    /// <summary>The chain: <c>account:</c> or <c>organization:</c> and the id.</summary>
    public required string Chain { get; init; }

    /// <summary>Its number in the chain, from 1.</summary>
    public required long Sequence { get; init; }

    /// <summary>What happened.</summary>
    public required string Name { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset OccurredAt { get; init; }

    /// <summary>Who did it.</summary>
    public required string Actor { get; init; }

    /// <summary>The user it is about; null when none.</summary>
    public required string? Subject { get; init; }

    /// <summary>The organisation it is about; null when none.</summary>
    public required string? Organization { get; init; }

    /// <summary><c>totp</c> or <c>backup_code</c>; null when it is about none.</summary>
    public required string? MfaFactorType { get; init; }

    /// <summary>Further fields by name.</summary>
    public required ImmutableSortedDictionary<string, string> Details { get; init; }

    /// <summary>The hash of the event before it, in hexadecimal digits.</summary>
    public required string PreviousHash { get; init; }

    /// <summary>Its hash, in hexadecimal digits.</summary>
    public required string Hash { get; init; }

    internal static AuditEventResponse Of(AuditEvent e) => new()
    {
        Schema = e.Schema,
        Chain = e.Chain.ToString(),
        Sequence = e.Sequence,
        Name = e.Name,
        OccurredAt = e.OccurredAt,
        Actor = e.Actor,
        Subject = e.Subject?.Value,
        Organization = e.Organization?.Value,
        MfaFactorType = e.MfaFactorType is { } factor ? WireNames.Of(factor) : null,
        Details = e.Details,
        PreviousHash = Convert.ToHexStringLower(e.PreviousHash.AsSpan()),
        Hash = Convert.ToHexStringLower(e.Hash.AsSpan()),
    };
}

/// <summary>A chain that was checked.</summary>
/// <param name="Length">How many events it has.</param>
/// <param name="BrokenAt">The number of the first event that is missing, changed or out of order; null when the chain is whole.</param>
public sealed record AuditCheckResponse(long Length, long? BrokenAt);
