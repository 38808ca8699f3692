using System.CommandLine;
using System.Globalization;
using OutbackUptime.Demo;
using OutbackUptime.Demo.Cluster;
using OutbackUptime.Demo.Drills;
using OutbackUptime.Demo.Hubs;
using OutbackUptime.Ledger;
using Spectre.Console;

var run = new OptionSet();
var root = new RootCommand("Outback Uptime on one machine: two regions, three cattle stations, real MQTT. Kill what you like, then read the ledger.");
run.AddTo(root);
root.SetAction((parsed, cancellationToken) => GuardAsync(() =>
    new RunCommand(run.Read(parsed, "demo"), AnsiConsole.Console, TimeProvider.System).RunAsync(cancellationToken)));

var drillOptions = new OptionSet();
var name = new Argument<string>("name") { Description = string.Join(", ", DrillCatalog.All.Select(d => d.Name).Append("all")) };
name.AcceptOnlyFromAmong([.. DrillCatalog.All.Select(d => d.Name), "all"]);
var drill = new Command("drill", "Break something under load and prove by the ledger that nothing acknowledged was lost, doubled or altered.") { name };
drillOptions.AddTo(drill);
drill.SetAction((parsed, cancellationToken) => GuardAsync(() =>
{
    var wanted = parsed.GetRequiredValue(name);
    var drills = DrillCatalog.All.Where(d => wanted == "all" || d.Name == wanted).ToList();
    return new DrillCommand(drillOptions.Read(parsed, "drills"), Console.Out, TimeProvider.System).RunAsync(drills, cancellationToken);
}));

var hubs = HubsCommand.Create(TimeProvider.System);
hubs.Hidden = true;
root.Subcommands.Add(drill);
root.Subcommands.Add(LedgerCommand.Create());
root.Subcommands.Add(hubs);
return await root.Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromMinutes(3) });

static async Task<int> GuardAsync(Func<Task<int>> action)
{
    try
    {
        return await action().ConfigureAwait(false);
    }
    catch (Exception e) when (e is DemoException or LedgerException)
    {
        Console.Error.WriteLine(e.Message);
        return 2;
    }
    catch (OperationCanceledException)
    {
        return 130;
    }
}
