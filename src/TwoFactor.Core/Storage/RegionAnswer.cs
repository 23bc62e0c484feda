using TwoFactor.Accounts;

namespace TwoFactor.Storage;

/// <summary>Turns the refusal of a region, which comes before anything is evaluated or written, into the caller's typed answer.</summary>
internal static class RegionAnswer
{
    /// <summary>The answer of a call, or the answer to the refusal.</summary>
    public static async ValueTask<TResult> OrRefusedAsync<TResult>(this ValueTask<TResult> call, Func<RegionRefusal, TResult> refused)
    {
        try
        {
            return await call.ConfigureAwait(false);
        }
        catch (RegionRefusedException e)
        {
            return refused(e.Reason);
        }
    }
}
