namespace Example.Files;

/// <summary>The turn to write one user's file, against every other store over the folder.</summary>
internal static class UserLock
{
    // EAGAIN on Linux and on macOS: somebody else has the lock. Everything else is a fault.
    private static readonly int[] s_taken = [11, 35];

    /// <summary>
    /// Waits for the lock, which ends with the stream or with the process. The lock is on a file of its own, because the user's file is
    /// replaced, and that file is never deleted: two stores would hold locks on two files of one name.
    /// </summary>
    public static async ValueTask<FileStream> TakeAsync(string path, CancellationToken cancellationToken)
    {
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException e) when (s_taken.Contains(e.HResult))
            {
                await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System, cancellationToken);
            }
        }
    }
}
