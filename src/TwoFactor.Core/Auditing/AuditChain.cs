using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using TwoFactor.Accounts;

namespace TwoFactor.Auditing;

/// <summary>
/// The hash chain of the audit events of an account or an organisation. Each hash covers the hash before it and every field, length-prefixed so that no two
/// different events have the same input; the chain's end is kept with the account or organisation. Changing, removing or reordering a row breaks it.
/// </summary>
public static class AuditChain
{
    internal static readonly ImmutableArray<byte> Genesis = ImmutableCollectionsMarshal.AsImmutableArray(new byte[SHA256.HashSizeInBytes]);

    /// <summary>Turns the events of one operation into audit records that continue a user's chain.</summary>
    /// <returns>The records, and the chain's new end.</returns>
    internal static (ImmutableArray<AuditEvent> Records, AuditChainHead? Head) Continue(UserId user, AuditChainHead? head, ImmutableArray<AccountEvent> events)
    {
        var records = new AuditEvent[events.Length];
        var chain = AuditChainId.Of(user);
        for (var i = 0; i < records.Length; i++)
        {
            var e = events[i];
            var draft = AuditProjection.Project(e);
            var record = Next(chain, head, e.At, draft with { Actor = draft.Actor ?? user.Value }, draft.Subject ?? user, draft.Organization);
            records[i] = record;
            head = new AuditChainHead(record.Sequence, record.Hash);
        }

        return (ImmutableCollectionsMarshal.AsImmutableArray(records), head);
    }

    /// <summary>The record that follows the end of a chain.</summary>
    internal static AuditEvent Next(
        AuditChainId chain, AuditChainHead? head, DateTimeOffset at, AuditDraft draft, UserId? subject, OrganizationId? organization)
    {
        var place = new AuditPlace(chain, (head?.Sequence ?? 0) + 1, head?.Hash ?? Genesis);
        var about = draft with { Actor = PlainText.Escape(draft.Actor ?? ""), Subject = subject, Organization = organization };
        var occurredAt = DateTimeOffset.FromUnixTimeMilliseconds(at.ToUnixTimeMilliseconds());
        return new AuditEvent
        {
            Chain = place.Chain,
            Sequence = place.Sequence,
            Name = about.Name,
            OccurredAt = occurredAt,
            Actor = about.Actor,
            Subject = about.Subject,
            Organization = about.Organization,
            MfaFactorType = about.Factor,
            Details = about.Details,
            PreviousHash = place.PreviousHash,
            Hash = AuditHash.Compute(AuditEvent.CurrentSchema, place, occurredAt, about),
        };
    }

    /// <summary>
    /// Checks a whole chain, oldest event first, against its end.
    /// </summary>
    /// <returns>The sequence number of the first event that is missing, changed or out of order; null when the chain is whole.</returns>
    public static long? FindBreak(IEnumerable<AuditEvent> events, AuditChainHead? head)
    {
        ArgumentNullException.ThrowIfNull(events);
        var verifier = new AuditChainVerifier();
        foreach (var record in events) verifier.Add(record);
        return verifier.FindBreak(head);
    }

    /// <summary>The hash that a record with these fields must have; its own <see cref="AuditEvent.Hash"/> is not part of it.</summary>
    public static ImmutableArray<byte> ComputeHash(AuditEvent record)
    {
        ArgumentNullException.ThrowIfNull(record);
        var place = new AuditPlace(record.Chain, record.Sequence, record.PreviousHash);
        var about = new AuditDraft(record.Name, record.Actor, record.MfaFactorType, record.Details) { Organization = record.Organization, Subject = record.Subject };
        return AuditHash.Compute(record.Schema, place, record.OccurredAt, about);
    }
}
