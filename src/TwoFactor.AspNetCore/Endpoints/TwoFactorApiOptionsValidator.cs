using Microsoft.Extensions.Options;

namespace TwoFactor.AspNetCore.Endpoints;

/// <summary>The ranges.</summary>
internal sealed class TwoFactorApiOptionsValidator : IValidateOptions<TwoFactorApiOptions>
{
    private static readonly TimeSpan s_shortest = TimeSpan.FromSeconds(10);

    public ValidateOptionsResult Validate(string? name, TwoFactorApiOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var errors = new List<string>();
        if (options.Languages.Any(language => language is null)) errors.Add("Languages holds null.");
        if (options.AdministrationProofMaxAge is { } age && (age < s_shortest || age > TimeSpan.FromDays(1)))
            errors.Add(FormattableString.Invariant($"AdministrationProofMaxAge is {age}; it must be from 10 seconds to 1 day, or null."));
        if (options.MaxBodyBytes is < 4_096 or > 65_536)
            errors.Add(FormattableString.Invariant($"MaxBodyBytes is {options.MaxBodyBytes}; it must be from 4,096 to 65,536."));
        if (options.MaxPolicyBytes is < 4_096 or > 4_194_304)
            errors.Add(FormattableString.Invariant($"MaxPolicyBytes is {options.MaxPolicyBytes}; it must be from 4,096 to 4,194,304."));
        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }
}
