using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TwoFactor.Accounts;
using TwoFactor.Cryptography;
using TwoFactor.EntityFrameworkCore;
using TwoFactor.Enrollment;
using TwoFactor.Otp;
using TwoFactor.SignIn;
using TwoFactor.Storage;

namespace TwoFactor.Benchmarks.Scenarios;

/// <summary>The services as a host sets them up, with one enrolled user, in memory, on a SQLite file or on PostgreSQL.</summary>
internal sealed class SignInHost : IAsyncDisposable
{
    private readonly BenchmarkClock _clock = new();
    private readonly ServiceProvider _provider;
    private readonly SignInService _signIn;
    private readonly SignInRequest _request;
    private readonly string _code = new('0', 6);
    private OtpSecret? _secret;

    private SignInHost(UserId user, string? file, string? postgreSql, bool vectorized, ISecretProtector? protector = null)
    {
        _request = new SignInRequest(user);
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(_clock);
        var builder = services
            .AddTwoFactor(options =>
            {
                options.Issuer = Inputs.Issuer;
                options.Totp.UseVectorizedHmac = vectorized;
            })
            .UseSecretKeys("k1", [new("k1", Convert.ToBase64String(SecretKeyRing.GenerateKey()))]);
        // Another host's protector; the container disposes of what it makes alone.
        if (protector is not null) services.AddSingleton(protector);
        if (postgreSql is not null) builder.AddEntityFrameworkStore(options => options.UseNpgsql(postgreSql));
        else if (file is null) builder.UseInMemoryStore();
        else builder.AddEntityFrameworkStore(options => options.UseSqlite($"Data Source={file}"));
        _provider = services.BuildServiceProvider();
        _signIn = _provider.GetRequiredService<SignInService>();
    }

    public static async Task<SignInHost> CreateAsync(string user = "user-1", string? file = null, bool vectorized = false, string? postgreSql = null, ISecretProtector? protector = null)
    {
        var host = new SignInHost(new UserId(user), file, postgreSql, vectorized, protector);
        if (file is not null || postgreSql is not null)
        {
            await using var context = await host._provider.GetRequiredService<IDbContextFactory<TwoFactorDbContext>>().CreateDbContextAsync();
            await context.Database.EnsureTwoFactorSchemaAsync();
        }

        await host.EnrollAsync();
        return host;
    }

    /// <summary>Over a database with the accounts of a crowd.</summary>
    public static async Task<SignInHost> OverAsync(Crowd crowd, string? file, string? postgreSql)
    {
        var host = new SignInHost(Crowd.Member(0), file, postgreSql, vectorized: false, crowd.Protector) { _secret = crowd.CopySecret() };
        // Later than the last sign-in that the accounts have in common.
        for (var i = 0; i < 10; i++) host._clock.NextStep();
        _ = await host.LoadAsync();
        return host;
    }

    /// <summary>A whole sign-in: the challenge after the password, and the right code.</summary>
    public ValueTask SignInAsync() => SignInAsync(_request);

    /// <summary>The same of a member of the crowd.</summary>
    public ValueTask SignInAsync(UserId user) => SignInAsync(new SignInRequest(user));

    private async ValueTask SignInAsync(SignInRequest request)
    {
        var code = NextCode();
        var challenge = await BeginAsync(request);
        if (await _signIn.VerifyAsync(challenge, MfaFactorType.Totp, code) is not VerifySignInResult.SignedIn)
            throw new InvalidOperationException("The right code was refused.");
    }

    /// <summary>The first half of a sign-in.</summary>
    public ValueTask<ChallengeToken> BeginAsync() => BeginAsync(_request);

    private async ValueTask<ChallengeToken> BeginAsync(SignInRequest request) =>
        await _signIn.BeginAsync(request) is BeginSignInResult.ChallengeRequired challenge
            ? challenge.Challenge
            : throw new InvalidOperationException("No code was asked for.");

    /// <summary>The account as it is stored.</summary>
    public async ValueTask<Account> LoadAsync() => (await _provider.GetRequiredService<IAccountStore>().LoadAsync(_request.UserId, default)).Account!;

    /// <summary>The seed, for the caller to dispose of.</summary>
    public OtpSecret CopySecret() => OtpSecret.FromBytes(_secret!.Bytes);

    public async ValueTask DisposeAsync()
    {
        _secret?.Dispose();
        await _provider.DisposeAsync();
    }

    /// <summary>
    /// What a device shows next. A million sign-ins meet some codes that are the last step's, too, which the service rightly takes for a
    /// replay; who sees the same digits again waits a step, and so does this. Written over one string, so that it does not count among the
    /// bytes of a sign-in.
    /// </summary>
    private string NextCode()
    {
        Span<char> last = stackalloc char[6];
        _code.CopyTo(last);
        do
        {
            _clock.NextStep();
            WriteCode();
        }
        while (_code.AsSpan().SequenceEqual(last));
        return _code;
    }

    private void WriteCode()
    {
        var characters = System.Runtime.InteropServices.MemoryMarshal.AsMemory(_code.AsMemory()).Span;
        Totp.Generate(_secret!.Bytes, Totp.StepAt(_clock.GetUtcNow(), TotpParameters.Default), TotpParameters.Default, characters);
    }

    private async Task EnrollAsync()
    {
        var enrollment = _provider.GetRequiredService<EnrollmentService>();
        if (await enrollment.BeginAsync(_request.UserId, Inputs.Account) is not BeginEnrollmentResult.Started started)
            throw new InvalidOperationException("The enrolment did not begin.");
        if (!OtpSecret.TryParseBase32(started.Offer.ManualKey, out _secret, out _)) throw new InvalidOperationException("The manual key is wrong.");
        WriteCode();
        if (await enrollment.ConfirmAsync(_request.UserId, started.Offer.EnrollmentId, _code) is not ConfirmEnrollmentResult.Confirmed)
            throw new InvalidOperationException("The first code was refused.");
    }
}
