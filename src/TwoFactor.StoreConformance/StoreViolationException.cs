namespace TwoFactor.StoreConformance;

/// <summary>A store does not do what <see cref="TwoFactor.Storage.IAccountStore"/> promises.</summary>
/// <param name="message">Which promise was broken, and how.</param>
/// <param name="innerException">What the store threw instead of an answer; null when it answered.</param>
public sealed class StoreViolationException(string message, Exception? innerException = null) : Exception(message, innerException);

/// <summary>Checks that throw a <see cref="StoreViolationException"/>, so that a test can also expect one of a broken store.</summary>
internal static class Expect
{
    public static void That(bool holds, string promise)
    {
        if (!holds) throw new StoreViolationException(promise);
    }

    public static void Equal<T>(T actual, T expected, string what) =>
        That(EqualityComparer<T>.Default.Equals(actual, expected), $"{what}: {actual} instead of {expected}.");

    /// <summary>The exception that the call must end with.</summary>
    public static async Task<Exception> ThrowsAsync(Func<Task> call, string what)
    {
        try
        {
            await call();
        }
        catch (Exception e) when (e is not StoreViolationException)
        {
            return e;
        }

        throw new StoreViolationException($"{what}: no exception.");
    }
}
