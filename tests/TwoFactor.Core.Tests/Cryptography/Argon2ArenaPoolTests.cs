using NUnit.Framework;
using TwoFactor.Cryptography;
using TwoFactor.Cryptography.Argon2;

namespace TwoFactor.Tests.Cryptography;

public unsafe class Argon2ArenaPoolTests
{
    private const int Size = 64;

    [Test]
    public void An_arena_that_comes_back_is_wiped_and_lent_again()
    {
        using var pool = new Argon2ArenaPool(Size, 1);
        ulong* memory;
        using (var lease = pool.Rent(Size))
        {
            memory = lease.Arena.Memory(Size);
            var tag = new byte[32];
            Argon2id.Hash(lease.Arena, "password"u8, new byte[16], new Argon2Parameters { MemoryKiB = Size }, tag, default, default);
            Assert.That(Words(memory).ContainsAnyExcept(0UL), Is.True);
        }

        using var again = pool.Rent(Size);
        Assert.That((nint)again.Arena.Memory(Size), Is.EqualTo((nint)memory));
        Assert.That(Words(memory).ContainsAnyExcept(0UL), Is.False);
    }

    [Test]
    public void No_more_are_kept_than_the_pool_holds()
    {
        using var pool = new Argon2ArenaPool(Size, 2);
        Argon2ArenaPool.Lease[] leases = [pool.Rent(Size), pool.Rent(Size), pool.Rent(Size)];
        foreach (var lease in leases) lease.Dispose();

        Assert.That(pool.IdleCount, Is.EqualTo(2));
        Assert.That(leases.Select(lease => Disposed(lease.Arena)).Count(disposed => disposed), Is.EqualTo(1));
    }

    [Test]
    public void One_larger_than_the_pool_keeps_is_given_back_to_the_system()
    {
        using var pool = new Argon2ArenaPool(Size, 2);
        var lease = pool.Rent(Size * 2);
        Assert.That(lease.Arena.SizeKiB, Is.EqualTo(Size * 2));
        lease.Dispose();

        Assert.That((pool.IdleCount, Disposed(lease.Arena)), Is.EqualTo((0, true)));
    }

    [Test]
    public void Under_pressure_everything_idle_is_given_back()
    {
        using var pool = new Argon2ArenaPool(Size, 2);
        pool.Rent(Size).Dispose();

        pool.Collect(pressed: true);

        Assert.That(pool.IdleCount, Is.Zero);
    }

    [Test]
    public void Without_pressure_what_was_used_since_the_last_collection_stays_and_what_was_not_goes()
    {
        using var pool = new Argon2ArenaPool(Size, 2);
        pool.Rent(Size).Dispose();
        pool.Collect(pressed: false);
        Assert.That(pool.IdleCount, Is.EqualTo(1));

        pool.Collect(pressed: false);
        Assert.That(pool.IdleCount, Is.Zero);
    }

    [Test]
    public void The_collector_drives_it()
    {
        using var pool = new Argon2ArenaPool(Size, 2);
        pool.Rent(Size).Dispose();
        for (var i = 0; i < 10 && pool.IdleCount > 0; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        Assert.That(pool.IdleCount, Is.Zero);
    }

    [Test]
    public void After_disposal_a_loan_that_ends_is_given_back_and_no_other_begins()
    {
        var pool = new Argon2ArenaPool(Size, 2);
        var lease = pool.Rent(Size);
        pool.Dispose();
        lease.Dispose();

        Assert.That((pool.IdleCount, Disposed(lease.Arena)), Is.EqualTo((0, true)));
        Assert.That(() => pool.Rent(Size), Throws.InstanceOf<ObjectDisposedException>());
    }

    [Test]
    public void A_large_arena_begins_on_a_boundary_of_2_MiB_where_pages_may_be_huge()
    {
        using var arena = Argon2Arena.Allocate(19_456);
        var alignment = OperatingSystem.IsLinux() ? 2 * 1024 * 1024 : 64;

        Assert.That((long)arena.Memory(19_456) % alignment, Is.Zero);
    }

    private static ReadOnlySpan<ulong> Words(ulong* memory) => new(memory, Size * 128);

    private static bool Disposed(Argon2Arena arena)
    {
        try
        {
            _ = arena.Memory(1);
            return false;
        }
        catch (ObjectDisposedException)
        {
            return true;
        }
    }
}
