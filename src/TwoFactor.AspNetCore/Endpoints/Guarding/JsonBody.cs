using Microsoft.AspNetCore.Http;

namespace TwoFactor.AspNetCore.Endpoints.Guarding;

/// <summary>The body that the guard has read.</summary>
/// <typeparam name="T">A type of the contract.</typeparam>
/// <param name="Value">It; null for one that may be left out and was.</param>
internal sealed record JsonBody<T>(T? Value) where T : class
{
    /// <summary>The value; only for endpoints that ask for a body.</summary>
    public T Required => Value ?? throw new InvalidOperationException("This endpoint takes a body for granted, and its rules do not ask for one.");

    /// <summary>Binds a parameter of an endpoint; reads nothing.</summary>
    public static ValueTask<JsonBody<T>?> BindAsync(HttpContext context) => ValueTask.FromResult<JsonBody<T>?>(new(AttachedBody.Of(context) as T));
}

/// <summary>Where the guard leaves the body.</summary>
internal static class AttachedBody
{
    private static readonly object s_key = new();

    public static void Attach(HttpContext context, object value) => context.Items[s_key] = value;

    public static object? Of(HttpContext context) => context.Items[s_key];
}
