using NUnit.Framework;

namespace TwoFactor.Testing;

/// <summary>Says that a test proves a row of the feature table (<c>docs/features.md</c>).</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method, AllowMultiple = true)]
public sealed class FeatureAttribute(string id) : PropertyAttribute("Feature", id)
{
    /// <summary>The row's id, such as <c>A1</c>.</summary>
    public string Id { get; } = id;
}
