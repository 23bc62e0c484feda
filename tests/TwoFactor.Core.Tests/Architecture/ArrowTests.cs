using NUnit.Framework;
using TwoFactor.SignIn;

namespace TwoFactor.Tests.Architecture;

/// <summary>The folders of the package and which of them may know which. Nothing points back, and no feature knows another.</summary>
public sealed class ArrowTests
{
    // What the folders share: text that can be trusted and its order.
    private const string Text = "text";
    private static readonly string[] s_text = ["PlainText", "CodePointOrder"];

    private static readonly Dictionary<string, string[]> s_allowed = new()
    {
        [Text] = [],
        ["Otp"] = [],
        ["Provisioning"] = ["Otp"],
        ["Cryptography"] = [],
        ["BackupCodes"] = ["Cryptography"],
        ["Accounts"] = ["Otp", Text],
        ["Lockout"] = ["Accounts"],
        ["Auditing"] = ["Accounts", Text],
        ["Storage"] = ["Accounts", "Auditing", Text],
        ["Organizations"] = ["Accounts", Text],
        ["Enforcement"] = ["Accounts", "Organizations", "Lockout", "Auditing", Text],
        ["Verification"] = ["Accounts", "Lockout", "Otp", "BackupCodes", "Cryptography"],
        ["TrustedDevices"] = ["Accounts", "Storage", "Enforcement", Text],
        // What a device is worth at a sign-in is decided there; the service beside it is not called.
        ["SignIn"] = ["Accounts", "Storage", "Lockout", "Verification", "Enforcement", "TrustedDevices", Text],
        // Of a sign-in that waits for a set-up, the token.
        ["Enrollment"] = ["Accounts", "Storage", "Lockout", "Verification", "Otp", "BackupCodes", "Provisioning", "Enforcement", "SignIn"],
        ["KeyRotation"] = ["Accounts", "Storage", "Verification", "Otp"],
        ["Status"] = ["Accounts", "Storage", "Organizations", "Enforcement", Text],
        // A store, list or reader of many regions has the shape of one; no service is called.
        ["Residency"] = ["Accounts", "Storage", "Auditing", "Organizations", "Enforcement", "Status", Text],
        // Administrators read the user list, whose shape is in Status; its service they do not call.
        ["Administration"] = ["Accounts", "Storage", "Auditing", "Organizations", "Enforcement", "Residency", "Status", Text],
    };

    private static readonly Type[] s_types = typeof(SignInService).Assembly.GetTypes();

    private static IEnumerable<string> Folders => s_allowed.Keys;

    [TestCaseSource(nameof(Folders))]
    public void A_folder_knows_only_what_it_may(string folder)
    {
        var types = s_types.Where(type => FolderOf(type) == folder).ToArray();
        Assert.That(types, Is.Not.Empty);
        var strays =
            from type in types
            from used in TypeReferences.Of(type)
            where used.Assembly == type.Assembly && FolderOf(used) is { } other && other != folder && !s_allowed[folder].Contains(other)
            select $"{type.FullName} uses {used.FullName}";
        Assert.That(strays.Distinct(), Is.Empty);
    }

    [Test]
    public void No_service_is_called_by_another_feature()
    {
        var calls =
            from type in s_types
            where FolderOf(type) is { } folder && folder != "DependencyInjection"
            from used in TypeReferences.Of(type)
            where used.Assembly == type.Assembly && used.Name.EndsWith("Service", StringComparison.Ordinal) && FolderOf(used) != FolderOf(type)
            select $"{type.FullName} uses {used.FullName}";
        Assert.That(calls, Is.Empty);
    }

    [Test]
    public void Every_folder_has_its_rule() =>
        Assert.That(s_types.Select(FolderOf).OfType<string>().Distinct(), Is.EquivalentTo(s_allowed.Keys.Append("DependencyInjection")));

    [Test]
    public void The_rules_have_no_circle()
    {
        var settled = new HashSet<string>();
        while (s_allowed.FirstOrDefault(rule => !settled.Contains(rule.Key) && rule.Value.All(settled.Contains)) is { Key: { } next }) settled.Add(next);
        Assert.That(settled, Is.EquivalentTo(s_allowed.Keys));
    }

    [Test]
    public void What_is_used_inside_a_method_only_is_seen()
    {
        // A static class is in no signature: only instructions name it. The closures of async methods are types of their own.
        var used = s_types.Where(type => FolderOf(type) == "Verification").SelectMany(TypeReferences.Of).ToHashSet();
        Assert.That(
            used,
            Does.Contain(typeof(global::TwoFactor.Otp.Totp))
                .And.Contain(typeof(global::TwoFactor.BackupCodes.BackupCodeFormat)).And.Contain(typeof(global::TwoFactor.Lockout.LockoutDecider)));
    }

    private static string? FolderOf(Type type)
    {
        while (type.DeclaringType is { } outer) type = outer;
        return type.Namespace switch
        {
            "TwoFactor" when s_text.Contains(type.Name) => Text,
            "TwoFactor" or "Microsoft.Extensions.DependencyInjection" => "DependencyInjection",
            { } name when name.StartsWith("TwoFactor.", StringComparison.Ordinal) => name.Split('.')[1],
            // What the compiler adds: data of arrays, attributes.
            _ => null,
        };
    }
}
