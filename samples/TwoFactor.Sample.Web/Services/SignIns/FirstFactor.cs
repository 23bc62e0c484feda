using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using TwoFactor.Accounts;
using TwoFactor.AspNetCore.SignIn;
using TwoFactor.Sample.Web.Data;
using TwoFactor.Sample.Web.Services.Enforcement;
using TwoFactor.Sample.Web.Services.Sessions;

namespace TwoFactor.Sample.Web.Services.SignIns;

/// <summary>Where a sign-in goes on. Without a place to go to, the account is locked or the service is busy.</summary>
public sealed record FirstFactorResult(IActionResult? Next, AccountLock? Lock = null);

/// <summary>A user whose first factor has passed, by whatever method: the one place that turns the library's answer into a page.</summary>
public sealed class FirstFactor(WebSignIn signIn, UserDirectory users, EnforcementNotice notices, ITempDataDictionaryFactory temp)
{
    /// <param name="context">The request.</param>
    /// <param name="user">Who.</param>
    /// <param name="method">How the first factor was passed.</param>
    /// <param name="client">What the user signs in with.</param>
    /// <param name="returnUrl">Where to go at the end; an address outside of this site is dropped.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task<FirstFactorResult> PassedAsync(
        HttpContext context, User user, SignInMethodKind method, ClientKind client, string? returnUrl, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(user);
        var first = new PassedFirstFactor(user.UserId)
        {
            Method = SignInMethods.Of(method),
            Client = client,
            IsActivation = !user.IsActivated,
            Claims = [.. SignedInUser.ClaimsOf(user)],
            ReturnUrl = returnUrl,
        };
        var result = await signIn.BeginAsync(context, first, cancellationToken);
        switch (result)
        {
            case WebSignInResult.SignedIn signedIn:
                await users.MarkActivatedAsync(user.UserId, cancellationToken);
                if (signedIn.Reminder is null) return new(new LocalRedirectResult(signedIn.ReturnUrl));
                return new(new RedirectToPageResult("/Account/Reminder", new { returnUrl = signedIn.ReturnUrl }));
            case WebSignInResult.CodeRequired:
                return new(new RedirectToPageResult("/Account/Challenge"));
            case WebSignInResult.SetupRequired:
                return new(new RedirectToPageResult("/Account/SetUp"));
            case WebSignInResult.EnrollElsewhere elsewhere:
                return await TurnAwayAsync(context, result, elsewhere.Deadline, [.. elsewhere.Clients], cancellationToken);
            case WebSignInResult.Denied denied:
                return await TurnAwayAsync(context, result, denied.Deadline, [], cancellationToken);
            case WebSignInResult.LockedOut locked:
                return new(null, locked.Lock);
            default:
                return new(null);
        }
    }

    private async Task<FirstFactorResult> TurnAwayAsync(
        HttpContext context, WebSignInResult result, DateTimeOffset deadline, ClientKind[] clients, CancellationToken cancellationToken)
    {
        var deciding = result.Explanation.Deciding.Select(rule => rule.OrganizationId);
        new TurnedAway(await notices.NamesOfAsync(deciding, cancellationToken), deadline, clients).Write(temp.GetTempData(context));
        return new(new RedirectToPageResult("/Account/TurnedAway"));
    }
}
