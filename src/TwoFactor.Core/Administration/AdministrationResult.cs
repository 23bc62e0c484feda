using TwoFactor.Storage;

namespace TwoFactor.Administration;

/// <summary>The answer to an administrative call. A closed hierarchy.</summary>
public abstract record AdministrationResult
{
    private AdministrationResult()
    {
    }

    /// <summary>It was done and recorded.</summary>
    public sealed record Done : AdministrationResult, IGrant;

    /// <summary>The actor may not; the denial was recorded.</summary>
    public sealed record Denied : AdministrationResult;

    /// <summary>A text is missing, too long (over 1,000 characters) or, for a reset, does not say how identity was verified.</summary>
    /// <param name="Field">Which one.</param>
    public sealed record Invalid(string Field) : AdministrationResult;

    /// <summary>Only a reset helps: the hard limit of wrong codes was reached.</summary>
    public sealed record NeedsReset : AdministrationResult;

    /// <summary>Other requests for this account won every write; try again.</summary>
    public sealed record Contended : AdministrationResult;
}
