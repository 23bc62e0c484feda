using System.Collections.Immutable;
using TwoFactor.Accounts;
using TwoFactor.Enforcement;
using TwoFactor.Storage;

namespace TwoFactor.Administration;

/// <summary>The answer to a changed policy. A closed hierarchy.</summary>
public abstract record SavePolicyResult
{
    private SavePolicyResult()
    {
    }

    /// <summary>It holds from the next sign-in; no session is ended.</summary>
    /// <param name="Policy">The policy with its new version.</param>
    public sealed record Saved(OrganizationPolicy Policy) : SavePolicyResult, IGrant;

    /// <summary>The actor may not; the denial was recorded.</summary>
    /// <param name="Reason">Why not.</param>
    public sealed record Denied(DenialReason Reason) : SavePolicyResult;

    /// <summary>The policy is faulty; nothing was changed.</summary>
    /// <param name="Errors">Each fault with its field.</param>
    public sealed record Invalid(ImmutableArray<PolicyError> Errors) : SavePolicyResult;

    /// <summary>Somebody saved another version since; nothing was changed.</summary>
    /// <param name="Current">What is saved now.</param>
    public sealed record Conflict(OrganizationPolicy Current) : SavePolicyResult;

    /// <summary>Single sign-on cannot exclude the second factor while members use one; nothing was changed.</summary>
    /// <param name="Members">Who does, at most 1,000, ordered by id.</param>
    public sealed record MembersUseTwoFactor(ImmutableArray<UserId> Members) : SavePolicyResult;

    /// <summary>
    /// No administrator of the organisation could sign in any more, now or once rules begin and grace ends; nothing was changed. It helps
    /// that one of them sets up an authenticator, or that the policy lets them set up at sign-in
    /// (<see cref="Enforcement.AfterGrace.RequireEnrollment"/>). Never given by a host without <see cref="IAdministratorRoles"/>, where nobody knows who is one.
    /// </summary>
    /// <param name="Stopped">Each of them with why and from when; at most 1,000, ordered by id.</param>
    public sealed record NoAdministratorLeft(ImmutableArray<StoppedAdministrator> Stopped) : SavePolicyResult;
}

/// <summary>The answer to the wish to read a policy. A closed hierarchy.</summary>
public abstract record ReadPolicyResult
{
    private ReadPolicyResult()
    {
    }

    /// <summary>The policy; version 0 when none was saved.</summary>
    /// <param name="Policy">It.</param>
    public sealed record Found(OrganizationPolicy Policy) : ReadPolicyResult;

    /// <summary>The actor may not; the denial was recorded.</summary>
    /// <param name="Reason">Why not.</param>
    public sealed record Denied(DenialReason Reason) : ReadPolicyResult;
}
