using System.Globalization;
using OutbackUptime.Bench.FrontDoor;
using OutbackUptime.Bench.Machine;
using OutbackUptime.Bench.Servers;

namespace OutbackUptime.Bench.Gateway;

/// <summary>Writes the tables, as Markdown, a line at a time.</summary>
internal sealed class GatewayTable(TextWriter output)
{
    public void WriteHead(MachineReport machine, GatewayProgram program, int payload, GatewayOptions options)
    {
        Line($"{machine.Processor}, {machine.Cores} cores, load average {machine.LoadAverage:0.0}; {machine.FileSystem}, fsync of 4 KiB P50 {machine.FsyncP50Ms:0.00} ms, P99 {machine.FsyncP99Ms:0.0} ms; {machine.Kernel}");
        Line($"gateway: {program.Kind}; payload {payload} bytes, QoS 1, MQTT 3.1.1; {options.Duration.TotalSeconds:0} s measured after {options.Warmup.TotalSeconds:0} s; generator: 1 thread on the same cores");
    }

    public void WriteSkipped(IReadOnlyDictionary<string, string> skipped)
    {
        foreach (var (name, reason) in skipped)
        {
            Line($"skipped: {name}: {reason}");
        }
    }

    public void WriteShape(FrontDoorShape shape)
    {
        Line($"");
        Line($"{shape} in flight:");
        Line($"");
        FrontDoorTable.WriteColumns(output);
    }

    /// <summary>Ours against each other.</summary>
    public void WriteRatios(IReadOnlyList<FrontDoorRow> rows)
    {
        foreach (var shape in rows.GroupBy(r => (r.Connections, r.Window)))
        {
            if (shape.FirstOrDefault(r => r.Server == "gateway") is not { } ours)
            {
                continue;
            }

            Line($"");
            foreach (var theirs in shape.Where(r => r != ours))
            {
                Line($"{new FrontDoorShape(ours.Connections, ours.Window)}: gateway beside {theirs.Server}: {ours.Rate / theirs.Rate:0.00} times the PUBACKs/s, {ours.CpuMicroseconds / theirs.CpuMicroseconds:0.00} times the CPU of each");
            }
        }
    }

    public void WriteKill(BrokerKillRow row, bool first)
    {
        if (first)
        {
            Line($"");
            Line($"SIGKILL under load, started again on the same data:");
            Line($"");
            Line($"| server | PUBACK | kills | PUBACKed | of them lost | came twice | came without PUBACK |");
            Line($"| --- | --- | --: | --: | --: | --: | --: |");
        }

        Line($"| {row.Server} | {row.Promise} | {row.Kills} | {row.Count.Acknowledged:N0} | {row.Count.Lost:N0} | {row.Count.Doubled:N0} | {row.Count.Unpromised:N0} |");
    }

    private void Line(FormattableString text) => output.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
