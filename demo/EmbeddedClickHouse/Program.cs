using OutbackUptime.EmbeddedClickHouse;
using OutbackUptime.EmbeddedClickHouse.Engine;
using OutbackUptime.EmbeddedClickHouse.Fetching;
using OutbackUptime.EmbeddedClickHouse.Http;

var cache = new PackageCache(PackageCache.DefaultRoot(), new NpmClient(), Console.Error.WriteLine);
try
{
    var command = CommandLine.Parse(args);
    switch (command.Verb)
    {
        case Verb.Help:
            Console.WriteLine(CommandLine.Help);
            return 0;
        case Verb.Fetch:
            await cache.ChdbAsync(CancellationToken.None);
            await cache.AzuriteAsync(CancellationToken.None);
            return 0;
        case Verb.Where:
            Console.WriteLine(command.Package == "azurite" ? await cache.AzuriteAsync(CancellationToken.None) : await cache.ChdbAsync(CancellationToken.None));
            return 0;
    }

    // The engine first: it touches signals while it opens.
    var library = command.LibraryPath ?? await cache.ChdbAsync(CancellationToken.None);
    using var pool = EnginePool.Open(new EngineOptions(library, command.DataDirectory!, Connections: 8, MaxWaiting: 256, command.MemoryLimitBytes));

    var builder = WebApplication.CreateSlimBuilder();
    builder.Logging.SetMinimumLevel(LogLevel.Warning);
    builder.WebHost.ConfigureKestrel(kestrel =>
    {
        kestrel.Listen(command.Address, command.Port);
        kestrel.Limits.MaxRequestBodySize = 512L << 20;
        kestrel.Limits.MaxConcurrentConnections = 512;
    });
    if (command.DieWithParent)
    {
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddHostedService<ParentDeath>();
    }

    await using var app = builder.Build();
    app.MapClickHouse(pool);
    app.MapMetrics(pool, TimeProvider.System);
    await app.StartAsync();
    Console.WriteLine($"READY {app.Urls.First()}");
    await app.WaitForShutdownAsync();
    return 0;
}
catch (Exception e) when (e is FetchFailedException or UsageException or InvalidOperationException or DllNotFoundException or IOException)
{
    Console.Error.WriteLine(e.Message);
    return e is UsageException ? 2 : 1;
}
