using System.Diagnostics.Metrics;
using System.Runtime.Intrinsics.X86;
using TwoFactor.Benchmarks.Areas;
using TwoFactor.Benchmarks.Floors;
using TwoFactor.Cryptography;

namespace TwoFactor.Benchmarks.Bars;

/// <summary>Argon2id and backup codes.</summary>
internal static class Argon2Bars
{
    public static IEnumerable<Bar> Measure(Interleaved slow)
    {
        var argon2 = new Argon2idBenchmarks();
        var codes = new BackupCodeBenchmarks();
        codes.Setup().GetAwaiter().GetResult();
        var limit = Avx512F.IsSupported ? 0.30 : 0.45;
        if (LibArgon2.IsPresent)
        {
            // The bar is for an attempt, whose memory is kept; a hash outside the hasher takes memory of its own each time.
            var hash = slow.Measure(argon2.Libargon2_of_Debian, Attempt, argon2.Argon2id_Hash);
            yield return Bar.AtMost("argon2id-to-libargon2", hash.Ratios[1], limit, hash.Note(1));
            Console.WriteLine(FormattableString.Invariant($"a hash with memory of its own: {hash.Ratios[2]:0.000} of libargon2"));
        }
        else
        {
            yield return Bar.Unmeasured("argon2id-to-libargon2", limit, reach: false, "libargon2.so.1 is not installed (Debian: libargon2-1)");
        }

        var collections = GC.CollectionCount(2);
        yield return Bar.AtMost("argon2id-bytes", Allocations.PerCall(argon2.Argon2id_Hash, calls: 5), 1_024);
        yield return Bar.AtMost("argon2id-gen2-collections", GC.CollectionCount(2) - collections, 0);

        var batch = slow.Measure(Attempt, () => codes.Ten_codes_at_setup().GetAwaiter().GetResult());
        yield return Bar.AtMost("ten-codes-to-one-hash", batch.Ratios[1], 10.5, batch.Note(1));
        var cores = slow.Measure(
            () => codes.Ten_codes_at_setup().GetAwaiter().GetResult(), () => codes.Ten_codes_on_two_cores().GetAwaiter().GetResult());
        yield return Environment.ProcessorCount > 1
            ? Bar.AtMost("ten-codes-on-two-cores", cores.Ratios[1], 0.65, cores.Note(1))
            : Bar.Unmeasured("ten-codes-on-two-cores", 0.65, reach: false, "there is one processor");
        if (Environment.ProcessorCount > 1) PrintWhatTwoCoresGain(slow, argon2);
        yield return Bar.AtMost("backup-code-attempt-hashes", HashesOf(Attempt), 1, "a count");
        codes.Cleanup();

        void Attempt() => codes.Attempt().GetAwaiter().GetResult();
    }

    /// <summary>
    /// The floors of ten codes on two cores: memory alone, and slower hashing, on two threads beside one. Where writing two memories gains nothing,
    /// hashing that keeps up with the memory gains little.
    /// </summary>
    private static void PrintWhatTwoCoresGain(Interleaved slow, Argon2idBenchmarks argon2)
    {
        using var memory = new TwoThreads(Argon2Parameters.Default.MemoryKiB);
        var written = slow.Measure(() => memory.Write(10), () => TwoThreads.Run(second => memory.Write(5, second)));
        Console.WriteLine(FormattableString.Invariant($"floor: writing the memory of two hashes on two threads, {written.Ratios[1]:0.000} of one memory on one thread"));
        if (!LibArgon2.IsPresent) return;
        var hashed = slow.Measure(() => Hash(10), () => TwoThreads.Run(_ => Hash(5)));
        Console.WriteLine(FormattableString.Invariant($"floor: ten hashes of libargon2 on two threads, {hashed.Ratios[1]:0.000} of one thread"));

        void Hash(int times)
        {
            for (var i = 0; i < times; i++) argon2.Libargon2_of_Debian();
        }
    }

    /// <summary>Counted by the library's own counter, which security tests read too.</summary>
    private static double HashesOf(Action work)
    {
        long hashes = 0;
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Name == "twofactor.argon2.hashes") listener.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<long>((_, count, _, _) => Interlocked.Add(ref hashes, count));
        listener.Start();
        work();
        return hashes;
    }
}
