using System.Runtime.InteropServices;

namespace OutbackUptime.EdgeGateway.Footprint;

/// <summary>
/// Gives back what the start needed and the gateway's normal life does not: garbage of the start, free parts of the C library's heap
/// (SQLite, OpenSSL), and pages of code that ran once. On a small computer they are what the file cache lacks.
/// </summary>
internal sealed class MemoryTrim
{
    private const int DontNeed = 4;
    private HashSet<UnchangedPages> _seen = [];

    /// <summary>
    /// Remembers what is there. Only pages that were unchanged at the last look, too, are ever let go: those of a library that is just
    /// being loaded look unchanged until its addresses are written into them, which could not be read again.
    /// </summary>
    public void Look() => _seen = Unchanged();

    /// <summary>Does so once. What is used again comes back by itself, within microseconds a page.</summary>
    public void Run()
    {
        // First: what this leaves behind goes with the rest.
        var unchanged = Unchanged();
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        TrimHeap();
        foreach (var pages in unchanged.Where(_seen.Contains))
        {
            // Refused (locked in memory, say): then they stay.
            _ = Advise(pages.Start, pages.Length, DontNeed);
        }
    }

    private static HashSet<UnchangedPages> Unchanged() => OperatingSystem.IsLinux() ? [.. UnchangedPages.In(File.ReadLines("/proc/self/smaps"))] : [];

    private static void TrimHeap()
    {
        try
        {
            _ = TrimHeap(0);
        }
        catch (EntryPointNotFoundException)
        {
            // A C library that has no such thing (musl).
        }
    }

    // malloc_trim(3)
    [DllImport("libc", EntryPoint = "malloc_trim", ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int TrimHeap(nuint keep);

    // madvise(2), MADV_DONTNEED
    [DllImport("libc", EntryPoint = "madvise", ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Advise(nint start, nint length, int advice);
}
