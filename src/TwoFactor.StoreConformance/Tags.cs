using NUnit.Framework;

namespace TwoFactor.StoreConformance;

/// <summary>Says which row of the project's feature table a test proves; the runner shows it as the property <c>Feature</c>.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method, AllowMultiple = true)]
internal sealed class FeatureAttribute(string id) : PropertyAttribute("Feature", id);

/// <summary>Says which row of the project's threat model a test proves; the runner shows it as the property <c>Attack</c>.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method, AllowMultiple = true)]
internal sealed class AttackAttribute(int number) : PropertyAttribute("Attack", number);
