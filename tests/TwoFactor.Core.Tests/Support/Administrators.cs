using TwoFactor.Accounts;
using TwoFactor.Administration;

namespace TwoFactor.Tests.Support;

/// <summary>Lets the user <c>root</c> do everything and nobody else anything. It would also let <c>root</c> do it to himself: the library must not.</summary>
internal sealed class Administrators : ITwoFactorAuthorizer
{
    public static readonly UserId Root = new("root");

    public ValueTask<bool> IsAllowedAsync(AdministrativeRequest request, CancellationToken cancellationToken) =>
        ValueTask.FromResult(request.Actor == Root);
}
