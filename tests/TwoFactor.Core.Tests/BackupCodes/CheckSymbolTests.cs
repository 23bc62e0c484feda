using NUnit.Framework;
using TwoFactor.BackupCodes;
using TwoFactor.Testing;
using TwoFactor.Tests.Cryptography;

namespace TwoFactor.Tests.BackupCodes;

[Feature("E6")]
public class CheckSymbolTests
{
    private const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    [Test]
    public void Every_substitution_of_one_symbol_is_caught()
    {
        foreach (var code in Codes(200))
        {
            for (var place = 0; place < 16; place++)
            {
                foreach (var symbol in Alphabet)
                {
                    var mistyped = code[..place] + symbol + code[(place + 1)..];
                    if (mistyped != code) AssertCaught(mistyped, code);
                }
            }
        }
    }

    [Test]
    public void Every_swap_of_two_symbols_is_caught_neighbours_or_not()
    {
        foreach (var code in Codes(500))
        {
            for (var i = 0; i < 16; i++)
            {
                for (var j = i + 1; j < 16; j++)
                {
                    var symbols = code.ToCharArray();
                    (symbols[i], symbols[j]) = (symbols[j], symbols[i]);
                    if (symbols[i] != symbols[j]) AssertCaught(new string(symbols), code);
                }
            }
        }
    }

    // Swaps depend on the two symbols only, since the check is linear: all pairs of places and of symbols, none left to chance.
    [Test]
    public void Every_pair_of_symbols_at_every_pair_of_places_shows_when_swapped()
    {
        for (var i = 0; i < 15; i++)
        {
            for (var j = i + 1; j < 16; j++)
            {
                for (var a = 0; a < 32; a++)
                {
                    for (var b = 0; b < 32; b++)
                    {
                        if (a == b) continue;
                        var before = new byte[16];
                        var after = new byte[16];
                        (before[i], before[j], after[i], after[j]) = ((byte)a, (byte)b, (byte)b, (byte)a);
                        var difference = Residue(before) ^ Residue(after);
                        Assert.That(difference, Is.Not.Zero, $"{a} at {i} and {b} at {j}");
                    }
                }
            }
        }

        static int Residue(byte[] values) => CheckSymbol.Compute(values.AsSpan(0, 15)) ^ values[15];
    }

    [Test]
    public void All_symbols_serve_as_check_symbol() =>
        Assert.That(Codes(2000).Select(code => code[15]).Distinct().Order(), Is.EqualTo(Alphabet.Order()));

    private static void AssertCaught(string mistyped, string code)
    {
        var parsed = BackupCodeFormat.TryParse(mistyped, new char[16], out _, out var error);
        if (parsed || error != BackupCodeError.CheckFailed) Assert.Fail($"{mistyped} passed for {code}: {error}");
    }

    private static IEnumerable<string> Codes(int count)
    {
        var random = new TestRandom(32);
        for (var i = 0; i < count; i++)
        {
            var values = random.Bytes(16).Select(value => (byte)(value & 31)).ToArray();
            values[15] = (byte)CheckSymbol.Compute(values.AsSpan(0, 15));
            yield return new string([.. values.Select(value => Alphabet[value])]);
        }
    }
}
