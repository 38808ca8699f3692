using System.Globalization;
using OutbackUptime.Bench.FrontDoor;
using OutbackUptime.Bench.Machine;
using OutbackUptime.Bench.Servers;

namespace OutbackUptime.Bench.Peers;

/// <summary>Writes the tables, as Markdown, a line at a time.</summary>
internal sealed class PeersTable(TextWriter output)
{
    public void WriteHead(MachineReport machine, GatewayProgram program, int payload, PeersOptions options, IReadOnlyList<PipelineKind> kinds)
    {
        Line($"{machine.Processor}, {machine.Cores} cores, load average {machine.LoadAverage:0.0}; {machine.FileSystem}, fsync of 4 KiB P50 {machine.FsyncP50Ms:0.00} ms, P99 {machine.FsyncP99Ms:0.0} ms; {machine.Kernel}");
        Line($"gateway: {program.Kind}; payload {payload} bytes, QoS 1, MQTT 3.1.1, {options.Connections} hubs with one publish in flight; {options.Duration.TotalSeconds:0} s of load after {options.Warmup.TotalSeconds:0} s; generator: 1 thread on the same cores");
        foreach (var kind in kinds)
        {
            Line($"{kind.Name}: {kind.What}");
        }
    }

    public void WriteSkipped(string what, string reason) => Line($"skipped: {what}: {reason}");

    public void WriteRow(PeerRow row, bool first)
    {
        if (first)
        {
            Line($"");
            Line($"| pipeline | rows/s | PUBACK/s | CPU µs/packet | with stores | at /s | row readable P50 / P95 / P99 ms | in all stores | no row | load |");
            Line($"| --- | --: | --: | --: | --: | --: | --- | --- | --: | --: |");
        }

        Line($"| {row.Pipeline} | {row.Rate:N0} | {row.PubackRate:N0} | {row.CpuMicroseconds:0.0} | {row.CpuWithStoresMicroseconds:0.0} | {row.OpenRate:N0} | {Latency(row.Visible)} | {Latency(row.VisibleEverywhere)} | {row.Missing + row.OpenMissing:N0} | {row.LoadAverage:0.0} |");
    }

    /// <summary>Ours against each other; per core: packets by the CPU time they cost.</summary>
    public void WriteRatios(IReadOnlyList<PeerRow> rows)
    {
        Line($"");
        foreach (var ours in rows.Where(r => r.Pipeline.StartsWith("ours", StringComparison.Ordinal)))
        {
            foreach (var theirs in rows.Where(r => !r.Pipeline.StartsWith("ours", StringComparison.Ordinal)))
            {
                Line($"{ours.Pipeline} beside {theirs.Pipeline}: {ours.Rate / theirs.Rate:0.00} times the rows/s; {theirs.CpuMicroseconds / ours.CpuMicroseconds:0.00} times the packets per core, {theirs.CpuWithStoresMicroseconds / ours.CpuWithStoresMicroseconds:0.00} times with stores; {ours.Visible.P99 / theirs.Visible.P99:0.00} times the P99");
            }
        }
    }

    public void WriteKill(PeerKillRow row, bool first)
    {
        if (first)
        {
            Line($"");
            Line($"SIGKILL under load, started again on the same data:");
            Line($"");
            Line($"| pipeline | killed | kills | PUBACKed | of them lost | read twice | copies written | drained after s |");
            Line($"| --- | --- | --: | --: | --: | --: | --: | --: |");
        }

        Line($"| {row.Pipeline} | {row.Part} | {row.Kills} | {row.Counts[0].Acknowledged:N0} | {row.Lost:N0} | {row.Doubled:N0} | {row.CopiesWritten:N0} | {row.DrainSeconds:0.0} |");
    }

    private static string Latency(LatencyRow row) => string.Create(CultureInfo.InvariantCulture, $"{row.P50:0} / {row.P95:0} / {row.P99:0}");

    private void Line(FormattableString text) => output.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
