using NUnit.Framework;

namespace TwoFactor.Testing;

/// <summary>Says that a test proves a property of the attack table (<c>docs/threat-model.md</c>).</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method, AllowMultiple = true)]
public sealed class AttackAttribute(int number) : PropertyAttribute("Attack", number)
{
    /// <summary>The row's number.</summary>
    public int Number { get; } = number;
}
