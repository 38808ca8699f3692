using System.CommandLine;
using OutbackUptime.Cli;

var connection = new Connection();
var root = new RootCommand("Outback Uptime from a terminal: stations, uptime, alerts, quarantine, export, deletion.");
connection.AddTo(root);
var commands = new Commands(connection, Console.Out);
commands.AddTo(root);
new QuarantineCommands(connection, commands, Console.Out).AddTo(root);
new DataCommands(connection, commands, Console.Out, Console.In).AddTo(root);
try
{
    return await root.Parse(args).InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
}
catch (CliException e)
{
    Console.Error.WriteLine(e.Message);
    return 1;
}
catch (OperationCanceledException)
{
    return 130;
}
