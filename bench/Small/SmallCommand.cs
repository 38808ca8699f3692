using System.CommandLine;
using System.Globalization;

namespace OutbackUptime.Bench.Small;

/// <summary>The command line of the suite `small`.</summary>
internal static class SmallCommand
{
    public static Command Create(TimeProvider time)
    {
        var starts = new Option<int>("--starts") { Description = "starts whose time is taken", DefaultValueFactory = _ => 5 };
        var memory = new Option<int>("--memory-seconds") { Description = "how long 200 hubs publish once a second; 0: not measured", DefaultValueFactory = _ => 60 };
        var flash = new Option<int>("--flash-seconds") { Description = "how long 100 hubs publish every 30 s; 0: not measured", DefaultValueFactory = _ => 300 };
        var lingers = new Option<double[]>("--linger") { Description = "values of Journal:Linger in seconds", AllowMultipleArgumentsPerToken = true, DefaultValueFactory = _ => [0, 1, 3] };
        var seed = new Option<int>("--seed") { Description = "seed of the hubs' moments", DefaultValueFactory = _ => 1 };
        var gateway = new GatewayOptionPair();
        var common = new CommonOptions();
        var command = new Command("small", "How small is a gateway: ready, memory, written bytes.") { starts, memory, flash, lingers, seed };
        gateway.AddTo(command);
        common.AddTo(command);
        command.SetAction((parsed, cancellationToken) => new SmallSuite(
            new SmallOptions
            {
                Starts = parsed.GetValue(starts),
                MemoryTime = TimeSpan.FromSeconds(parsed.GetValue(memory)),
                FlashTime = TimeSpan.FromSeconds(parsed.GetValue(flash)),
                Lingers = [.. parsed.GetRequiredValue(lingers).Select(TimeSpan.FromSeconds)],
                Seed = parsed.GetValue(seed),
                Gateway = gateway.Program(parsed),
                GatewaySettings = CardSettings.With(gateway.Settings(parsed)),
                Data = common.Data(parsed),
                Report = common.Report(parsed),
            },
            Console.Out,
            time).RunAsync(cancellationToken));
        return command;
    }
}
