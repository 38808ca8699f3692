using System.Globalization;

namespace OutbackUptime.Bench.Machine;

/// <summary>What a process has used since its start, from /proc (proc(5)).</summary>
/// <param name="CpuSeconds">User and system time; ticks of 10 ms.</param>
/// <param name="WrittenBytes">write_bytes: pages it made dirty on block devices. What the file system and the card add is not in it.</param>
/// <param name="ResidentBytes">VmRSS.</param>
/// <param name="PeakBytes">VmHWM.</param>
/// <param name="AnonymousBytes">RssAnon: what of VmRSS is the process's own. The rest are pages of files, which the kernel may drop and read again.</param>
internal sealed record ProcessUse(double CpuSeconds, long WrittenBytes, long ResidentBytes, long PeakBytes, long AnonymousBytes)
{
    private const double TicksPerSecond = 100;

    /// <summary>Looks at a process.</summary>
    public static ProcessUse Of(int process)
    {
        // After the name in parentheses, which may hold anything: field 3 is the state, 14 and 15 are utime and stime.
        var stat = File.ReadAllText($"/proc/{process}/stat");
        var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        return new ProcessUse(
            (Number(fields[11]) + Number(fields[12])) / TicksPerSecond,
            Field(process, "io", "write_bytes:"),
            Field(process, "status", "VmRSS:") * 1024,
            Field(process, "status", "VmHWM:") * 1024,
            Field(process, "status", "RssAnon:") * 1024);
    }

    /// <summary>The use between two looks.</summary>
    public static ProcessUse operator -(ProcessUse after, ProcessUse before) => after with
    {
        CpuSeconds = after.CpuSeconds - before.CpuSeconds,
        WrittenBytes = after.WrittenBytes - before.WrittenBytes,
    };

    private static long Field(int process, string file, string name) => Number(
        File.ReadLines($"/proc/{process}/{file}").First(l => l.StartsWith(name, StringComparison.Ordinal))[name.Length..].Replace("kB", "", StringComparison.Ordinal));

    private static long Number(string text) => long.Parse(text.Trim(), CultureInfo.InvariantCulture);
}
