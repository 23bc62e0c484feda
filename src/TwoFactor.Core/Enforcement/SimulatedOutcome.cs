namespace TwoFactor.Enforcement;

/// <summary>How a sign-in would end, for counting: the kinds of <see cref="EnforcementOutcome"/>, with those apart who are let in by an exemption alone.</summary>
public enum SimulatedOutcome
{
    /// <summary><see cref="EnforcementOutcome.Allow"/>: no rule that binds, or none that the method falls under.</summary>
    Allow = 1,

    /// <summary><see cref="EnforcementOutcome.Allow"/>, but only because an administrator's exemption or a rule's exclusion of the user is in force.</summary>
    Exempt = 2,

    /// <summary><see cref="EnforcementOutcome.AllowUntil"/>: prompted, and may postpone.</summary>
    AllowUntil = 3,

    /// <summary><see cref="EnforcementOutcome.RequireChallenge"/>: asked for a code.</summary>
    RequireChallenge = 4,

    /// <summary><see cref="EnforcementOutcome.RequireEnrollment"/>: let into the set-up alone.</summary>
    RequireEnrollment = 5,

    /// <summary><see cref="EnforcementOutcome.EnrollElsewhere"/>: must set up, and cannot on this client.</summary>
    EnrollElsewhere = 6,

    /// <summary><see cref="EnforcementOutcome.Deny"/>: turned away.</summary>
    Deny = 7,
}
