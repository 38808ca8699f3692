using System.CommandLine;
using OutbackUptime.Bench.FrontDoor;

namespace OutbackUptime.Bench.Gateway;

/// <summary>The command line of the suite `gateway`.</summary>
internal static class GatewayCommand
{
    public static Command Create(TimeProvider time)
    {
        var only = new OnlyOption(GatewaySuite.Names);
        var shapes = new Option<string[]>("--connections") { Description = "connections, or connections x window", AllowMultipleArgumentsPerToken = true, DefaultValueFactory = _ => ["100", "1000"] };
        shapes.Validators.Add(r =>
        {
            foreach (var bad in r.Tokens.Where(t => FrontDoorShape.TryParse(t.Value) is null))
            {
                r.AddError($"--connections {bad.Value}: expected e.g. 1000, or 1x100 for one connection with 100 publishes in flight.");
            }
        });
        var seconds = new Option<int>("--seconds") { Description = "measured time of each run; 0: only kills", DefaultValueFactory = _ => 10 };
        var warmup = new Option<int>("--warmup") { Description = "seconds of load before it", DefaultValueFactory = _ => 3 };
        var kills = new Option<int>("--kills") { Description = "SIGKILLs of each broker; 0: none", DefaultValueFactory = _ => 3 };
        var killAfter = new Option<double>("--kill-after") { Description = "seconds of load before a SIGKILL", DefaultValueFactory = _ => 3 };
        var killRate = new Option<double>("--kill-rate") { Description = "publishes a second meanwhile, by 50 hubs", DefaultValueFactory = _ => 5000 };
        var seed = new Option<int>("--seed") { Description = "seed of the open loop's moments", DefaultValueFactory = _ => 1 };
        var gateway = new GatewayOptionPair();
        var common = new CommonOptions();
        var command = new Command("gateway", "Durable PUBACKs beside Mosquitto's, nats-server's and aedes', and what each loses by a SIGKILL.") { shapes, seconds, warmup, kills, killAfter, killRate, seed };
        only.AddTo(command);
        gateway.AddTo(command);
        common.AddTo(command);
        command.SetAction((parsed, cancellationToken) => new GatewaySuite(
            new GatewayOptions
            {
                Only = only.Names(parsed),
                Shapes = [.. parsed.GetRequiredValue(shapes).Select(s => FrontDoorShape.TryParse(s)!)],
                Duration = TimeSpan.FromSeconds(Math.Max(0, parsed.GetValue(seconds))),
                Warmup = TimeSpan.FromSeconds(Math.Max(0, parsed.GetValue(warmup))),
                Kills = parsed.GetValue(kills),
                KillAfter = TimeSpan.FromSeconds(Math.Max(0.1, parsed.GetValue(killAfter))),
                KillRate = Math.Max(1, parsed.GetValue(killRate)),
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
