using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;
using TwoFactor.Accounts;
using TwoFactor.Enrollment;
using TwoFactor.Storage;

namespace TwoFactor.EntityFrameworkCore.Tests;

[TestFixture]
public sealed class ReadyContextTests
{
    [Test]
    public async Task The_services_keep_accounts_in_the_file_that_was_configured()
    {
        using var database = await TemporaryDatabase.WithSchemaAsync();
        var services = new ServiceCollection();
        services.AddTwoFactor(options => options.Issuer = "Example")
            .UseSecretKeys("k1", [new("k1", Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)))])
            .AddEntityFrameworkStore(options => options.UseSqlite(database.ConnectionString));
        await using var provider = services.BuildServiceProvider(validateScopes: true);
        var alice = new UserId("alice");

        var begun = await provider.GetRequiredService<EnrollmentService>().BeginAsync(alice, "alice@example.com");

        Assert.That(begun, Is.InstanceOf<BeginEnrollmentResult.Started>());
        var stored = await provider.GetRequiredService<IAccountStore>().LoadAsync(alice, CancellationToken.None);
        Assert.That(stored.Account?.Pending?.AccountName, Is.EqualTo("alice@example.com"));
        Assert.That(database.Execute("SELECT COUNT(*) FROM two_factor_audit_events WHERE subject = 'alice'"), Is.EqualTo(1));
    }
}
