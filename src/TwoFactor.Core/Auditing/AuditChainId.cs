using TwoFactor.Accounts;

namespace TwoFactor.Auditing;

/// <summary>
/// The chain that an event belongs to: that of one account or of one organisation. Its text is <c>account:</c> or <c>organization:</c>
/// followed by the id.
/// </summary>
public readonly record struct AuditChainId
{
    private const string AccountPrefix = "account:";
    private const string OrganizationPrefix = "organization:";
    private readonly string? _prefix;
    private readonly string? _id;

    private AuditChainId(string prefix, string id) => (_prefix, _id) = (prefix, id);

    /// <summary>The greatest length of the text, in UTF-16 characters.</summary>
    public const int MaxLength = 272;

    /// <summary>An account's chain.</summary>
    public static AuditChainId Of(UserId userId) => new(AccountPrefix, userId.Value);

    /// <summary>An organisation's chain.</summary>
    public static AuditChainId Of(OrganizationId organizationId) => new(OrganizationPrefix, organizationId.Value);

    /// <summary>Reads what <see cref="ToString"/> wrote, as stores do.</summary>
    /// <exception cref="InvalidDataException">It is not the name of a stream.</exception>
    public static AuditChainId Parse(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return TryParse(name, out var chain) ? chain : throw new InvalidDataException("A stored audit event names no chain.");
    }

    /// <summary>Reads what <see cref="ToString"/> wrote; false, never an exception, for anything else.</summary>
    public static bool TryParse(string? name, out AuditChainId chain)
    {
        chain = default;
        if (name is null) return false;
        if (IsOf(name, AccountPrefix, UserId.MaxLength)) chain = new AuditChainId(AccountPrefix, name[AccountPrefix.Length..]);
        else if (IsOf(name, OrganizationPrefix, OrganizationId.MaxLength)) chain = new AuditChainId(OrganizationPrefix, name[OrganizationPrefix.Length..]);
        return chain._id is not null;
    }

    /// <summary>Whose account's chain it is; null for an organisation's.</summary>
    internal UserId? Account => _id is not null && _prefix == AccountPrefix ? new UserId(_id) : null;

    /// <summary>Which organisation's chain it is; null for an account's.</summary>
    internal OrganizationId? Organization => _id is not null && _prefix == OrganizationPrefix ? new OrganizationId(_id) : null;

    /// <summary>The text before the id; the text is this and <see cref="Id"/>.</summary>
    internal string Prefix => _prefix ?? "";

    /// <summary>The user's or organisation's id.</summary>
    internal string Id => _id ?? "";

    private static bool IsOf(string name, string prefix, int maxLength) =>
        name.StartsWith(prefix, StringComparison.Ordinal) && PlainText.IsIdentifier(name.AsSpan(prefix.Length), maxLength);

    /// <summary>The text that stores keep.</summary>
    public override string ToString() => _prefix + _id;
}
