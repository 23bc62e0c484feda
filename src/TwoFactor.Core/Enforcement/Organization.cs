using TwoFactor.Accounts;

namespace TwoFactor.Enforcement;

/// <summary>What is stored of an organisation: one record, one version. It holds the policy and the end of its audit chain.</summary>
public sealed record Organization
{
    /// <summary>Which.</summary>
    public required OrganizationId Id { get; init; }

    /// <summary>Its policy; null while none was set.</summary>
    public OrganizationPolicy? Policy { get; init; }

    /// <summary>The end of its audit chain; null while no event was written.</summary>
    public AuditChainHead? AuditHead { get; init; }
}
