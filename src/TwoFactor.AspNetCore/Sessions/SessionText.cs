using System.Text.Json;
using System.Text.Json.Serialization;
using TwoFactor.Accounts;

namespace TwoFactor.AspNetCore.Sessions;

/// <summary>A session as the text of a claim. What it is written to is protected; reading believes nothing all the same.</summary>
internal static class SessionText
{
    public static string Write(TwoFactorSession session) => JsonSerializer.Serialize(
        new SessionData(
            session.UserId.Value, session.Epoch, MethodData.Of(session.Method), session.Client, session.SignedInAt.ToUnixTimeMilliseconds(),
            session.SignedInWith, session.Proof?.Serialize()),
        SessionJsonContext.Default.SessionData);

    /// <summary>Null for anything that <see cref="Write"/> did not make.</summary>
    public static TwoFactorSession? Read(string text)
    {
        try
        {
            return JsonSerializer.Deserialize(text, SessionJsonContext.Default.SessionData) is { } data ? Of(data) : null;
        }
        catch (Exception e) when (e is JsonException or ArgumentException)
        {
            // ArgumentException: an id or a provider's name that could not be made.
            return null;
        }
    }

    private static TwoFactorSession? Of(SessionData data)
    {
        var user = new UserId(data.User);
        if (data.Method.ToMethod() is not { } method || !Enum.IsDefined(data.Client) || !Moments.TryRead(data.At, out var at)) return null;
        if (data.Factor is { } factor && !Enum.IsDefined(factor)) return null;
        Proof? proof = null;
        if (data.Proof is not null && (!Proof.TryDeserialize(data.Proof, out proof) || proof.UserId != user)) return null;
        return new TwoFactorSession
        {
            UserId = user,
            Epoch = data.Epoch,
            Method = method,
            Client = data.Client,
            SignedInAt = at,
            SignedInWith = data.Factor,
            Proof = proof,
        };
    }
}

/// <param name="User">Who.</param>
/// <param name="Epoch">The account's epoch.</param>
/// <param name="Method">How the first factor was passed.</param>
/// <param name="Client">With what.</param>
/// <param name="At">Unix milliseconds of the sign-in.</param>
/// <param name="Factor">The second factor of the sign-in.</param>
/// <param name="Proof">A serialised <see cref="Accounts.Proof"/>.</param>
internal sealed record SessionData(string User, long Epoch, MethodData Method, ClientKind Client, long At, MfaFactorType? Factor = null, string? Proof = null);

/// <summary>A sign-in method in a cookie.</summary>
internal readonly record struct MethodData(SignInMethodKind Kind, string? Provider = null)
{
    public static MethodData Of(SignInMethod method) => new(method.Kind, method.Provider);

    /// <summary>Null for what is no method.</summary>
    public SignInMethod? ToMethod() => this switch
    {
        { Kind: SignInMethodKind.Password, Provider: null } => SignInMethod.Password,
        { Kind: SignInMethodKind.MagicLink, Provider: null } => SignInMethod.MagicLink,
        { Kind: SignInMethodKind.Sso, Provider: null } => SignInMethod.Sso,
        { Kind: SignInMethodKind.External, Provider: { } provider } => SignInMethod.External(provider),
        _ => null,
    };
}

[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, MaxDepth = 8, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(SessionData))]
internal sealed partial class SessionJsonContext : JsonSerializerContext;
