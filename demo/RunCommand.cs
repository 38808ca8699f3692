using System.Globalization;
using OutbackUptime.Demo.Cluster;
using OutbackUptime.Demo.Drills;
using OutbackUptime.Demo.Prometheus;
using OutbackUptime.Demo.Reports;
using OutbackUptime.Demo.View;
using OutbackUptime.Ledger.Report;
using Spectre.Console;

namespace OutbackUptime.Demo;

/// <summary>Runs the system and shows it, until Ctrl-C or the time given.</summary>
internal sealed class RunCommand(DemoOptions options, IAnsiConsole console, TimeProvider time)
{
    /// <summary>Not measured: just-in-time compilation of all processes.</summary>
    private static readonly TimeSpan s_warmUp = TimeSpan.FromSeconds(15);

    private static readonly TimeSpan s_plainInterval = TimeSpan.FromSeconds(5);

    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var azurite = await Azurite.FetchAsync(cancellationToken).ConfigureAwait(false);
        var started = time.GetTimestamp();
        await using var system = new DemoSystem(options, RegionNetwork.Loopback, SystemNeeds.Usual, azurite, time);
        var reader = new SnapshotReader(system, time);
        system.HubProcess.Line += reader.OnHubsLine;
        LedgerResult ledger;
        DrillMeasures measures;
        try
        {
            console.MarkupLineInterpolated($"starting 2 regions, {options.Stations} stations with {options.Hubs} hubs each; data and logs in {system.Folder.Root}");
            await system.StartAsync(cancellationToken).ConfigureAwait(false);
            await system.HubProcess.StartAsync().ConfigureAwait(false);
            await WaitSafeAsync(system, cancellationToken).ConfigureAwait(false);
            console.MarkupLineInterpolated($"[green]first packets are safe in both stores[/] {time.GetElapsedTime(started).TotalSeconds:0.0} s after the start");
            WriteHints(system);

            var meter = new LatencyMeter(system, time);
            var warm = WarmUpAsync(meter, cancellationToken);
            await ShowAsync(reader, cancellationToken).ConfigureAwait(false);
            await warm.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            var (committed, safe) = await meter.StopAsync(CancellationToken.None).ConfigureAwait(false);
            measures = await PrometheusComparison.AddAsync(system, meter, new DrillMeasures { Committed = committed, Safe = safe }, console.WriteLine, time, CancellationToken.None).ConfigureAwait(false);

            console.WriteLine("stopping the hubs, waiting until both stores are whole …");
            await system.HubProcess.StopAsync(TimeSpan.FromSeconds(15)).ConfigureAwait(false);
            await WaitWholeAsync(system).ConfigureAwait(false);
            ledger = await DrillCommand.CheckAsync(system, CancellationToken.None).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await system.StopAsync().ConfigureAwait(false);
            return 130;
        }

        await system.StopAsync().ConfigureAwait(false);
        return Conclude(ledger, measures);
    }

    private async Task WarmUpAsync(LatencyMeter meter, CancellationToken cancellationToken)
    {
        if (options.For is null || options.For > 2 * s_warmUp)
        {
            await Task.Delay(s_warmUp, time, cancellationToken).ConfigureAwait(false);
        }

        await meter.StartAsync(cancellationToken).ConfigureAwait(false);
    }

    private int Conclude(LedgerResult ledger, DrillMeasures measures)
    {
        console.WriteLine();
        LedgerTable.Write(ledger, Console.Out);
        var report = RunReport.Of("run", options, ledger, measures, ledger.Reasons);
        var (c, s) = (report.LatencyMs.JournalToCommitted, report.LatencyMs.JournalToSafe);
        console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"journal to committed: P50 {c.P50} ms, P95 {c.P95} ms, P99 {c.P99} ms; to safe in both: P50 {s.P50} ms, P95 {s.P95} ms, P99 {s.P99} ms"));
        if (options.Report is { } path)
        {
            File.WriteAllText(path, report.ToJson());
        }

        return ledger.Passed ? 0 : 1;
    }

    private async Task WaitSafeAsync(DemoSystem system, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        while (!(await system.GatewayPagesAsync(cancellationToken).ConfigureAwait(false)).Values.All(p => p is { NextOffset: > 1 } && p.NextOffset - 1 > p.Depth))
        {
            if (time.GetElapsedTime(started) > TimeSpan.FromSeconds(90))
            {
                throw new DemoException($"no packet was safe within 90 s; see the logs in {system.Folder.Logs}");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100), time, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task WaitWholeAsync(DemoSystem system)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60), time);
        try
        {
            while (!(await system.GatewayPagesAsync(limit.Token).ConfigureAwait(false)).Values.All(p => p is { Depth: 0 }))
            {
                await Task.Delay(TimeSpan.FromMilliseconds(100), time, limit.Token).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            console.MarkupLine("[yellow]not whole within 60 s; the ledger names what is missing[/]");
        }
    }

    private async Task ShowAsync(SnapshotReader reader, CancellationToken cancellationToken)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        if (options.For is { } duration)
        {
            end.CancelAfter(duration);
        }

        try
        {
            if (console.Profile.Capabilities.Interactive)
            {
                await console.Live(new Text("")).StartAsync(async live =>
                {
                    while (true)
                    {
                        live.UpdateTarget(LiveTable.Of(await reader.ReadAsync(end.Token).ConfigureAwait(false)));
                        await Task.Delay(TimeSpan.FromSeconds(1), time, end.Token).ConfigureAwait(false);
                    }
                }).ConfigureAwait(false);
            }
            else
            {
                while (true)
                {
                    foreach (var line in PlainLines.Of(await reader.ReadAsync(end.Token).ConfigureAwait(false)))
                    {
                        Console.WriteLine(line);
                    }

                    await Task.Delay(s_plainInterval, time, end.Token).ConfigureAwait(false);
                }
            }
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            // Ctrl-C or the end of --for: the regular end of a run.
        }
    }

    private static void WriteHints(DemoSystem system)
    {
        var station = system.Stations[0];
        Console.WriteLine($"""

              console         {system.SiloUrl("syd-1")}/   (Sydney)   {system.SiloUrl("mel-1")}/   (Melbourne)
              sign in with    {system.OperatorToken}   (operator)
                              {system.ViewerToken}   (viewer)
              Sydney silo     /status   /dashboard/   /live/{station.Id}   /openapi/v1.json (signed in)   /metrics (from this machine)
              gateway         {system.GatewayUrl(station.Id)}/status   /metrics
              stores          {system.StoreUrl("syd")}   {system.StoreUrl("mel")}
              Prometheus      {(system.Prometheus is null ? $"prometheus --config.file={system.Folder.File(PrometheusFiles.Configuration)} --storage.tsdb.path={system.Folder.File("prometheus-data")}" : system.PrometheusUrl)}

            From a terminal (`dotnet run --project cli/OutbackUptime.Cli -- --help`):
              export OUTBACK_URL={system.SiloUrl("mel-1")} OUTBACK_TOKEN={system.OperatorToken}

            Publish a packet of your own, and read it back from both stores:
              mosquitto_pub --cafile {system.CaPath} -h localhost -p {system.MqttPort(station.Id)} -u {DemoSystem.GuestHub} -P {system.GuestSecret(station.Id)} -q 1 -t stations/{station.Id}/hubs/{DemoSystem.GuestHub}/packets -m '{"{"}"seq":1,"metrics":{"{"}"tank_level_pct":71.4{"}"}{"}"}'
              curl {system.StoreUrl("syd")} -d "SELECT hub, seq, metrics, received_at, committed_at FROM outback.packets WHERE hub = '{DemoSystem.GuestHub}'"
              curl {system.StoreUrl("mel")} -d "SELECT hub, seq, metrics, received_at, committed_at FROM outback.packets WHERE hub = '{DemoSystem.GuestHub}'"

            """);
    }
}
