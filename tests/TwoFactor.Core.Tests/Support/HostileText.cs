namespace TwoFactor.Tests.Support;

/// <summary>Texts that somebody could send where a code is expected; none of them is one.</summary>
internal static class HostileText
{
    private static readonly Dictionary<string, string> s_texts = new()
    {
        ["empty"] = "",
        ["space"] = " ",
        ["dashes"] = "------",
        ["five digits"] = "12345",
        ["seven digits"] = "1234567",
        ["letters"] = "abcdef",
        ["full-width digits"] = "\uFF11\uFF12\uFF13\uFF14\uFF15\uFF16",
        ["Arabic-Indic digits"] = "\u0661\u0662\u0663\u0664\u0665\u0666",
        ["Devanagari digits"] = "\u0967\u0968\u0969\u096A\u096B\u096C",
        ["mathematical digits"] = "\U0001D7CE\U0001D7CF\U0001D7D0\U0001D7D1\U0001D7D2\U0001D7D3",
        ["keycap emoji"] = "1\uFE0F\u20E32\uFE0F\u20E33\uFE0F\u20E34\uFE0F\u20E35\uFE0F\u20E36\uFE0F\u20E3",
        ["superscripts"] = "\u00B9\u00B2\u00B3\u2074\u2075\u2076",
        ["plus sign"] = "+12345",
        ["minus sign"] = "\u221212345",
        ["trailing newline"] = "123456\n",
        ["trailing carriage return"] = "123456\r",
        ["tab"] = "123\t456",
        ["NUL at the end"] = "123456\0",
        ["NUL within"] = "123\0456",
        ["NUL alone"] = "\0",
        ["lone high surrogate"] = "12345\uD800",
        ["lone low surrogate"] = "\uDC0012345",
        ["only surrogates"] = "\uD800\uD800\uDC00\uDC00",
        ["right-to-left override"] = "\u202E123456",
        ["right-to-left isolate"] = "\u2067123456\u2069",
        ["line separator"] = "123456\u2028",
        ["next line"] = "\u0085123456",
        ["combining mark"] = "123456\u0301",
        ["decimal"] = "123456.0",
        ["exponent"] = "1e5",
        ["hexadecimal"] = "0x1E240",
        ["thousands"] = "123,456",
        ["SQL"] = "' OR 1=1 --",
        ["JSON"] = "{\"$gt\":\"\"}",
        ["format string"] = "{0}%s%n",
        ["path"] = "../../etc/passwd",
        ["a million digits"] = new string('1', 1_000_000),
        ["a million spaces"] = new string(' ', 1_000_000),
        ["a million surrogates"] = new string('\uD83D', 1_000_000),
        ["non-characters"] = "\uFFFF\uFFFE\uFDD0",
        ["mixed scripts"] = "12\u0663\u096A\uFF156",
        ["backup code without check"] = "0ABC-DEFG-HJKM-NPQU",
    };

    public static IEnumerable<string> Names => s_texts.Keys;

    public static string Named(string name) => s_texts[name];
}
