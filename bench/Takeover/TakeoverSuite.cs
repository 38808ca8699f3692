using System.Globalization;
using OutbackUptime.Bench.Charts;
using OutbackUptime.Bench.Machine;
using OutbackUptime.Bench.Reports;
using OutbackUptime.Demo;
using OutbackUptime.Demo.Cluster;
using OutbackUptime.Demo.Drills;

namespace OutbackUptime.Bench.Takeover;

/// <summary>How long takeovers take: not once, as a drill tells, but as a distribution.</summary>
internal sealed class TakeoverSuite(TakeoverOptions options, TextWriter output, TimeProvider time)
{
    private const int SilosPerRegion = 2;
    private const double TargetSeconds = 10;

    // Only the way back is made shorter: how fast a fault is found is the product's own.
    private static readonly Dictionary<string, string> s_gateway = new(StringComparer.Ordinal)
    {
        ["Uplink__SettleTime"] = "00:00:01",
        ["Uplink__HomeProbeInterval"] = "00:00:00.5",
        ["Uplink__LongestHomeProbeInterval"] = "00:00:01",
    };

    private static readonly Dictionary<string, string> s_silo = new(StringComparer.Ordinal) { ["GiveBack__SettleTime"] = "00:00:01" };

    private TakeoverReport _report = TakeoverReport.Empty;

    /// <summary>0 when every takeover came in time and every ledger is without a fault.</summary>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(options.Data);
        _report = JsonReport.Read<TakeoverReport>(options.Report) ?? TakeoverReport.Empty;
        var machine = MachineReport.Read(options.Data);
        Line($"{machine.Processor}, {machine.Cores} cores, load average {machine.LoadAverage:0.0}; {machine.FileSystem}, fsync of 4 KiB P50 {machine.FsyncP50Ms:0.00} ms");
        _report = _report with { Machines = [.. _report.Machines, machine] };
        var azurite = await Azurite.FetchAsync(cancellationToken).ConfigureAwait(false);
        foreach (var topology in options.Topologies.Where(t => Wanted(t).Any()))
        {
            await RunAsync(topology, azurite, cancellationToken).ConfigureAwait(false);
        }

        Table();
        Draw();
        return _report.Kills.All(k => k.InTime) && _report.Ledgers.All(l => l.Verdict == "pass") ? 0 : 1;
    }

    // Kinds take turns, so that a slow minute of the machine is not one kind's alone.
    private IEnumerable<(FaultKind Kind, FaultScope Scope)> Wanted(string topology)
    {
        var left = options.Scopes.SelectMany(s => options.Kinds.Select(k => (Kind: k, Scope: s, Left: options.Kills - _report.Count(topology, FaultNames.Of(s), FaultNames.Of(k))))).ToArray();
        return Enumerable.Range(0, options.Kills).SelectMany(i => left.Where(l => i < l.Left).Select(l => (l.Kind, l.Scope)));
    }

    private async Task RunAsync(string topology, string? azurite, CancellationToken cancellationToken)
    {
        var demo = new DemoOptions
        {
            Stations = options.Stations,
            Hubs = options.Hubs,
            Interval = TimeSpan.FromMilliseconds(500),
            SilosPerRegion = SilosPerRegion,
            Topology = topology,
            Seed = options.Seed,
            Data = Path.Combine(options.Data, $"takeover-{topology}"),
        };
        if (Directory.Exists(demo.Data))
        {
            Directory.Delete(demo.Data, recursive: true);
        }

        var wanted = Wanted(topology).ToArray();
        Line($"{topology}: {demo.Stations} stations with {demo.Hubs} hubs each, {demo.Stations * demo.Hubs * 2} packets/s, {SilosPerRegion} silos a region; {wanted.Length} faults to do");
        await using var system = new DemoSystem(demo, RegionNetwork.Loopback, new SystemNeeds { Links = true, GatewaySettings = s_gateway, SiloSettings = s_silo }, azurite, time);
        var run = new DrillRun(system, new Timeline(TextWriter.Null, time), time, cancellationToken);
        var takeovers = new TakeoverRun(run, topology, system.IsStretched ? 2 * SilosPerRegion : SilosPerRegion, output);
        try
        {
            await system.StartAsync(cancellationToken).ConfigureAwait(false);
            await system.HubProcess.StartAsync().ConfigureAwait(false);
            await takeovers.SteadyAsync().ConfigureAwait(false);
            foreach (var (kind, scope) in wanted)
            {
                var kill = await takeovers.OnceAsync(kind, scope).ConfigureAwait(false);
                Keep(_report with { Kills = [.. _report.Kills, kill] });
                var through = kill.SwitchSeconds is { } s ? string.Create(CultureInfo.InvariantCulture, $"; by the other region {s:0.00} s") : "";
                Line($"  {takeovers.Faults,3}/{wanted.Length} {kill.Kind,-8} {kill.Scope,-6} {kill.Victim,-6} {kill.Stations} stations: {kill.Seconds:0.00} s{(kill.InTime ? "" : ", NOT in time")}{through}; steady after {kill.CycleSeconds:0.0} s");
            }

            var ledger = await takeovers.CloseAsync().ConfigureAwait(false);
            Keep(_report with { Ledgers = [.. _report.Ledgers, ledger] });
            Line($"  ledger: {ledger.Acknowledged:N0} acknowledged, {ledger.Missing} missing, {ledger.Doubled} doubled, {ledger.Altered} altered: {ledger.Verdict}");
        }
        catch (Exception e) when (e is DrillFailedException or DemoException)
        {
            throw new BenchException($"{topology}: {e.Message} (logs: {system.Folder.Logs}). What was measured until then is in the report; the same command goes on from there.", e);
        }

        await system.StopAsync().ConfigureAwait(false);
    }

    private void Keep(TakeoverReport report)
    {
        _report = report;
        JsonReport.Write(options.Report, report);
    }

    private void Table()
    {
        Line($"{"topology",-10} {"scope",-7} {"kind",-9} {"faults",6} {"P50 s",7} {"P90 s",7} {"P99 s",7} {"max s",7}");
        foreach (var s in _report.Summaries)
        {
            Line($"{s.Topology,-10} {s.Scope,-7} {s.Kind,-9} {s.Seconds.Count,6} {s.Seconds.P50,7:0.00} {s.Seconds.P90,7:0.00} {s.Seconds.P99,7:0.00} {s.Seconds.Max,7:0.00}{(s.NotInTime > 0 ? $"  {s.NotInTime} not in time" : "")}");
        }
    }

    private void Draw()
    {
        foreach (var topology in _report.Kills.GroupBy(k => k.Topology))
        {
            ChartOption.Write(options.Charts, $"takeover-{topology.Key}", new Chart(
                ChartKind.Cdf,
                $"Takeover, {topology.Key}",
                "seconds from the fault",
                "share of faults that were over",
                [.. topology.GroupBy(k => $"{k.Scope}, {k.Kind}").OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => ChartSeries.Distribution(g.Key, g.Select(k => k.Seconds)))])
            {
                Target = TargetSeconds,
            });
        }
    }

    private void Line(FormattableString text) => output.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
