using System.CommandLine;

namespace OutbackUptime.Bench.FrontDoor;

/// <summary>The command line of the suite `front-door`.</summary>
internal static class FrontDoorCommand
{
    private static readonly Dictionary<string, FrontDoorServer> s_servers = new(StringComparer.Ordinal)
    {
        ["gateway"] = FrontDoorServer.Gateway,
        ["mosquitto"] = FrontDoorServer.Mosquitto,
        ["mosquitto-queued"] = FrontDoorServer.MosquittoQueued,
        ["mosquitto-autosave"] = FrontDoorServer.MosquittoAutosave,
        ["gateway-tls"] = FrontDoorServer.GatewayTls,
    };

    public static Command Create(TimeProvider time)
    {
        var servers = new Option<string[]>("--servers") { Description = string.Join(", ", s_servers.Keys), AllowMultipleArgumentsPerToken = true, DefaultValueFactory = _ => [.. s_servers.Keys] };
        servers.AcceptOnlyFromAmong([.. s_servers.Keys]);
        var shapes = new Option<string[]>("--connections") { Description = "connections, or connections x window", AllowMultipleArgumentsPerToken = true, DefaultValueFactory = _ => ["1", "1x100", "100", "1000", "5000"] };
        shapes.Validators.Add(r =>
        {
            foreach (var bad in r.Tokens.Where(t => FrontDoorShape.TryParse(t.Value) is null))
            {
                r.AddError($"--connections {bad.Value}: expected e.g. 1000, or 1x100 for one connection with 100 publishes in flight.");
            }
        });
        var seconds = new Option<int>("--seconds") { Description = "measured time of each run", DefaultValueFactory = _ => 10 };
        var warmup = new Option<int>("--warmup") { Description = "seconds of load before it", DefaultValueFactory = _ => 3 };
        var threads = new Option<int>("--threads") { Description = "threads of the generator", DefaultValueFactory = _ => 1 };
        var seed = new Option<int>("--seed") { Description = "seed of the open loop's moments", DefaultValueFactory = _ => 1 };
        var gateway = new GatewayOptionPair();
        foreach (var positive in (Option<int>[])[seconds, threads])
        {
            positive.Validators.Add(r =>
            {
                if (r.Tokens.Count == 1 && int.TryParse(r.Tokens[0].Value, out var value) && value < 1)
                {
                    r.AddError($"{positive.Name} {value}: expected 1 or more.");
                }
            });
        }

        var common = new CommonOptions();
        var command = new Command("front-door", "How fast is a durable PUBACK, beside Mosquitto's.") { servers, shapes, seconds, warmup, threads, seed };
        gateway.AddTo(command);
        common.AddTo(command);
        command.SetAction((parsed, cancellationToken) => new FrontDoorSuite(
            new FrontDoorOptions
            {
                Servers = [.. parsed.GetRequiredValue(servers).Select(s => s_servers[s])],
                Shapes = [.. parsed.GetRequiredValue(shapes).Select(s => FrontDoorShape.TryParse(s)!)],
                Duration = TimeSpan.FromSeconds(parsed.GetValue(seconds)),
                Warmup = TimeSpan.FromSeconds(parsed.GetValue(warmup)),
                Threads = parsed.GetValue(threads),
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
