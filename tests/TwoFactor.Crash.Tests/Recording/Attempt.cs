namespace TwoFactor.Crash.Tests.Recording;

/// <summary>An order, recorded before it is sent, and its answer, recorded once it has come.</summary>
internal sealed class Attempt(Order order, SubmittedCode? code = null)
{
    public Order Order => order;

    /// <summary>The code in the order; null when it has none.</summary>
    public SubmittedCode? Code => code;

    /// <summary>What was acknowledged; null when the process died first, or the database failed: it may have happened or not.</summary>
    public Answer? Answer { get; set; }

    public override string ToString() => $"{order.Verb} of {order.User} at {order.At:T} with {code?.ToString() ?? "no code"}: {Answer?.Kind ?? "unknown"}";
}
