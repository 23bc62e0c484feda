using NUnit.Framework;
using TwoFactor.Accounts;
using TwoFactor.Enrollment;
using TwoFactor.Tests.Support;

namespace TwoFactor.Tests.Accounts;

public sealed class ProofTests
{
    [Test]
    public async Task A_proof_survives_the_session_cookie()
    {
        using var host = TestHost.Start();
        var ada = await host.EnrollAsync();
        var proof = (await host.MustSignInAsync(ada)).Proof;
        Assert.That(Proof.TryDeserialize(proof.Serialize(), out var read), Is.True);
        Assert.That(read, Is.EqualTo(proof));
        Assert.That(await host.Enrollment.UnregisterAsync(ada.Id, read), Is.TypeOf<UnregisterResult.Removed>());
    }

    [TestCaseSource(typeof(HostileText), nameof(HostileText.Names))]
    public void Any_text_can_be_offered_as_a_proof(string name) => Assert.That(Proof.TryDeserialize(HostileText.Named(name), out _), Is.False);

    [Test]
    public async Task A_proof_with_a_field_missing_or_bent_is_none()
    {
        using var host = TestHost.Start();
        var text = (await host.EnrollAsync()).Proof.Serialize();
        string Bend(string old, string replacement) => text.Replace(old, replacement, StringComparison.Ordinal);
        string[] bent =
        [
            Bend("\"Totp\"", "\"Sms\""), Bend("\"Totp\"", "99"), Bend("\"Totp\"", "0"), Bend("\"ada\"", "\"\""), Bend("\"ada\"", "null"), Bend("\"ada\"", "7"),
            Bend("userId", "user"), text[..^1], "null", "[" + text + "]", text + text,
        ];
        foreach (var candidate in bent)
        {
            Assert.That(candidate, Is.Not.EqualTo(text));
            Assert.That(Proof.TryDeserialize(candidate, out _), Is.False, candidate);
        }
    }
}
