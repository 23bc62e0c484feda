namespace TwoFactor.Cryptography.Argon2;

/// <summary>The inputs of one hash (RFC 9106 section 3.1), checked against each other.</summary>
internal readonly ref struct Argon2Inputs
{
    private Argon2Inputs(
        ReadOnlySpan<byte> password,
        ReadOnlySpan<byte> salt,
        Argon2Parameters parameters,
        ReadOnlySpan<byte> secret,
        ReadOnlySpan<byte> associatedData)
    {
        Password = password;
        Salt = salt;
        Parameters = parameters;
        Secret = secret;
        AssociatedData = associatedData;
    }

    public ReadOnlySpan<byte> Password { get; }

    public ReadOnlySpan<byte> Salt { get; }

    public Argon2Parameters Parameters { get; }

    public ReadOnlySpan<byte> Secret { get; }

    public ReadOnlySpan<byte> AssociatedData { get; }

    public static Argon2Inputs Create(
        ReadOnlySpan<byte> password,
        ReadOnlySpan<byte> salt,
        Argon2Parameters parameters,
        ReadOnlySpan<byte> tag,
        ReadOnlySpan<byte> secret,
        ReadOnlySpan<byte> associatedData)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        parameters.ThrowIfInconsistent(nameof(parameters));
        if (salt.Length != parameters.SaltLength)
        {
            throw new ArgumentException(
                $"The salt has {salt.Length} bytes, the parameters say {parameters.SaltLength}: pass as many as they say.", nameof(salt));
        }

        if (tag.Length != parameters.TagLength)
        {
            throw new ArgumentException(
                $"The tag has {tag.Length} bytes, the parameters say {parameters.TagLength}: pass as many as they say.", nameof(tag));
        }

        return new Argon2Inputs(password, salt, parameters, secret, associatedData);
    }
}
