using System.Collections.Immutable;

namespace TwoFactor.Accounts;

/// <summary>The end of an account's hash chain of audit events. It is part of the account, so a chain cannot fork.</summary>
/// <param name="Sequence">The number of the last event; the first is 1.</param>
/// <param name="Hash">The SHA-256 hash of the last event.</param>
public sealed record AuditChainHead(long Sequence, ImmutableArray<byte> Hash);
