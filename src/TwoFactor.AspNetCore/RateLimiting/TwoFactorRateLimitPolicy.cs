using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Options;
using TwoFactor.AspNetCore.Problems;
using TwoFactor.AspNetCore.Sessions;

namespace TwoFactor.AspNetCore.RateLimiting;

/// <summary>
/// A fixed window for each user, or, without a session, for each address: a whole IPv4 address, the first 64 bits of an IPv6 one, of which a household has
/// as many as it likes.
/// </summary>
internal abstract class TwoFactorRateLimitPolicy(int limit, TimeSpan window) : IRateLimiterPolicy<string>
{
    public Func<OnRejectedContext, CancellationToken, ValueTask>? OnRejected { get; } = RejectAsync;

    public RateLimitPartition<string> GetPartition(HttpContext httpContext)
    {
        RateLimitCheck.Mark(httpContext);
        return RateLimitPartition.GetFixedWindowLimiter(KeyOf(httpContext), _ => new FixedWindowRateLimiterOptions { PermitLimit = limit, Window = window });
    }

    private static string KeyOf(HttpContext context) => TwoFactorSession.Read(context.User) is { } session
        ? "user:" + session.UserId.Value
        : "address:" + Network(context.Connection.RemoteIpAddress);

    private static string Network(IPAddress? address)
    {
        if (address is null) return "none";
        if (address.IsIPv4MappedToIPv6) return address.MapToIPv4().ToString();
        return address.AddressFamily == AddressFamily.InterNetworkV6 ? Convert.ToHexString(address.GetAddressBytes().AsSpan(0, 8)) : address.ToString();
    }

    private static async ValueTask RejectAsync(OnRejectedContext context, CancellationToken cancellationToken)
    {
        context.HttpContext.Response.Headers.CacheControl = "no-store";
        var wait = context.Lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? after : TimeSpan.Zero;
        var problem = new TwoFactorProblem(ProblemCode.RateLimited) { RetryAfterSeconds = (int)Math.Max(1, Math.Ceiling(wait.TotalSeconds)) };
        await problem.ExecuteAsync(context.HttpContext).ConfigureAwait(false);
    }
}

/// <summary>For endpoints that take a code or make codes.</summary>
internal sealed class CostlyRateLimitPolicy(IOptions<TwoFactorRateLimitOptions> options) : TwoFactorRateLimitPolicy(options.Value.CostlyRequests, options.Value.Window);

/// <summary>For all others.</summary>
internal sealed class OrdinaryRateLimitPolicy(IOptions<TwoFactorRateLimitOptions> options) : TwoFactorRateLimitPolicy(options.Value.OrdinaryRequests, options.Value.Window);
