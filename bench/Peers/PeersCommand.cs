using System.CommandLine;

namespace OutbackUptime.Bench.Peers;

/// <summary>The command line of the suite `peers`.</summary>
internal static class PeersCommand
{
    public static Command Create(TimeProvider time)
    {
        var only = new OnlyOption(PeersSuite.Names);
        var connections = new Option<int>("--connections") { Description = "hubs, each with one publish in flight", DefaultValueFactory = _ => 200 };
        var seconds = new Option<int>("--seconds") { Description = "load of each run; 0: only kills", DefaultValueFactory = _ => 15 };
        var warmup = new Option<int>("--warmup") { Description = "seconds of load before", DefaultValueFactory = _ => 5 };
        var drain = new Option<int>("--drain-limit") { Description = "seconds in which a backlog must reach the store", DefaultValueFactory = _ => 300 };
        var kills = new Option<int>("--kills") { Description = "SIGKILLs of each part; 0: none", DefaultValueFactory = _ => 1 };
        var killAfter = new Option<double>("--kill-after") { Description = "seconds of load before a SIGKILL, and again after the restart", DefaultValueFactory = _ => 4 };
        var killRate = new Option<double>("--kill-rate") { Description = "publishes a second meanwhile, by 50 hubs", DefaultValueFactory = _ => 1000 };
        var seed = new Option<int>("--seed") { Description = "seed of the open loop's moments", DefaultValueFactory = _ => 1 };
        var gateway = new GatewayOptionPair();
        var common = new CommonOptions();
        var command = new Command("peers", "MQTT to ClickHouse end to end, beside a Node service, Node-RED and RabbitMQ.") { connections, seconds, warmup, drain, kills, killAfter, killRate, seed };
        only.AddTo(command);
        gateway.AddTo(command);
        common.AddTo(command);
        command.SetAction((parsed, cancellationToken) => new PeersSuite(
            new PeersOptions
            {
                Only = only.Names(parsed),
                Connections = Math.Clamp(parsed.GetValue(connections), 1, 20_000),
                Duration = TimeSpan.FromSeconds(Math.Max(0, parsed.GetValue(seconds))),
                Warmup = TimeSpan.FromSeconds(Math.Max(0, parsed.GetValue(warmup))),
                DrainLimit = TimeSpan.FromSeconds(Math.Max(1, parsed.GetValue(drain))),
                Kills = parsed.GetValue(kills),
                KillRate = Math.Max(1, parsed.GetValue(killRate)),
                KillAfter = TimeSpan.FromSeconds(Math.Max(0.1, parsed.GetValue(killAfter))),
                Seed = parsed.GetValue(seed),
                Gateway = gateway.Program(parsed),
                GatewaySettings = gateway.Settings(parsed),
                Data = common.Data(parsed),
                Report = common.Report(parsed),
            },
            Console.Out,
            time).RunAsync(cancellationToken));
        return command;
    }
}
