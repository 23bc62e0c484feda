using Microsoft.Extensions.Options;

namespace TwoFactor.AspNetCore.RateLimiting;

/// <summary>The ranges.</summary>
internal sealed class TwoFactorRateLimitOptionsValidator : IValidateOptions<TwoFactorRateLimitOptions>
{
    public ValidateOptionsResult Validate(string? name, TwoFactorRateLimitOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var errors = new List<string>();
        if (options.CostlyRequests is < 1 or > 10_000)
            errors.Add(FormattableString.Invariant($"CostlyRequests is {options.CostlyRequests}; it must be from 1 to 10,000."));
        if (options.OrdinaryRequests is < 1 or > 100_000)
            errors.Add(FormattableString.Invariant($"OrdinaryRequests is {options.OrdinaryRequests}; it must be from 1 to 100,000."));
        if (options.Window < TimeSpan.FromSeconds(1) || options.Window > TimeSpan.FromDays(1))
            errors.Add(FormattableString.Invariant($"Window is {options.Window}; it must be from 1 second to 1 day."));
        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }
}
