using TwoFactor.Accounts;

namespace TwoFactor.Administration;

/// <summary>Who asked to move whom, and why.</summary>
internal sealed record MoveOrder(UserId Actor, UserId User, OrganizationId? Organization, string Reason, DateTimeOffset At);
