using System.Text.Json.Serialization;

namespace TwoFactor.Lockout;

/// <summary>What ends a lock. A closed hierarchy.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(AdminOnly), "adminOnly")]
[JsonDerivedType(typeof(After), "after")]
public abstract record LockReleasePolicy
{
    private LockReleasePolicy()
    {
    }

    /// <summary>One minute, doubling with every lock in a row, up to an hour.</summary>
    public static LockReleasePolicy DefaultAfter { get; } = new After(TimeSpan.FromMinutes(1), 2, TimeSpan.FromHours(1));

    /// <summary>Only an administrator.</summary>
    public sealed record AdminOnly : LockReleasePolicy;

    /// <summary>Time. The n-th lock in a row lasts <c>Duration × Factor^(n-1)</c>, at most <paramref name="Max"/>.</summary>
    /// <param name="Duration">The first lock. 1 second to 30 days.</param>
    /// <param name="Factor">Growth. 1 to 10.</param>
    /// <param name="Max">The longest lock; not below <paramref name="Duration"/>, up to 30 days.</param>
    public sealed record After(TimeSpan Duration, double Factor, TimeSpan Max) : LockReleasePolicy
    {
        internal TimeSpan DurationAt(int level)
        {
            var seconds = Duration.TotalSeconds * Math.Pow(Factor, level);
            // A double that is too large for a TimeSpan compares as greater, so the maximum also answers overflow.
            return seconds >= Max.TotalSeconds ? Max : TimeSpan.FromSeconds(seconds);
        }
    }
}
