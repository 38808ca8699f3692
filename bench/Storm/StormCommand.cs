using System.CommandLine;
using OutbackUptime.Bench.Charts;

namespace OutbackUptime.Bench.Storm;

/// <summary>The command line of the suite `storm`.</summary>
internal static class StormCommand
{
    public static Command Create(TimeProvider time)
    {
        var gateways = new Option<int>("--gateways") { Description = "gateways that come back at once", DefaultValueFactory = _ => 1000 };
        var hubs = new Option<int>("--hubs") { Description = "hubs of each", DefaultValueFactory = _ => 1 };
        var packets = new Option<int>("--packets") { Description = "backlog of each hub; 2,880 are a day", DefaultValueFactory = _ => 2880 };
        var live = new Option<double>("--live-seconds") { Description = "time between a gateway's live packets", DefaultValueFactory = _ => 10 };
        var silos = new Option<int>("--silos-per-region") { Description = "silos in each region", DefaultValueFactory = _ => 1 };
        var topology = new Option<string>("--topology") { Description = "stretched or cells", DefaultValueFactory = _ => "stretched" };
        topology.AcceptOnlyFromAmong("stretched", "cells");
        var plaintext = new Option<bool>("--plaintext") { Description = "without TLS" };
        var limit = new Option<int>("--limit-minutes") { Description = "given up after this", DefaultValueFactory = _ => 20 };
        var seed = new Option<int>("--seed") { Description = "seed of the gateways' jitter", DefaultValueFactory = _ => 1 };
        var set = new SiloOptionSet();
        var common = new CommonOptions();
        var charts = new ChartOption();
        var command = new Command("storm", "Gateways that were dark for a day come back at once: drain, live packets meanwhile, memory, fairness.") { gateways, hubs, packets, live, silos, topology, plaintext, limit, seed };
        set.AddTo(command);
        common.AddTo(command);
        charts.AddTo(command);
        command.SetAction((parsed, cancellationToken) => new StormSuite(
            new StormOptions
            {
                Gateways = parsed.GetValue(gateways),
                Hubs = parsed.GetValue(hubs),
                PacketsPerHub = parsed.GetValue(packets),
                LiveInterval = TimeSpan.FromSeconds(parsed.GetValue(live)),
                SilosPerRegion = parsed.GetValue(silos),
                Topology = parsed.GetRequiredValue(topology),
                Tls = !parsed.GetValue(plaintext),
                Limit = TimeSpan.FromMinutes(parsed.GetValue(limit)),
                Seed = parsed.GetValue(seed),
                SiloSettings = set.Settings(parsed),
                Data = common.Data(parsed),
                Report = common.Report(parsed),
                Charts = charts.Folder(parsed),
            },
            Console.Out,
            time).RunAsync(cancellationToken));
        return command;
    }
}
