using System.Reflection;
using NUnit.Framework;
using TwoFactor.Accounts;
using TwoFactor.Administration;
using TwoFactor.Enforcement;
using TwoFactor.Testing;
using TwoFactor.Tests.Support.Organizations;

namespace TwoFactor.Tests.Administration.Policies;

/// <summary>
/// Every public method of every administrative service, found by reflection: it takes the actor first, is denied to one who is no
/// administrator, and the denial is in his audit chain. A new service or method is in here without anybody remembering it.
/// </summary>
[Feature("B1")]
[Attack(33)]
public sealed class EveryAdministrativeCallTests
{
    private static readonly UserId Eve = new("eve");
    private static readonly UserId Ada = new("ada");

    private static IEnumerable<Type> Services => typeof(AdministrationService).Assembly.GetExportedTypes()
        .Where(type => type is { IsClass: true, IsAbstract: false, Namespace: "TwoFactor.Administration" } && type.Name.EndsWith("Service", StringComparison.Ordinal));

    private static IEnumerable<TestCaseData> Calls() => Services
        .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly).Where(method => !method.IsSpecialName))
        .Select(method => new TestCaseData(method).SetArgDisplayNames($"{method.DeclaringType!.Name}.{method.Name}({method.GetParameters().Length})"));

    [Test]
    public void The_services_are_found() =>
        Assert.That(Services, Is.SupersetOf(new[] { typeof(AdministrationService), typeof(PolicyAdministrationService), typeof(PolicySimulationService) }));

    [TestCaseSource(nameof(Calls))]
    public async Task It_is_denied_to_who_is_no_administrator_and_recorded(MethodInfo method)
    {
        Assert.That(method.GetParameters()[0], Has.Property("Name").EqualTo("actor").And.Property("ParameterType").EqualTo(typeof(UserId)));
        using var host = await OrganizationHost.StartAsync();
        host.Directory.Join(Eve, OrganizationHost.Acme);
        await host.EnrollAsync(Eve);
        await host.EnrollAsync(host.Member(Ada.Value));
        var (victim, organization, events) = (await host.StoredAsync(Ada), await host.StoredAsync(OrganizationHost.Acme), (await host.EventsOfAsync(Eve)).Length);

        var results = await InvokeAsync(host, method);

        Assert.That(results, Is.Not.Empty.And.All.Matches<object?>(r => r?.GetType().Name == "Denied"));
        var record = await host.LastEventOfAsync(Eve);
        Assert.That((record.Sequence, record.Name, record.Actor), Is.EqualTo((events + 1L, "mfa_administration_denied", "eve")));
        Assert.That(await host.StoredAsync(Ada), Is.EqualTo(victim));
        Assert.That(await host.StoredAsync(OrganizationHost.Acme), Is.EqualTo(organization));
    }

    private static async Task<List<object?>> InvokeAsync(OrganizationHost host, MethodInfo method)
    {
        var service = host.Services.GetService(method.DeclaringType!) ?? throw new AssertionException($"{method.DeclaringType} is not registered.");
        var answer = method.Invoke(service, [.. method.GetParameters().Select(p => Argument(p, host.Now))])!;
        var items = answer.GetType().GetInterfaces().FirstOrDefault(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IAsyncEnumerable<>));
        if (items is null) return [await (dynamic)answer];
        var list = typeof(EveryAdministrativeCallTests).GetMethod(nameof(ListAsync), BindingFlags.NonPublic | BindingFlags.Static)!.MakeGenericMethod(items.GenericTypeArguments);
        return await (Task<List<object?>>)list.Invoke(null, [answer])!;
    }

    private static async Task<List<object?>> ListAsync<T>(IAsyncEnumerable<T> items)
    {
        var results = new List<object?>();
        await foreach (var item in items) results.Add(item);
        return results;
    }

    /// <summary>A value that an honest call would have, so that nothing but the right is missing.</summary>
    private static object? Argument(ParameterInfo parameter, DateTimeOffset now)
    {
        if (parameter.Name == "actor") return Eve;
        var type = Nullable.GetUnderlyingType(parameter.ParameterType) ?? parameter.ParameterType;
        if (type == typeof(UserId)) return Ada;
        if (type == typeof(OrganizationId)) return OrganizationHost.Acme;
        if (type == typeof(OrganizationPolicy)) return PolicyPresets.RequiredAtOnce(OrganizationHost.Acme, now);
        if (type == typeof(string)) return "please";
        if (type == typeof(TimeSpan)) return TimeSpan.FromDays(1);
        if (type == typeof(DateTimeOffset)) return now.AddDays(1);
        if (type == typeof(CancellationToken)) return CancellationToken.None;
        if (parameter.HasDefaultValue) return parameter.DefaultValue;
        if (type.IsEnum) return Enum.GetValues(type).GetValue(0);
        if (type == typeof(int)) return 1;
        return type.GetConstructors() is [{ } only, ..] ? only.Invoke([.. only.GetParameters().Select(p => Argument(p, now))]) : null;
    }
}
