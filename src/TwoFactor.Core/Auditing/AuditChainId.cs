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
    private readonly string? _name;

    private AuditChainId(string name) => _name = name;

    /// <summary>The greatest length of the text, in UTF-16 characters.</summary>
    public const int MaxLength = 272;

    /// <summary>An account's chain.</summary>
    public static AuditChainId Of(UserId userId) => new(AccountPrefix + userId.Value);

    /// <summary>An organisation's chain.</summary>
    public static AuditChainId Of(OrganizationId organizationId) => new(OrganizationPrefix + organizationId.Value);

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
        var known = name is not null && (IsOf(name, AccountPrefix, UserId.MaxLength) || IsOf(name, OrganizationPrefix, OrganizationId.MaxLength));
        chain = known ? new AuditChainId(name!) : default;
        return known;
    }

    /// <summary>Whose account's chain it is; null for an organisation's.</summary>
    internal UserId? Account => _name?.StartsWith(AccountPrefix, StringComparison.Ordinal) == true ? new UserId(_name[AccountPrefix.Length..]) : null;

    /// <summary>Which organisation's chain it is; null for an account's.</summary>
    internal OrganizationId? Organization =>
        _name?.StartsWith(OrganizationPrefix, StringComparison.Ordinal) == true ? new OrganizationId(_name[OrganizationPrefix.Length..]) : null;

    private static bool IsOf(string name, string prefix, int maxLength) =>
        name.StartsWith(prefix, StringComparison.Ordinal) && PlainText.IsIdentifier(name.AsSpan(prefix.Length), maxLength);

    /// <summary>The text that stores keep.</summary>
    public override string ToString() => _name ?? "";
}
