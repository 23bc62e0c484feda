using TwoFactor.Accounts;
using TwoFactor.Storage;

namespace TwoFactor.Administration;

/// <summary>Why an administrative call was denied.</summary>
public enum DenialReason
{
    /// <summary>The authorizer does not allow it.</summary>
    NotAuthorized = 1,

    /// <summary>Nobody does it to himself.</summary>
    Self = 2,

    /// <summary>The user does not belong to the organisation.</summary>
    OtherOrganization = 3,

    /// <summary>Other organisations share the user's authenticator, and the administrator may not act for all of them.</summary>
    SharedUser = 4,

    /// <summary>The administrator has no second factor.</summary>
    NoSecondFactor = 5,
}

/// <summary>The answer to an administrative call about a user. A closed hierarchy.</summary>
public abstract record AdministrationResult
{
    private AdministrationResult()
    {
    }

    /// <summary>It was done and recorded.</summary>
    public sealed record Done : AdministrationResult, IGrant;

    /// <summary>The actor may not; the denial was recorded.</summary>
    /// <param name="Reason">Why not.</param>
    public sealed record Denied(DenialReason Reason) : AdministrationResult;

    /// <summary>A value is missing or out of range; nothing was done.</summary>
    /// <param name="Field">The parameter's name.</param>
    /// <param name="Message">What is allowed.</param>
    public sealed record Invalid(string Field, string Message) : AdministrationResult;

    /// <summary>There is nothing to do it to: no authenticator to remove.</summary>
    public sealed record NotEnrolled : AdministrationResult;

    /// <summary>Only a reset helps: the hard limit of wrong codes was reached.</summary>
    public sealed record NeedsReset : AdministrationResult;

    /// <summary>The account is not used: its region is unknown or another one, or it is being moved. Not counted.</summary>
    /// <param name="Reason">Which of these, and so what to tell the user.</param>
    public sealed record RegionRefused(RegionRefusal Reason) : AdministrationResult;

    /// <summary>Other requests for this account won every write; try again.</summary>
    public sealed record Contended : AdministrationResult;
}
