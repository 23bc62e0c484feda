using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using TwoFactor.AspNetCore.Endpoints.Contracts;

namespace TwoFactor.AspNetCore.Endpoints;

/// <summary>A value as JSON with the status 200, written by the contract's own rules whatever JSON options the host has.</summary>
/// <typeparam name="T">A type of the contract.</typeparam>
public sealed class TwoFactorAnswer<T> : IResult, IStatusCodeHttpResult, IContentTypeHttpResult, IValueHttpResult, IValueHttpResult<T>, IEndpointMetadataProvider
    where T : class
{
    private const string MediaType = "application/json";

    internal TwoFactorAnswer(T value) => Value = value;

    /// <inheritdoc/>
    public T? Value { get; }

    object? IValueHttpResult.Value => Value;

    /// <inheritdoc/>
    public int? StatusCode => StatusCodes.Status200OK;

    /// <inheritdoc/>
    public string? ContentType => MediaType;

    /// <inheritdoc/>
    public Task ExecuteAsync(HttpContext httpContext)
    {
        ArgumentNullException.ThrowIfNull(httpContext);
        return httpContext.Response.WriteAsJsonAsync(Value!, TwoFactorJson.Of<T>(), MediaType, httpContext.RequestAborted);
    }

    static void IEndpointMetadataProvider.PopulateMetadata(MethodInfo method, EndpointBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status200OK, typeof(T), [MediaType]));
    }
}
