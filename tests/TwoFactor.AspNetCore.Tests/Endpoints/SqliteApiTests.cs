using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;
using TwoFactor.AspNetCore.Tests.Endpoints.Support;
using TwoFactor.EntityFrameworkCore;
using TwoFactor.Testing;

namespace TwoFactor.AspNetCore.Tests.Endpoints;

/// <summary>The API over a database in a file, and over a restart of the application.</summary>
internal sealed class SqliteApiTests
{
    private string _folder = "";

    [SetUp]
    public void Make() => _folder = Directory.CreateTempSubdirectory("two-factor-api-").FullName;

    [TearDown]
    public void Remove()
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    [Test, Attack(1)]
    public async Task After_a_restart_the_authenticator_stands_and_a_spent_code_does_not()
    {
        Enrolled bob;
        string spent;
        await using (var before = await StartAsync())
        {
            bob = await before.EnrollAsync("bob");
            spent = bob.App.CodeAt(before.Now);
            (await bob.Client.PostAsync("/2fa/step-up", new { factor = "totp", code = spent })).MustSucceed();
            (await bob.Client.PostAsync("/2fa/step-up", new { factor = "backup_code", code = bob.BackupCodes[0] })).MustSucceed();
        }

        await using var after = await StartAsync();
        // The clock of this process stands where the other one's stood.
        after.NextCode();
        var client = await after.HalfSignInAsync("bob");
        (await client.PostAsync("/2fa/sign-in/verify", new { factor = "totp", code = spent })).MustBe("code_replayed");
        (await client.PostAsync("/2fa/sign-in/verify", new { factor = "backup_code", code = bob.BackupCodes[0] })).MustBe("code_wrong");
        (await client.PostAsync("/2fa/sign-in/verify", new { factor = "backup_code", code = bob.BackupCodes[1] })).MustSucceed();
        Assert.That((await client.GetAsync("/2fa/status")).MustSucceed()["backupCodesLeft"].GetInt32(), Is.EqualTo(8));
    }

    [Test]
    public async Task Policies_and_the_audit_trail_are_read_back_from_the_file()
    {
        await using (var before = await StartAsync())
        {
            var ada = await before.EnrollAsync("ada");
            (await ada.Client.PutAsync("/2fa/admin/policy?organization=acme", new { version = 0, trustedDeviceDays = 14 })).MustSucceed();
        }

        await using var after = await StartAsync();
        after.Clock.Advance(TimeSpan.FromMinutes(5));
        var admin = await after.SignInWithoutFactorAsync("gus");
        (await admin.GetAsync("/2fa/admin/policy?organization=acme")).MustBe("not_authorized");
        var again = await after.EnrollAsync("gus");
        var policy = await again.Client.GetAsync("/2fa/admin/policy?organization=globex");
        Assert.That(policy.MustSucceed()["version"].GetInt64(), Is.Zero);
        var chain = (await again.Client.GetAsync("/2fa/admin/audit/verify?organization=globex&subject=gus")).MustSucceed();
        Assert.That(chain["length"].GetInt64(), Is.GreaterThan(2));
        Assert.That(chain["brokenAt"].ValueKind, Is.EqualTo(System.Text.Json.JsonValueKind.Null));
    }

    private async Task<ApiApp> StartAsync()
    {
        var source = $"Data Source={Path.Combine(_folder, "two-factor.db")}";
        await using (var context = new TwoFactorDbContext(new DbContextOptionsBuilder<TwoFactorDbContext>().UseSqlite(source).Options))
            await context.Database.EnsureTwoFactorSchemaAsync();
        return await ApiApp.StartAsync(new() { Build = b => b.AddEntityFrameworkStore(o => o.UseSqlite(source)) });
    }
}
