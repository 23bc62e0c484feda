using NUnit.Framework;
using TwoFactor.Accounts;
using TwoFactor.Tests.Support;
using TwoFactor.TrustedDevices;

namespace TwoFactor.Tests.TrustedDevices;

public sealed class TrustedDeviceTokenTests
{
    [Test]
    public void What_was_written_is_read_and_nothing_else_is([Values("ada", "ада", "a b", "\U0001F600")] string user)
    {
        var token = TrustedDeviceToken.New(new UserId(user), TrustedDeviceId.New());
        var text = token.Reveal();
        Assert.That(TrustedDeviceToken.TryParse(text, out var read), Is.True);
        Assert.That((read!.UserId, read.DeviceId, read.Reveal()), Is.EqualTo((token.UserId, token.DeviceId, text)));
        Assert.That(token.ToString(), Does.Not.Contain(text.Split('.')[2]));

        string[] fakes =
        [
            text[..^1], text + "A", text + ".", "." + text, text + "=", " " + text, text.Replace('.', ','), text.Replace(".", "..", StringComparison.Ordinal),
            text[..text.LastIndexOf('.')], string.Join('.', text.Split('.').Reverse()), text + "\n", text + "." + text,
        ];
        Assert.That(fakes.Where(fake => TrustedDeviceToken.TryParse(fake, out _)), Is.Empty);
    }

    [TestCaseSource(typeof(HostileText), nameof(HostileText.Names))]
    public void Hostile_text_is_no_token_and_never_an_exception(string name) =>
        Assert.That(TrustedDeviceToken.TryParse(HostileText.Named(name), out _), Is.False);

    [Test]
    public void The_longest_user_id_fits()
    {
        var token = TrustedDeviceToken.New(new UserId(new string('\uFF5E', UserId.MaxLength)), TrustedDeviceId.New());
        Assert.That(token.Reveal(), Has.Length.LessThanOrEqualTo(1100));
        Assert.That(TrustedDeviceToken.TryParse(token.Reveal(), out var read) && read.UserId == token.UserId, Is.True);
    }
}
