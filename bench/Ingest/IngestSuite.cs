using System.Globalization;
using OutbackUptime.Bench.FrontDoor;
using OutbackUptime.Bench.Limit;
using OutbackUptime.Bench.Machine;
using OutbackUptime.Bench.Reports;
using OutbackUptime.Demo;
using OutbackUptime.Demo.Cluster;

namespace OutbackUptime.Bench.Ingest;

/// <summary>Frames straight into silos until they are safe in both stores; and the same rows without us, in the same run.</summary>
internal sealed class IngestSuite(IngestOptions options, TextWriter output, TimeProvider time)
{
    /// <summary>0 when no packet was lost or counted twice.</summary>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(options.Data);
        var machine = MachineReport.Read(options.Data);
        Line($"{machine.Processor}, {machine.Cores} cores, load average {machine.LoadAverage:0.0}; {machine.FileSystem}, fsync of 4 KiB P50 {machine.FsyncP50Ms:0.00} ms, P99 {machine.FsyncP99Ms:0.0} ms; {machine.Kernel}");
        Line($"{options.Topology}, {2 * options.SilosPerRegion} silos, {options.Stations} stations of {options.Hubs} hubs, packets of 8 metrics in frames of {options.Entries}, {options.Window} frames of a station under way; TLS; all on this machine, the generator too");
        var azurite = await Azurite.FetchAsync(cancellationToken).ConfigureAwait(false);
        var demo = new DemoOptions { Stations = options.Stations, Hubs = options.Hubs, SilosPerRegion = options.SilosPerRegion, Topology = options.Topology, Data = Path.Combine(options.Data, "ingest") };
        if (Directory.Exists(demo.Data))
        {
            Directory.Delete(demo.Data, recursive: true);
        }

        try
        {
            await using var system = new DemoSystem(demo, RegionNetwork.Loopback, new SystemNeeds { Gateways = false, SiloSettings = options.SiloSettings }, azurite, time);
            using var ingest = new IngestSystem(system, options, time);
            await ingest.StartAsync(cancellationToken).ConfigureAwait(false);
            var report = await MeasureAsync(system, ingest, machine, cancellationToken).ConfigureAwait(false);
            await system.StopAsync().ConfigureAwait(false);
            JsonReport.Write(options.Report, report);
            return report is { Lost: 0, Doubled: 0 } ? 0 : 1;
        }
        catch (DemoException e)
        {
            throw new BenchException(e.Message, e);
        }
    }

    private async Task<IngestReport> MeasureAsync(DemoSystem system, IngestSystem ingest, MachineReport machine, CancellationToken cancellationToken)
    {
        Line($"");
        Line($"| phase | packets/s | P50 / P95 / P99 ms | µs silo | µs stores | µs generator | B allocated | rows an INSERT | again |");
        Line($"| --- | --: | --- | --: | --: | --: | --: | --: | --: |");
        List<IngestRow> rows = [];
        var saturated = await PhaseAsync(ingest, "saturated", null, cancellationToken).ConfigureAwait(false);
        rows.Add(saturated);
        foreach (var share in options.Shares)
        {
            rows.Add(await PhaseAsync(ingest, string.Create(CultureInfo.InvariantCulture, $"{share:0} %"), saturated.PacketsPerSecond * share / 100, cancellationToken).ConfigureAwait(false));
        }

        var (lost, doubled) = await ingest.CheckAsync(cancellationToken).ConfigureAwait(false);
        Line($"");
        Line($"{ingest.Count.Safe:N0} packets with receipts: {lost} lost, {doubled} doubled");
        var limit = await LimitAsync(system, saturated, cancellationToken).ConfigureAwait(false);
        Line($"limit: {limit.PacketsPerSecond:N0} packets/s in both stores by ready-made RowBinary, {limit.RowsPerInsert:N0} rows an INSERT, {limit.Writers} writers a store; {limit.StoreMicroseconds:0.0} µs of the stores, {limit.OwnMicroseconds:0.0} of the writers; the same bytes fsynced to two files: {limit.DiskRowsPerSecond:N0} rows/s");
        var share2 = saturated.PacketsPerSecond / limit.PacketsPerSecond;
        Line($"the pipeline takes {share2 * 100:0} % of the limit");
        return new IngestReport(machine, options, rows, limit, share2, lost, doubled);
    }

    // Without the silos: they would take CPU, and their own INSERTs would be in the way.
    private async Task<LimitRow> LimitAsync(DemoSystem system, IngestRow saturated, CancellationToken cancellationToken)
    {
        await Task.WhenAll(system.Silos.Values.Select(c => c.StopAsync(TimeSpan.FromSeconds(20)))).ConfigureAwait(false);
        var rows = options.LimitRows > 0 ? options.LimitRows : Math.Max(1, (int)saturated.RowsPerInsert);
        return await new LimitRun(system, rows, options.LimitWriters, options.Stations, options.Hubs, options.Data, time).RunAsync(options.Warmup, options.Duration, cancellationToken).ConfigureAwait(false);
    }

    private async Task<IngestRow> PhaseAsync(IngestSystem ingest, string name, double? packetsPerSecond, CancellationToken cancellationToken)
    {
        using var stop = new CancellationTokenSource();
        var running = Task.WhenAll(ingest.Streams.Select(s => packetsPerSecond is { } rate
            ? s.PaceAsync(options.Window, options.Entries, rate / ingest.Streams.Count, stop.Token, cancellationToken)
            : s.SaturateAsync(options.Window, options.Entries, stop.Token, cancellationToken)));
        await Task.WhenAny(running, Task.Delay(options.Warmup, time, cancellationToken)).ConfigureAwait(false);
        var (before, safe, again, started) = (await ingest.UseAsync(cancellationToken).ConfigureAwait(false), ingest.Count.Safe, ingest.Count.Again, time.GetTimestamp());
        await Task.WhenAny(running, Task.Delay(options.Duration, time, cancellationToken)).ConfigureAwait(false);
        var (use, packets, seconds) = (await ingest.UseAsync(cancellationToken).ConfigureAwait(false) - before, ingest.Count.Safe - safe, time.GetElapsedTime(started).TotalSeconds);
        await stop.CancelAsync().ConfigureAwait(false);
        await running.ConfigureAwait(false);
        var latency = ingest.Count.TakeLatency();
        var row = new IngestRow(
            name, packets / seconds, packetsPerSecond is null ? null : LatencyRow.Of(latency), use.SiloCpuSeconds / packets * 1e6, use.StoreCpuSeconds / packets * 1e6, use.OwnCpuSeconds / packets * 1e6,
            use.Allocated / packets, use.Rows / Math.Max(1, use.Inserts), ingest.Count.Again - again);
        var times = row.Latency is { } l ? string.Create(CultureInfo.InvariantCulture, $"{l.P50:0} / {l.P95:0} / {l.P99:0}") : "";
        Line($"| {row.Phase} | {row.PacketsPerSecond:N0} | {times} | {row.SiloMicroseconds:0.0} | {row.StoreMicroseconds:0.0} | {row.OwnMicroseconds:0.0} | {row.AllocatedBytes:N0} | {row.RowsPerInsert:N0} | {row.Again} |");
        return row;
    }

    private void Line(FormattableString text) => output.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
