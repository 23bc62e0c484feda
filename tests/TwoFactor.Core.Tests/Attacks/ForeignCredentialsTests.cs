using NUnit.Framework;
using TwoFactor.Accounts;
using TwoFactor.Enrollment;
using TwoFactor.SignIn;
using TwoFactor.Testing;
using TwoFactor.Tests.Support;
using TwoFactor.TrustedDevices;

namespace TwoFactor.Tests.Attacks;

/// <summary>Whatever one user holds is worth nothing for another: all pairs of three users.</summary>
[Attack(23)]
public sealed class ForeignCredentialsTests
{
    [Test]
    public async Task What_belongs_to_one_user_opens_nothing_of_another()
    {
        using var host = TestHost.Start(o => o.TrustedDevices.Days = 30);
        Person[] people = [await host.EnrollAsync("ada"), await host.EnrollAsync("ben"), await host.EnrollAsync("eve")];
        var devices = new Dictionary<Person, TrustedDeviceToken>();
        foreach (var person in people) devices[person] = (await new Browser(host.SignIn, person, () => host.Now).TrustAsync()).Token;
        host.NextCode();
        foreach (var holder in people)
        {
            foreach (var victim in people.Where(p => p != holder))
            {
                var pair = $"{holder.Id} for {victim.Id}";
                var challenge = await host.PassPasswordAsync(victim);
                Assert.That(await host.EnterAsync(challenge, holder.App.CodeAt(host.Now)), Is.TypeOf<VerifySignInResult.Refused>(), $"app code of {pair}");
                Assert.That(await host.EnterBackupCodeAsync(challenge, holder.BackupCodes[1]), Is.TypeOf<VerifySignInResult.Refused>(), $"backup code of {pair}");
                await UnlockAsync(host, victim);

                var device = await host.SignIn.BeginAsync(new SignInRequest(victim.Id) { TrustedDevice = devices[holder] });
                Assert.That(device.As<BeginSignInResult.ChallengeRequired>().TrustRefusal, Is.EqualTo(TrustRefusal.Unknown), $"device of {pair}");
                var parts = devices[holder].Reveal().Split('.');
                Assert.That(TrustedDeviceToken.TryParse(string.Join('.', devices[victim].Reveal().Split('.')[0], parts[1], parts[2]), out var renamed), Is.True);
                var forged = await host.SignIn.BeginAsync(new SignInRequest(victim.Id) { TrustedDevice = renamed });
                Assert.That(forged.As<BeginSignInResult.ChallengeRequired>().TrustRefusal, Is.EqualTo(TrustRefusal.Unknown), $"renamed device of {pair}");

                var own = await host.PassPasswordAsync(holder);
                var text = own.Reveal().Split('.');
                var moved = (await host.PassPasswordAsync(victim)).Reveal().Split('.')[0] + "." + text[1];
                Assert.That(ChallengeToken.TryParse(moved, out var token), Is.True);
                Assert.That(await host.EnterAsync(token!, victim.App.CodeAt(host.Now)), Is.TypeOf<VerifySignInResult.ChallengeVoid>(), $"challenge of {pair}");

                ProofRefusal[] refusals =
                [
                    (await host.Enrollment.UnregisterAsync(victim.Id, holder.Proof)).As<UnregisterResult.ProofRequired>().Refusal,
                    (await host.Enrollment.RegenerateBackupCodesAsync(victim.Id, holder.Proof)).As<RegenerateBackupCodesResult.ProofRequired>().Refusal,
                    (await host.Enrollment.BeginAsync(victim.Id, "x", holder.Proof)).As<BeginEnrollmentResult.ProofRequired>().Refusal,
                ];
                Assert.That(refusals, Is.All.EqualTo(ProofRefusal.OtherUser), $"proof of {pair}");

                var offer = await host.BeginEnrollmentAsync(holder.Id, holder.Proof);
                var code = Phone.Scan(offer.Uri).CodeAt(host.Now);
                var hijacked = await host.Enrollment.ConfirmAsync(victim.Id, offer.EnrollmentId, code);
                Assert.That(hijacked, Is.TypeOf<ConfirmEnrollmentResult.NotPending>(), $"enrolment of {pair}");
            }
        }

        foreach (var person in people)
            Assert.That((await host.SignInAsync(person)).As<VerifySignInResult.SignedIn>().Proof.UserId, Is.EqualTo(person.Id), "each still has his own");
    }

    [Test]
    public async Task A_satisfied_sign_in_of_the_holder_names_the_holder()
    {
        using var host = TestHost.Start();
        var (ada, eve) = (await host.EnrollAsync("ada"), await host.EnrollAsync("eve"));
        await host.PassPasswordAsync(ada);
        Assert.That((await host.SignInAsync(eve)).As<VerifySignInResult.SignedIn>().Proof.UserId, Is.EqualTo(eve.Id));
    }

    private static async Task UnlockAsync(TestHost host, Person person) => await host.Administration.UnlockAsync(Administrators.Root, person.Id);
}
