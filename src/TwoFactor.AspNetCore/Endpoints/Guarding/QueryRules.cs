using System.Globalization;
using Microsoft.AspNetCore.Http;
using TwoFactor.Accounts;
using TwoFactor.AspNetCore.Problems;

namespace TwoFactor.AspNetCore.Endpoints.Guarding;

/// <summary>The kinds of query parameters, and the check of a whole query: a misspelt filter is refused, not ignored.</summary>
internal static class QueryRules
{
    private const string OrganizationName = "organization";

    public static QueryRule Organization { get; } = new(OrganizationName, "The id of an organisation.", text => OrganizationId.TryCreate(text, out _)) { IsRequired = true };

    public static QueryRule OptionalOrganization { get; } = Organization with { IsRequired = false, Expected = "The id of an organisation; absent in a host without organisations." };

    public static QueryRule User(string name) => new(name, "The id of a user.", text => UserId.TryCreate(text, out _));

    public static QueryRule Text(string name, int maxLength) =>
        new(name, $"Up to {maxLength} characters.", text => text.Length <= maxLength);

    public static QueryRule Integer(string name, int min, int max) => new(
        name, $"A number from {min} to {max}.",
        text => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= min && number <= max);

    public static QueryRule Boolean(string name) => new(name, "true or false.", text => text is "true" or "false");

    public static QueryRule OneOf<T>(string name) where T : struct, Enum => new(name, $"One of {WireNames.Listed<T>()}.", text => WireNames.TryParse<T>(text, out _));

    public static QueryRule Moment(string name) => new(name, "A moment in ISO 8601 with its offset from UTC, such as 2026-03-02T09:00:00Z.", text => TryReadMoment(text, out _));

    public static QueryRule Parsed(string name, string expected, Func<string, bool> isValid) => new(name, expected, isValid);

    /// <summary>Reads a moment with its offset; one without has a meaning only the server's machine knows, and is refused.</summary>
    public static bool TryReadMoment(string text, out DateTimeOffset moment) => DateTimeOffset.TryParseExact(
        text, ["yyyy-MM-ddTHH:mm:ssK", "yyyy-MM-ddTHH:mm:ss.FFFFFFFK"], CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal, out moment)
        && (text.EndsWith('Z') || text.LastIndexOfAny(['+', '-']) > text.IndexOf('T', StringComparison.Ordinal));

    /// <summary>Null when the query fits the rules.</summary>
    public static TwoFactorProblem? Refuse(IQueryCollection query, EndpointRules rules)
    {
        foreach (var (name, values) in query)
        {
            if (rules.Query.FirstOrDefault(rule => string.Equals(rule.Name, name, StringComparison.Ordinal)) is not { } rule)
                return ProblemsOf.OfParameter(name.Length > 64 ? name[..64] : name, "There is no such parameter.");
            if (values.Count != 1 && !rule.IsRepeatable) return ProblemsOf.OfParameter(rule.Name, "It may be given once.");
            if (!values.All(value => value is not null && rule.IsValid(value))) return ProblemsOf.OfParameter(rule.Name, rule.Expected);
        }

        return rules.Query.FirstOrDefault(rule => rule.IsRequired && !query.ContainsKey(rule.Name)) is { } missing
            ? ProblemsOf.OfParameter(missing.Name, "It must be given. " + missing.Expected)
            : null;
    }
}
