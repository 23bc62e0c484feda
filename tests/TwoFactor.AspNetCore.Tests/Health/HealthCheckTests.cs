using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;
using TwoFactor.AspNetCore.Tests.Support;
using TwoFactor.Cryptography;

namespace TwoFactor.AspNetCore.Tests.Health;

/// <summary>The health check, over a real port.</summary>
public class HealthCheckTests
{
    private const string Canary = "Password=CANARY";

    [Test]
    public async Task It_is_healthy_while_accounts_load_and_unhealthy_while_they_do_not()
    {
        await using var app = await StartAsync();
        var browser = app.NewBrowser();
        Assert.That((await browser.GetAsync("/health")).Body, Is.EqualTo("Healthy: An account was loaded, and a seed sealed and opened."));

        app.Store.Fault = new InvalidOperationException($"Host=db;{Canary}");
        var unhealthy = await browser.GetAsync("/health");

        Assert.That((unhealthy.Status, unhealthy.Body), Is.EqualTo((HttpStatusCode.ServiceUnavailable, "Unhealthy: Failed at the store: InvalidOperationException.")));
        Assert.That(app.Logs.Entries.Any(e => e.Id.Id == 7050));
        Assert.That(app.Logs.Entries.Select(e => e.Text), Has.None.Contains("CANARY"));
        app.Store.Fault = null;
        Assert.That((await browser.GetAsync("/health")).Status, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task Keys_that_do_not_work_are_unhealthy()
    {
        await using var app = await StartAsync(builder => builder.UseSecretProtector(_ => new BrokenProtector()));

        var answer = await app.NewBrowser().GetAsync("/health");

        Assert.That(answer.Body, Is.EqualTo("Unhealthy: Failed at the keys of seeds: IOException."));
        Assert.That(app.Logs.Entries.Select(e => e.Text), Has.None.Contains("CANARY"));
    }

    private static Task<WebApp> StartAsync(Action<TwoFactorBuilder>? build = null) => WebApp.StartAsync(
        build: build,
        services: services => services.AddHealthChecks().AddTwoFactor(),
        map: app => app.MapHealthChecks("/health", new()
        {
            ResponseWriter = (context, report) => context.Response.Body.WriteAsync(
                System.Text.Encoding.UTF8.GetBytes(string.Join('\n', report.Entries.Values.Select(e => $"{report.Status}: {e.Description}{e.Exception}")))).AsTask(),
        }));

    private sealed class BrokenProtector : ISecretProtector
    {
        public byte[] Protect(ReadOnlySpan<byte> secret, ReadOnlySpan<byte> associatedData) => throw new IOException(Canary);

        public UnprotectOutcome Unprotect(ReadOnlySpan<byte> envelope, ReadOnlySpan<byte> associatedData, Span<byte> destination, out int written) =>
            throw new IOException(Canary);

        public bool NeedsRotation(ReadOnlySpan<byte> envelope) => false;

        public int GetMaxSecretLength(int envelopeLength) => envelopeLength;
    }
}
