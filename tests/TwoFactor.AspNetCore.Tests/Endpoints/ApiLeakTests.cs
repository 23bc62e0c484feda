using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using NUnit.Framework;
using TwoFactor.AspNetCore.Tests.Endpoints.Support;
using TwoFactor.Testing;

namespace TwoFactor.AspNetCore.Tests.Endpoints;

/// <summary>Everything that is logged while the API is used, at the finest level, by whomever.</summary>
internal sealed class ApiLeakTests
{
    [Test, Attack(35)]
    public async Task No_secret_that_goes_through_the_API_is_logged()
    {
        using var log = new EverythingLogged();
        await using var app = await ApiApp.StartAsync(new()
        {
            Environment = "Development",
            Services = s => s.AddLogging(l => l.SetMinimumLevel(LogLevel.Trace).AddProvider(log)),
        });
        await app.SavePolicyAsync(ApiApp.Acme, policy => policy with { TrustedDeviceDays = 30 });
        var secrets = new List<string>();
        var client = await app.SignInWithoutFactorAsync("bob");
        var offer = (await client.PostAsync("/2fa/enrollment")).MustSucceed();
        var (key, ticket) = (offer["manualKey"].GetString()!, offer["ticket"].GetString()!);
        var phone = AuthenticatorApp.Type(key);
        (await client.PostAsync("/2fa/enrollment/qr", new { ticket })).MustSucceed();
        var confirmed = (await client.PostAsync("/2fa/enrollment/confirm", new { ticket, code = phone.CodeAt(app.Now) })).MustSucceed();
        secrets.AddRange([key, key.Replace(" ", "", StringComparison.Ordinal), phone.SeedInHex, ticket, client.Antiforgery!]);
        secrets.AddRange(confirmed["backupCodes"].EnumerateArray().Select(c => c.GetString()!));
        app.NextCode();
        var bob = new Enrolled("bob", client, phone, []);
        var trusted = await app.SignInAsync(bob, trust: true);
        var wrong = "PASTEDSECRET1234";
        foreach (var body in new[] { $"{{\"factor\":\"totp\",\"code\":\"{wrong}\"}}", $"{{\"factor\":\"{wrong}\",\"code\":\"1\"}}", $"{{\"{wrong}\":1}}", $"{wrong}", $"{{\"factor\":1,\"code\":\"{wrong}\"}}" })
            await client.PostAsync("/2fa/step-up", body);
        secrets.Add(wrong);
        secrets.AddRange(trusted.Cookies.Values.Concat(client.Cookies.Values).Where(value => value.Length > 20));

        Assert.That(log.Lines, Is.Not.Empty);
        // The control: what is written is seen.
        Assert.That(log.Lines.Any(line => line.Contains("/2fa/enrollment/confirm", StringComparison.Ordinal)), Is.True);
        foreach (var secret in secrets.Distinct())
            Assert.That(log.Lines.Where(line => line.Contains(secret, StringComparison.OrdinalIgnoreCase)), Is.Empty, secret);
    }

    private sealed class EverythingLogged : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<string> Lines { get; } = [];

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull
        {
            Lines.Enqueue($"{state}");
            return null;
        }

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Enqueue($"{formatter(state, exception)} {exception}");

        public void Dispose()
        {
        }
    }
}
