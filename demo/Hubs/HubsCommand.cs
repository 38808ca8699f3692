using System.CommandLine;
using System.Globalization;
using System.Runtime.InteropServices;

namespace OutbackUptime.Demo.Hubs;

/// <summary>The verb <c>hubs</c>: simulated hubs in a process of their own, so that their record is outside the system under test.</summary>
internal static class HubsCommand
{
    public static Command Create(TimeProvider time)
    {
        var gateways = new Option<FileInfo>("--gateways") { Description = "JSON file: [{station, host, port, caFile, hubs:[{id, secret, boot}]}]", Required = true };
        var record = new Option<FileInfo>("--record") { Description = "file to append what was published and acknowledged to", Required = true };
        var interval = new Option<TimeSpan>("--interval") { Description = "time between a hub's packets, e.g. 1s or 250ms", CustomParser = r => ParseDuration(r), DefaultValueFactory = _ => TimeSpan.FromSeconds(1) };
        var duration = new Option<TimeSpan?>("--for") { Description = "stop after this long; absent: on SIGTERM or Ctrl-C", CustomParser = r => ParseDuration(r) };
        var seed = new Option<int>("--seed") { Description = "seed of all values and faults", DefaultValueFactory = _ => 1 };
        var faults = new Option<string>("--faults") { Description = "hubs with a fault, e.g. ten-mile/bore-03=leak,ten-mile/bore-04=dry-tank", DefaultValueFactory = _ => Environment.GetEnvironmentVariable(WaterFaults.Variable) ?? "" };
        var command = new Command("hubs", "Simulate hubs that publish into gateways over MQTT and record what was acknowledged.") { gateways, record, interval, duration, seed, faults };
        command.SetAction((parsed, cancellationToken) => RunAsync(
            GatewayTarget.ReadFile(parsed.GetRequiredValue(gateways).FullName),
            parsed.GetRequiredValue(record).FullName,
            new HubFleetOptions { Interval = parsed.GetValue(interval), Seed = parsed.GetValue(seed), Faults = WaterFaults.Parse(parsed.GetValue(faults)) },
            parsed.GetValue(duration),
            time,
            Console.Out,
            cancellationToken));
        return command;
    }

    /// <summary>Runs the fleet, one line of statistics a second on <paramref name="output"/>; returns the exit code.</summary>
    internal static async Task<int> RunAsync(
        IReadOnlyList<GatewayTarget> gateways, string recordPath, HubFleetOptions options, TimeSpan? duration, TimeProvider time, TextWriter output, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context =>
        {
            context.Cancel = true;
            stop.Cancel();
        });
        if (duration is { } limit)
        {
            stop.CancelAfter(limit);
        }

        var record = new RecordFile(recordPath, time);
        var fleet = new HubFleet(gateways, options, record, time);
        try
        {
            var running = fleet.RunAsync(stop.Token);
            await ReportAsync(fleet, record, running, time, output).ConfigureAwait(false);
            await running.ConfigureAwait(false);
        }
        finally
        {
            await record.DisposeAsync().ConfigureAwait(false);
        }

        await output.WriteLineAsync(HubFleetStats.Of(fleet.Counters, record, fleet.Counters.PubackLatency.Counts(), final: true).ToJson()).ConfigureAwait(false);
        await output.FlushAsync(CancellationToken.None).ConfigureAwait(false);
        return 0;
    }

    private static async Task ReportAsync(HubFleet fleet, RecordFile record, Task running, TimeProvider time, TextWriter output)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1), time);
        var last = fleet.Counters.PubackLatency.Counts();
        while (true)
        {
            var tick = timer.WaitForNextTickAsync(CancellationToken.None).AsTask();
            if (await Task.WhenAny(tick, running).ConfigureAwait(false) == running)
            {
                return;
            }

            var now = fleet.Counters.PubackLatency.Counts();
            var since = now.Zip(last, (a, b) => a - b).ToArray();
            last = now;
            await output.WriteLineAsync(HubFleetStats.Of(fleet.Counters, record, since, final: false).ToJson()).ConfigureAwait(false);
            await output.FlushAsync(CancellationToken.None).ConfigureAwait(false);
        }
    }

    private static TimeSpan ParseDuration(System.CommandLine.Parsing.ArgumentResult result)
    {
        var text = result.Tokens.Count == 1 ? result.Tokens[0].Value : "";
        var unit = text.TrimStart('0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '.');
        double? scale = unit switch { "ms" => 0.001, "s" => 1, "m" => 60, "h" => 3600, _ => null };
        if (scale is { } s && double.TryParse(text[..^unit.Length], NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && value > 0)
        {
            return TimeSpan.FromSeconds(value * s);
        }

        result.AddError($"'{text}' is no duration; expected e.g. 250ms, 1s, 5m.");
        return default;
    }
}
