using System.Collections.Immutable;

namespace TwoFactor.Accounts;

/// <summary>
/// One user's whole two-factor state. It is one record with one version in the store, because all that must change together changes in one
/// write. Immutable; it changes only through <see cref="AccountEvolution"/>.
/// </summary>
public sealed record Account
{
    /// <summary>How many challenges may wait at once; a further one pushes out the oldest.</summary>
    public const int MaxChallenges = 8;

    /// <summary>How many devices may be trusted at once; a further one pushes out the one that was used longest ago.</summary>
    public const int MaxTrustedDevices = 10;

    private readonly AccountRarities _rarities = AccountRarities.None;
    private readonly UtcTime _lastSignInAt;
    private readonly UtcTime _previousSignInAt;

    /// <summary>Whose it is.</summary>
    public required UserId UserId { get; init; }

    /// <summary>
    /// Raised by every revoking event (reset, unregistering, replacing the authenticator). Challenges, proofs, trusted devices and sessions carry
    /// the epoch they were made in and are void when it has moved on.
    /// </summary>
    public long Epoch { get; init; }

    /// <summary>The confirmed authenticator; null when the user has none.</summary>
    public ActiveEnrollment? Active { get; init; }

    /// <summary>An authenticator that waits for its first code. It never counts as a factor and never replaces <see cref="Active"/> by itself.</summary>
    public PendingEnrollment? Pending { get; init; }

    /// <summary>The backup codes; present only together with <see cref="Active"/>.</summary>
    public BackupCodeSet? BackupCodes { get; init; }

    /// <summary>Failures and locks.</summary>
    public AttemptLedger Attempts { get; init; } = AttemptLedger.Empty;

    /// <summary>Sign-ins that wait for a second factor, oldest first; at most <see cref="MaxChallenges"/>.</summary>
    public ImmutableArray<Challenge> Challenges { get => field.IsDefault ? [] : field; init; } = [];

    /// <summary>Devices that stand in for the second factor for a while; at most <see cref="MaxTrustedDevices"/>.</summary>
    public ImmutableArray<TrustedDevice> TrustedDevices { get => field.IsDefault ? [] : field; init; } = [];

    /// <summary>The last completed sign-in, with or without a second factor.</summary>
    public DateTimeOffset? LastSignInAt { get => _lastSignInAt.Value; init => _lastSignInAt = new UtcTime(value); }

    /// <summary>The sign-in before <see cref="LastSignInAt"/>.</summary>
    public DateTimeOffset? PreviousSignInAt { get => _previousSignInAt.Value; init => _previousSignInAt = new UtcTime(value); }

    /// <summary>Grace that administrators have added.</summary>
    public ImmutableArray<GraceExtension> GraceExtensions { get => _rarities.GraceExtensions; init => _rarities = value.IsDefaultOrEmpty && GraceExtensions.IsEmpty ? _rarities : _rarities with { GraceExtensions = value }; }

    /// <summary>Organisations whose rules do not bind for a while.</summary>
    public ImmutableArray<GraceExemption> Exemptions { get => _rarities.Exemptions; init => _rarities = value.IsDefaultOrEmpty && Exemptions.IsEmpty ? _rarities : _rarities with { Exemptions = value }; }

    /// <summary>First sign-ins under rules whose grace runs from them.</summary>
    public ImmutableArray<FirstSignIn> FirstSignIns { get => _rarities.FirstSignIns; init => _rarities = value.IsDefaultOrEmpty && FirstSignIns.IsEmpty ? _rarities : _rarities with { FirstSignIns = value }; }

    /// <summary>The region whose store this was loaded from, or is kept in; null in a host without regions.</summary>
    public RegionId? Region { get => _rarities.Region; init => _rarities = _rarities with { Region = value }; }

    /// <summary>Set while the account moves between regions, and in what is left of it where it was: nothing is accepted meanwhile.</summary>
    public Relocation? Relocation { get => _rarities.Relocation; init => _rarities = _rarities with { Relocation = value }; }

    /// <summary>The end of the account's audit chain; null while no event was written.</summary>
    public AuditChainHead? AuditHead { get; init; }

    /// <summary>The state of a user of whom nothing is stored.</summary>
    public static Account NewFor(UserId userId)
    {
        userId.ThrowIfDefault(nameof(userId));
        return new Account { UserId = userId };
    }
}
