using System.Diagnostics.CodeAnalysis;
using TwoFactor.Accounts;

namespace TwoFactor.AspNetCore.Endpoints.Guarding;

/// <summary>The user in the path of an address, of whom the guard has made sure that it is an id.</summary>
internal readonly record struct PathUser(UserId Id) : IParsable<PathUser>
{
    /// <summary>The name of the route parameter.</summary>
    public const string Name = "user";

    public static PathUser Parse(string s, IFormatProvider? provider) => TryParse(s, provider, out var user) ? user : throw new FormatException(PathIds.Expected);

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out PathUser result)
    {
        var parsed = PathIds.TryReadUser(s ?? "", out var id);
        result = parsed ? new PathUser(id) : default;
        return parsed;
    }
}
