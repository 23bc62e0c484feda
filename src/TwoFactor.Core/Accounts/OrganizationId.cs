using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace TwoFactor.Accounts;

/// <summary>
/// The host's key of an organisation: 1 to 128 UTF-16 characters, compared by ordinal, under the same rules as a user id.
/// <c>default</c> names none and is refused by every service.
/// </summary>
[JsonConverter(typeof(OrganizationIdJsonConverter))]
public readonly record struct OrganizationId
{
    /// <summary>The greatest length of <see cref="Value"/> in UTF-16 characters.</summary>
    public const int MaxLength = 128;

    private readonly string? _value;

    /// <summary>Makes an id from the host's key.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="value"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="value"/> is empty, too long or has characters that are not allowed.</exception>
    public OrganizationId(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        if (!PlainText.IsIdentifier(value, MaxLength))
            throw new ArgumentException($"An organization id has 1 to {MaxLength} printable characters and no white space at its ends.", nameof(value));
        _value = value;
    }

    /// <summary>Makes an id from text of unknown origin, such as an address or a form; false, never an exception, for text that is none.</summary>
    public static bool TryCreate([NotNullWhen(true)] string? value, out OrganizationId id)
    {
        var valid = PlainText.IsIdentifier(value, MaxLength);
        id = valid ? new OrganizationId(value!) : default;
        return valid;
    }

    /// <summary>The host's key.</summary>
    /// <exception cref="InvalidOperationException">This is <c>default(OrganizationId)</c>.</exception>
    public string Value => _value ?? throw new InvalidOperationException("This OrganizationId is default and names none; make it with new OrganizationId(key).");

    /// <summary>True for <c>default(OrganizationId)</c>, which names none.</summary>
    [MemberNotNullWhen(false, nameof(_value))]
    public bool IsDefault => _value is null;

    /// <summary>The key, or an empty string for <c>default</c>.</summary>
    public override string ToString() => _value ?? "";

    internal void ThrowIfDefault(string parameterName)
    {
        if (IsDefault) throw new ArgumentException("The organization id is default and names none; make it with new OrganizationId(key).", parameterName);
    }
}
