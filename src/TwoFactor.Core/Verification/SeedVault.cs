using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using TwoFactor.Accounts;
using TwoFactor.Cryptography;

namespace TwoFactor.Verification;

/// <summary>Seals and opens seeds. What is stored is bound to user and enrolment, so a row copied to another user does not open.</summary>
internal sealed class SeedVault(ISecretProtector protector)
{
    /// <summary>The longest seed that is stored: one block of HMAC-SHA-512's key, in bytes.</summary>
    public const int MaxSeedLength = 128;

    public ImmutableArray<byte> Seal(UserId user, EnrollmentId enrollment, ReadOnlySpan<byte> seed)
    {
        Span<byte> binding = stackalloc byte[MaxBindingLength];
        return ImmutableCollectionsMarshal.AsImmutableArray(protector.Protect(seed, binding[..Bind(user, enrollment, binding)]));
    }

    /// <summary>False when the key is missing or the record was changed: the factor is unavailable, never "not enrolled".</summary>
    public bool TryOpen(in TotpContext context, Span<byte> seed, out int length)
    {
        length = 0;
        var envelope = context.ProtectedSecret.AsSpan();
        if (protector.GetMaxSecretLength(envelope.Length) > seed.Length) return false;
        Span<byte> binding = stackalloc byte[MaxBindingLength];
        binding = binding[..Bind(context.User, context.Enrollment, binding)];
        return protector.Unprotect(envelope, binding, seed, out length) == UnprotectOutcome.Success && length > 0;
    }

    /// <summary>The seed under the current key; default when it is under it already.</summary>
    public ImmutableArray<byte> Rewrap(in TotpContext context, ReadOnlySpan<byte> seed) =>
        protector.NeedsRotation(context.ProtectedSecret.AsSpan()) ? Seal(context.User, context.Enrollment, seed) : default;

    /// <summary>The stored seed under the current key; false when it cannot be opened.</summary>
    public bool TryRewrap(in TotpContext context, out ImmutableArray<byte> rewrapped)
    {
        Span<byte> seed = stackalloc byte[MaxSeedLength];
        try
        {
            var opened = TryOpen(context, seed, out var length);
            rewrapped = opened ? Seal(context.User, context.Enrollment, seed[..length]) : default;
            return opened;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(seed);
        }
    }

    /// <summary>Whether what is protected is not under the current key.</summary>
    public bool NeedsRotation(ImmutableArray<byte> protectedSecret) => protector.NeedsRotation(protectedSecret.AsSpan());

    /// <summary>False when the key is lost.</summary>
    public bool HasKeyOf(ImmutableArray<byte> protectedSecret) => protector.HasKeyOf(protectedSecret.AsSpan());

    /// <summary>Nothing secret, protected under the current key: it tells later whether that is still the current one.</summary>
    public ImmutableArray<byte> NewMarker() => ImmutableCollectionsMarshal.AsImmutableArray(protector.Protect("marker"u8, "marker"u8));

    /// <summary>False when the key of the account's authenticator is lost.</summary>
    public bool CanOpen(Account account) => account.Active is not { } active || protector.HasKeyOf(active.ProtectedSecret.AsSpan());

    // A user id has at most 256 UTF-16 characters, hence at most 768 bytes of UTF-8.
    private const int MaxBindingLength = sizeof(ushort) + UserId.MaxLength * 3 + 16;

    private static int Bind(UserId user, EnrollmentId enrollment, Span<byte> binding)
    {
        var length = Encoding.UTF8.GetBytes(user.Value, binding[sizeof(ushort)..]);
        BinaryPrimitives.WriteUInt16BigEndian(binding, (ushort)length);
        enrollment.Value.TryWriteBytes(binding[(sizeof(ushort) + length)..], bigEndian: true, out var written);
        return sizeof(ushort) + length + written;
    }

}
