using System.Runtime.CompilerServices;

namespace TwoFactor.Residency;

/// <summary>Several sequences in one order as one, a single item of each in memory at a time.</summary>
internal static class OrderedMerge
{
    /// <summary>Merges; of items that are equal in the order, only the first is kept.</summary>
    public static async IAsyncEnumerable<T> MergeAsync<T>(
        IEnumerable<IAsyncEnumerable<T>> sources, Comparison<T> compare, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var open = new List<IAsyncEnumerator<T>>();
        try
        {
            foreach (var source in sources)
            {
                var items = source.GetAsyncEnumerator(cancellationToken);
                open.Add(items);
                if (await items.MoveNextAsync().ConfigureAwait(false)) continue;
                open.RemoveAt(open.Count - 1);
                await items.DisposeAsync().ConfigureAwait(false);
            }

            while (open.Count > 0)
            {
                var next = open.Select(items => items.Current).Aggregate((a, b) => compare(b, a) < 0 ? b : a);
                yield return next;
                for (var i = open.Count - 1; i >= 0; i--)
                {
                    if (compare(open[i].Current, next) != 0 || await open[i].MoveNextAsync().ConfigureAwait(false)) continue;
                    await open[i].DisposeAsync().ConfigureAwait(false);
                    open.RemoveAt(i);
                }
            }
        }
        finally
        {
            foreach (var items in open) await items.DisposeAsync().ConfigureAwait(false);
        }
    }
}
