using System.Collections.Immutable;

namespace TwoFactor.Accounts;

/// <summary>What most accounts have nothing of, in one reference: an account is copied twice in a sign-in.</summary>
internal sealed record AccountRarities
{
    /// <summary>Nothing of it.</summary>
    public static AccountRarities None { get; } = new();

    public ImmutableArray<GraceExtension> GraceExtensions { get => field.IsDefault ? [] : field; init; } = [];

    public ImmutableArray<GraceExemption> Exemptions { get => field.IsDefault ? [] : field; init; } = [];

    public ImmutableArray<FirstSignIn> FirstSignIns { get => field.IsDefault ? [] : field; init; } = [];

    public RegionId? Region { get; init; }

    public Relocation? Relocation { get; init; }
}
