using System.Buffers.Text;
using System.Text;
using NUnit.Framework;
using TwoFactor.Accounts;
using TwoFactor.Status;
using TwoFactor.Testing;

namespace TwoFactor.Tests.Status;

[TestFixture]
[Feature("B9")]
public sealed class UserListCursorTests
{
    [Test]
    public void A_place_comes_back_from_its_text()
    {
        string[] ids = ["a", "1.2", "é.😀", new string('x', UserId.MaxLength), string.Concat(Enumerable.Repeat("株", UserId.MaxLength))];
        foreach (var id in ids)
        {
            foreach (var key in new[] { "", "-1", "1.2.3", "zoë 😀 \n", string.Concat(Enumerable.Repeat("株", 256)) })
            {
                var cursor = new UserListCursor(key, new UserId(id));
                Assert.That(UserListCursor.TryParse(cursor.ToString()), Is.EqualTo(cursor));
            }
        }
    }

    [Test]
    public void Anything_else_is_no_place_and_no_exception()
    {
        string?[] hostile =
        [
            null, "", " ", "!", "=", "AA==", "%", new string('A', 4097), new string('A', 4096), "\0", "😀",
            Text(".a"), Text("1"), Text("1."), Text("2.a"), Text("-1.a"), Text("+1.a"), Text("1. "), Text("1.\u202E"), Text("0.a"), Text("99999999999.a"), Text("2147483647.a"), Text("1.😀"),
        ];
        foreach (var text in hostile) Assert.That(UserListCursor.TryParse(text), Is.Null, text);
    }

    [Test]
    public void Text_sorts_by_its_utf_8_bytes()
    {
        string[] texts = ["", "a", "ab", "b", "Z", "é", "e\u0301", "\uD7FF", "\uE000", "\uFF41", "\uFFFD", "𝔘", "😀", "😀a", "a😀", "a\uFF41", "\U0010FFFF", "\U00010000"];
        foreach (var a in texts)
        {
            foreach (var b in texts)
            {
                var expected = Math.Sign(Encoding.UTF8.GetBytes(a).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(b)));
                Assert.That(Math.Sign(CodePointOrder.Compare(a, b)), Is.EqualTo(expected), $"'{a}' and '{b}'");
            }
        }
    }

    private static string Text(string plain) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(plain));
}
