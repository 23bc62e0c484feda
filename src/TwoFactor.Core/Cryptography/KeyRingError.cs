namespace TwoFactor.Cryptography;

/// <summary>Why configured keys were refused. Names the key by its id or place, and never quotes one.</summary>
/// <param name="Problem">The kind of problem.</param>
/// <param name="Message">What to do, in a sentence that may be logged.</param>
public readonly record struct KeyRingError(KeyRingProblem Problem, string Message)
{
    /// <summary>No error.</summary>
    public static KeyRingError None => new(KeyRingProblem.None, "");
}
