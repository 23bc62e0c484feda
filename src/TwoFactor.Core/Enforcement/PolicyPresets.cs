using TwoFactor.Accounts;
using TwoFactor.Lockout;

namespace TwoFactor.Enforcement;

/// <summary>Policies named by what they do. Each is a start to change from.</summary>
public static class PolicyPresets
{
    /// <summary>
    /// Everyone must set up within a grace period; who signs in afterwards is let into the set-up alone. Groups can come first, each by a
    /// rule of its own.
    /// </summary>
    /// <param name="organizationId">Whose.</param>
    /// <param name="start">When it begins.</param>
    /// <param name="grace">How long users may postpone; 7 days when null.</param>
    public static OrganizationPolicy RequiredAfterGrace(OrganizationId organizationId, DateTimeOffset start, TimeSpan? grace = null) =>
        OrganizationPolicy.NewFor(organizationId) with
        {
            Rules = [new EnforcementRule { Id = "everyone", Start = start, Grace = grace ?? TimeSpan.FromDays(7) }],
        };

    /// <summary>
    /// Everyone must set up at the next sign-in; three wrong codes or five wrong passwords lock until an administrator unlocks; single
    /// sign-on and the second factor exclude each other.
    /// </summary>
    /// <param name="organizationId">Whose.</param>
    /// <param name="start">When it begins.</param>
    public static OrganizationPolicy RequiredAtOnce(OrganizationId organizationId, DateTimeOffset start) =>
        OrganizationPolicy.NewFor(organizationId) with
        {
            Rules = [new EnforcementRule { Id = "everyone", Start = start, Grace = TimeSpan.Zero }],
            Lockout = LockoutPolicy.AdminUnlock,
        };

    /// <summary>
    /// Whoever signs in by password or magic link must set up at the next sign-in, on a browser or desktop; single sign-on and third-party
    /// logins are exempt, so that with single sign-on it covers the external collaborators. Three wrong codes start the sign-in over;
    /// devices may be trusted.
    /// </summary>
    /// <param name="organizationId">Whose.</param>
    /// <param name="start">When it begins.</param>
    /// <param name="sso">True when the organisation uses single sign-on: then only external collaborators are bound.</param>
    /// <param name="trustedDeviceDays">7 to 90; null for no trusted devices.</param>
    public static OrganizationPolicy RequiredWithoutSso(OrganizationId organizationId, DateTimeOffset start, bool sso, int? trustedDeviceDays = null) =>
        OrganizationPolicy.NewFor(organizationId) with
        {
            Rules =
            [
                new EnforcementRule
                {
                    Id = sso ? "external-collaborators" : "everyone",
                    Target = sso ? new RuleTarget.ExternalCollaborators() : new RuleTarget.Everyone(),
                    Start = start,
                    Grace = TimeSpan.Zero,
                },
            ],
            Sso = sso ? SsoMode.ExemptSso : SsoMode.Off,
            EnrollmentClients = [ClientKind.Browser, ClientKind.Desktop],
            Lockout = LockoutPolicy.RestartSignIn,
            TrustedDeviceDays = trustedDeviceDays,
        };
}
