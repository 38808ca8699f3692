namespace OutbackUptime.EmbeddedClickHouse.Fetching;

/// <summary>Lets one process at a time fetch. The lock goes with its holder, however that ends.</summary>
internal static class FolderLock
{
    private static readonly TimeSpan s_retry = TimeSpan.FromMilliseconds(250);

    public static async Task<FileStream> AcquireAsync(string path, Action<string> progress, CancellationToken cancellationToken)
    {
        var told = false;
        while (true)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (!cancellationToken.IsCancellationRequested)
            {
                if (!told)
                {
                    progress($"waiting for another process that fetches {Path.GetFileNameWithoutExtension(path)} …");
                    told = true;
                }
            }

            await Task.Delay(s_retry, cancellationToken).ConfigureAwait(false);
        }
    }
}
