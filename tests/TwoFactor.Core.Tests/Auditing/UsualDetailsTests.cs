using System.Globalization;
using NUnit.Framework;
using TwoFactor.Accounts;
using TwoFactor.Auditing;

namespace TwoFactor.Tests.Auditing;

public sealed class UsualDetailsTests
{
    private const long Step = 59_078_881;

    private static IEnumerable<SignInMethod> Methods =>
    [
        SignInMethod.Password, SignInMethod.MagicLink, SignInMethod.Sso, SignInMethod.External("Passkey"), new SignInMethod(SignInMethodKind.External, "\u202Eeman"),
        // As a newer version may have stored them.
        new SignInMethod((SignInMethodKind)99, null), new SignInMethod(0, null), new SignInMethod(SignInMethodKind.External, null),
    ];

    [TestCaseSource(nameof(Methods))]
    public void A_challenge_is_recorded_with_its_method(SignInMethod method) =>
        Assert.That(UsualDetails.OfChallenge(method), Is.EqualTo(new Dictionary<string, string> { ["method"] = PlainText.Escape(method.ToString()) }));

    [TestCaseSource(nameof(Methods))]
    public void A_sign_in_is_recorded_with_method_offset_and_step_in_this_order(SignInMethod method)
    {
        var details = UsualDetails.OfSignIn(method, Step);
        Assert.That(details.Keys, Is.EqualTo(["method", "offset", "step"]));
        Assert.That(details.Values, Is.EqualTo([PlainText.Escape(method.ToString()), "0", Step.ToString(CultureInfo.InvariantCulture)]));
    }

    [Test]
    public void One_sign_in_does_not_change_the_details_of_another()
    {
        var first = UsualDetails.OfSignIn(SignInMethod.Password, 1);
        var second = UsualDetails.OfSignIn(SignInMethod.Password, 2);
        Assert.That((first["step"], second["step"]), Is.EqualTo(("1", "2")));
    }
}
