namespace TwoFactor.Accounts;

/// <summary>More grace, granted by an administrator: the only thing that moves a deadline later.</summary>
/// <param name="OrganizationId">Under whose rules.</param>
/// <param name="Extra">How much. Several add up.</param>
public sealed record GraceExtension(OrganizationId OrganizationId, TimeSpan Extra);

/// <summary>That an organisation's rules do not bind a user for a while, granted by an administrator.</summary>
/// <param name="OrganizationId">Whose rules.</param>
/// <param name="Until">The moment from which they bind again.</param>
public sealed record GraceExemption(OrganizationId OrganizationId, DateTimeOffset Until);

/// <summary>A user's first sign-in under a rule whose grace runs from it. Recorded once.</summary>
/// <param name="OrganizationId">Whose rule.</param>
/// <param name="RuleId">Which.</param>
/// <param name="At">When.</param>
public sealed record FirstSignIn(OrganizationId OrganizationId, string RuleId, DateTimeOffset At);
