using System.CommandLine;
using OutbackUptime.Bench;
using OutbackUptime.Bench.FrontDoor;
using OutbackUptime.Bench.Gateway;
using OutbackUptime.Bench.Ingest;
using OutbackUptime.Bench.Peers;
using OutbackUptime.Bench.Scale;
using OutbackUptime.Bench.Small;
using OutbackUptime.Bench.Stages;
using OutbackUptime.Bench.Storm;
using OutbackUptime.Bench.Takeover;

var root = new RootCommand("Measures Outback Uptime on this machine. Each suite is a command.")
{
    FrontDoorCommand.Create(TimeProvider.System),
    IngestCommand.Create(TimeProvider.System),
    GatewayCommand.Create(TimeProvider.System),
    PeersCommand.Create(TimeProvider.System),
    StagesCommand.Create(),
    SmallCommand.Create(TimeProvider.System),
    TakeoverCommand.Create(TimeProvider.System),
    StormCommand.Create(TimeProvider.System),
    ScaleCommand.Create(TimeProvider.System),
};
try
{
    return await root.Parse(args).InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
}
catch (BenchException e)
{
    Console.Error.WriteLine(e.Message);
    return 2;
}
catch (OperationCanceledException)
{
    Console.Error.WriteLine("Ended by Ctrl-C; what was measured until then is above.");
    return 130;
}
