using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using TwoFactor.Accounts;

namespace TwoFactor.Auditing;

/// <summary>
/// The hash chain of the audit events of an account or an organisation. Each hash covers the hash before it and every field, length-prefixed so that no two
/// different events have the same input; the chain's end is kept with the account or organisation. Changing, removing or reordering a row breaks it.
/// </summary>
public static class AuditChain
{
    internal static readonly ImmutableArray<byte> Genesis = ImmutableCollectionsMarshal.AsImmutableArray(new byte[SHA256.HashSizeInBytes]);

    /// <summary>Turns the events of one operation into audit records that continue the account's chain.</summary>
    /// <returns>The records, and the account with the chain's new end.</returns>
    internal static (Account Account, ImmutableArray<AuditEvent> Records) Append(Account account, ImmutableArray<AccountEvent> events)
    {
        var records = ImmutableArray.CreateBuilder<AuditEvent>(events.Length);
        var (chain, head) = (AuditChainId.Of(account.UserId), account.AuditHead);
        foreach (var e in events)
        {
            var draft = AuditProjection.Project(e);
            var record = Next(chain, head, e.At, draft with { Actor = draft.Actor ?? account.UserId.Value }, draft.Subject ?? account.UserId, draft.Organization);
            records.Add(record);
            head = new AuditChainHead(record.Sequence, record.Hash);
        }

        return (account with { AuditHead = head }, records.MoveToImmutable());
    }

    /// <summary>The record that follows the end of a chain.</summary>
    internal static AuditEvent Next(
        AuditChainId chain, AuditChainHead? head, DateTimeOffset at, AuditDraft draft, UserId? subject, OrganizationId? organization)
    {
        var record = new AuditEvent
        {
            Chain = chain,
            Sequence = (head?.Sequence ?? 0) + 1,
            Name = draft.Name,
            OccurredAt = DateTimeOffset.FromUnixTimeMilliseconds(at.ToUnixTimeMilliseconds()),
            Actor = PlainText.Escape(draft.Actor ?? ""),
            Subject = subject,
            Organization = organization,
            MfaFactorType = draft.Factor,
            Details = draft.Details,
            PreviousHash = head?.Hash ?? Genesis,
            Hash = [],
        };
        return record with { Hash = ComputeHash(record) };
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
        using var sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        sha.AppendData(record.PreviousHash.AsSpan());
        Append(sha, record.Schema);
        Append(sha, record.Sequence);
        Append(sha, record.OccurredAt.ToUnixTimeMilliseconds());
        Append(sha, (long)(record.MfaFactorType ?? 0));
        Append(sha, record.Chain.ToString());
        Append(sha, record.Subject?.Value ?? "");
        Append(sha, record.Organization?.Value ?? "");
        Append(sha, record.Name);
        Append(sha, record.Actor);
        Append(sha, record.Details.Count);
        foreach (var (name, value) in record.Details)
        {
            Append(sha, name);
            Append(sha, value);
        }

        return ImmutableCollectionsMarshal.AsImmutableArray(sha.GetHashAndReset());
    }

    private static void Append(IncrementalHash sha, long number)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(bytes, number);
        sha.AppendData(bytes);
    }

    private static void Append(IncrementalHash sha, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        Append(sha, bytes.Length);
        sha.AppendData(bytes);
    }
}
