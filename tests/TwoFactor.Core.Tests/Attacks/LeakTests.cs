using System.Text;
using System.Text.Json;
using NUnit.Framework;
using TwoFactor.Accounts;
using TwoFactor.Enrollment;
using TwoFactor.Otp;
using TwoFactor.SignIn;
using TwoFactor.Testing;
using TwoFactor.Tests.Support;
using TwoFactor.TrustedDevices;
using TwoFactor.Verification;

namespace TwoFactor.Tests.Attacks;

/// <summary>Canary secrets go through everything; what is written down on the way holds none of them.</summary>
[Attack(35)]
public sealed class LeakTests
{
    private readonly Dictionary<string, string> _canaries = [];
    private readonly List<string> _written = [];

    [Test]
    public async Task No_seed_code_token_or_key_is_in_any_text_of_a_result_a_record_an_exception_or_the_stored_account()
    {
        // Eight digits, so that a code is not found by chance among the digits of a time.
        using var host = TestHost.Start(o => (o.Totp.Digits, o.TrustedDevices.Days) = (8, 30));
        var id = new UserId("ada");
        var offer = Note(await host.Enrollment.BeginAsync(id, "ada")).As<BeginEnrollmentResult.Started>().Offer;
        var app = Phone.Scan(offer.Uri);
        Seed("seed", app.Seed);
        _canaries["manual key"] = offer.ManualKey;
        _canaries["key"] = TestHost.Keys("k1").Single().Value!;
        await WriteAccountAsync(host, id);

        var confirmed = Note(await host.Enrollment.ConfirmAsync(id, offer.EnrollmentId, Code("confirming", app, host))).As<ConfirmEnrollmentResult.Confirmed>();
        var ada = new Person(id, app, offer.EnrollmentId, confirmed.BackupCodes, confirmed.Proof);
        foreach (var code in confirmed.BackupCodes) Backup(code);
        host.NextCode();
        var begun = Note(await host.BeginSignInAsync(ada)).As<BeginSignInResult.ChallengeRequired>();
        Token("challenge", begun.Challenge.Reveal());
        // Not zeros, which any text with a time in it has.
        var wrong = _canaries["wrong"] = app.WrongCodeAt(host.Now).Replace('0', '9');
        Note(await host.EnterAsync(begun.Challenge, wrong));
        Note(await host.EnterAsync(begun.Challenge, "no code"));
        Note(await host.EnterBackupCodeAsync(begun.Challenge, ada.WrongBackupCode()));
        await WriteAccountAsync(host, id);
        var signedIn = Note(await host.SignIn.VerifyAsync(begun.Challenge, MfaFactorType.Totp, Code("right", app, host), new TrustRequest("canary's browser")));
        var trusted = signedIn.As<VerifySignInResult.SignedIn>().Device!.Token;
        Token("trusted device", trusted.Reveal());
        var skipped = Note(await host.SignIn.BeginAsync(new SignInRequest(id) { TrustedDevice = trusted })).As<BeginSignInResult.Trusted>();
        Token("next trusted device", skipped.Device.Token.Reveal());
        Note(await host.SignIn.BeginAsync(new SignInRequest(id) { TrustedDevice = trusted }));
        Note((await host.SignIn.StepUpAsync(id, MfaFactorType.Totp, _canaries["right"])));
        host.NextCode();
        Note(await host.SignIn.StepUpAsync(id, MfaFactorType.BackupCode, ada.BackupCodes[0]));
        var fresh = Note(await host.Enrollment.RegenerateBackupCodesAsync(id, ada.Proof)).As<RegenerateBackupCodesResult.Regenerated>();
        foreach (var code in fresh.BackupCodes) Backup(code);
        Note(await host.Status.GetAsync(id));
        _written.Add(JsonSerializer.Serialize(await host.Status.GetAsync(id)));
        await WriteAccountAsync(host, id);

        await FailAsync(() => host.SignIn.VerifyAsync(begun.Challenge, (MfaFactorType)9, wrong).AsTask());
        host.Store.AfterSave = () => throw new IOException("full");
        await FailAsync(() => host.SignIn.StepUpAsync(id, MfaFactorType.Totp, Code("unlucky", app, host)).AsTask());
        host.Store.AfterSave = null;
        await FailAsync(() => host.SignIn.BeginAsync(new SignInRequest(default)).AsTask());
        Note(await host.Administration.ResetAsync(Administrators.Root, id, "lost", "call"));
        await WriteAccountAsync(host, id);
        foreach (var record in host.Memory.EventsOf(id)) _written.AddRange([record.ToString(), JsonSerializer.Serialize(record)]);
        Note(new SubmittedCode(MfaFactorType.Totp, wrong, CodePurpose.SignIn));
        Note(new CodeEvidence.Match(new TotpUse(1, 0), default));

        Assert.That(_written, Has.Count.GreaterThan(40));
        foreach (var (name, canary) in _canaries)
            Assert.That(_written.Where(text => text.Contains(canary, StringComparison.OrdinalIgnoreCase)), Is.Empty, name);
    }

    [TestCase("Y2FuYXJ5Y2FuYXJ5"), TestCase("canary canary canary"), TestCase("Y2FuYXJ5Y2FuYXJ5Y2FuYXJ5Y2FuYXJ5Y2FuYXJ5Y2E=!")]
    public void A_key_that_is_no_key_is_refused_without_being_quoted(string key)
    {
        using var host = TestHost.Start();
        Assert.That(
            () => TestHost.Start(build: b => b.UseSecretKeys("k1", [new("k1", key)])),
            Throws.ArgumentException.With.Message.Not.Contain(key).And.Property("InnerException").Null);
    }

    private T Note<T>(T result)
    {
        _written.Add(result!.ToString()!);
        return result;
    }

    private async Task FailAsync(Func<Task> call) => _written.Add($"{await Assert.CatchAsync(() => call())}");

    private async Task WriteAccountAsync(TestHost host, UserId user)
    {
        var account = await host.StoredAsync(user);
        object?[] parts = [account, account.Active, account.Pending, account.BackupCodes, account.Attempts, account.AuditHead, .. account.Challenges, .. account.TrustedDevices];
        _written.AddRange(parts.Select(part => part?.ToString() ?? ""));
        _written.Add(Encoding.UTF8.GetString(AccountSerializer.Serialize(account)));
    }

    private string Code(string name, Phone app, TestHost host) => _canaries[$"{name}"] = app.CodeAt(host.Now);

    private void Seed(string name, ReadOnlySpan<byte> seed)
    {
        _canaries[name + " in Base32"] = Base32.Encode(seed);
        _canaries[name + " in Base64"] = Convert.ToBase64String(seed).TrimEnd('=');
        _canaries[name + " in hexadecimal"] = Convert.ToHexString(seed);
    }

    private void Backup(string code)
    {
        _canaries[code] = code;
        _canaries[code + " bare"] = code.Replace("-", "", StringComparison.Ordinal);
    }

    private void Token(string name, string token)
    {
        _canaries[name] = token;
        _canaries[name + "'s secret"] = token.Split('.')[^1];
    }
}
