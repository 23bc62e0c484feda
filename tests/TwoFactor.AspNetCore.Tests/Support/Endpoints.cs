using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using TwoFactor.Accounts;
using TwoFactor.AspNetCore.PendingSignIns;
using TwoFactor.AspNetCore.Sessions;
using TwoFactor.AspNetCore.Setup;
using TwoFactor.AspNetCore.SignIn;
using TwoFactor.Verification;

namespace TwoFactor.AspNetCore.Tests.Support;

/// <summary>What an application writes: thin endpoints over the package's two services. They answer with what the result was.</summary>
internal static class Endpoints
{
    public static void Map(WebApplication app)
    {
        app.MapPost("/sign-in", async (HttpContext context, WebSignIn signIn) =>
        {
            var form = await context.Request.ReadFormAsync();
            var user = form["user"].ToString();
            var first = new PassedFirstFactor(new UserId(user))
            {
                Claims =
                [
                    new Claim(ClaimTypes.Name, $"Name of {user}"), new Claim(ClaimTypes.Role, "reader"),
                    .. form.TryGetValue("claim", out var claim) ? [new Claim(form["claimType"].ToString(), claim.ToString())] : Array.Empty<Claim>(),
                ],
                ReturnUrl = form["returnUrl"],
                IsPersistent = form["persistent"] == "true",
                Client = Enum.TryParse<ClientKind>(form["client"], out var client) ? client : ClientKind.Browser,
                Method = form["method"] == "google" ? SignInMethod.External("Google") : SignInMethod.Password,
            };
            return Of(await signIn.BeginAsync(context, first, context.RequestAborted));
        });
        app.MapGet("/pending", (HttpContext context, WebSignIn signIn) => signIn.ReadPending(context) is { } pending ? Of("Pending", pending) : Of("None"));
        app.MapPost("/verify", async (HttpContext context, WebSignIn signIn) =>
        {
            var form = await context.Request.ReadFormAsync();
            var factor = form["with"] == "backup" ? MfaFactorType.BackupCode : MfaFactorType.Totp;
            return Of(await signIn.VerifyAsync(context, factor, form["code"], form["trust"] == "true", context.RequestAborted));
        });
        app.MapPost("/step-up", async (HttpContext context, WebSignIn signIn) =>
        {
            var form = await context.Request.ReadFormAsync();
            var factor = form["with"] == "backup" ? MfaFactorType.BackupCode : MfaFactorType.Totp;
            return await signIn.StepUpAsync(context, factor, form["code"], form["returnUrl"], context.RequestAborted) switch
            {
                WebStepUpResult.Proved proved => Results.Json(new { kind = "Proved", returnUrl = proved.ReturnUrl }),
                WebStepUpResult.Refused refused => Of(refused.Refusal.GetType().Name),
                var other => Of(other.GetType().Name),
            };
        }).RequireAuthorization();
        app.MapPost("/set-up", async (HttpContext context, WebSetup setup) => Of(await setup.BeginAsync(context))).RequireAuthorization();
        app.MapPost("/set-up/confirm", async (HttpContext context, WebSetup setup) =>
        {
            var form = await context.Request.ReadFormAsync();
            return Of(await setup.ConfirmAsync(context, form["ticket"], form["code"], form["returnUrl"]));
        }).RequireAuthorization();
        app.MapPost("/required", async (HttpContext context, WebSetup setup) => Of(await setup.BeginRequiredAsync(context)));
        app.MapPost("/required/confirm", async (HttpContext context, WebSetup setup) =>
        {
            var form = await context.Request.ReadFormAsync();
            return Of(await setup.ConfirmRequiredAsync(context, form["ticket"], form["code"]));
        });
        app.MapPost("/codes", async (HttpContext context, WebSetup setup) => Of((await setup.RegenerateBackupCodesAsync(context)).GetType().Name)).RequireAuthorization();
        app.MapPost("/remove", async (HttpContext context, WebSetup setup) => Of((await setup.RemoveAsync(context)).GetType().Name)).RequireAuthorization();
        app.MapPost("/cancel", (HttpContext context, WebSignIn signIn) => signIn.Cancel(context));
        app.MapPost("/sign-out", (HttpContext context, WebSignIn signIn) => signIn.SignOutAsync(context));
        app.MapGet("/ended", (HttpContext context) => Of(context.HasEndedTwoFactorSession() ? "Ended" : "NotEnded"));
        app.MapGet("/me", (ClaimsPrincipal user) => TwoFactorSession.Read(user) is { } session
            ? Results.Json(new
            {
                kind = "Session",
                user = session.UserId.Value,
                name = user.FindFirstValue(ClaimTypes.Name),
                id = user.FindFirstValue(ClaimTypes.NameIdentifier),
                role = user.IsInRole("reader"),
                epoch = session.Epoch,
                factor = session.SignedInWith?.ToString(),
                method = session.Method.ToString(),
                client = session.Client.ToString(),
                viaTrust = session.IsViaTrust,
            })
            : Of("None")).RequireAuthorization();
    }

    private static IResult Of(string kind) => Results.Json(new { kind });

    private static IResult Of(string kind, PendingSignIn pending) => Results.Json(new
    {
        kind,
        user = pending.UserId.Value,
        attempts = pending.AttemptsLeft,
        backupCodes = pending.HasBackupCodes,
        trustDays = pending.TrustOfferDays,
        needsSetup = pending.NeedsSetup,
        requiredBy = string.Join(',', pending.RequiredBy),
        account = pending.AccountName,
        returnUrl = pending.ReturnUrl,
    });

    private static IResult Of(WebSignInResult result) => result switch
    {
        WebSignInResult.SignedIn signedIn => Results.Json(new { kind = "SignedIn", returnUrl = signedIn.ReturnUrl, reminder = signedIn.Reminder?.Deadline }),
        WebSignInResult.CodeRequired code => Of("CodeRequired", code.Pending),
        WebSignInResult.SetupRequired setup => Of("SetupRequired", setup.Pending),
        _ => Of(result.GetType().Name),
    };

    private static IResult Of(WebVerifyResult result) => result switch
    {
        WebVerifyResult.SignedIn signedIn => Results.Json(new { kind = "SignedIn", returnUrl = signedIn.ReturnUrl, trustedUntil = signedIn.TrustedUntil }),
        WebVerifyResult.Refused { Refusal: CodeRefusal.Wrong wrong } => Results.Json(new { kind = "Wrong", attempts = wrong.AttemptsLeft }),
        WebVerifyResult.Refused refused => Of(refused.Refusal.GetType().Name),
        _ => Of(result.GetType().Name),
    };

    private static IResult Of(BeginSetupResult result) => result is BeginSetupResult.Started started
        ? Results.Json(new { kind = "Started", uri = started.Offer.Uri, ticket = started.Offer.Ticket, key = started.Offer.ManualKey })
        : Of(result.GetType().Name);

    private static IResult Of(ConfirmSetupResult result) => result switch
    {
        ConfirmSetupResult.Confirmed confirmed => Results.Json(new
        {
            kind = "Confirmed",
            codes = string.Join(' ', confirmed.BackupCodes),
            signedIn = confirmed.Session is not null,
            returnUrl = confirmed.ReturnUrl,
        }),
        ConfirmSetupResult.Refused refused => Results.Json(new { kind = refused.Refusal.GetType().Name, uri = refused.Offer.Uri, ticket = refused.Offer.Ticket }),
        _ => Of(result.GetType().Name),
    };
}
