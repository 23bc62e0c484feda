using TwoFactor.Organizations;

namespace TwoFactor.Enforcement;

/// <summary>A membership with the policy of its organisation.</summary>
public sealed record MemberPolicy(Membership Membership, OrganizationPolicy Policy);
