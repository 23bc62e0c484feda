using System.Collections.Immutable;
using TwoFactor.Accounts;
using TwoFactor.Enforcement;
using TwoFactor.Lockout;
using TwoFactor.Storage;
using TwoFactor.TrustedDevices;

namespace TwoFactor.SignIn;

/// <summary>What follows a passed first factor. Pure.</summary>
internal static class BeginDecider
{
    public static Decision<BeginSignInResult> Decide(
        Account account, SignInRequest request, EnforcementDecision enforcement, SignInTokens tokens, SignInPolicies policies, DateTimeOffset now)
    {
        var explanation = enforcement.Explanation;
        // A lock for passwords holds for every password, whether or not a code would follow: the one that ends it may be the guessed one.
        if (request.Method.Kind == SignInMethodKind.Password && account.Attempts.PasswordLockAt(now) is { } passwords)
            return Decision<BeginSignInResult>.Reply(new BeginSignInResult.LockedOut(passwords) { Explanation = explanation });
        // A method that brings its own second factor has nothing to do with the lock of this one.
        if (enforcement.AsksForFactor && account.Attempts.LockAt(now) is { } l)
            return Decision<BeginSignInResult>.Reply(new BeginSignInResult.LockedOut(l) { Explanation = explanation });

        var recorded = Recorded(enforcement, now);
        var (token, expires) = (tokens.Challenge, now + policies.ChallengeLifetime);
        switch (enforcement.Outcome)
        {
            case EnforcementOutcome.RequireChallenge:
                var trust = request.TrustedDevice is { } presented ? TrustDecider.Examine(account, presented, policies.Trust, now) : null;
                return trust is TrustEvidence.Trusted { Device: var device }
                    ? Trusted(account, request, device, enforcement, tokens, policies.Trust, recorded, now)
                    : Challenged(account, request, trust as TrustEvidence.Refused, enforcement, token, policies, recorded, now);
            case EnforcementOutcome.RequireEnrollment required:
                return Make(
                    new BeginSignInResult.EnrollmentRequired(token, expires, required.Deadline) { Explanation = explanation },
                    recorded.Add(Issued(account, request.Method, token, expires, now, forEnrollment: true)));
            case EnforcementOutcome.EnrollElsewhere elsewhere:
                return Make(
                    new BeginSignInResult.EnrollElsewhere(elsewhere.Clients, elsewhere.Deadline) { Explanation = explanation },
                    recorded.Add(Refused(request.Method, enforcement, now)));
            case EnforcementOutcome.Deny denied:
                return Make(new BeginSignInResult.Denied(denied.Deadline) { Explanation = explanation }, recorded.Add(Refused(request.Method, enforcement, now)));
            default:
                var prompt = enforcement.Outcome is EnforcementOutcome.AllowUntil until ? new EnrollmentPrompt(until.Deadline, until.CanEnrollHere) : null;
                return Make(
                    new BeginSignInResult.Allowed(account.Epoch) { Explanation = explanation, Prompt = prompt },
                    recorded.Add(new SignInSucceeded(now, request.Method, null, [])));
        }
    }

    private static Decision<BeginSignInResult> Trusted(
        Account account, SignInRequest request, TrustedDevice device, EnforcementDecision enforcement, SignInTokens tokens, TrustPolicy trust,
        ImmutableArray<AccountEvent> recorded, DateTimeOffset now)
    {
        var proof = new Proof
        {
            UserId = account.UserId,
            Factor = device.Factor,
            EnrollmentId = device.EnrollmentId,
            Epoch = account.Epoch,
            // The factor is as old as it is: trust does not make it younger.
            ProvedAt = device.TrustedAt,
            Method = request.Method,
            ViaTrust = true,
        };
        var next = tokens.NextOf(device.Id);
        return Make(
            new BeginSignInResult.Trusted(proof, new TrustedDeviceGrant(next, trust.EndOf(device))) { Explanation = enforcement.Explanation },
            recorded.Add(new SignedInByTrust(now, request.Method, device.Id, next.Hash)));
    }

    private static Decision<BeginSignInResult> Challenged(
        Account account, SignInRequest request, TrustEvidence.Refused? refused, EnforcementDecision enforcement, ChallengeToken token, SignInPolicies policies,
        ImmutableArray<AccountEvent> recorded, DateTimeOffset now)
    {
        var (lockout, expires) = (policies.Lockout, now + policies.ChallengeLifetime);
        // A lock that has run out while failures still fill a rolling cap leaves one attempt: the next wrong code locks again.
        var left = Math.Clamp(LockoutDecider.CodeAttemptsLeft(account.Attempts, lockout, now), 1, lockout.ChallengeAttempts);
        if (refused?.Compromised is { } copied) recorded = recorded.Add(new TrustedDevicesRevoked(now, [copied], TrustRevocation.TokenReused));
        var result = new BeginSignInResult.ChallengeRequired(token, expires, left, account.BackupCodes is { Remaining: > 0 })
        {
            Explanation = enforcement.Explanation,
            TrustOfferDays = policies.Trust.Days,
            TrustRefusal = refused?.Refusal,
        };
        return Make(result, recorded.Add(Issued(account, request.Method, token, expires, now, forEnrollment: false)));
    }

    private static Decision<BeginSignInResult> Make(BeginSignInResult result, ImmutableArray<AccountEvent> events) => Decision<BeginSignInResult>.Make(result, events);

    private static ChallengeIssued Issued(
        Account account, SignInMethod method, ChallengeToken token, DateTimeOffset expires, DateTimeOffset now, bool forEnrollment) => new(now, new Challenge
        {
            TokenHash = token.Hash,
            Method = method,
            Epoch = account.Epoch,
            IssuedAt = now,
            ExpiresAt = expires,
            IsForEnrollment = forEnrollment,
        });

    private static SignInRefused Refused(SignInMethod method, EnforcementDecision enforcement, DateTimeOffset now)
    {
        var organization = enforcement.Explanation.Deciding.Select(rule => (OrganizationId?)rule.OrganizationId).FirstOrDefault();
        var rules = enforcement.Explanation.Deciding.Where(rule => rule.OrganizationId == organization).Select(r => $"{r.OrganizationId}/{r.RuleId}@{r.PolicyVersion}");
        return new SignInRefused(now, method, NameOf(enforcement.Outcome), string.Join(", ", rules), organization);
    }

    private static ImmutableArray<AccountEvent> Recorded(EnforcementDecision enforcement, DateTimeOffset now) =>
        enforcement.FirstSignIns.IsEmpty && enforcement.WouldBe is null ? [] : Records(enforcement, now);

    private static ImmutableArray<AccountEvent> Records(EnforcementDecision enforcement, DateTimeOffset now)
    {
        ImmutableArray<AccountEvent> events = [.. enforcement.FirstSignIns.Select(first => new FirstSignInRecorded(now, first))];
        return enforcement.WouldBe is { } would ? events.Add(new EnforcementReported(now, NameOf(enforcement.Outcome), NameOf(would))) : events;
    }

    private static string NameOf(EnforcementOutcome outcome) => outcome.GetType().Name;
}
