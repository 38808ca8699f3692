using OutbackUptime.Bench.FrontDoor;
using OutbackUptime.Bench.Load;
using OutbackUptime.Bench.Servers;

namespace OutbackUptime.Bench.Peers;

/// <summary>What people would build instead: a broker, something that reads it, and one store with the same engine and the same fsyncs.</summary>
internal static class PeerPipelines
{
    private const string NodeRedReady = "Connected to broker";

    // No limit on what waits for the service, nor on what it has not acknowledged: batches need that.
    private static readonly string[] s_unlimited = ["max_inflight_messages 0"];

    /// <summary>Mosquitto and a Node service that acknowledges after its insert.</summary>
    public static Pipeline Node(string folder, FrontDoorServer mosquitto) => Make(folder, (target, store) =>
    [
        Mosquitto(folder, target, mosquitto),
        Service("service", "mqtt-service.js", new Dictionary<string, string>
        {
            ["MQTT_URL"] = $"mqtt://127.0.0.1:{target.Port}",
            ["MQTT_PASSWORD"] = target.Secret,
            ["STORE_URL"] = $"http://127.0.0.1:{store}",
        }),
    ]);

    /// <summary>Mosquitto and a Node-RED flow.</summary>
    public static Pipeline NodeRed(string folder, FrontDoorServer mosquitto) => Make(folder, (target, store) =>
    [
        Mosquitto(folder, target, mosquitto),
        new PipelinePart("node-red", PartRole.Service, c =>
        {
            var own = Directory.CreateDirectory(Path.Combine(folder, "node-red")).FullName;
            File.Copy(PeerPrograms.PathOf("node-red", "flows.json"), Path.Combine(own, "flows.json"), overwrite: true);
            return ServerProcess.StartAsync(
                PeerPrograms.Tool("node")!,
                [PeerPrograms.PathOf("node_modules", "node-red", "red.js"), "--userDir", own, "--settings", PeerPrograms.PathOf("node-red", "settings.cjs")],
                new Dictionary<string, string>
                {
                    ["UI_PORT"] = $"{FreePort.Next()}",
                    ["FLOW_FILE"] = Path.Combine(own, "flows.json"),
                    ["MQTT_PORT"] = $"{target.Port}",
                    ["INSERT_URL"] = $"http://127.0.0.1:{store}/?database=peers&async_insert=0&date_time_input_format=best_effort&query=INSERT%20INTO%20packets%20FORMAT%20JSONEachRow",
                },
                NodeRedReady,
                c);
        }),
    ]);

    /// <summary>RabbitMQ's MQTT plugin, a quorum queue, and a Node consumer that acknowledges after its insert.</summary>
    public static Pipeline Rabbit(string folder, int hubs)
    {
        var (amqp, mapper) = (FreePort.Next(), FreePort.Next());
        return Make(folder, (target, store) =>
        [
            new PipelinePart("epmd", PartRole.Support, c => RabbitServer.StartMapperAsync(mapper, c)),
            new PipelinePart("rabbitmq", PartRole.Broker, c => RabbitServer.StartAsync(Directory.CreateDirectory(Path.Combine(folder, "rabbit")).FullName, target, amqp, mapper, hubs, c)),
            Service("consumer", "amqp-service.js", new Dictionary<string, string>
            {
                ["AMQP_URL"] = $"amqp://service:{target.Secret}@127.0.0.1:{amqp}",
                ["STORE_URL"] = $"http://127.0.0.1:{store}",
            }),
        ]);
    }

    private static Pipeline Make(string folder, Func<LoadTarget, int, PipelinePart[]> parts)
    {
        var (target, port) = (GatewayServer.Target(FreePort.Next(), tls: false), FreePort.Next());
        var table = new StoreTable(port, "peers.packets", "peers.packets");
        return new Pipeline
        {
            Target = target,
            Tables = [table],
            Parts = [new PipelinePart("store", PartRole.Store, c => EngineServer.StartAsync(Directory.CreateDirectory(Path.Combine(folder, "store")).FullName, port, c)), .. parts(target, port)],
            OnStores = async c =>
            {
                await table.AskAsync("CREATE DATABASE IF NOT EXISTS peers", c).ConfigureAwait(false);
                await table.AskAsync(await File.ReadAllTextAsync(PeerPrograms.PathOf("schema.sql"), c).ConfigureAwait(false), c).ConfigureAwait(false);
            },
        };
    }

    private static PipelinePart Mosquitto(string folder, LoadTarget target, FrontDoorServer mode) => new(
        "mosquitto",
        PartRole.Broker,
        c => MosquittoServer.StartAsync(Directory.CreateDirectory(Path.Combine(folder, "mosquitto")).FullName, target, mode, c, subscriber: false, more: s_unlimited));

    private static PipelinePart Service(string name, string script, Dictionary<string, string> environment) => new(
        name, PartRole.Service, c => ServerProcess.StartAsync(PeerPrograms.Tool("node")!, [PeerPrograms.PathOf("service", script)], environment, "READY", c));
}
