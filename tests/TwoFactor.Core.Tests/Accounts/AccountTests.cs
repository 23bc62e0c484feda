using NUnit.Framework;
using TwoFactor.Accounts;

namespace TwoFactor.Tests.Accounts;

public sealed class AccountTests
{
    private static readonly Account Ada = Account.NewFor(new UserId("ada"));
    private static readonly OrganizationId Acme = new("acme");

    [Test]
    public void Each_of_what_most_accounts_have_nothing_of_is_kept_beside_the_others()
    {
        var account = Ada with { GraceExtensions = [new(Acme, TimeSpan.FromDays(1))] };
        account = account with { Exemptions = [new(Acme, DateTimeOffset.UnixEpoch)] };
        account = account with { FirstSignIns = [new(Acme, "rule", DateTimeOffset.UnixEpoch)] };
        account = account with { Region = new RegionId("eu") };
        account = account with { Relocation = new(RelocationState.Leaving, Guid.Empty, new RegionId("us")) };
        Assert.Multiple(() =>
        {
            Assert.That(account.GraceExtensions, Has.Length.EqualTo(1));
            Assert.That(account.Exemptions, Has.Length.EqualTo(1));
            Assert.That(account.FirstSignIns, Has.Length.EqualTo(1));
            Assert.That(account.Region?.Value, Is.EqualTo("eu"));
            Assert.That(account.Relocation?.Other.Value, Is.EqualTo("us"));
            Assert.That(Ada.GraceExtensions, Is.Empty);
            Assert.That(Ada.Region, Is.Null);
        });
    }

    [Test]
    public void It_can_be_taken_away_again()
    {
        var account = Ada with { GraceExtensions = [new(Acme, TimeSpan.FromDays(1))], Exemptions = [new(Acme, DateTimeOffset.UnixEpoch)], Region = new RegionId("eu") };
        account = account with { GraceExtensions = [], Exemptions = default, Region = null };
        Assert.Multiple(() =>
        {
            Assert.That(account.GraceExtensions, Is.Empty);
            Assert.That(account.Exemptions.IsDefault, Is.False);
            Assert.That(account.Exemptions, Is.Empty);
            Assert.That(account.Region, Is.Null);
        });
    }
}
