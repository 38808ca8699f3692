using System.Globalization;
using System.Runtime.InteropServices;

namespace OutbackUptime.Bench.Machine;

/// <summary>What it was measured on: a figure without it says little.</summary>
internal sealed record MachineReport(string Processor, int Cores, string Kernel, double LoadAverage, string FileSystem, double FsyncP50Ms, double FsyncP99Ms)
{
    /// <summary>Looks around; times fsync in the folder.</summary>
    public static MachineReport Read(string folder)
    {
        var (p50, p99) = FsyncProbe.Run(folder);
        var cpu = File.ReadLines("/proc/cpuinfo").FirstOrDefault(l => l.StartsWith("model name", StringComparison.Ordinal) || l.StartsWith("Model", StringComparison.Ordinal));
        return new MachineReport(
            cpu is null ? RuntimeInformation.ProcessArchitecture.ToString() : cpu[(cpu.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim(),
            Environment.ProcessorCount,
            RuntimeInformation.OSDescription,
            LoadAverageNow(),
            DriveInfo.GetDrives().Where(d => folder.StartsWith(d.Name, StringComparison.Ordinal)).MaxBy(d => d.Name.Length)?.DriveFormat ?? "?",
            p50,
            p99);
    }

    /// <summary>Runnable threads over the last minute.</summary>
    public static double LoadAverageNow() => double.Parse(File.ReadAllText("/proc/loadavg").Split(' ')[0], CultureInfo.InvariantCulture);
}
