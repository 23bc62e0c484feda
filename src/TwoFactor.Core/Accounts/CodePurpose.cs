namespace TwoFactor.Accounts;

/// <summary>What a code was given for. All purposes share one budget.</summary>
public enum CodePurpose
{
    /// <summary>The second factor of a sign-in.</summary>
    SignIn = 1,

    /// <summary>A fresh proof inside a session.</summary>
    StepUp = 2,

    /// <summary>The first code of a new authenticator.</summary>
    EnrollmentConfirmation = 3,
}
