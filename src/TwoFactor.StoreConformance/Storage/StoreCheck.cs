using System.Reflection;

namespace TwoFactor.StoreConformance.Storage;

/// <summary>One check of the suite by its name, for whoever runs all of them.</summary>
public sealed record StoreCheck(string Name, Func<StoreHarness, Task> RunAsync)
{
    /// <summary>Every check there is.</summary>
    public static IReadOnlyList<StoreCheck> All { get; } =
    [
        .. new[] { typeof(ContractChecks), typeof(RaceChecks), typeof(ServiceRaceChecks) }
            .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly))
            .Select(method => new StoreCheck(method.Name, method.CreateDelegate<Func<StoreHarness, Task>>())),
    ];

    /// <summary>The tests that run them.</summary>
    public static IReadOnlyList<Type> Fixtures { get; } = [typeof(AccountStoreContract), typeof(AccountStoreRaces), typeof(AccountServiceRaces)];

    public override string ToString() => Name;
}
