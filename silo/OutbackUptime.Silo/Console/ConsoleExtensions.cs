namespace OutbackUptime.Silo.Console;

/// <summary>The console: one page and its files, for whoever is signed in.</summary>
internal static class ConsoleExtensions
{
    public static IServiceCollection AddConsole(this IServiceCollection services) => services.AddSingleton<ConsoleAssets>();

    public static void MapConsole(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/", (ConsoleAssets assets) => assets.File("index.html")).ExcludeFromDescription();
        endpoints.MapGet("/console/{file}", (string file, ConsoleAssets assets) => assets.File(file)).ExcludeFromDescription();
    }
}
