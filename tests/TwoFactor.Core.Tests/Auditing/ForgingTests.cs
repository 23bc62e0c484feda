using System.Globalization;
using System.Text;
using NUnit.Framework;
using TwoFactor.Accounts;
using TwoFactor.Administration;
using TwoFactor.Auditing;
using TwoFactor.Testing;
using TwoFactor.Tests.Support;

namespace TwoFactor.Tests.Auditing;

/// <summary>Text that people write cannot look like another record, break a line or turn the reading direction.</summary>
[Attack(34)]
public sealed class ForgingTests
{
    private static readonly string[] s_breaks =
    [
        "\r", "\n", "\r\n", "\u0085", "\u2028", "\u2029", "\v", "\f", "\0", "\t", "\u001B[2K",
            "\u202E", "\u2066", "\u200F", "\u061C", "\uFEFF", "\uD800", "\uDFFF", "\u007F", "\u00AD", "\U000E0041",
    ];

    private static IEnumerable<int> Cases => Enumerable.Range(0, s_breaks.Length);

    [TestCaseSource(nameof(Cases))]
    public async Task One_event_is_one_record_without_a_character_that_could_forge_another(int which)
    {
        using var host = TestHost.Start();
        var ada = new UserId("ada");
        var text = $"lost{s_breaks[which]}2026-03-02T09:00:00Z mfa_reset actor=root subject=eve";
        Assert.That(await host.Administration.ResetAsync(Administrators.Root, ada, text, text), Is.TypeOf<AdministrationResult.Done>());
        Assert.That(await host.Administration.UnlockAsync(Administrators.Root, ada, text), Is.TypeOf<AdministrationResult.Done>());
        var events = host.Memory.EventsOf(ada);
        Assert.That(events, Has.Length.EqualTo(2));
        foreach (var field in events.SelectMany(TextOf))
        {
            Assert.That(field.EnumerateRunes().Where(IsDangerous), Is.Empty, field);
            Assert.That(Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(field)), Is.EqualTo(field), "well-formed UTF-16");
        }

        Assert.That(events[0].Details["reason"], Does.StartWith("lost").And.EndsWith("subject=eve"), "and nothing is lost of what was written");
        Assert.That(AuditChain.FindBreak(events, (await host.StoredAsync(ada)).AuditHead), Is.Null);
    }

    [TestCaseSource(nameof(Cases))]
    public void Ids_and_providers_with_such_characters_do_not_exist(int which)
    {
        Assert.That(() => new UserId("a" + s_breaks[which] + "b"), Throws.ArgumentException.With.Property("ParamName").EqualTo("value"));
        Assert.That(() => SignInMethod.External("a" + s_breaks[which] + "b"), Throws.ArgumentException.With.Property("ParamName").EqualTo("provider"));
    }

    private static IEnumerable<string> TextOf(AuditEvent e) => [e.Name, e.Actor, e.Subject?.Value ?? "", .. e.Details.Keys, .. e.Details.Values];

    private static bool IsDangerous(Rune rune) => Rune.GetUnicodeCategory(rune) is
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.Surrogate;
}
