using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using NUnit.Framework;
using TwoFactor.Accounts;
using TwoFactor.Auditing;
using TwoFactor.Testing;

namespace TwoFactor.Tests.Auditing;

/// <summary>The hash is the one that <c>docs/audit.md</c> describes, computed here once more from the description alone.</summary>
[Feature("X10")]
public sealed class AuditHashTests
{
    [Test]
    public void The_hash_is_that_of_the_description_however_long_the_fields([Values(0, 1, 200, 511, 4_000, 70_000)] int length, [Values('a', 'é', '漢')] char letter)
    {
        var text = new string(letter, length);
        var record = new AuditEvent
        {
            Chain = AuditChainId.Of(new UserId("ada")),
            Sequence = 7,
            Name = AuditNames.Reset,
            OccurredAt = new DateTimeOffset(2026, 3, 2, 9, 0, 15, TimeSpan.Zero),
            Actor = text,
            Subject = new UserId("ada"),
            Organization = new OrganizationId("acme"),
            MfaFactorType = MfaFactorType.BackupCode,
            Details = ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal).Add("reason", text).Add("count", "10"),
            PreviousHash = [.. RandomNumberGenerator.GetBytes(32)],
            Hash = [],
        };
        Assert.That(AuditChain.ComputeHash(record), Is.EqualTo(Described(record)));
    }

    private static byte[] Described(AuditEvent record)
    {
        using var bytes = new MemoryStream();
        bytes.Write(record.PreviousHash.AsSpan());
        Number(record.Schema);
        Number(record.Sequence);
        Number(record.OccurredAt.ToUnixTimeMilliseconds());
        Number((long)(record.MfaFactorType ?? 0));
        Text(record.Chain.ToString());
        Text(record.Subject?.Value ?? "");
        Text(record.Organization?.Value ?? "");
        Text(record.Name);
        Text(record.Actor);
        Number(record.Details.Count);
        foreach (var (name, value) in record.Details)
        {
            Text(name);
            Text(value);
        }

        return SHA256.HashData(bytes.ToArray());

        void Number(long number)
        {
            var field = new byte[sizeof(long)];
            BinaryPrimitives.WriteInt64BigEndian(field, number);
            bytes.Write(field);
        }

        void Text(string text)
        {
            var field = Encoding.UTF8.GetBytes(text);
            Number(field.Length);
            bytes.Write(field);
        }
    }
}
