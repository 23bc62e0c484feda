using System.Buffers;
using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace TwoFactor.Auditing;

/// <summary>Where a record stands in its chain.</summary>
internal readonly record struct AuditPlace(AuditChainId Chain, long Sequence, ImmutableArray<byte> PreviousHash);

/// <summary>
/// SHA-256 over the fields of a record: numbers as eight bytes, big-endian, texts as UTF-8 with their length before them, so that no two
/// different records have the same input.
/// </summary>
internal static class AuditHash
{
    private const int UsualLength = 512;

    public static ImmutableArray<byte> Compute(int schema, in AuditPlace place, DateTimeOffset occurredAt, in AuditDraft about)
    {
        // Nothing in it is secret. Written into one buffer and hashed at once: most records fit into the stack's.
        var input = new Input(stackalloc byte[UsualLength]);
        input.Add(place.PreviousHash.AsSpan());
        input.Add(schema);
        input.Add(place.Sequence);
        input.Add(occurredAt.ToUnixTimeMilliseconds());
        input.Add((long)(about.Factor ?? 0));
        input.Add(place.Chain.Prefix, place.Chain.Id);
        input.Add(about.Subject?.Value);
        input.Add(about.Organization?.Value);
        input.Add(about.Name);
        input.Add(about.Actor);
        input.Add(about.Details.Count);
        foreach (var (name, value) in about.Details)
        {
            input.Add(name);
            input.Add(value);
        }

        var hash = SHA256.HashData(input.Written);
        input.Dispose();
        return ImmutableCollectionsMarshal.AsImmutableArray(hash);
    }

    /// <summary>Bytes that grow: first on the stack, then in rented arrays.</summary>
    private ref struct Input(Span<byte> first)
    {
        private Span<byte> _bytes = first;
        private byte[]? _rented;
        private int _length;

        public readonly ReadOnlySpan<byte> Written => _bytes[.._length];

        public void Add(ReadOnlySpan<byte> bytes) => bytes.CopyTo(Next(bytes.Length));

        public void Add(long number) => BinaryPrimitives.WriteInt64BigEndian(Next(sizeof(long)), number);

        public void Add(string? text, string? rest = null)
        {
            var (length, more) = (Encoding.UTF8.GetByteCount(text ?? ""), Encoding.UTF8.GetByteCount(rest ?? ""));
            Add(length + more);
            Encoding.UTF8.GetBytes(text ?? "", Next(length));
            Encoding.UTF8.GetBytes(rest ?? "", Next(more));
        }

        public readonly void Dispose()
        {
            if (_rented is not null) ArrayPool<byte>.Shared.Return(_rented);
        }

        private Span<byte> Next(int count)
        {
            if (count > _bytes.Length - _length)
            {
                var larger = ArrayPool<byte>.Shared.Rent(Math.Max(_bytes.Length * 2, _length + count));
                _bytes[.._length].CopyTo(larger);
                Dispose();
                _bytes = _rented = larger;
            }

            var next = _bytes.Slice(_length, count);
            _length += count;
            return next;
        }
    }
}
