using System.Globalization;

namespace TwoFactor.Crash;

/// <summary>A step of the store at which a process dies, such as <c>COMMIT</c>.</summary>
/// <param name="Step">
/// The step as <c>FaultPlan</c> names it: the first word of a statement, before it, which is after the one before it; <c>CONNECT</c>, <c>BEGIN</c> and
/// <c>COMMIT</c>; <c>COMMITTED</c> and <c>WRITTEN</c> after the last.
/// </param>
/// <param name="Passage">At which passage of the step, from 1.</param>
/// <param name="During">False: before the step. True: some microseconds later, while it is under way.</param>
public sealed record KillPoint(string Step, int Passage, bool During = false)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{(During ? "during" : "before")} {Step} {Passage}");

    public static KillPoint? Read(string text) => text.Split(' ') is [var when, var step, var passage]
        ? new KillPoint(step, int.Parse(passage, CultureInfo.InvariantCulture), when == "during")
        : null;
}
