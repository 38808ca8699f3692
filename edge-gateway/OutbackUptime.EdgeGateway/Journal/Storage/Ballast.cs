namespace OutbackUptime.EdgeGateway.Journal.Storage;

/// <summary>
/// Space held back for the day when the disk is full: deleting entries needs a little of it, too. Let go then, so that trimming
/// goes on, and taken again when there is space.
/// </summary>
internal sealed class Ballast(JournalFiles files, long bytes)
{
    /// <summary>How much it is.</summary>
    public long Bytes { get; } = bytes;

    /// <summary>Takes the space, if it can be had.</summary>
    public void Take()
    {
        try
        {
            if (File.Exists(files.Ballast) || new DriveInfo(files.Directory).AvailableFreeSpace < 2 * Bytes)
            {
                return;
            }

            using var file = new FileStream(files.Ballast, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, PreallocationSize = Bytes });
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Without it the journal works as well, as long as there is space.
            LetGo();
        }
    }

    /// <summary>Gives the space back. True if there was any.</summary>
    public bool LetGo()
    {
        try
        {
            var held = File.Exists(files.Ballast);
            File.Delete(files.Ballast);
            return held;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
