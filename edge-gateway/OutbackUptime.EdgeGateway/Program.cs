using OutbackUptime.EdgeGateway;
using OutbackUptime.EdgeGateway.DryRun;
using OutbackUptime.EdgeGateway.Journal;
using OutbackUptime.EdgeGateway.Journal.Status;
using OutbackUptime.EdgeGateway.Provisioning;

var builder = GatewayHost.CreateBuilder(args);
if (args is ["hubs", ..])
{
    return HubsCommand.Run(args[1..], builder.Configuration, Console.Out, Console.Error);
}

if (args is ["journal", ..])
{
    return JournalCommand.Run(args[1..], builder.Configuration, TimeProvider.System, Console.Out, Console.Error);
}

if (args.Contains("--dry-run"))
{
    return await GatewayDryRun.RunAsync(builder.Configuration, Console.Out);
}

try
{
    await GatewayHost.Build(builder).RunAsync();
    return 0;
}
catch (Exception e) when (e is Microsoft.Extensions.Options.OptionsValidationException or JournalException or InvalidDataException or IOException)
{
    Console.Error.WriteLine(e.Message);
    return 1;
}
