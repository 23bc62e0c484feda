namespace TwoFactor.Crash;

/// <summary>What a worker can be asked to do: the calls of the services that change an account.</summary>
public enum Verb
{
    /// <summary>Begin a sign-in after the password. Arguments: the token of a trusted device, or nothing.</summary>
    BeginSignIn,

    /// <summary>A code for a sign-in. Arguments: the challenge, the factor, the code, and a word more to trust the device.</summary>
    Verify,

    /// <summary>A code inside a session. Arguments: the factor, the code.</summary>
    StepUp,

    /// <summary>A new authenticator. Arguments: a proof, or nothing.</summary>
    BeginEnrollment,

    /// <summary>The first code of a new authenticator. Arguments: its id, the code.</summary>
    Confirm,

    /// <summary>New backup codes. Arguments: a proof.</summary>
    Regenerate,

    /// <summary>Remove the authenticator. Arguments: a proof.</summary>
    Unregister,
}
