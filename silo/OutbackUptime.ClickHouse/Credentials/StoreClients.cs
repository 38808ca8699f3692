using ClickHouse.Driver;
using ClickHouse.Driver.ADO;

namespace OutbackUptime.ClickHouse.Credentials;

/// <summary>Makes a region's client.</summary>
internal static class StoreClients
{
    /// <summary>A client and its settings; with a password file the HTTP client is ours, and lives as long as the process.</summary>
    public static (ClickHouseClient Client, ClickHouseClientSettings Settings) Create(RegionStoreOptions options)
    {
        var settings = new ClickHouseClientSettings(options.ConnectionString);
        if (options.PasswordFile is { Length: > 0 } path)
        {
            settings = new ClickHouseClientSettings(settings) { HttpClient = HttpClientOf(settings, path) };
        }

        return (new ClickHouseClient(settings), settings);
    }

    /// <summary>As the driver makes its own: it expects gzip and deflate to be undone below it.</summary>
    private static HttpClient HttpClientOf(ClickHouseClientSettings settings, string passwordFile)
    {
        var sockets = new SocketsHttpHandler
        {
            AutomaticDecompression = System.Net.DecompressionMethods.GZip | System.Net.DecompressionMethods.Deflate,
            PooledConnectionIdleTimeout = TimeSpan.FromSeconds(5),
        };
        return new HttpClient(new PasswordFileHandler(settings.Username, passwordFile, sockets)) { Timeout = settings.Timeout };
    }
}
