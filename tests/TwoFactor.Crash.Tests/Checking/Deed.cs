using TwoFactor.Auditing;

namespace TwoFactor.Crash.Tests.Checking;

/// <summary>Something that happened to an account, as its trail tells it and as an attempt brings it about.</summary>
/// <param name="Name">One of <see cref="AuditNames"/>.</param>
/// <param name="At">When: the time of the order.</param>
/// <param name="What">What was accepted, begun or imposed; null in what may have happened: anything.</param>
internal readonly record struct Deed(string Name, DateTimeOffset At, string? What)
{
    public static Deed Of(string name, DateTimeOffset at) => new(name, at, "");

    public override string ToString() => What is "" ? $"{Name} at {At:T}" : $"{Name} at {At:T} ({What ?? "anything"})";
}
