using System.CommandLine;

namespace OutbackUptime.Bench.Ingest;

/// <summary>The command line of the suite `ingest`.</summary>
internal static class IngestCommand
{
    public static Command Create(TimeProvider time)
    {
        var stations = new Option<int>("--stations") { Description = "stations, a stream each", DefaultValueFactory = _ => 20 };
        var hubs = new Option<int>("--hubs") { Description = "hubs of each", DefaultValueFactory = _ => 20 };
        var silos = new Option<int>("--silos") { Description = "silos in each region", DefaultValueFactory = _ => 1 };
        var entries = new Option<int>("--entries") { Description = "packets in a frame", DefaultValueFactory = _ => 200 };
        var window = new Option<int>("--window") { Description = "frames of a station under way at once; a silo takes 16", DefaultValueFactory = _ => 8 };
        var warmup = new Option<int>("--warmup") { Description = "seconds of load before each measurement", DefaultValueFactory = _ => 5 };
        var seconds = new Option<int>("--seconds") { Description = "measured time of each phase", DefaultValueFactory = _ => 15 };
        var shares = new Option<double[]>("--shares") { Description = "percent of the saturated rate at which latency is taken", AllowMultipleArgumentsPerToken = true, DefaultValueFactory = _ => [10, 50, 80] };
        var limitRows = new Option<int>("--limit-rows") { Description = "rows in an INSERT of the limit; 0: as the silos' had", DefaultValueFactory = _ => 0 };
        var limitWriters = new Option<int>("--limit-writers") { Description = "the limit's writers for each store", DefaultValueFactory = _ => 2 };
        var topology = new Option<string>("--topology") { Description = "stretched or cells", DefaultValueFactory = _ => "stretched" };
        topology.AcceptOnlyFromAmong("stretched", "cells");
        var set = new Option<string[]>("--set") { Description = "a setting of the silos, e.g. Stores__Writer__MaxInsertsPerSecond=10", DefaultValueFactory = _ => [] };
        var common = new CommonOptions();
        var command = new Command("ingest", "Frames straight into silos until safe in both stores: rate, latency, CPU, allocations; and the share of what the same engines take without us (limit).")
        {
            stations, hubs, silos, entries, window, warmup, seconds, shares, limitRows, limitWriters, topology, set,
        };
        common.AddTo(command);
        command.SetAction((parsed, cancellationToken) => new IngestSuite(
            new IngestOptions
            {
                Topology = parsed.GetRequiredValue(topology),
                SilosPerRegion = parsed.GetValue(silos),
                Stations = parsed.GetValue(stations),
                Hubs = parsed.GetValue(hubs),
                Entries = parsed.GetValue(entries),
                Window = parsed.GetValue(window),
                Warmup = TimeSpan.FromSeconds(parsed.GetValue(warmup)),
                Duration = TimeSpan.FromSeconds(parsed.GetValue(seconds)),
                Shares = parsed.GetRequiredValue(shares),
                LimitRows = parsed.GetValue(limitRows),
                LimitWriters = parsed.GetValue(limitWriters),
                SiloSettings = parsed.GetRequiredValue(set).Select(s => s.Split('=', 2)).ToDictionary(p => p[0], p => p.Length > 1 ? p[1] : throw new BenchException($"--set {p[0]}: expected NAME=VALUE."), StringComparer.Ordinal),
                Data = common.Data(parsed),
                Report = common.Report(parsed),
            },
            Console.Out,
            time).RunAsync(cancellationToken));
        return command;
    }
}
