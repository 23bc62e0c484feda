using System.Reflection;
using NUnit.Framework;

namespace TwoFactor.StoreConformance.Storage;

/// <summary>
/// One check of the suite by its name, for whoever runs them otherwise than by deriving the fixtures: under another test framework, or
/// against stores that must fail.
/// </summary>
/// <param name="Fixture">The fixture whose test it is.</param>
/// <param name="Name">The name of that test.</param>
/// <param name="RunAsync">Runs it on a fresh store; ends with a <see cref="StoreViolationException"/> when the store fails.</param>
public sealed record StoreCheck(Type Fixture, string Name, Func<StoreHarness, Task> RunAsync)
{
    /// <summary>Every check of accounts' stores there is.</summary>
    public static IReadOnlyList<StoreCheck> All { get; } =
    [
        .. from fixture in (Type[])[typeof(AccountStoreContract), typeof(AccountStoreRaces), typeof(AccountStoreInstances), typeof(RecentAccountsContract), typeof(AccountRemovalContract), typeof(AccountServiceRaces)]
           from test in fixture.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
           where test.IsDefined(typeof(TestAttribute), inherit: false)
           select new StoreCheck(fixture, test.Name, CheckOf(test.Name)),
    ];

    /// <summary>The name.</summary>
    public override string ToString() => Name;

    private static Func<StoreHarness, Task> CheckOf(string name) => typeof(StoreCheck).Assembly.GetTypes()
        .Where(type => type.IsAbstract && type.IsSealed && type.Name.EndsWith("Checks", StringComparison.Ordinal))
        .Select(type => type.GetMethod(name, BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly))
        .OfType<MethodInfo>().Single().CreateDelegate<Func<StoreHarness, Task>>();
}
