using System.Diagnostics;

namespace OutbackUptime.Bench.Machine;

/// <summary>How long the disk takes to say that 4 KiB are safe: no durable server can answer sooner.</summary>
internal static class FsyncProbe
{
    private const int Writes = 200;

    /// <summary>P50 and P99 in milliseconds.</summary>
    public static (double P50Ms, double P99Ms) Run(string folder)
    {
        var path = Path.Combine(folder, $"fsync-probe-{Environment.ProcessId}");
        var times = new List<double>();
        using (var file = File.OpenHandle(path, FileMode.Create, FileAccess.Write, FileShare.None, FileOptions.DeleteOnClose, Writes * 4096))
        {
            var block = new byte[4096];
            for (var i = 0; i < Writes; i++)
            {
                RandomAccess.Write(file, block, i * 4096L);
                var start = Stopwatch.GetTimestamp();
                RandomAccess.FlushToDisk(file);
                times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            }
        }

        times.Sort();
        return (Math.Round(times[Writes / 2], 3), Math.Round(times[Writes * 99 / 100], 3));
    }
}
