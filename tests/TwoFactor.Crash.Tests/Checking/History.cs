using System.Collections.Immutable;
using TwoFactor.Accounts;
using TwoFactor.Auditing;
using TwoFactor.Crash.Tests.Recording;

namespace TwoFactor.Crash.Tests.Checking;

/// <summary>What is known of one user: what was tried, and what the database holds.</summary>
/// <param name="Attempts">Everything that was tried, in any order.</param>
/// <param name="Before">The account as the check before this one found it; null when there was none.</param>
/// <param name="Found">The account that is stored; null when none is.</param>
/// <param name="Events">The events that are stored, oldest first.</param>
internal sealed record History(IReadOnlyCollection<Attempt> Attempts, Account? Before, Account? Found, ImmutableArray<AuditEvent> Events);
