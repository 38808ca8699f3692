using System.Globalization;
using OutbackUptime.Bench.Charts;
using OutbackUptime.Bench.Machine;
using OutbackUptime.Bench.Reports;
using OutbackUptime.Demo;
using OutbackUptime.Demo.Cluster;

namespace OutbackUptime.Bench.Scale;

/// <summary>What more silos, stations and hubs cost, measured here and by a model beyond.</summary>
internal sealed class ScaleSuite(ScaleOptions options, TextWriter output, TimeProvider time)
{
    /// <summary>Default of `Stores:Writer:MaxInsertsPerSecond`.</summary>
    private const double InsertsPerSilo = 6;

    private const string InsertsSetting = "Stores__Writer__MaxInsertsPerSecond";
    private static readonly int[] s_modelSilos = [2, 4, 8, 16, 32, 64];

    /// <summary>0 when every station came back after each loss.</summary>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(options.Data);
        var machine = MachineReport.Read(options.Data);
        Line($"{machine.Processor}, {machine.Cores} cores, load average {machine.LoadAverage:0.0}; {machine.FileSystem}, fsync of 4 KiB P50 {machine.FsyncP50Ms:0.00} ms");
        var azurite = await Azurite.FetchAsync(cancellationToken).ConfigureAwait(false);
        var rows = Earlier();
        var report = Report(machine, rows);
        foreach (var silos in options.Silos.Where(n => rows.All(r => r.Silos != n)).ToArray())
        {
            Line($"{silos} silo{(silos == 1 ? "" : "s")} ({options.Topology})");
            rows = [.. rows, await RunAsync(silos, azurite, cancellationToken).ConfigureAwait(false)];
            report = Report(machine, [.. rows.OrderBy(r => r.Silos)]);
            JsonReport.Write(options.Report, report);
        }

        Tell(report);
        Draw(report);
        return report.Rows.All(r => r.Recovery is null or { NotInTime: 0 } && r.Bystanders is null or { NotInTime: 0 }) ? 0 : 1;
    }

    // Numbers of silos that a report of the same sizes holds already are not measured again.
    private IReadOnlyList<ScaleRow> Earlier() =>
        JsonReport.Read<ScaleReport>(options.Report) is { } earlier && (earlier.Topology, earlier.Stations, earlier.HubsPerStation, earlier.PacketsPerHub) == (options.Topology, options.Stations, options.Hubs, options.PacketsPerHub)
            ? earlier.Rows
            : [];

    private async Task<ScaleRow> RunAsync(int silos, string? azurite, CancellationToken cancellationToken)
    {
        var demo = new DemoOptions
        {
            Stations = options.Stations,
            Hubs = options.Hubs,
            Interval = TimeSpan.FromSeconds(30),
            SilosPerRegion = Math.Max(1, silos / 2),
            Topology = options.Topology,
            Data = Path.Combine(options.Data, "scale"),
        };
        if (Directory.Exists(demo.Data))
        {
            Directory.Delete(demo.Data, recursive: true);
        }

        var settings = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            // Who a gateway is, is not what is measured; ten thousand certificates would be most of the run.
            ["Uplink__CertificatePath"] = "",
            ["Uplink__KeyPath"] = "",
            ["Uplink__CaPath"] = "",
            ["Uplink__MaxStreams"] = "100000",
            ["Registry__PollInterval"] = "00:00:01",
            // Silos ask for the watch of each station six times in this: not until the registry's own memory was looked at. Packets wake it.
            ["Watch__TickPatience"] = "00:10:00",
        };
        foreach (var (name, value) in options.SiloSettings)
        {
            settings[name] = value;
        }

        try
        {
            await using var system = new DemoSystem(demo, RegionNetwork.Loopback, new SystemNeeds { Gateways = false, SiloSettings = settings }, azurite, time);
            using var scale = new ScaleSystem(system, silos, time);
            var row = await new ScaleRun(system, scale, silos, options, output, time).RunAsync(cancellationToken).ConfigureAwait(false);
            await system.StopAsync().ConfigureAwait(false);
            return row;
        }
        catch (DemoException e)
        {
            throw new BenchException(e.Message, e);
        }
    }

    private ScaleReport Report(MachineReport machine, IReadOnlyList<ScaleRow> rows)
    {
        var measures = Measures(rows);
        return new ScaleReport(
            machine, options.Topology, options.Stations, options.Hubs, options.PacketsPerHub, rows, measures, options.Nominal, options.Limits,
            measures is null ? [] : [.. s_modelSilos.Select(s => ScaleModel.Predict(measures, options.Nominal, options.Limits, s))]);
    }

    private ScaleMeasures? Measures(IReadOnlyList<ScaleRow> rows)
    {
        var (loaded, recovered) = (rows.Where(r => r.PacketsPerSecond is not null).ToArray(), rows.Where(r => r.Recovery is not null).ToArray());
        if (loaded.Length == 0 || recovered.Length == 0)
        {
            return null;
        }

        var (one, peer) = ScaleModel.Line([.. rows.Select(r => (r.Silos - 1.0, r.IdleCoresPerSilo))]);
        return new ScaleMeasures(
            rows.Average(r => r.BaseBytes),
            rows.Average(r => r.RegistryBytesPerHub),
            rows.Average(r => r.StationBytes),
            rows.Average(r => r.HubBytes),
            loaded.Average(r => r.SiloMicrosecondsPerPacket!.Value),
            loaded.Average(r => r.StoreMicrosecondsPerPacket ?? 0),
            Math.Max(0, one),
            Math.Max(0, peer),
            Math.Max(0, rows.Average(r => (r.RestingCoresPerSilo - r.IdleCoresPerSilo) * r.Silos / Math.Max(1, r.ActiveWithAll))),
            recovered.Min(r => r.Recovery!.FirstSeconds),
            recovered.Average(r => r.Recovery!.Stations / Math.Max(0.1, r.Recovery.LastSeconds - r.Recovery.FirstSeconds)),
            options.SiloSettings.TryGetValue(InsertsSetting, out var inserts) ? double.Parse(inserts, CultureInfo.InvariantCulture) : InsertsPerSilo);
    }

    private void Tell(ScaleReport report)
    {
        Line($"{"silos",5} {"idle cores",10} {"msg/s",7} {"base MB",8} {"reg. B/hub",10} {"KiB/station",11} {"KiB/hub",8} {"in all KiB/hub",14} {"active s",9} {"packets/s",10} {"us silo",8} {"us store",8} {"loss: first",11} {"last s",7}");
        foreach (var r in report.Rows)
        {
            Line($"{r.Silos,5} {r.IdleCoresPerSilo,10:0.0000} {r.IdleMessagesPerSilo,7:0.0} {r.BaseBytes / 1e6,8:0} {r.RegistryBytesPerHub,10:0} {r.StationBytes / 1024,11:0.0} {r.HubBytes / 1024,8:0.0} {r.AllBytesPerHub / 1024,14:0.0} {r.ActivationSeconds,9:0.0} {r.PacketsPerSecond,10:N0} {r.SiloMicrosecondsPerPacket,8:0.0} {r.StoreMicrosecondsPerPacket,8:0.0} {r.Recovery?.FirstSeconds,11:0.0} {r.Recovery?.LastSeconds,7:0.0}");
        }

        if (report.Measures is null)
        {
            Line($"No model: it needs a load and the loss of a region.");
            return;
        }

        Line($"By the model: {report.Nominal.Stations:N0} stations, {report.Nominal.Hubs:N0} hubs, {report.Nominal.PacketsPerSecond:N0} packets/s, one region lost");
        foreach (var p in report.Model)
        {
            Line($"{p.Silos,5} silos: {p.SiloMegabytes,8:N0} MB and {p.SiloCores:0.00} cores a silo, {p.StoreCores:0.0} cores a store, {p.StoreInsertsPerSecond:0} INSERTs/s, recovery {p.RecoverySeconds:0.0} s; {(p.Fits ? "fits, next wall" : "does NOT fit")}: {p.Wall} ({p.Shares[p.Wall]:0.0} of the limit)");
        }
    }

    private void Draw(ScaleReport report)
    {
        var names = report.Rows.Select(r => r.Silos.ToString(CultureInfo.InvariantCulture)).ToArray();
        ChartOption.Write(options.Charts, "scale-recovery", Bars("Region lost: until stations are active in the other one", "seconds", ("first", r => r.Recovery?.FirstSeconds), ("half", r => r.Recovery?.P50Seconds), ("all", r => r.Recovery?.LastSeconds)));
        ChartOption.Write(options.Charts, "scale-packets", Bars("Packets a second on this machine", "packets/s, safe in both stores", ("packets/s", r => r.PacketsPerSecond)));
        ChartOption.Write(options.Charts, "scale-idle", Bars("CPU of a silo that has nothing to do", "cores", ("one station known", r => r.IdleCoresPerSilo), ("all stations active", r => r.RestingCoresPerSilo)));
        if (report.Model.Count > 0)
        {
            // 0 to 3: what is far beyond its limit would hide where the others meet theirs.
            ChartOption.Write(options.Charts, "scale-model", new Chart(
                ChartKind.Bar, "By the model: shares of the limits (cut at 3)", "silos", "share of the limit",
                [.. report.Model[0].Shares.Keys.Select(k => new ChartSeries(k, [.. report.Model.Select((p, i) => new ChartPoint(i, Math.Min(3, p.Shares[k])))]))])
            {
                Categories = [.. report.Model.Select(p => p.Silos.ToString(CultureInfo.InvariantCulture))],
                Target = 1,
            });
        }

        Chart Bars(string title, string y, params (string Name, Func<ScaleRow, double?> Value)[] series) =>
            new(ChartKind.Bar, title, "silos", y, [.. series.Select(s => new ChartSeries(s.Name, [.. report.Rows.Select((r, i) => (Point: s.Value(r), i)).Where(p => p.Point is not null).Select(p => new ChartPoint(p.i, p.Point!.Value))]))]) { Categories = names };
    }

    private void Line(FormattableString text) => output.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
