using System.Collections.Immutable;
using System.Globalization;
using Microsoft.AspNetCore.Http;
using TwoFactor.AspNetCore.Endpoints.Contracts;
using TwoFactor.AspNetCore.Localization;

namespace TwoFactor.AspNetCore.Problems;

/// <summary>A refusal as problem details, in the reader's language.</summary>
public sealed class TwoFactorProblem : IResult, IStatusCodeHttpResult, IContentTypeHttpResult
{
    internal const string MediaType = "application/problem+json";

    internal TwoFactorProblem(ProblemCode code) => Code = code;

    /// <summary>Why.</summary>
    public ProblemCode Code { get; }

    /// <inheritdoc/>
    public int? StatusCode => Code.Status;

    /// <inheritdoc/>
    public string? ContentType => MediaType;

    internal int? AttemptsLeft { get; init; }

    internal TimeSpan? DeviceClockOffset { get; init; }

    internal LockResponse? Lock { get; init; }

    internal string? Reason { get; init; }

    internal int? RetryAfterSeconds { get; init; }

    internal ImmutableArray<FieldFault>? Errors { get; init; }

    internal ImmutableArray<string>? Members { get; init; }

    internal long? CurrentVersion { get; init; }

    /// <inheritdoc/>
    public Task ExecuteAsync(HttpContext httpContext)
    {
        ArgumentNullException.ThrowIfNull(httpContext);
        var language = LanguageChoice.For(httpContext);
        var response = httpContext.Response;
        response.StatusCode = Code.Status;
        response.Headers.ContentLanguage = language.Tag;
        if (RetryAfterSeconds is { } seconds) response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        return response.WriteAsJsonAsync(In(language), TwoFactorJson.Problem, MediaType, httpContext.RequestAborted);
    }

    private ProblemResponse In(TwoFactorLanguage language)
    {
        var text = language.TextOf(Code);
        return new ProblemResponse
        {
            Type = Code.Type,
            Title = text.Title,
            Status = Code.Status,
            Detail = text.Detail,
            Code = Code.Name,
            AttemptsLeft = AttemptsLeft,
            DeviceClockOffsetSeconds = DeviceClockOffset is { } offset ? (long)offset.TotalSeconds : null,
            Lock = Lock,
            Reason = Reason,
            RetryAfterSeconds = RetryAfterSeconds,
            Errors = Errors,
            Members = Members,
            CurrentVersion = CurrentVersion,
        };
    }
}
