using NUnit.Framework;
using TwoFactor.Accounts;
using TwoFactor.Testing;
using TwoFactor.Tests.Support;
using TwoFactor.Verification;

namespace TwoFactor.Tests.SignIn;

/// <summary>Whatever text arrives where a code is expected, the answer is typed, and nothing is charged.</summary>
[Attack(27)]
public sealed class HostileCodeTests
{
    private TestHost _host = null!;
    private Person _ada = null!;

    [OneTimeSetUp]
    public async Task SetUp()
    {
        _host = TestHost.Start();
        _ada = await _host.EnrollAsync();
    }

    [OneTimeTearDown]
    public void TearDown() => _host.Dispose();

    [TestCaseSource(typeof(HostileText), nameof(HostileText.Names))]
    public async Task Any_text_is_answered_as_malformed_and_not_charged(string name)
    {
        var text = HostileText.Named(name);
        var challenge = await _host.PassPasswordAsync(_ada);
        var offer = await _host.BeginEnrollmentAsync(new UserId("ben"));
        var (before, saves) = (await _host.StoredAsync(_ada.Id), _host.Store.Saves);
        using var hashes = new HashCounter();
        CodeRefusal[] answers =
        [
            (await _host.EnterAsync(challenge, text)).Refusal(),
            (await _host.EnterBackupCodeAsync(challenge, text)).Refusal(),
            (await _host.SignIn.StepUpAsync(_ada.Id, MfaFactorType.Totp, text)).Refusal(),
            (await _host.SignIn.StepUpAsync(_ada.Id, MfaFactorType.BackupCode, text)).Refusal(),
            (await _host.Enrollment.ConfirmAsync(new UserId("ben"), offer.EnrollmentId, text)).Refusal(),
        ];
        Assert.That(answers, Is.All.TypeOf<CodeRefusal.Malformed>());
        Assert.That(await _host.StoredAsync(_ada.Id), Is.SameAs(before));
        Assert.That((_host.Store.Saves - saves, hashes.Count), Is.EqualTo((0, 0L)), "no write, no hash");
    }

    [Test]
    public async Task Full_width_digits_of_the_right_code_are_not_the_right_code()
    {
        var challenge = await _host.PassPasswordAsync(_ada);
        var wide = string.Concat(_ada.App.CodeAt(_host.Now).Select(c => (char)(c - '0' + '\uFF10')));
        Assert.That((await _host.EnterAsync(challenge, wide)).Refusal(), Is.TypeOf<CodeRefusal.Malformed>());
    }

    [Test]
    public async Task A_mistyped_backup_code_is_told_from_a_wrong_one_without_a_hash()
    {
        var challenge = await _host.PassPasswordAsync(_ada);
        var typed = _ada.BackupCodes[0].ToCharArray();
        typed[6] = typed[6] == 'X' ? 'Y' : 'X';
        using var hashes = new HashCounter();
        Assert.That((await _host.EnterBackupCodeAsync(challenge, new string(typed))).Refusal(), Is.TypeOf<CodeRefusal.Malformed>());
        Assert.That(hashes.Count, Is.Zero);
    }
}
