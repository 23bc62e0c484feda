using NUnit.Framework;
using TwoFactor.Accounts;
using TwoFactor.Enrollment;
using TwoFactor.SignIn;
using TwoFactor.Tests.Support;
using TwoFactor.Verification;

namespace TwoFactor.Tests.SignIn;

/// <summary>The store fails: the exception reaches the caller, and nothing was accepted.</summary>
public sealed class StoreFaultTests
{
    private static readonly Func<Task> Fail = () => throw new IOException("The disk is full.");

    [Test]
    public async Task A_store_that_cannot_read_fails_every_call()
    {
        using var host = TestHost.Start();
        var ada = await host.EnrollAsync();
        var challenge = await host.PassPasswordAsync(ada);
        host.Store.BeforeLoad = Fail;
        foreach (var (name, call) in EveryCall(host, ada, challenge)) Assert.That(call, Throws.InstanceOf<IOException>(), name);
    }

    [Test]
    public async Task A_store_that_cannot_write_fails_every_call_that_changes_something_and_nothing_changes()
    {
        using var host = TestHost.Start();
        var ada = await host.EnrollAsync();
        var challenge = await host.PassPasswordAsync(ada);
        var before = await host.StoredAsync(ada.Id);
        host.Store.BeforeSave = Fail;
        foreach (var (name, call) in EveryCall(host, ada, challenge).Where(c => c.Name != "status")) Assert.That(call, Throws.InstanceOf<IOException>(), name);
        Assert.That(await host.StoredAsync(ada.Id), Is.SameAs(before));
        host.Store.BeforeSave = null;
        Assert.That(await host.EnterAsync(challenge, ada.App.CodeAt(host.Now)), Is.TypeOf<VerifySignInResult.SignedIn>());
    }

    [Test]
    public async Task A_write_whose_outcome_is_unknown_is_never_told_as_success_and_its_code_is_spent()
    {
        using var host = TestHost.Start();
        var ada = await host.EnrollAsync();
        var challenge = await host.PassPasswordAsync(ada);
        host.Store.AfterSave = Fail;
        Assert.That(() => host.EnterAsync(challenge, ada.App.CodeAt(host.Now)), Throws.InstanceOf<IOException>());
        Assert.That(() => host.SignIn.StepUpAsync(ada.Id, MfaFactorType.BackupCode, ada.BackupCodes[0]).AsTask(), Throws.InstanceOf<IOException>());
        host.Store.AfterSave = null;
        var retry = await host.PassPasswordAsync(ada);
        Assert.That((await host.EnterAsync(retry, ada.App.CodeAt(host.Now))).Refusal(), Is.TypeOf<CodeRefusal.Replayed>());
        Assert.That((await host.EnterBackupCodeAsync(retry, ada.BackupCodes[0])).Refusal(), Is.TypeOf<CodeRefusal.Wrong>());
    }

    [Test]
    public async Task A_wrong_code_whose_charge_is_unknown_tells_nothing_and_stays_charged()
    {
        using var host = TestHost.Start();
        var ada = await host.EnrollAsync();
        var challenge = await host.PassPasswordAsync(ada);
        host.Store.AfterSave = Fail;
        Assert.That(() => host.EnterAsync(challenge, ada.App.WrongCodeAt(host.Now)), Throws.InstanceOf<IOException>());
        host.Store.AfterSave = null;
        Assert.That((await host.EnterAsync(challenge, ada.App.WrongCodeAt(host.Now))).Refusal().As<CodeRefusal.Wrong>().AttemptsLeft, Is.EqualTo(1));
    }

    [Test]
    public async Task A_confirmation_whose_outcome_is_unknown_shows_no_codes()
    {
        using var host = TestHost.Start();
        var ada = new UserId("ada");
        var offer = await host.BeginEnrollmentAsync(ada);
        var code = Phone.Scan(offer.Uri).CodeAt(host.Now);
        host.Store.AfterSave = Fail;
        Assert.That(() => host.Enrollment.ConfirmAsync(ada, offer.EnrollmentId, code).AsTask(), Throws.InstanceOf<IOException>());
        host.Store.AfterSave = null;
        Assert.That(await host.Enrollment.ConfirmAsync(ada, offer.EnrollmentId, code), Is.TypeOf<ConfirmEnrollmentResult.NotPending>());
    }

    [Test]
    public async Task A_cancelled_call_throws_and_changes_nothing()
    {
        using var host = TestHost.Start();
        var ada = await host.EnrollAsync();
        var challenge = await host.PassPasswordAsync(ada);
        var before = await host.StoredAsync(ada.Id);
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        var calls = EveryCall(host, ada, challenge, cancelled.Token).ToArray();
        foreach (var (name, call) in calls) Assert.That(call, Throws.InstanceOf<OperationCanceledException>(), name);
        Assert.That(await host.StoredAsync(ada.Id), Is.SameAs(before));
    }

    [Test]
    public async Task A_call_cancelled_between_reading_and_writing_changes_nothing()
    {
        using var host = TestHost.Start();
        var ada = await host.EnrollAsync();
        var challenge = await host.PassPasswordAsync(ada);
        var before = await host.StoredAsync(ada.Id);
        using var cancelling = new CancellationTokenSource();
        host.Store.BeforeSave = cancelling.CancelAsync;
        Assert.That(
            () => host.SignIn.VerifyAsync(challenge, MfaFactorType.Totp, ada.App.CodeAt(host.Now), cancellationToken: cancelling.Token).AsTask(),
            Throws.InstanceOf<OperationCanceledException>());
        Assert.That(await host.StoredAsync(ada.Id), Is.SameAs(before));
    }

    [Test]
    [TwoFactor.Testing.Attack(23)]
    public async Task A_store_that_answers_with_another_users_account_is_a_fault()
    {
        using var host = TestHost.Start();
        var (ada, eve) = (await host.EnrollAsync("ada"), await host.EnrollAsync("eve"));
        var challenge = await host.PassPasswordAsync(ada);
        var eves = await host.Memory.LoadAsync(eve.Id, default);
        host.Store.Tamper = (user, stored) => user == ada.Id ? eves : stored;
        foreach (var (name, call) in EveryCall(host, ada, challenge)) Assert.That(call, Throws.InstanceOf<InvalidDataException>(), name);
    }

    private static IEnumerable<(string Name, Func<Task> Call)> EveryCall(TestHost host, Person person, ChallengeToken challenge, CancellationToken cancel = default) =>
    [
        ("begin", () => host.SignIn.BeginAsync(new SignInRequest(person.Id), cancel).AsTask()),
        ("verify", () => host.SignIn.VerifyAsync(challenge, MfaFactorType.Totp, person.App.CodeAt(host.Now), cancellationToken: cancel).AsTask()),
        ("verify wrong", () => host.SignIn.VerifyAsync(challenge, MfaFactorType.Totp, person.App.WrongCodeAt(host.Now), cancellationToken: cancel).AsTask()),
        ("verify backup code", () => host.SignIn.VerifyAsync(challenge, MfaFactorType.BackupCode, person.BackupCodes[0], cancellationToken: cancel).AsTask()),
        ("step up", () => host.SignIn.StepUpAsync(person.Id, MfaFactorType.Totp, person.App.CodeAt(host.Now), cancel).AsTask()),
        ("password failure", () => host.SignIn.ReportPasswordFailureAsync(person.Id, cancel).AsTask()),
        ("password changed", () => host.SignIn.ReportPasswordChangedAsync(person.Id, cancel).AsTask()),
        ("begin enrolment", () => host.Enrollment.BeginAsync(person.Id, "ada", person.Proof, cancel).AsTask()),
        ("regenerate", () => host.Enrollment.RegenerateBackupCodesAsync(person.Id, person.Proof, cancel).AsTask()),
        ("unregister", () => host.Enrollment.UnregisterAsync(person.Id, person.Proof, cancel).AsTask()),
        ("unlock", () => host.Administration.UnlockAsync(Administrators.Root, person.Id, null, cancellationToken: cancel).AsTask()),
        ("reset", () => host.Administration.ResetAsync(Administrators.Root, person.Id, "lost", "call", cancellationToken: cancel).AsTask()),
        ("status", () => host.Status.GetAsync(person.Id, cancel).AsTask()),
    ];
}
