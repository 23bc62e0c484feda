using NUnit.Framework;
using TwoFactor.Cryptography;

namespace TwoFactor.Tests.Cryptography;

public class PhcStringTests
{
    private const string Salt = "c2FsdHNhbHRzYWx0c2FsdA";
    private const string Hash = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8";
    private const string Valid = $"$argon2id$v=19$m=19456,t=2,p=1${Salt}${Hash}";

    [Test]
    public void Random_strings_survive_the_round_trip()
    {
        const int seed = 11;
        var random = new TestRandom(seed);
        for (var i = 0; i < 500; i++)
        {
            var lanes = random.Next(1, 300);
            var parameters = new Argon2Parameters
            {
                MemoryKiB = random.Next(8 * lanes, Argon2Parameters.MaxMemoryKiB),
                Iterations = random.Next(1, int.MaxValue),
                Parallelism = lanes,
                SaltLength = random.Next(8, 48),
                TagLength = random.Next(12, 64),
            };
            var keyId = random.Next(0, 1) == 0 ? null : random.Text(random.Next(1, 32));
            var salt = random.Bytes(parameters.SaltLength);
            var hash = random.Bytes(parameters.TagLength);

            var text = new PhcString(parameters, salt, hash, keyId).Format();
            var parsed = PhcString.TryParse(text, out var phc, out var error);

            Assert.That(parsed, Is.True, () => $"seed {seed}, case {i}: {text}: {error}");
            Assert.That(phc!.Parameters, Is.EqualTo(parameters));
            Assert.That(phc.KeyId, Is.EqualTo(keyId));
            Assert.That(phc.Salt.SequenceEqual(salt) && phc.Hash.SequenceEqual(hash), Is.True);
            Assert.That(phc.Format(), Is.EqualTo(text));
        }
    }

    [Test]
    public void The_longest_string_that_can_be_written_is_read()
    {
        var parameters = new Argon2Parameters
        {
            MemoryKiB = 4_194_304, Iterations = int.MaxValue, Parallelism = 524_288, SaltLength = 48, TagLength = 64,
        };
        var text = new PhcString(parameters, new byte[48], new byte[64], new string('k', 32)).Format();

        Assert.That(text, Has.Length.LessThanOrEqualTo(PhcString.MaxLength));
        Assert.That(PhcString.TryParse(text, out _, out _), Is.True);
    }

    [TestCase("", PhcError.Length)]
    [TestCase("$", PhcError.Structure)]
    [TestCase("$$$$$", PhcError.Algorithm)]
    [TestCase("x" + Valid, PhcError.Structure)]
    [TestCase(" " + Valid, PhcError.Structure)]
    [TestCase(Valid + "$", PhcError.Structure)]
    [TestCase(Valid + "\n", PhcError.Hash)]
    [TestCase($"$argon2i$v=19$m=19456,t=2,p=1${Salt}${Hash}", PhcError.Algorithm)]
    [TestCase($"$Argon2id$v=19$m=19456,t=2,p=1${Salt}${Hash}", PhcError.Algorithm)]
    [TestCase($"$argon2id$m=19456,t=2,p=1${Salt}${Hash}", PhcError.Structure)]
    [TestCase($"$argon2id$v=16$m=19456,t=2,p=1${Salt}${Hash}", PhcError.Version)]
    [TestCase($"$argon2id$v=19$m=019456,t=2,p=1${Salt}${Hash}", PhcError.Memory)]
    [TestCase($"$argon2id$v=19$m=+19456,t=2,p=1${Salt}${Hash}", PhcError.Memory)]
    [TestCase($"$argon2id$v=19$m= 19456,t=2,p=1${Salt}${Hash}", PhcError.Memory)]
    [TestCase($"$argon2id$v=19$m=-1,t=2,p=1${Salt}${Hash}", PhcError.Memory)]
    [TestCase($"$argon2id$v=19$m=1945\0,t=2,p=1${Salt}${Hash}", PhcError.Memory)]
    [TestCase($"$argon2id$v=19$m=0,t=2,p=1${Salt}${Hash}", PhcError.Memory)]
    [TestCase($"$argon2id$v=19$m=7,t=2,p=1${Salt}${Hash}", PhcError.Memory)]
    [TestCase($"$argon2id$v=19$m=15,t=2,p=2${Salt}${Hash}", PhcError.Memory)]
    [TestCase($"$argon2id$v=19$m=4194305,t=2,p=1${Salt}${Hash}", PhcError.Memory)]
    [TestCase($"$argon2id$v=19$m=99999999999999999999,t=2,p=1${Salt}${Hash}", PhcError.Memory)]
    [TestCase($"$argon2id$v=19$m=١٩٤٥٦,t=2,p=1${Salt}${Hash}", PhcError.Memory)]
    [TestCase($"$argon2id$v=19$t=2,m=19456,p=1${Salt}${Hash}", PhcError.Memory)]
    [TestCase($"$argon2id$v=19$m=19456,t=0,p=1${Salt}${Hash}", PhcError.Iterations)]
    [TestCase($"$argon2id$v=19$m=19456,t=4294967295,p=1${Salt}${Hash}", PhcError.Iterations)]
    [TestCase($"$argon2id$v=19$m=19456${Salt}${Hash}", PhcError.Iterations)]
    [TestCase($"$argon2id$v=19$m=19456,t=2${Salt}${Hash}", PhcError.Parallelism)]
    [TestCase($"$argon2id$v=19$m=19456,t=2,p=0${Salt}${Hash}", PhcError.Parallelism)]
    [TestCase($"$argon2id$v=19$m=19456,t=2,p=1,${Salt}${Hash}", PhcError.KeyId)]
    [TestCase($"$argon2id$v=19$m=19456,t=2,p=1,data=YQ${Salt}${Hash}", PhcError.KeyId)]
    [TestCase($"$argon2id$v=19$m=19456,t=2,p=1,keyid=${Salt}${Hash}", PhcError.KeyId)]
    [TestCase($"$argon2id$v=19$m=19456,t=2,p=1,keyid=YQ==${Salt}${Hash}", PhcError.KeyId)]
    [TestCase($"$argon2id$v=19$m=19456,t=2,p=1,keyid=YQ,x=1${Salt}${Hash}", PhcError.KeyId)]
    [TestCase($"$argon2id$v=19$m=19456,t=2,p=1,keyid=w6k${Salt}${Hash}", PhcError.KeyId)]
    [TestCase($"$argon2id$v=19$m=19456,t=2,p=1$$${Hash}", PhcError.Structure)]
    [TestCase($"$argon2id$v=19$m=19456,t=2,p=1$${Hash}", PhcError.Salt)]
    [TestCase($"$argon2id$v=19$m=19456,t=2,p=1$c2FsdA${Hash}", PhcError.Salt)]
    [TestCase($"$argon2id$v=19$m=19456,t=2,p=1${Salt}==${Hash}", PhcError.Salt)]
    [TestCase($"$argon2id$v=19$m=19456,t=2,p=1$c2FsdHNhbHRzYWx0c2FsdB${Hash}", PhcError.Salt, Description = "stray bits")]
    [TestCase($"$argon2id$v=19$m=19456,t=2,p=1$c2FsdHNhbHRzYWx0c2Fsd${Hash}", PhcError.Salt)]
    [TestCase($"$argon2id$v=19$m=19456,t=2,p=1$c2FsdHNhbHRz YWx0c2Fsd${Hash}", PhcError.Salt)]
    [TestCase($"$argon2id$v=19$m=19456,t=2,p=1${Salt}$", PhcError.Hash)]
    [TestCase($"$argon2id$v=19$m=19456,t=2,p=1${Salt}$AAECAwQFBgcICQo", PhcError.Hash)]
    [TestCase($"$argon2id$v=19$m=19456,t=2,p=1${Salt}$-_ECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8", PhcError.Hash)]
    public void A_refused_string_names_its_part(string text, PhcError expected)
    {
        var parsed = PhcString.TryParse(text, out var phc, out var error);

        Assert.That((parsed, phc, error), Is.EqualTo((false, (PhcString?)null, expected)));
    }

    [Test]
    public void A_huge_string_is_refused_by_its_length() =>
        Assert.That(PhcString.TryParse(new string('$', 50_000_000), out _, out var error) || error != PhcError.Length, Is.False);

    [Test]
    public void Whatever_one_character_becomes_the_string_parses_to_itself_or_not_at_all()
    {
        foreach (var replacement in "$=,+/-_ 0A\0\n\u00e9\uFF11")
        {
            for (var i = 0; i < Valid.Length; i++)
            {
                var text = Valid[..i] + replacement + Valid[(i + 1)..];
                if (PhcString.TryParse(text, out var phc, out _)) Assert.That(phc.Format(), Is.EqualTo(text));
            }
        }
    }

    [Test]
    public void ToString_shows_neither_salt_nor_hash()
    {
        Assert.That(PhcString.TryParse(Valid, out var phc, out _), Is.True);
        Assert.That(phc!.ToString(), Does.Not.Contain(Salt).And.Not.Contain(Hash).And.Contain("m=19456"));
    }

    [Test]
    public void Parts_that_disagree_with_the_parameters_are_misuse() => Assert.Multiple(() =>
    {
        var parameters = Argon2Parameters.Default;
        Assert.That(
            () => new PhcString(parameters, new byte[15], new byte[32]),
            Throws.ArgumentException.With.Property("ParamName").EqualTo("salt"));
        Assert.That(
            () => new PhcString(parameters, new byte[16], new byte[31]),
            Throws.ArgumentException.With.Property("ParamName").EqualTo("hash"));
        Assert.That(
            () => new PhcString(parameters, new byte[16], new byte[32], "a b"),
            Throws.ArgumentException.With.Property("ParamName").EqualTo("keyId"));
    });
}
