using NUnit.Framework;
using TwoFactor.Accounts;
using TwoFactor.Enrollment;
using TwoFactor.SignIn;
using TwoFactor.Tests.Support;

namespace TwoFactor.Tests.Accounts;

public sealed class UserIdTests
{
    [TestCase("a"), TestCase("ada@example.org"), TestCase("3f2504e0-4f89-11d3-9a0c-0305e82c3301"), TestCase("Ада Лавлейс")]
    [TestCase("山田"), TestCase("a/b?c#d%e")]
    public void Keys_of_hosts_are_ids(string key) => Assert.That(new UserId(key).Value, Is.EqualTo(key));

    [Test]
    public void An_id_has_up_to_256_characters()
    {
        Assert.That(new UserId(new string('x', 256)).Value, Has.Length.EqualTo(256));
        Assert.That(() => new UserId(new string('x', 257)), Throws.ArgumentException.With.Property("ParamName").EqualTo("value"));
    }

    [Test]
    public void Blank_and_missing_keys_are_misuse()
    {
        foreach (var text in new[] { "", " ", " a", "a ", "\u00A0a" }) Assert.That(() => new UserId(text), Throws.ArgumentException);
        Assert.That(() => new UserId(null!), Throws.ArgumentNullException);
        Assert.That(default(UserId).IsDefault, Is.True);
        Assert.That(() => default(UserId).Value, Throws.InvalidOperationException);
    }

    [Test]
    public async Task Ids_are_told_apart_by_case_and_normal_form()
    {
        using var host = TestHost.Start();
        await host.EnrollAsync("ada");
        foreach (var other in new[] { "Ada", "ADA", "a\u0301da" })
            Assert.That(await host.SignIn.BeginAsync(new SignInRequest(new UserId(other))), Is.TypeOf<BeginSignInResult.Allowed>(), other);
    }

    [Test]
    public async Task The_longest_id_in_the_widest_script_works_from_end_to_end()
    {
        using var host = TestHost.Start();
        var id = new UserId(new string('山', 256));
        var offer = (await host.Enrollment.BeginAsync(id, "yama")).As<BeginEnrollmentResult.Started>().Offer;
        var app = Phone.Scan(offer.Uri);
        var confirmed = (await host.Enrollment.ConfirmAsync(id, offer.EnrollmentId, app.CodeAt(host.Now))).As<ConfirmEnrollmentResult.Confirmed>();
        host.NextCode();
        var person = new Person(id, app, offer.EnrollmentId, confirmed.BackupCodes, confirmed.Proof);
        var challenge = await host.PassPasswordAsync(person);
        Assert.That(challenge.Reveal(), Has.Length.LessThanOrEqualTo(1100));
        Assert.That(ChallengeToken.TryParse(challenge.Reveal(), out var token), Is.True);
        Assert.That(await host.EnterAsync(token!, app.CodeAt(host.Now)), Is.TypeOf<VerifySignInResult.SignedIn>());
    }
}
