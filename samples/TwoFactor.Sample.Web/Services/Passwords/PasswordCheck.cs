using Microsoft.AspNetCore.Identity;
using TwoFactor.Sample.Web.Data;
using TwoFactor.SignIn;
using TwoFactor.Status;

namespace TwoFactor.Sample.Web.Services.Passwords;

/// <summary>
/// The first factor. A wrong password and an unknown address take the same time and get the same answer, so that nobody learns who has
/// an account: an unknown address is checked against a decoy, and failures are answered no sooner than <see cref="FailureTime"/>, which
/// hides the write that counts a known user's failure.
/// </summary>
public sealed class PasswordCheck(UserDirectory users, IPasswordHasher<User> hasher, SignInService signIn, AccountStatusService accounts)
{
    private static readonly TimeSpan FailureTime = TimeSpan.FromMilliseconds(750);

    private readonly User _decoy = Decoy(hasher);

    /// <summary>The user, or null for whatever was wrong.</summary>
    public async Task<User?> PassAsync(string email, string password, CancellationToken cancellationToken)
    {
        var started = TimeProvider.System.GetTimestamp();
        var user = await users.FindByEmailAsync(email, cancellationToken);
        // Who was invited and has no password yet is nobody here.
        var candidate = user is { HasPassword: true } ? user : _decoy;
        // While wrong passwords lock the account a right one is answered like a wrong one: else the lock would slow nobody who guesses.
        var locked = user is not null && (await accounts.GetAsync(user.UserId, cancellationToken)).PasswordLock is not null;
        var right = hasher.VerifyHashedPassword(candidate, candidate.PasswordHash, password) != PasswordVerificationResult.Failed;
        if (right && !locked && user is { HasPassword: true }) return user;

        // Not cancelled with the request: hanging up must not save an attempt.
        if (user is not null) await ReportAsync(user);
        var left = FailureTime - TimeProvider.System.GetElapsedTime(started);
        if (left > TimeSpan.Zero) await Task.Delay(left, TimeProvider.System, cancellationToken);
        return null;
    }

    private async Task ReportAsync(User user)
    {
        // "Contended" means that other requests won every write: report again, a few times.
        for (var round = 0; round < 3; round++)
        {
            if (await signIn.ReportPasswordFailureAsync(user.UserId, CancellationToken.None) is not PasswordFailureResult.Contended) return;
        }
    }

    private static User Decoy(IPasswordHasher<User> hasher)
    {
        var decoy = new User { Id = "decoy", Email = "", Name = "", CreatedAtUnixSeconds = 0 };
        decoy.PasswordHash = hasher.HashPassword(decoy, Convert.ToHexString(System.Security.Cryptography.RandomNumberGenerator.GetBytes(16)));
        return decoy;
    }
}
