using System.Globalization;
using System.Security.Claims;
using TwoFactor.Accounts;
using TwoFactor.Sample.Web.Data;

namespace TwoFactor.Sample.Web.Services.Sessions;

/// <summary>
/// Who is signed in, and how. The epoch ties the session to the state of the account's second factor; the proof says when a factor was
/// last shown, for what asks for a fresh one.
/// </summary>
public sealed record UserSession(
    UserId UserId, string Name, string Email, long Epoch, DateTimeOffset SignedInAt, MfaFactorType? SignedInWith, Proof? Proof)
{
    private const string MethodClaim = "method";
    private const string ClientClaim = "client";
    private const string EpochClaim = "epoch";
    private const string SignedInAtClaim = "signed-in-at";
    private const string SignedInWithClaim = "signed-in-with";
    private const string ProofClaim = "proof";

    /// <summary>How the first factor was passed.</summary>
    public SignInMethodKind Method { get; init; } = SignInMethodKind.Password;

    /// <summary>What the user signed in with.</summary>
    public ClientKind Client { get; init; } = ClientKind.Browser;

    /// <summary>After the first factor alone.</summary>
    public static UserSession Of(User user, long epoch, DateTimeOffset now) => new(user.UserId, user.Name, user.Email, epoch, now, null, null);

    /// <summary>After both factors.</summary>
    public static UserSession Of(string name, string email, Proof proof) =>
        new(proof.UserId, name, email, proof.Epoch, proof.ProvedAt, proof.Factor, proof);

    /// <summary>The same session with a newer proof, and the epoch that it was made in.</summary>
    public UserSession With(Proof proof) => this with { Epoch = proof.Epoch, Proof = proof };

    public ClaimsPrincipal ToPrincipal()
    {
        var identity = new ClaimsIdentity(SessionCookie.Scheme);
        identity.AddClaim(new Claim(ClaimTypes.NameIdentifier, UserId.Value));
        identity.AddClaim(new Claim(ClaimTypes.Name, Name));
        identity.AddClaim(new Claim(ClaimTypes.Email, Email));
        identity.AddClaim(new Claim(EpochClaim, Epoch.ToString(CultureInfo.InvariantCulture)));
        identity.AddClaim(new Claim(SignedInAtClaim, SignedInAt.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)));
        identity.AddClaim(new Claim(MethodClaim, Method.ToString()));
        identity.AddClaim(new Claim(ClientClaim, Client.ToString()));
        if (SignedInWith is { } factor) identity.AddClaim(new Claim(SignedInWithClaim, factor.ToString()));
        if (Proof is not null) identity.AddClaim(new Claim(ProofClaim, Proof.Serialize()));
        return new ClaimsPrincipal(identity);
    }

    /// <summary>Null for a principal that is not a whole session.</summary>
    public static UserSession? Read(ClaimsPrincipal principal)
    {
        if (principal.FindFirstValue(ClaimTypes.NameIdentifier) is not { } id
            || principal.FindFirstValue(ClaimTypes.Name) is not { } name
            || principal.FindFirstValue(ClaimTypes.Email) is not { } email
            || !TryReadNumber(principal, EpochClaim, out var epoch)
            || !TryReadNumber(principal, SignedInAtClaim, out var signedInAt)) return null;
        MfaFactorType? factor = Enum.TryParse<MfaFactorType>(principal.FindFirstValue(SignedInWithClaim), out var parsed) ? parsed : null;
        Proof.TryDeserialize(principal.FindFirstValue(ProofClaim), out var proof);
        if (!Enum.TryParse<SignInMethodKind>(principal.FindFirstValue(MethodClaim), out var method)
            || !Enum.TryParse<ClientKind>(principal.FindFirstValue(ClientClaim), out var client)) return null;
        return new UserSession(new UserId(id), name, email, epoch, DateTimeOffset.FromUnixTimeSeconds(signedInAt), factor, proof)
        {
            Method = method,
            Client = client,
        };
    }

    private static bool TryReadNumber(ClaimsPrincipal principal, string claim, out long number) =>
        long.TryParse(principal.FindFirstValue(claim), NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
