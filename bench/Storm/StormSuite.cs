using System.Globalization;
using OutbackUptime.Bench.Charts;
using OutbackUptime.Bench.Machine;
using OutbackUptime.Bench.Reports;
using OutbackUptime.Demo;
using OutbackUptime.Demo.Cluster;

namespace OutbackUptime.Bench.Storm;

/// <summary>Gateways that were dark for a day come back at once.</summary>
internal sealed class StormSuite(StormOptions options, TextWriter output, TimeProvider time)
{
    /// <summary>Stations whose gateways were never away: a storm hits silos that have been at work, not ones that have yet to be compiled.</summary>
    private const int EarlyStations = 6;

    private const int EarlyPackets = 10_000;
    private static readonly TimeSpan s_earlyLimit = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan s_hubInterval = TimeSpan.FromSeconds(30);

    private static readonly Dictionary<string, string> s_plaintext = new(StringComparer.Ordinal)
    {
        ["Uplink__CertificatePath"] = "",
        ["Uplink__KeyPath"] = "",
        ["Uplink__CaPath"] = "",
    };

    /// <summary>0 when all was drained in time and both stores hold exactly what was sent.</summary>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(options.Data);
        var machine = MachineReport.Read(options.Data);
        Line($"{machine.Processor}, {machine.Cores} cores, load average {machine.LoadAverage:0.0}; {machine.FileSystem}, fsync of 4 KiB P50 {machine.FsyncP50Ms:0.00} ms");
        var azurite = await Azurite.FetchAsync(cancellationToken).ConfigureAwait(false);
        var demo = new DemoOptions
        {
            Stations = EarlyStations + options.Gateways,
            Hubs = options.Hubs,
            Interval = s_hubInterval,
            SilosPerRegion = options.SilosPerRegion,
            Topology = options.Topology,
            Seed = options.Seed,
            Data = Path.Combine(options.Data, "storm"),
        };
        if (Directory.Exists(demo.Data))
        {
            Directory.Delete(demo.Data, recursive: true);
        }

        var silo = new Dictionary<string, string>(options.SiloSettings, StringComparer.Ordinal);
        foreach (var (name, value) in options.Tls ? [] : s_plaintext)
        {
            silo[name] = value;
        }

        try
        {
            await using var system = new DemoSystem(demo, RegionNetwork.Loopback, new SystemNeeds { Gateways = false, SiloSettings = silo }, azurite, time);
            await system.StartRegionsAsync(system.Silos.Values, cancellationToken).ConfigureAwait(false);
            var report = await StormAsync(system, machine, cancellationToken).ConfigureAwait(false);
            JsonReport.Write(options.Report, report);
            Tell(report);
            Draw(report);
            await system.StopAsync().ConfigureAwait(false);
            return report.Finished && report.Stores.All(s => s.IsRight) ? 0 : 1;
        }
        catch (DemoException e)
        {
            throw new BenchException(e.Message, e);
        }
    }

    private async Task<StormReport> StormAsync(DemoSystem system, MachineReport machine, CancellationToken cancellationToken)
    {
        var latencies = new LiveLatencies();
        var gateways = Gateways(system, latencies);
        try
        {
            await EarlyAsync(gateways[..EarlyStations], cancellationToken).ConfigureAwait(false);
            var run = new StormRun(system, gateways[EarlyStations..], latencies, options, output, time);
            await run.RunAsync(cancellationToken).ConfigureAwait(false);
            Line($"comparing the stores with what was sent");
            var sent = system.Stations.Zip(gateways, (s, g) => (s.Id, Expected: g.Journal.Expected())).ToDictionary(s => s.Id, s => s.Expected, StringComparer.Ordinal);
            var stores = await Task.WhenAll(DemoSystem.Regions.Select(r => StormLedger.CheckAsync(r, new Uri(system.StoreUrl(r)), sent, cancellationToken))).ConfigureAwait(false);
            return run.Report(machine, stores);
        }
        finally
        {
            await Task.WhenAll(gateways.Select(g => g.DisposeAsync().AsTask())).ConfigureAwait(false);
        }
    }

    private async Task EarlyAsync(IReadOnlyList<StormGateway> gateways, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        await Task.WhenAll(gateways.Select(g => g.StartAsync())).ConfigureAwait(false);
        while (!gateways.All(g => g.Journal.IsWhole))
        {
            if (time.GetElapsedTime(started) > s_earlyLimit)
            {
                throw new BenchException($"{gateways.Count} gateways with {EarlyPackets:N0} packets each were not drained within {s_earlyLimit.TotalMinutes} min.");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100), time, cancellationToken).ConfigureAwait(false);
        }

        Line($"before: {gateways.Count} gateways with {EarlyPackets:N0} packets each, drained in {time.GetElapsedTime(started).TotalSeconds:0.0} s");
    }

    private List<StormGateway> Gateways(DemoSystem system, LiveLatencies latencies)
    {
        var start = time.GetUtcNow();
        var folder = Directory.CreateDirectory(system.Folder.File("storm-gateways")).FullName;
        var silos = system.Silos.Keys.GroupBy(DemoSystem.RegionOf).ToDictionary(g => g.Key, g => g.Select(Url).ToArray(), StringComparer.Ordinal);
        List<StormGateway> gateways = [];
        foreach (var station in system.Stations)
        {
            var index = gateways.Count;
            var journal = new StormJournal(
                new StormPackets(index, options.Hubs, start.ToUnixTimeMilliseconds()), options.Hubs, index < EarlyStations ? EarlyPackets : (long)options.Hubs * options.PacketsPerHub, start, s_hubInterval, DemoSystem.Regions, latencies, time);
            // Each begins with another silo, as behind a load balancer.
            var endpoints = silos.ToDictionary(s => s.Key, s => s.Value[(index % s.Value.Length)..].Concat(s.Value[..(index % s.Value.Length)]).ToArray(), StringComparer.Ordinal);
            gateways.Add(new StormGateway(station, journal, endpoints, options.Tls ? system.ClientCertificate(station.Id) : null, system.CaPath, folder, options.Seed + index));
        }

        return gateways;

        string Url(string silo) => options.Tls ? system.UplinkUrl(silo) : system.UplinkUrl(silo).Replace("https://", "http://", StringComparison.Ordinal);
    }

    private void Tell(StormReport r)
    {
        var total = (long)r.Gateways * r.Hubs * r.PacketsPerHub;
        Line($"{r.Gateways:N0} gateways, {total:N0} packets of backlog: {(r.Finished ? "drained" : "NOT drained")} in {r.Seconds:0.0} s, {r.PacketsPerSecond:N0} packets/s safe in both stores");
        Line($"live: {r.LiveGiven:N0} packets; late to a first store P50 {r.LiveCommitted.P50Ms:0} ms, P99 {r.LiveCommitted.P99Ms:0} ms, max {r.LiveCommitted.MaxMs:0} ms; to both P50 {r.LiveSafe.P50Ms:0} ms, P99 {r.LiveSafe.P99Ms:0} ms, max {r.LiveSafe.MaxMs:0} ms");
        Line($"first commit of a gateway: P50 {r.ConnectedAndCommittedSeconds?.P50:0.0} s, max {r.ConnectedAndCommittedSeconds?.Max:0.0} s; {r.RegionChanges} changes of region, {r.Wedges} wedges");
        Line($"fairness: Jain's index in the middle {r.Fairness.JainInTheMiddle:0.000}; first gateway done after {r.Fairness.FastestSeconds:0.0} s, the middle one {r.Fairness.MedianSeconds:0.0} s, the last {r.Fairness.SlowestSeconds:0.0} s");
        foreach (var p in r.Processes)
        {
            Line($"{p.Name}: CPU {p.CpuSeconds:0.0} s ({p.CpuSeconds / r.Seconds:P0} of a core), memory {p.BytesBefore / 1e6:0} MB before, {p.BytesMost / 1e6:0} MB at most");
        }

        foreach (var s in r.Stores)
        {
            Line($"store {s.Region}: {s.Sent:N0} sent, {s.Held:N0} held, {s.Missing} missing, {s.Doubled} doubled, {s.AlteredStations} stations altered; {s.RowsWrittenAgain:N0} rows written again: {(s.IsRight ? "right" : "WRONG")}");
        }
    }

    private void Draw(StormReport report)
    {
        ChartOption.Write(options.Charts, "storm-drain", new Chart(ChartKind.Line, "Reconnect storm: backlog in both stores", "seconds since the link came back", "packets", [Series("drained", s => s.Drained)]));
        ChartOption.Write(options.Charts, "storm-live", new Chart(
            ChartKind.Line, "Reconnect storm: how late live packets are", "seconds since the link came back", "seconds to a first store", [Series("P50", s => s.Live.P50Ms / 1000), Series("P99", s => s.Live.P99Ms / 1000), Series("max", s => s.Live.MaxMs / 1000)])
        {
            Target = 1,
        });
        ChartOption.Write(options.Charts, "storm-memory", new Chart(
            ChartKind.Line, "Reconnect storm: memory of the silos", "seconds since the link came back", "MB resident",
            [.. report.Processes.Select(p => p.Name).Where(n => report.Samples.Any(s => s.SiloBytes.ContainsKey(n))).Take(SvgChart.MostSeries).Select(n => Series(n, s => s.SiloBytes.GetValueOrDefault(n) / 1e6))]));

        // A look that found nothing new has no point.
        ChartSeries Series(string name, Func<StormSample, double?> value) =>
            new(name, [.. report.Samples.Select(s => (s.Seconds, Value: value(s))).Where(p => p.Value is not null).Select(p => new ChartPoint(p.Seconds, p.Value!.Value))]);
    }

    private void Line(FormattableString text) => output.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
