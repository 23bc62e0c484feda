using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using NUnit.Framework;
using TwoFactor.AspNetCore.Endpoints.Contracts;

namespace TwoFactor.AspNetCore.Tests.Endpoints.Support;

/// <summary>
/// An endpoint as its metadata tells it, with a request that is well-formed. New endpoints are covered by every matrix as they are mapped; a new kind of
/// body needs its example here, and the tests say so.
/// </summary>
internal sealed record Operation(string Name, HttpMethod Method, string Pattern, Type? BodyType, bool BodyIsOptional)
{
    private static readonly Dictionary<Type, object> s_examples = new()
    {
        [typeof(VerifySignInRequest)] = new { factor = "totp", code = "000000", trustDevice = false },
        [typeof(StepUpRequest)] = new { factor = "totp", code = "000000" },
        [typeof(NothingRequest)] = new { },
        [typeof(ConfirmEnrollmentRequest)] = new { ticket = "x", code = "000000" },
        [typeof(QrCodeRequest)] = new { ticket = "x", format = "svg", size = 240 },
        [typeof(UnlockUserRequest)] = new { reason = "asked" },
        [typeof(ResetUserRequest)] = new { reason = "lost", identityVerification = "seen" },
        [typeof(ReasonRequest)] = new { reason = "asked" },
        [typeof(ExtendGraceRequest)] = new { days = 1, reason = "asked" },
        [typeof(ExemptUserRequest)] = new { until = "2026-03-03T09:00:00Z", reason = "asked" },
        [typeof(PolicyDocument)] = new { version = 0 },
    };

    public bool IsUnsafe => Method != HttpMethod.Get;

    public bool IsAdministrative => Pattern.Contains("/admin/", StringComparison.Ordinal);

    /// <summary>True for what a half-finished sign-in is for.</summary>
    public bool IsOfSignIn => Pattern.Contains("/sign-in", StringComparison.Ordinal);

    public bool HasBody => BodyType is not null && BodyType != typeof(NothingRequest);

    /// <summary>An address about Bob of Acme, or about a device that does not exist.</summary>
    public string Path => Pattern.Replace("{user}", "bob", StringComparison.Ordinal).Replace("{device}", new string('0', 32), StringComparison.Ordinal)
        + (IsAdministrative ? "?organization=acme" : "");

    public object? Example
    {
        get
        {
            if (BodyType is null) return null;
            Assert.That(s_examples, Does.ContainKey(BodyType), $"{Name} takes a {BodyType.Name}: give an example of one.");
            return s_examples[BodyType];
        }
    }

    public static IReadOnlyList<Operation> AllOf(ApiApp app) => [.. app.Endpoints.Select(Of)];

    public override string ToString() => $"{Method} {Pattern}";

    private static Operation Of(RouteEndpoint endpoint)
    {
        var accepts = endpoint.Metadata.GetMetadata<IAcceptsMetadata>();
        return new Operation(
            endpoint.Metadata.GetMetadata<IEndpointNameMetadata>()?.EndpointName ?? throw new AssertionException($"{endpoint} has no name."),
            new HttpMethod(endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()!.HttpMethods.Single()),
            endpoint.RoutePattern.RawText!,
            accepts?.RequestType,
            accepts?.IsOptional ?? false);
    }
}
