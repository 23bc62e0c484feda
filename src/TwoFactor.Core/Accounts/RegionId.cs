using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace TwoFactor.Accounts;

/// <summary>
/// The name of a region in which accounts are kept: 1 to 32 characters out of <c>a</c> to <c>z</c>, <c>0</c> to <c>9</c> and hyphens, the first a
/// letter. <c>default</c> names none and is refused everywhere.
/// </summary>
[JsonConverter(typeof(RegionIdJsonConverter))]
public readonly record struct RegionId
{
    /// <summary>The greatest length of <see cref="Value"/> in characters.</summary>
    public const int MaxLength = 32;

    private static readonly SearchValues<char> s_allowed = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-");
    private readonly string? _value;

    /// <summary>Names a region.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="value"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="value"/> is empty, too long or has characters that are not allowed.</exception>
    public RegionId(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        if (!IsValid(value))
            throw new ArgumentException($"A region's name has 1 to {MaxLength} characters out of a-z, 0-9 and hyphens, and begins with a letter.", nameof(value));
        _value = value;
    }

    /// <summary>The name.</summary>
    /// <exception cref="InvalidOperationException">This is <c>default(RegionId)</c>.</exception>
    public string Value => _value ?? throw new InvalidOperationException("This RegionId is default and names no region; make it with new RegionId(name).");

    /// <summary>True for <c>default(RegionId)</c>, which names none.</summary>
    [MemberNotNullWhen(false, nameof(_value))]
    public bool IsDefault => _value is null;

    /// <summary>The name, or an empty string for <c>default</c>.</summary>
    public override string ToString() => _value ?? "";

    // Lower case alone, so that no two names differ by case: they become names of files, hosts and keys.
    internal static bool IsValid(ReadOnlySpan<char> name) =>
        name.Length is >= 1 and <= MaxLength && char.IsAsciiLetterLower(name[0]) && !name.ContainsAnyExcept(s_allowed);

    internal void ThrowIfDefault(string parameterName)
    {
        if (IsDefault) throw new ArgumentException("The region is default and names none; make it with new RegionId(name).", parameterName);
    }
}
