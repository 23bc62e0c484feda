using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.AuthenticatedEncryption;
using Microsoft.AspNetCore.DataProtection.AuthenticatedEncryption.ConfigurationModel;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;
using TwoFactor.AspNetCore.DataProtection;
using TwoFactor.AspNetCore.Tests.Support;
using TwoFactor.Cryptography;
using TwoFactor.Testing;

namespace TwoFactor.AspNetCore.Tests.DataProtection;

/// <summary>On a key ring in files, as a web server has it.</summary>
[TestFixture(EncryptionAlgorithm.AES_256_CBC, ValidationAlgorithm.HMACSHA256)]
[TestFixture(EncryptionAlgorithm.AES_256_CBC, ValidationAlgorithm.HMACSHA512)]
[TestFixture(EncryptionAlgorithm.AES_256_GCM, ValidationAlgorithm.HMACSHA256)]
[Feature("E7")]
public sealed class DataProtectionProtectorTests(EncryptionAlgorithm encryption, ValidationAlgorithm validation) : SecretProtectorContract
{
    private readonly List<ServiceProvider> _providers = [];
    private DirectoryInfo _folder = null!;

    [OneTimeSetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("two-factor-web-keys-");

    [OneTimeTearDown]
    public void Remove() =>
        // A key ring that was disposed of may still be writing a key of its own making; the last of them ends by itself.
        Assert.That(SpinWait.SpinUntil(IsRemoved, TimeSpan.FromSeconds(30)), Is.True, $"{_folder} could not be removed.");

    private bool IsRemoved()
    {
        try
        {
            _folder.Delete(recursive: true);
            return true;
        }
        catch (DirectoryNotFoundException)
        {
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    [TearDown]
    public void Close()
    {
        _providers.ForEach(p => p.Dispose());
        _providers.Clear();
    }

    protected override (ISecretProtector Before, ISecretProtector After, ISecretProtector Without) Rotation()
    {
        var folder = _folder.CreateSubdirectory(Path.GetRandomFileName());
        var before = Start(folder);
        _ = Of(before).Protect([1], []);
        var old = folder.GetFiles().Single();
        NewKey(before);
        var without = _folder.CreateSubdirectory(Path.GetRandomFileName());
        foreach (var file in folder.GetFiles().Where(f => f.Name != old.Name)) file.CopyTo(Path.Combine(without.FullName, file.Name));
        return (Of(before), Of(Start(folder)), Of(Start(without)));
    }

    [Test]
    [Attack(37)]
    public void A_revoked_key_opens_nothing_and_counts_as_lost()
    {
        var folder = _folder.CreateSubdirectory(Path.GetRandomFileName());
        var provider = Start(folder);
        var envelope = Of(provider).Protect("seed"u8, []);
        NewKey(provider);
        var keys = provider.GetRequiredService<IKeyManager>();
        keys.RevokeKey(keys.GetAllKeys().MinBy(k => k.CreationDate)!.KeyId, "a test");

        var after = Of(Start(folder));

        Assert.That(after.Unprotect(envelope, [], new byte[512], out _), Is.EqualTo(UnprotectOutcome.KeyMissing));
        Assert.That(after.HasKeyOf(envelope), Is.False);
    }

    [Test]
    public void A_key_store_that_cannot_be_read_is_a_fault_and_no_answer()
    {
        var folder = _folder.CreateSubdirectory(Path.GetRandomFileName());
        var envelope = Of(Start(folder)).Protect("seed"u8, []);
        var keys = new BrokenKeys(Start(_folder.CreateSubdirectory(Path.GetRandomFileName())).GetRequiredService<IKeyManager>());
        var provider = Start(_folder.CreateSubdirectory(Path.GetRandomFileName()));
        var protector = new DataProtectionSecretProtector(provider.GetRequiredService<IDataProtectionProvider>(), keys, TimeProvider.System);

        Assert.That(() => protector.Unprotect(envelope, [], new byte[512], out _), Throws.InstanceOf<IOException>());
    }

    [Test]
    [Attack(37)]
    public async Task A_user_whose_key_is_lost_is_unavailable_and_never_not_enrolled()
    {
        var folder = _folder.CreateSubdirectory(Path.GetRandomFileName());
        var lost = _folder.CreateSubdirectory(Path.GetRandomFileName());
        void UseRing(IServiceCollection services, DirectoryInfo ring)
        {
            var provider = Start(ring);
            services.AddSingleton(provider.GetRequiredService<IDataProtectionProvider>()).AddSingleton(provider.GetRequiredService<IKeyManager>());
        }

        await using var app = await WebApp.StartAsync(build: builder => builder.UseDataProtection(), services: services => UseRing(services, folder));
        var ann = await app.EnrolAsync("ann");
        Assert.That((await (await app.SignInAsync(ann)).GetAsync("/me")).Kind, Is.EqualTo("Session"));

        var memory = app.Store;
        await using var without = await WebApp.StartAsync(
            build: builder => builder.UseDataProtection().UseStore(_ => memory), services: services => UseRing(services, lost));
        var browser = without.NewBrowser();
        without.Clock.SetTo(app.Now);
        Assert.That((await browser.PostAsync("/sign-in", ("user", "ann"))).Kind, Is.EqualTo("CodeRequired"));
        Assert.That((await browser.PostAsync("/verify", ("code", without.Code(ann)))).Kind, Is.EqualTo("Unavailable"));
        Assert.That((await without.StatusAsync(ann.Id)).IsEnrolled, Is.True);
    }

    private ServiceProvider Start(DirectoryInfo folder)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton(TimeProvider.System);
        services.AddDataProtection().SetApplicationName("tests").PersistKeysToFileSystem(folder)
            .UseCryptographicAlgorithms(new AuthenticatedEncryptorConfiguration { EncryptionAlgorithm = encryption, ValidationAlgorithm = validation });
        var provider = services.BuildServiceProvider();
        _providers.Add(provider);
        return provider;
    }

    private static DataProtectionSecretProtector Of(ServiceProvider provider) =>
        new(provider.GetRequiredService<IDataProtectionProvider>(), provider.GetRequiredService<IKeyManager>(), TimeProvider.System);

    private static void NewKey(ServiceProvider provider)
    {
        var now = TimeProvider.System.GetUtcNow();
        provider.GetRequiredService<IKeyManager>().CreateNewKey(now, now.AddDays(90));
    }

    private sealed class BrokenKeys(IKeyManager inner) : IKeyManager
    {
        public IKey CreateNewKey(DateTimeOffset activationDate, DateTimeOffset expirationDate) => inner.CreateNewKey(activationDate, expirationDate);

        public IReadOnlyCollection<IKey> GetAllKeys() => throw new IOException("The share is away.");

        public CancellationToken GetCacheExpirationToken() => inner.GetCacheExpirationToken();

        public void RevokeAllKeys(DateTimeOffset revocationDate, string? reason = null) => inner.RevokeAllKeys(revocationDate, reason);

        public void RevokeKey(Guid keyId, string? reason = null) => inner.RevokeKey(keyId, reason);
    }
}
