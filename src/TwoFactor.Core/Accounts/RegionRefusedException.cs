namespace TwoFactor.Accounts;

/// <summary>
/// An account or organisation is not used, because it is not (or not yet) where the resolver says it lives. Services answer it as a typed
/// result where a result has a place for it; from other calls it comes as it is. Nothing was written. Its message names regions, never a user.
/// </summary>
public sealed class RegionRefusedException : Exception
{
    internal RegionRefusedException(RegionRefusal reason, string message) : base(message) => Reason = reason;

    /// <summary>Why.</summary>
    public RegionRefusal Reason { get; }

    internal static RegionRefusedException Of(Relocation relocation) => relocation.State == RelocationState.Left
        ? new RegionRefusedException(RegionRefusal.Moved, $"The account has moved to region '{relocation.Other}', and the resolver still names its former one.")
        : new RegionRefusedException(RegionRefusal.Moving, $"The account is being moved; the other region is '{relocation.Other}'.");
}
