using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using TwoFactor.AspNetCore.Diagnostics;
using TwoFactor.AspNetCore.Sessions;
using TwoFactor.Storage;

namespace TwoFactor.AspNetCore.Authorization;

/// <summary>
/// Loads the account and lets <see cref="TwoFactorDecider"/> judge. A store that throws ends the request with its exception: doubt is no access.
/// </summary>
internal sealed class TwoFactorRequirementHandler(IAccountStore store, TimeProvider time, ILogger<TwoFactorRequirementHandler> logger)
    : AuthorizationHandler<TwoFactorRequirement>
{
    protected override async Task HandleRequirementAsync(AuthorizationHandlerContext context, TwoFactorRequirement requirement)
    {
        var denial = TwoFactorDenial.NoSession;
        if (TwoFactorSession.Read(context.User) is { } session)
        {
            var cancellation = (context.Resource as HttpContext)?.RequestAborted ?? CancellationToken.None;
            var stored = await store.LoadAsync(session.UserId, cancellation).ConfigureAwait(false);
            if (stored.Account is { } account && account.UserId != session.UserId)
                throw new InvalidDataException("The store answered with the account of another user.");
            if (TwoFactorDecider.Examine(session, stored.Account, requirement, time.GetUtcNow()) is not { } found)
            {
                context.Succeed(requirement);
                return;
            }

            denial = found;
            WebLog.RequirementFailed(logger, session.UserId, TwoFactorDenialCodes.CodeOf(denial));
        }

        context.Fail(new TwoFactorFailureReason(this, denial));
    }
}

/// <summary>Why a two-factor requirement was not met, for the application's own handling of authorization results.</summary>
/// <param name="handler">Who says so.</param>
/// <param name="denial">Why.</param>
public sealed class TwoFactorFailureReason(IAuthorizationHandler handler, TwoFactorDenial denial)
    : AuthorizationFailureReason(handler, TwoFactorDenialCodes.CodeOf(denial))
{
    /// <summary>Why.</summary>
    public TwoFactorDenial Denial { get; } = denial;
}
