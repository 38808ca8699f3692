using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using OutbackUptime.Bench.Load;

namespace OutbackUptime.Bench.Servers;

/// <summary>RabbitMQ with its MQTT plugin, a node of its own in a folder; and the port mapper that Erlang nodes need.</summary>
internal static class RabbitServer
{
    // Not /usr/sbin/rabbitmq-server: that one changes to a user that can't write here.
    private const string Program = "/usr/lib/rabbitmq/bin/rabbitmq-server";

    /// <summary>What to do before it runs; null when nothing.</summary>
    public static string? Missing => File.Exists(Program) ? null : "rabbitmq-server is not installed: apt-get install rabbitmq-server";

    /// <summary>Starts the port mapper in the foreground: a node would start one that outlives it.</summary>
    public static Task<ServerProcess> StartMapperAsync(int port, CancellationToken cancellationToken) => ServerProcess.StartAsync(
        PeerPrograms.Tool("epmd") ?? throw new BenchException("epmd is not installed: apt-get install rabbitmq-server"), ["-d", "-port", $"{port}", "-address", "127.0.0.1"], new Dictionary<string, string>(), "running", cancellationToken);

    /// <summary>Starts a node on the folder.</summary>
    /// <param name="folder">Data and configuration.</param>
    /// <param name="target">Where MQTT is.</param>
    /// <param name="amqpPort">Where AMQP is.</param>
    /// <param name="mapperPort">From <see cref="StartMapperAsync"/>.</param>
    /// <param name="hubs">How many hubs are users.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public static async Task<ServerProcess> StartAsync(string folder, LoadTarget target, int amqpPort, int mapperPort, int hubs, CancellationToken cancellationToken)
    {
        var definitions = Path.Combine(folder, "definitions.json");
        await File.WriteAllTextAsync(definitions, Definitions(target, hubs), cancellationToken).ConfigureAwait(false);
        await File.WriteAllTextAsync(Path.Combine(folder, "enabled_plugins"), "[rabbitmq_mqtt].\n", cancellationToken).ConfigureAwait(false);
        await File.WriteAllLinesAsync(
            Path.Combine(folder, "rabbitmq.conf"),
            [
                $"listeners.tcp.1 = 127.0.0.1:{amqpPort}",
                $"mqtt.listeners.tcp.1 = 127.0.0.1:{target.Port}",
                "mqtt.allow_anonymous = false",
                $"load_definitions = {definitions}",
                "log.console = true",
                "log.console.level = info",
                "log.file = false",
            ],
            cancellationToken).ConfigureAwait(false);
        var environment = new Dictionary<string, string>
        {
            ["HOME"] = folder,
            ["RABBITMQ_NODENAME"] = "bench@localhost",
            ["RABBITMQ_MNESIA_BASE"] = Path.Combine(folder, "mnesia"),
            ["RABBITMQ_LOG_BASE"] = Path.Combine(folder, "log"),
            ["RABBITMQ_CONFIG_FILE"] = Path.Combine(folder, "rabbitmq.conf"),
            ["RABBITMQ_ENABLED_PLUGINS_FILE"] = Path.Combine(folder, "enabled_plugins"),
            ["RABBITMQ_CONF_ENV_FILE"] = Path.Combine(folder, "none"),
            ["RABBITMQ_PID_FILE"] = Path.Combine(folder, "pid"),
            ["RABBITMQ_DIST_PORT"] = $"{FreePort.Next()}",
            ["ERL_EPMD_PORT"] = $"{mapperPort}",
            ["ERL_EPMD_ADDRESS"] = "127.0.0.1",
        };
        return await ServerProcess.StartAsync(Program, [], environment, "Server startup complete", cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The hubs as users, and one for the service.</summary>
    private static string Definitions(LoadTarget target, int hubs)
    {
        var salt = RandomNumberGenerator.GetBytes(4);
        var hash = Convert.ToBase64String([.. salt, .. SHA256.HashData([.. salt, .. Encoding.UTF8.GetBytes(target.Secret)])]);
        string[] users = [.. Enumerable.Range(0, hubs).Select(LoadTarget.Hub), "service"];
        return JsonSerializer.Serialize(new
        {
            vhosts = new[] { new { name = "/" } },
            users = users.Select(name => new { name, password_hash = hash, hashing_algorithm = "rabbit_password_hashing_sha256", tags = "" }),
            permissions = users.Select(user => new { user, vhost = "/", configure = ".*", write = ".*", read = ".*" }),
        });
    }
}
