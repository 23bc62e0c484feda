using System.Data.Common;
using System.Globalization;
using TwoFactor.Accounts;
using TwoFactor.Enrollment;
using TwoFactor.SignIn;
using TwoFactor.TrustedDevices;
using TwoFactor.Verification;

namespace TwoFactor.Crash;

/// <summary>Carries out orders by the services and tells what they returned.</summary>
internal sealed class Desk(SignInService signIn, EnrollmentService enrollment)
{
    public async Task<Answer> AnswerAsync(Order order)
    {
        ClockOfTheOrder.Show(order.At);
        try
        {
            var (user, arguments) = (new UserId(order.User), order.Arguments);
            var (kind, values) = order.Verb switch
            {
                Verb.BeginSignIn => Tell(await signIn.BeginAsync(new SignInRequest(user) { TrustedDevice = arguments is [var device] ? Device(device) : null })),
                Verb.Verify => Tell(await signIn.VerifyAsync(
                    Challenge(arguments[0]), Factor(arguments[1]), arguments[2], arguments is [_, _, _, var name] ? new TrustRequest(name) : null)),
                Verb.StepUp => Tell(await signIn.StepUpAsync(user, Factor(arguments[0]), arguments[1])),
                Verb.BeginEnrollment => Tell(await enrollment.BeginAsync(user, order.User, arguments is [var proof] ? ProofIn(proof) : null)),
                Verb.Confirm => Tell(await enrollment.ConfirmAsync(user, Enrollment(arguments[0]), arguments[1])),
                Verb.Regenerate => Tell(await enrollment.RegenerateBackupCodesAsync(user, ProofIn(arguments[0]))),
                Verb.Unregister => Tell(await enrollment.UnregisterAsync(user, ProofIn(arguments[0]))),
                _ => throw new InvalidOperationException($"{order.Verb} is unknown."),
            };
            return new Answer(order.Id, kind, [.. values]);
        }
        catch (DbException e)
        {
            return new Answer(order.Id, Answer.Fault, [e.GetType().Name]);
        }
    }

    private static (string Kind, string[] Values) Tell(BeginSignInResult result) => result switch
    {
        BeginSignInResult.ChallengeRequired required => (Name(result), [required.Challenge.Reveal(), required.TrustRefusal?.ToString() ?? ""]),
        BeginSignInResult.Trusted trusted => (Name(result), [trusted.Device.Token.Reveal()]),
        BeginSignInResult.LockedOut locked => (Name(result), Of(locked.Lock)),
        _ => (Name(result), []),
    };

    private static (string Kind, string[] Values) Tell(VerifySignInResult result) => result switch
    {
        VerifySignInResult.SignedIn { Device: { } device } signedIn => (Name(result), [signedIn.Proof.Serialize(), device.Token.Reveal()]),
        VerifySignInResult.SignedIn signedIn => (Name(result), [signedIn.Proof.Serialize()]),
        VerifySignInResult.Refused refused => Tell(refused.Refusal),
        _ => (Name(result), []),
    };

    private static (string Kind, string[] Values) Tell(StepUpResult result) => result switch
    {
        StepUpResult.Proved proved => (Name(result), [proved.Proof.Serialize()]),
        StepUpResult.Refused refused => Tell(refused.Refusal),
        _ => (Name(result), []),
    };

    private static (string Kind, string[] Values) Tell(BeginEnrollmentResult result) => result switch
    {
        BeginEnrollmentResult.Started started => (Name(result), [started.Offer.EnrollmentId.ToString(), started.Offer.ManualKey]),
        BeginEnrollmentResult.LockedOut locked => (Name(result), Of(locked.Lock)),
        _ => (Name(result), []),
    };

    private static (string Kind, string[] Values) Tell(ConfirmEnrollmentResult result) => result switch
    {
        ConfirmEnrollmentResult.Confirmed confirmed => (Name(result), [confirmed.Proof.Serialize(), .. confirmed.BackupCodes]),
        ConfirmEnrollmentResult.Refused refused => Tell(refused.Refusal),
        _ => (Name(result), []),
    };

    private static (string Kind, string[] Values) Tell(RegenerateBackupCodesResult result) => result switch
    {
        RegenerateBackupCodesResult.Regenerated regenerated => (Name(result), [.. regenerated.BackupCodes]),
        RegenerateBackupCodesResult.LockedOut locked => (Name(result), Of(locked.Lock)),
        _ => (Name(result), []),
    };

    private static (string Kind, string[] Values) Tell(UnregisterResult result) => result is UnregisterResult.LockedOut locked ? (Name(result), Of(locked.Lock)) : (Name(result), []);

    private static (string Kind, string[] Values) Tell(CodeRefusal refusal) => refusal switch
    {
        CodeRefusal.Wrong wrong => (Name(refusal), [wrong.AttemptsLeft.ToString(CultureInfo.InvariantCulture)]),
        CodeRefusal.LockedOut locked => (Name(refusal), Of(locked.Lock)),
        _ => (Name(refusal), []),
    };

    private static string Name(object result) => result.GetType().Name;

    private static string[] Of(AccountLock l) => l.Until is { } until ? [until.ToString("O", CultureInfo.InvariantCulture)] : [];

    private static ChallengeToken Challenge(string text) =>
        ChallengeToken.TryParse(text, out var token) ? token : throw new InvalidOperationException("The order's challenge cannot be read.");

    private static TrustedDeviceToken Device(string text) =>
        TrustedDeviceToken.TryParse(text, out var token) ? token : throw new InvalidOperationException("The order's device cannot be read.");

    private static EnrollmentId Enrollment(string text) =>
        EnrollmentId.TryParse(text, out var id) ? id : throw new InvalidOperationException("The order's enrolment cannot be read.");

    private static Proof ProofIn(string text) =>
        Proof.TryDeserialize(text, out var proof) ? proof : throw new InvalidOperationException("The order's proof cannot be read.");

    private static MfaFactorType Factor(string text) => Enum.Parse<MfaFactorType>(text);
}
