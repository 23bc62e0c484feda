using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using NUnit.Framework;
using TwoFactor.SignIn;
using TwoFactor.Storage;
using TwoFactor.Testing;

namespace TwoFactor.Tests.Architecture;

public sealed class PublicTypeTests
{
    private static readonly Type[] s_changeable = [typeof(List<>), typeof(IList<>), typeof(ICollection<>), typeof(Dictionary<,>), typeof(IDictionary<,>)];
    private static readonly Assembly s_core = typeof(SignInService).Assembly;

    [Test]
    public void The_package_needs_the_base_library_and_two_abstractions()
    {
        var runtime = RuntimeEnvironment.GetRuntimeDirectory();
        var outside = s_core.GetReferencedAssemblies().Select(a => a.Name!).Where(name => !File.Exists(Path.Combine(runtime, name + ".dll")));
        Assert.That(outside, Is.SubsetOf((string[])["Microsoft.Extensions.DependencyInjection.Abstractions", "Microsoft.Extensions.Options"]).And.Not.Empty);
    }

    [Test]
    public void Public_types_are_immutable_but_for_the_options()
    {
        var mutable =
            from type in s_core.GetExportedTypes()
            where !type.Name.EndsWith("Options", StringComparison.Ordinal) || type.Namespace != "TwoFactor"
            from member in type.GetMembers(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static)
            // What every exception has, the base library lets everybody set.
            where member.DeclaringType != typeof(Exception)
            where member is PropertyInfo { SetMethod: { IsPublic: true } set } && !set.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit))
                || member is FieldInfo { IsInitOnly: false, IsLiteral: false } && !type.IsEnum
            select $"{type.Name}.{member.Name}";
        Assert.That(mutable, Is.Empty);
    }

    [Test]
    public void No_public_property_hands_out_a_collection_that_can_be_changed()
    {
        var open =
            from type in s_core.GetExportedTypes()
            from property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static)
            let kind = property.PropertyType
            where kind.IsArray || kind.IsGenericType && s_changeable.Contains(kind.GetGenericTypeDefinition())
            select $"{type.Name}.{property.Name}";
        Assert.That(open, Is.Empty);
    }

    [Test]
    public void Results_are_closed_hierarchies_of_sealed_records()
    {
        var roots = s_core.GetExportedTypes().Where(type => type is { IsAbstract: true, IsSealed: false, IsInterface: false }).ToArray();
        Assert.That(roots, Has.Length.GreaterThan(8));
        foreach (var root in roots)
        {
            // Besides the one that the compiler makes for copying.
            var constructors = root.GetConstructors(BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public)
                .Where(c => c.GetParameters() is not [var only] || only.ParameterType != root);
            if (root.Name != "FactorUse") Assert.That(constructors.Where(c => c.IsPublic || c.IsFamily || c.IsFamilyOrAssembly), Is.Empty, root.Name);
            Assert.That(s_core.GetTypes().Where(t => t.BaseType == root && !t.IsSealed), Is.Empty, root.Name);
        }
    }

    [Test]
    [Attack(15)]
    public void Every_result_that_grants_something_is_marked_so_that_it_cannot_leave_without_a_write()
    {
        string[] grants =
            ["Allowed", "Trusted", "Revoked", "ChallengeRequired", "EnrollmentRequired", "SignedIn", "Proved", "Started", "Confirmed", "Regenerated", "Removed", "Done", "Saved"];
        var cases = s_core.GetExportedTypes().Where(t => t.DeclaringType?.Name.EndsWith("Result", StringComparison.Ordinal) == true).ToArray();
        Assert.That(cases.Where(t => typeof(IGrant).IsAssignableFrom(t)).Select(t => t.Name), Is.EquivalentTo(grants));
        foreach (var type in cases) // Whatever carries a proof or codes grants.
            if (type.GetProperties().Any(p => p.Name is "Proof" or "BackupCodes" or "Offer" or "Challenge")) Assert.That(grants, Does.Contain(type.Name));
    }

    [Test]
    public void Services_have_no_public_constructor_and_every_call_can_be_cancelled()
    {
        var services = s_core.GetExportedTypes().Where(t => t.Name.EndsWith("Service", StringComparison.Ordinal)).ToArray();
        Assert.That(services, Has.Length.GreaterThanOrEqualTo(7));
        foreach (var service in services)
        {
            Assert.That(service.GetConstructors(), Is.Empty, service.Name);
            foreach (var method in service.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly))
                Assert.That(method.GetParameters()[^1].ParameterType, Is.EqualTo(typeof(CancellationToken)), $"{service.Name}.{method.Name}");
        }
    }
}
