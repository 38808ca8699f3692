using OutbackUptime.Silo.DryRun;
using OutbackUptime.Silo.Hosting;

var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
if (args.Contains("--dry-run"))
{
    return await SiloDryRun.RunAsync(builder.Configuration, Console.Out);
}

try
{
    await SiloHost.Build(builder).RunAsync();
    return 0;
}
catch (Exception e) when (e is Microsoft.Extensions.Options.OptionsValidationException or OutbackUptime.Silo.Registry.RegistryException)
{
    Console.Error.WriteLine(e.Message);
    return 1;
}
