using System.Collections.Immutable;
using TwoFactor.Accounts;
using TwoFactor.AspNetCore.Problems;
using TwoFactor.Enforcement;
using TwoFactor.SignIn;
using TwoFactor.Status;

namespace TwoFactor.AspNetCore.Endpoints.Contracts;

/// <summary>Where the caller stands.</summary>
public sealed record StatusResponse
{
    /// <summary>True when an authenticator is active.</summary>
    public required bool IsEnrolled { get; init; }

    /// <summary>Since when; null when none is.</summary>
    public required DateTimeOffset? EnrolledAt { get; init; }

    /// <summary>The account that the app shows; null when none is active.</summary>
    public required string? AuthenticatorAccountName { get; init; }

    /// <summary>Until when a new authenticator can be confirmed; null when none waits.</summary>
    public required DateTimeOffset? PendingUntil { get; init; }

    /// <summary>How many backup codes are left.</summary>
    public required int BackupCodesLeft { get; init; }

    /// <summary>When they were made; null when there are none.</summary>
    public required DateTimeOffset? BackupCodesGeneratedAt { get; init; }

    /// <summary>The lock in force; null when there is none.</summary>
    public required LockResponse? Lock { get; init; }

    /// <summary>The sign-in before the last one.</summary>
    public required DateTimeOffset? PreviousSignInAt { get; init; }

    /// <summary>The session's proof; null when no second factor was passed in it.</summary>
    public required ProofResponse? Proof { get; init; }

    /// <summary>What policy wants of the caller.</summary>
    public required EnforcementResponse Enforcement { get; init; }

    internal static StatusResponse Of(AccountStatus status, Proof? proof, SessionCheck check) => new()
    {
        IsEnrolled = status.IsEnrolled,
        EnrolledAt = status.EnrolledAt,
        AuthenticatorAccountName = status.AuthenticatorAccountName,
        PendingUntil = status.PendingUntil,
        BackupCodesLeft = status.BackupCodesLeft,
        BackupCodesGeneratedAt = status.BackupCodesGeneratedAt,
        Lock = LockResponse.OfNullable(status.Lock),
        PreviousSignInAt = status.PreviousSignInAt,
        Proof = proof is null ? null : ProofResponse.Of(proof),
        Enforcement = EnforcementResponse.Of(check),
    };
}

/// <summary>What policy would answer to a sign-in like the session's now. It ends no session.</summary>
public sealed record EnforcementResponse
{
    /// <summary><c>allow</c>, <c>allow_until</c>, <c>require_challenge</c>, <c>require_enrollment</c>, <c>enroll_elsewhere</c> or <c>deny</c>.</summary>
    public required string Outcome { get; init; }

    /// <summary>Until when, or since when, an authenticator must be set up; null when none must.</summary>
    public required DateTimeOffset? Deadline { get; init; }

    /// <summary>The clients on which it can be set up, with <c>enroll_elsewhere</c>: <c>browser</c>, <c>desktop</c>, <c>mobile</c>, <c>tablet</c>.</summary>
    public required ImmutableArray<string> Clients { get; init; }

    /// <summary>True when a second factor is asked for now and the session has none of the present authenticator.</summary>
    public required bool NeedsStepUp { get; init; }

    internal static EnforcementResponse Of(SessionCheck check)
    {
        var (outcome, deadline) = check.Outcome switch
        {
            EnforcementOutcome.Allow => ("allow", (DateTimeOffset?)null),
            EnforcementOutcome.AllowUntil until => ("allow_until", until.Deadline),
            EnforcementOutcome.RequireChallenge => ("require_challenge", null),
            EnforcementOutcome.RequireEnrollment required => ("require_enrollment", required.Deadline),
            EnforcementOutcome.EnrollElsewhere elsewhere => ("enroll_elsewhere", elsewhere.Deadline),
            EnforcementOutcome.Deny denied => ("deny", denied.Deadline),
            _ => throw ProblemsOf.Unknown(check.Outcome),
        };
        return new()
        {
            Outcome = outcome,
            Deadline = deadline,
            Clients = check.Outcome is EnforcementOutcome.EnrollElsewhere { Clients: var clients } ? [.. clients.Select(WireNames.Of)] : [],
            NeedsStepUp = check.NeedsStepUp,
        };
    }
}
