namespace TwoFactor.Accounts;

/// <summary>What the user signs in with.</summary>
public enum ClientKind
{
    /// <summary>A web browser.</summary>
    Browser = 1,

    /// <summary>A desktop application.</summary>
    Desktop = 2,

    /// <summary>A phone application.</summary>
    Mobile = 3,

    /// <summary>A tablet application.</summary>
    Tablet = 4,
}
