using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using TwoFactor.Accounts;
using TwoFactor.Enrollment;
using TwoFactor.Otp;
using TwoFactor.Provisioning;
using TwoFactor.SignIn;

// The library without a web: enrol an authenticator, sign in with it, sign in with a backup code.
// A real app shows the codes; with --demo the program computes them itself.
var demo = args.Contains("--demo");
var services = new ServiceCollection();
services.AddTwoFactor(options => options.Issuer = "Console sample")
    .UseInMemoryStore()
    .UseSecretKeys("k1", [new("k1", Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)))]);
await using var provider = services.BuildServiceProvider();
var enrollment = provider.GetRequiredService<EnrollmentService>();
var signIn = provider.GetRequiredService<SignInService>();
var user = new UserId("carol");

// 1. Enrol: show the offer, confirm with the first code.
if (await enrollment.BeginAsync(user, "carol@example.com") is not BeginEnrollmentResult.Started { Offer: var offer }) return 1;
Console.WriteLine($"Add this to your authenticator app:\n  {offer.Uri}\nor type the key:\n  {offer.ManualKey}\n");
ConfirmEnrollmentResult.Confirmed? confirmed = null;
while (confirmed is null)
{
    var answer = await enrollment.ConfirmAsync(user, offer.EnrollmentId, Ask("First code", 0));
    confirmed = answer as ConfirmEnrollmentResult.Confirmed;
    if (confirmed is null) Console.WriteLine($"  {answer}");
    if (answer is ConfirmEnrollmentResult.NotPending) return 1;
}

Console.WriteLine($"Enrolled. Backup codes, shown once:\n  {string.Join("\n  ", confirmed.BackupCodes)}\n");

// 2. Sign in, each time after the first factor (here: none). The code that confirmed is spent, so the app's next one is needed.
if (!await SignInAsync(MfaFactorType.Totp, () => Ask("Next code", 1))) return 1;
if (!await SignInAsync(MfaFactorType.BackupCode, () => confirmed.BackupCodes[0])) return 1;
Console.WriteLine(await SignInAsync(MfaFactorType.BackupCode, () => confirmed.BackupCodes[0]) ? "Impossible." : "A backup code works once.");
return 0;

async Task<bool> SignInAsync(MfaFactorType factor, Func<string> code)
{
    if (await signIn.BeginAsync(new SignInRequest(user)) is not BeginSignInResult.ChallengeRequired { Challenge: var challenge }) return false;
    var result = await signIn.VerifyAsync(challenge, factor, code());
    Console.WriteLine($"Sign-in with {factor}: {result}");
    return result is VerifySignInResult.SignedIn;
}

string Ask(string what, int stepsAhead)
{
    Console.Write($"{what}: ");
    if (!demo) return Console.ReadLine() ?? throw new EndOfStreamException("No code was typed.");
    if (!OtpAuthUri.TryParse(offer.Uri, out var uri, out _)) throw new InvalidOperationException("The library reads what it writes.");
    using var app = uri;
    var code = Totp.Generate(app.Secret.Bytes, Totp.StepAt(TimeProvider.System.GetUtcNow(), TotpParameters.Default) + stepsAhead, TotpParameters.Default);
    Console.WriteLine(code);
    return code;
}
