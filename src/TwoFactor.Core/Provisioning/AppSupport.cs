namespace TwoFactor.Provisioning;

/// <summary>Whether an app does what a parameter says. Only <see cref="Honoured"/> is safe to rely on.</summary>
public enum AppSupport
{
    /// <summary>No reliable public statement was found.</summary>
    Undocumented = 0,

    /// <summary>The app refuses the value or, more often, ignores it silently and shows wrong codes.</summary>
    NotHonoured,

    /// <summary>Some versions or platforms of the app honour the value and others do not, or reports contradict each other.</summary>
    Varies,

    /// <summary>The app honours the value.</summary>
    Honoured,
}
