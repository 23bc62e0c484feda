using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace TwoFactor.Accounts;

/// <summary>
/// The host's key of a user: 1 to 256 UTF-16 characters, compared by ordinal, without control, format (bidi) or unpaired surrogate
/// characters and without white space at either end. <c>default</c> names nobody and is refused by every service.
/// </summary>
[JsonConverter(typeof(UserIdJsonConverter))]
public readonly record struct UserId
{
    /// <summary>The greatest length of <see cref="Value"/> in UTF-16 characters.</summary>
    public const int MaxLength = 256;

    private readonly string? _value;

    /// <summary>Makes an id from the host's key.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="value"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="value"/> is empty, too long or has characters that are not allowed.</exception>
    public UserId(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        if (!PlainText.IsIdentifier(value, MaxLength))
            throw new ArgumentException($"A user id has 1 to {MaxLength} printable characters and no white space at its ends.", nameof(value));
        _value = value;
    }

    /// <summary>Makes an id from text of unknown origin, such as an address or a form; false, never an exception, for text that is none.</summary>
    public static bool TryCreate([NotNullWhen(true)] string? value, out UserId id)
    {
        var valid = PlainText.IsIdentifier(value, MaxLength);
        id = valid ? new UserId(value!) : default;
        return valid;
    }

    /// <summary>The host's key.</summary>
    /// <exception cref="InvalidOperationException">This is <c>default(UserId)</c>.</exception>
    public string Value => _value ?? throw new InvalidOperationException("This UserId is default and names nobody; make it with new UserId(key).");

    /// <summary>True for <c>default(UserId)</c>, which names nobody.</summary>
    [MemberNotNullWhen(false, nameof(_value))]
    public bool IsDefault => _value is null;

    /// <summary>The key, or an empty string for <c>default</c>.</summary>
    public override string ToString() => _value ?? "";

    internal void ThrowIfDefault(string parameterName)
    {
        if (IsDefault) throw new ArgumentException("The user id is default and names nobody; make it with new UserId(key).", parameterName);
    }
}
