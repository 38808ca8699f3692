using System.CommandLine;
using OutbackUptime.Bench;
using OutbackUptime.Bench.FrontDoor;
using OutbackUptime.Bench.Gateway;
using OutbackUptime.Bench.Peers;
using OutbackUptime.Bench.Small;

var root = new RootCommand("Measures Outback Uptime on this machine. Each suite is a command.")
{
    FrontDoorCommand.Create(TimeProvider.System),
    GatewayCommand.Create(TimeProvider.System),
    PeersCommand.Create(TimeProvider.System),
    SmallCommand.Create(TimeProvider.System),
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
