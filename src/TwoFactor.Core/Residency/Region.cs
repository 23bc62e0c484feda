using TwoFactor.Accounts;
using TwoFactor.Auditing;
using TwoFactor.Enforcement;
using TwoFactor.Organizations;
using TwoFactor.Status;
using TwoFactor.Storage;

namespace TwoFactor.Residency;

/// <summary>A region with what is kept in it. What is null, the host has not configured for it.</summary>
internal sealed record Region(RegionId Id, IAccountStore Accounts)
{
    public IOrganizationStore? Organizations { get; init; }

    public IAuditReader? Audit { get; init; }

    public IAuditFeed? Feed { get; init; }

    public IMembershipSource? Memberships { get; init; }

    public IUserListSource? UserLists { get; init; }

    /// <summary>A part that was asked for although a check at the start should have found it missing.</summary>
    public T Require<T>(T? part) where T : class =>
        part ?? throw new InvalidOperationException($"Region '{Id}' has no {typeof(T).Name}: configure it in UseRegions.");
}
