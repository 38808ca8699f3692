using System.Globalization;
using System.Runtime.InteropServices;

namespace OutbackUptime.EdgeGateway.Journal.Storage;

/// <summary>The journal's files in the data directory, and the steps on them that must outlive a power cut in order.</summary>
internal class JournalFiles(string directory)
{
    /// <summary>The database.</summary>
    public string Database { get; } = Path.Combine(directory, "journal.db");

    /// <summary>SQLite's write-ahead log of it.</summary>
    public string Wal => Database + "-wal";

    /// <summary>A new database while what could be salvaged is written to it. Worth nothing after a restart.</summary>
    public string Salvaging { get; } = Path.Combine(directory, "journal.salvaging");

    /// <summary>A whole, synced new database: from here on it is the journal, whatever else lies there.</summary>
    public string Salvaged { get; } = Path.Combine(directory, "journal.salvaged");

    /// <summary>See <see cref="HighWaterMark"/>.</summary>
    public string HighWater { get; } = Path.Combine(directory, "journal.high");

    /// <summary>See <see cref="Ballast"/>.</summary>
    public string Ballast { get; } = Path.Combine(directory, "journal.ballast");

    public string Directory { get; } = directory;

    public virtual void Move(string from, string to) => File.Move(from, to, overwrite: true);

    public virtual void Delete(string path) => File.Delete(path);

    /// <summary>fsync of a file.</summary>
    public virtual void Sync(string path)
    {
        using var file = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        RandomAccess.FlushToDisk(file);
    }

    /// <summary>fsync of the directory: renames and deletions before it come before those after it.</summary>
    public virtual void SyncDirectory() => SyncDirectory(Directory);

    /// <summary>
    /// Puts the salvaged database in the journal's place and the old files aside. Repeatable: after a power cut within it,
    /// the next start does the rest. Does nothing when there is no salvaged database.
    /// </summary>
    /// <returns>Whether there was one.</returns>
    public bool FinishSalvage(DateTimeOffset now)
    {
        if (!File.Exists(Salvaged))
        {
            return false;
        }

        PutAside(now);
        Move(Salvaged, Database);
        SyncDirectory();
        return true;
    }

    /// <summary>Moves the database and its logs out of the way, as one set named by the time.</summary>
    public void PutAside(DateTimeOffset now)
    {
        var aside = Path.Combine(Directory, $"journal.damaged-{now.UtcDateTime.ToString("yyyyMMddTHHmmssfff", CultureInfo.InvariantCulture)}Z.db");
        foreach (var suffix in (ReadOnlySpan<string>)["", "-wal", "-journal"])
        {
            if (File.Exists(Database + suffix))
            {
                Move(Database + suffix, aside + suffix);
            }
        }

        if (File.Exists(Database + "-shm"))
        {
            Delete(Database + "-shm");
        }

        SyncDirectory();
    }

    /// <summary>Drops the oldest sets of damaged files beyond a number and a size.</summary>
    public void Prune(int maxSets, long maxBytes)
    {
        var sets = System.IO.Directory.EnumerateFiles(Directory, "journal.damaged-*")
            .Select(f => new FileInfo(f))
            .GroupBy(f => f.Name[..f.Name.IndexOf(".db", StringComparison.Ordinal)], StringComparer.Ordinal)
            .OrderByDescending(s => s.Key, StringComparer.Ordinal);
        var (kept, bytes) = (0, 0L);
        foreach (var set in sets)
        {
            bytes += set.Sum(f => f.Length);
            if (++kept > maxSets || bytes > maxBytes)
            {
                foreach (var file in set)
                {
                    Delete(file.FullName);
                }
            }
        }
    }

    private static void SyncDirectory(string path)
    {
        // .NET opens no directories.
        var name = System.Text.Encoding.UTF8.GetBytes(path + '\0');
        var handle = Posix.Open(name, 0);
        if (handle < 0)
        {
            throw new IOException($"The directory {path} could not be opened to sync it (errno {Marshal.GetLastPInvokeError()}).");
        }

        var failed = Posix.FSync(handle) != 0;
        var error = Marshal.GetLastPInvokeError();
        _ = Posix.Close(handle);
        if (failed)
        {
            throw new IOException($"The directory {path} could not be synced (errno {error}).");
        }
    }

    private static class Posix
    {
#pragma warning disable SYSLIB1054, CA5392 // Three calls of libc; source-generated ones would need unsafe code.
        [DllImport("libc", EntryPoint = "open", SetLastError = true)]
        public static extern int Open(byte[] path, int flags);

        [DllImport("libc", EntryPoint = "fsync", SetLastError = true)]
        public static extern int FSync(int handle);

        [DllImport("libc", EntryPoint = "close", SetLastError = true)]
        public static extern int Close(int handle);
#pragma warning restore SYSLIB1054, CA5392
    }
}
