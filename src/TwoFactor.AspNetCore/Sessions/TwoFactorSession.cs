using System.Security.Claims;
using TwoFactor.Accounts;

namespace TwoFactor.AspNetCore.Sessions;

/// <summary>
/// Who is signed in, and how. It travels as one claim of the session's principal. The epoch ties the session to the state of the account's second
/// factor; the proof says what was last proved and when, for what asks for a fresh one.
/// </summary>
public sealed record TwoFactorSession
{
    /// <summary>The type of the claim.</summary>
    public const string ClaimType = "two-factor-session";

    /// <summary>The issuer of the claim. A claim that was copied from elsewhere, such as an external login, has another one and is ignored.</summary>
    public const string ClaimIssuer = "TwoFactor.AspNetCore";

    /// <summary>Who.</summary>
    public required UserId UserId { get; init; }

    /// <summary>The account's epoch when the session was made; the session is void once the account has moved on.</summary>
    public required long Epoch { get; init; }

    /// <summary>How the first factor was passed.</summary>
    public required SignInMethod Method { get; init; }

    /// <summary>What the user signed in with.</summary>
    public required ClientKind Client { get; init; }

    /// <summary>When the sign-in was complete, to the millisecond.</summary>
    public required DateTimeOffset SignedInAt { get; init; }

    /// <summary>The second factor of the sign-in; null when there was none, or a trusted device stood in for it.</summary>
    public MfaFactorType? SignedInWith { get; init; }

    /// <summary>What was last proved; null when no second factor was.</summary>
    public Proof? Proof { get; init; }

    /// <summary>True when a trusted device stood in for the second factor and none was passed since.</summary>
    public bool IsViaTrust => Proof is { ViaTrust: true };

    /// <summary>A session after the first factor alone.</summary>
    /// <param name="userId">Who.</param>
    /// <param name="epoch">The account's epoch, as the answer to the first factor says.</param>
    /// <param name="method">How the first factor was passed.</param>
    /// <param name="client">What the user signs in with.</param>
    /// <param name="now">The time.</param>
    public static TwoFactorSession AfterFirstFactor(UserId userId, long epoch, SignInMethod method, ClientKind client, DateTimeOffset now)
    {
        if (userId.IsDefault) throw new ArgumentException("A session is somebody's.", nameof(userId));
        ArgumentNullException.ThrowIfNull(method);
        return new() { UserId = userId, Epoch = epoch, Method = method, Client = client, SignedInAt = now };
    }

    /// <summary>A session after both factors, or after a trusted device stood in for the second.</summary>
    /// <param name="proof">The proof that the sign-in returned.</param>
    /// <param name="method">How the first factor was passed.</param>
    /// <param name="client">What the user signs in with.</param>
    /// <param name="now">The time.</param>
    public static TwoFactorSession AfterSecondFactor(Proof proof, SignInMethod method, ClientKind client, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(proof);
        return AfterFirstFactor(proof.UserId, proof.Epoch, method, client, now) with
        {
            SignedInWith = proof.ViaTrust ? null : proof.Factor,
            Proof = proof,
        };
    }

    /// <summary>The same session with a newer proof, and the epoch that it was made in.</summary>
    /// <exception cref="ArgumentException">The proof is another user's.</exception>
    public TwoFactorSession With(Proof proof)
    {
        ArgumentNullException.ThrowIfNull(proof);
        if (proof.UserId != UserId) throw new ArgumentException("The proof is another user's.", nameof(proof));
        return this with { Epoch = proof.Epoch, Proof = proof };
    }

    /// <summary>Puts the session into an identity, in place of one that is there.</summary>
    public void WriteTo(ClaimsIdentity identity)
    {
        ArgumentNullException.ThrowIfNull(identity);
        foreach (var old in identity.FindAll(ClaimType).ToList()) identity.RemoveClaim(old);
        identity.AddClaim(new Claim(ClaimType, SessionText.Write(this), ClaimValueTypes.String, ClaimIssuer));
    }

    /// <summary>
    /// The session of a principal; null when it has none, more than one, or one that cannot be read. Whether its epoch still stands is not
    /// looked at: the cookie scheme does that at every request.
    /// </summary>
    public static TwoFactorSession? Read(ClaimsPrincipal? principal)
    {
        if (principal is null) return null;
        Claim? found = null;
        foreach (var identity in principal.Identities.Where(i => i.IsAuthenticated))
        {
            foreach (var claim in identity.FindAll(ClaimType).Where(c => c.Issuer == ClaimIssuer))
            {
                if (found is not null) return null;
                found = claim;
            }
        }

        return found is null ? null : SessionText.Read(found.Value);
    }

    /// <summary>Who and when.</summary>
    public override string ToString() => FormattableString.Invariant($"TwoFactorSession of {UserId} (epoch {Epoch}, since {SignedInAt:O})");
}
