namespace TwoFactor.Crash.Tests.Recording;

/// <summary>What a code that was submitted is, or the token that stands in for one.</summary>
internal abstract record SubmittedCode
{
    private SubmittedCode()
    {
    }

    /// <summary>The code that an authenticator shows at a step.</summary>
    internal sealed record OfApp(string Enrollment, long Step) : SubmittedCode;

    /// <summary>A backup code: the moment at which its set was made, and its slot.</summary>
    internal sealed record OfPaper(DateTimeOffset Set, int Slot) : SubmittedCode;

    /// <summary>The token of a trusted device: which, and after how many uses it was given out.</summary>
    internal sealed record OfDevice(string Device, int Uses) : SubmittedCode;

    /// <summary>Digits that no authenticator shows.</summary>
    internal sealed record Guessed : SubmittedCode;
}
