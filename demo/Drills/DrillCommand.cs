using System.Globalization;
using OutbackUptime.Demo.Cluster;
using OutbackUptime.Demo.Prometheus;
using OutbackUptime.Demo.Reports;
using OutbackUptime.Demo.View;
using OutbackUptime.Ledger;
using OutbackUptime.Ledger.Report;

namespace OutbackUptime.Demo.Drills;

/// <summary>Runs drills one after the other, each on fresh data, and draws up the ledger of each.</summary>
internal sealed class DrillCommand(DemoOptions options, TextWriter output, TimeProvider time)
{
    /// <summary>The target of the project: SIGKILL of a whole region to the peer's first commit.</summary>
    private const double TakeoverTargetSeconds = 10;

    /// <summary>0 when all passed.</summary>
    public async Task<int> RunAsync(IReadOnlyList<IDrill> drills, CancellationToken cancellationToken)
    {
        var azurite = await Azurite.FetchAsync(cancellationToken).ConfigureAwait(false);
        var reports = new List<RunReport>();
        foreach (var drill in drills)
        {
            reports.Add(await RunOneAsync(drill, azurite, cancellationToken).ConfigureAwait(false));
            Keep(reports[^1]);
            if (options.Report is { } path)
            {
                await File.WriteAllTextAsync(path, RunReport.ToJson(reports), cancellationToken).ConfigureAwait(false);
            }
        }

        if (reports.Count > 1)
        {
            output.WriteLine();
            output.WriteLine($"{"drill",-16} {"verdict",-8} {"acknowledged",13} {"missing",8} {"doubled",8} {"altered",8} {"takeover",9} {"give-back",10}");
            foreach (var r in reports)
            {
                output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                    $"{r.Drill,-16} {r.Verdict,-8} {r.Acknowledged,13:N0} {r.Stores.Values.Sum(s => s.Missing),8} {r.Stores.Values.Sum(s => s.Duplicates),8} {r.Stores.Values.Sum(s => s.Altered),8} {Seconds(r.TakeoverSeconds),9} {Seconds(r.GiveBackSeconds),10}"));
            }
        }

        return reports.TrueForAll(r => r.Verdict == "pass") ? 0 : 1;
    }

    // For the console: the newest report of each drill.
    private void Keep(RunReport report)
    {
        if (options.Reports is { } folder)
        {
            Directory.CreateDirectory(folder);
            File.WriteAllText(Path.Combine(folder, $"{report.Drill}-{report.Topology}.json"), report.ToJson());
        }
    }

    private async Task<RunReport> RunOneAsync(IDrill drill, string? azurite, CancellationToken cancellationToken)
    {
        var own = drill.Adapt(options) with { Data = Path.Combine(options.Data, drill.Name), SilosPerRegion = Math.Max(options.SilosPerRegion, drill.SilosPerRegion) };
        if (Directory.Exists(own.Data))
        {
            await StationDisk.ClearAsync(Path.GetFullPath(own.Data)).ConfigureAwait(false);
            Directory.Delete(own.Data, recursive: true);
        }

        output.WriteLine();
        output.WriteLine($"drill {drill.Name} ({own.Topology}, seed {own.Seed}): {drill.Story}");
        var timeline = new Timeline(output, time);
        var network = drill.NeedsNetwork ? await RegionNetwork.TryIsolateAsync().ConfigureAwait(false) ?? RegionNetwork.Loopback : RegionNetwork.Loopback;
        await using var system = new DemoSystem(own, network, drill.Needs, azurite, time);
        var run = new DrillRun(system, timeline, time, cancellationToken);
        var reasons = new List<string>();
        try
        {
            await system.StartAsync(cancellationToken).ConfigureAwait(false);
            await system.HubProcess.StartAsync().ConfigureAwait(false);
            await run.UntilAsync("first packets safe", TimeSpan.FromSeconds(60), async () =>
                (await system.GatewayPagesAsync(cancellationToken).ConfigureAwait(false)).Values.All(p => p is { NextOffset: > 1 } && p.NextOffset - 1 > p.Depth)).ConfigureAwait(false);
            await run.UntilAsync("all stations at home", TimeSpan.FromSeconds(60), run.IsAllAtHomeAsync).ConfigureAwait(false);
            timeline.Note($"under load: {own.Stations} station(s) with {own.Hubs} hubs each, {own.Stations * own.Hubs / own.Interval.TotalSeconds:0} packets/s; packets are safe");
            var meter = new LatencyMeter(system, time);
            await run.LoadAsync(TimeSpan.FromSeconds(1)).ConfigureAwait(false);
            await meter.StartAsync(cancellationToken).ConfigureAwait(false);
            await run.LoadAsync(TimeSpan.FromSeconds(4)).ConfigureAwait(false);

            await drill.RunAsync(run).ConfigureAwait(false);

            var (committed, safe) = await meter.StopAsync(cancellationToken).ConfigureAwait(false);
            run.Measures = await PrometheusComparison.AddAsync(system, meter, run.Measures with { Committed = committed, Safe = safe }, output.WriteLine, time, cancellationToken).ConfigureAwait(false);
            await system.HubProcess.StopAsync(TimeSpan.FromSeconds(15)).ConfigureAwait(false);
            timeline.Note("hubs stopped");
            await run.WholeAsync(TimeSpan.FromSeconds(120)).ConfigureAwait(false);
        }
        catch (Exception e) when (e is DrillFailedException or DemoException)
        {
            reasons.Add(e.Message);
            timeline.Note($"FAILED: {e.Message} (logs: {system.Folder.Logs})");
            await system.HubProcess.StopAsync(TimeSpan.FromSeconds(15)).ConfigureAwait(false);
        }

        if (reasons.Count > 0)
        {
            // So that the ledger can be drawn up.
            await Task.WhenAll(system.Stores.Values.Where(s => !s.IsRunning).Select(s => run.StartAsync(s))).ConfigureAwait(false);
        }

        var ledger = await CheckAsync(system, cancellationToken).ConfigureAwait(false);
        LedgerTable.Write(ledger, output);
        reasons.AddRange(ledger.Reasons);
        if (run.Measures.TakeoverSeconds > TakeoverTargetSeconds)
        {
            reasons.Add($"takeover took {run.Measures.TakeoverSeconds} s, the target is {TakeoverTargetSeconds} s");
        }

        await system.StopAsync().ConfigureAwait(false);
        var report = RunReport.Of(drill.Name, own, ledger, run.Measures, reasons);
        output.WriteLine($"drill {drill.Name}: {report.Verdict.ToUpperInvariant()}" + (reasons.Count > 0 ? $" ({string.Join("; ", reasons)})" : ""));
        return report;
    }

    /// <summary>The ledger over everything that hubs recorded on this data.</summary>
    public static async Task<LedgerResult> CheckAsync(DemoSystem system, CancellationToken cancellationToken)
    {
        using var http = new HttpClient { Timeout = Timeout.InfiniteTimeSpan };
        return await LedgerChecker.CheckAsync(
            new LedgerInputs
            {
                RecordFiles = [.. system.RecordFiles],
                Stores = [.. DemoSystem.Regions.Select(r => new StoreEndpoint(r, new Uri(system.StoreUrl(r))))],
                JournalFiles = [.. system.Stations.Select(s => system.JournalPath(s.Id)).Where(File.Exists)],
                GuestHubs = new HashSet<string>(StringComparer.Ordinal) { DemoSystem.GuestHub },
            },
            http,
            cancellationToken).ConfigureAwait(false);
    }

    private static string Seconds(double? seconds) => seconds is { } s ? string.Create(CultureInfo.InvariantCulture, $"{s:0.0} s") : "-";
}
