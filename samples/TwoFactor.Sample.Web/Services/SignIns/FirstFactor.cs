using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using TwoFactor.Accounts;
using TwoFactor.Sample.Web.Data;
using TwoFactor.Sample.Web.Services.Enforcement;
using TwoFactor.Sample.Web.Services.PendingSignIns;
using TwoFactor.Sample.Web.Services.Sessions;
using TwoFactor.SignIn;

namespace TwoFactor.Sample.Web.Services.SignIns;

/// <summary>Where a sign-in goes on. Without a place to go to, the account is locked or the service is busy.</summary>
public sealed record FirstFactorResult(IActionResult? Next, AccountLock? Lock = null);

/// <summary>A user whose first factor has passed, by whatever method: the one place that acts on what the library says to it.</summary>
public sealed class FirstFactor(
    SignInService signIn, UserDirectory users, EnforcementNotice notices, ITempDataDictionaryFactory temp, TimeProvider time)
{
    /// <param name="context">The request.</param>
    /// <param name="user">Who.</param>
    /// <param name="method">How the first factor was passed.</param>
    /// <param name="client">What the user signs in with.</param>
    /// <param name="returnUrl">Where to go at the end: an address on this site.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task<FirstFactorResult> PassedAsync(
        HttpContext context, User user, SignInMethodKind method, ClientKind client, string returnUrl, CancellationToken cancellationToken)
    {
        var request = new SignInRequest(user.UserId) { Method = SignInMethods.Of(method), Client = client, IsActivation = !user.IsActivated };
        var result = await signIn.BeginAsync(request, cancellationToken);
        switch (result)
        {
            case BeginSignInResult.Allowed allowed:
                await users.MarkActivatedAsync(user.UserId, cancellationToken);
                var session = UserSession.Of(user, allowed.Epoch, time.GetUtcNow()) with { Method = method, Client = client };
                await SessionCookie.WriteAsync(context, session);
                if (allowed.Prompt is null) return new(new LocalRedirectResult(returnUrl));
                return new(new RedirectToPageResult("/Account/Reminder", new { returnUrl }));
            case BeginSignInResult.ChallengeRequired challenge:
                var waiting = PendingSignIn.Of(user, challenge.Challenge, method, client, returnUrl);
                await PendingSignInCookie.WriteAsync(
                    context, waiting with { AttemptsLeft = challenge.AttemptsLeft, HasBackupCodes = challenge.HasBackupCodes });
                return new(new RedirectToPageResult("/Account/Challenge"));
            case BeginSignInResult.EnrollmentRequired required:
                var confined = PendingSignIn.Of(user, required.Challenge, method, client, returnUrl);
                await PendingSignInCookie.WriteAsync(
                    context, confined with { SetupRequiredBy = await notices.RequiredByAsync(result.Explanation, cancellationToken) });
                return new(new RedirectToPageResult("/Account/SetUp"));
            case BeginSignInResult.EnrollElsewhere elsewhere:
                return await TurnAwayAsync(context, result, elsewhere.Deadline, [.. elsewhere.Clients], cancellationToken);
            case BeginSignInResult.Denied denied:
                return await TurnAwayAsync(context, result, denied.Deadline, [], cancellationToken);
            case BeginSignInResult.LockedOut locked:
                return new(null, locked.Lock);
            default:
                return new(null);
        }
    }

    private async Task<FirstFactorResult> TurnAwayAsync(
        HttpContext context, BeginSignInResult result, DateTimeOffset deadline, ClientKind[] clients, CancellationToken cancellationToken)
    {
        new TurnedAway(await notices.RequiredByAsync(result.Explanation, cancellationToken), deadline, clients).Write(temp.GetTempData(context));
        return new(new RedirectToPageResult("/Account/TurnedAway"));
    }
}
