using System.Globalization;
using OutbackUptime.Bench.Machine;
using OutbackUptime.Bench.Servers;

namespace OutbackUptime.Bench.FrontDoor;

/// <summary>Writes the table, as Markdown, a line at a time.</summary>
internal static class FrontDoorTable
{
    public static void WriteHead(TextWriter output, MachineReport machine, GatewayProgram program, int payload, FrontDoorOptions options)
    {
        Line(output, $"{machine.Processor}, {machine.Cores} cores, load average {machine.LoadAverage:0.0}; {machine.FileSystem}, fsync of 4 KiB P50 {machine.FsyncP50Ms:0.00} ms, P99 {machine.FsyncP99Ms:0.0} ms; {machine.Kernel}");
        Line(output, $"gateway: {program.Kind}; payload {payload} bytes, QoS 1, MQTT 3.1.1; {options.Duration.TotalSeconds:0} s measured after {options.Warmup.TotalSeconds:0} s; generator: {options.Threads} thread(s) on the same cores");
        Line(output, $"");
        WriteColumns(output);
    }

    public static void WriteColumns(TextWriter output)
    {
        Line(output, $"| server | connections × window | PUBACK/s | P50 / P95 / P99 ms, saturated | at /s | P50 / P95 / P99 ms | CPU µs/PUBACK | written B/PUBACK | RSS MB | load |");
        Line(output, $"| --- | --- | --: | --- | --: | --- | --: | --: | --: | --: |");
    }

    public static void WriteRow(TextWriter output, FrontDoorRow row) => Line(
        output,
        $"| {row.Server} | {new FrontDoorShape(row.Connections, row.Window)} | {row.Rate:N0} | {Latency(row.Saturated)} | {row.OpenRate:N0} | {Latency(row.Open)}{(row.Unanswered > 0 ? $" ({row.Unanswered:N0} unanswered)" : "")} | {row.CpuMicroseconds:0.0} | {row.WrittenBytes:N0} | {row.ResidentBytes / 1e6:0} | {row.LoadAverage:0.0} |");

    /// <summary>Ours against Mosquitto's default, where both were measured.</summary>
    public static void WriteRatios(TextWriter output, IReadOnlyList<FrontDoorRow> rows)
    {
        Line(output, $"");
        foreach (var ours in rows.Where(r => r.Server == nameof(FrontDoorServer.Gateway)))
        {
            if (rows.FirstOrDefault(r => r.Server == nameof(FrontDoorServer.Mosquitto) && r.Connections == ours.Connections && r.Window == ours.Window) is { } theirs)
            {
                Line(output, $"{new FrontDoorShape(ours.Connections, ours.Window)}: a durable PUBACK costs {ours.CpuMicroseconds / theirs.CpuMicroseconds:0.00} times the CPU of Mosquitto's; {ours.Rate / theirs.Rate:0.00} times its rate");
            }
        }
    }

    private static string Latency(LatencyRow row) => string.Create(CultureInfo.InvariantCulture, $"{row.P50:0.0#} / {row.P95:0.0#} / {row.P99:0.0#}");

    private static void Line(TextWriter output, FormattableString text) => output.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
