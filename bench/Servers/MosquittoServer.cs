using System.Net;
using System.Net.Sockets;
using OutbackUptime.Bench.FrontDoor;
using OutbackUptime.Bench.Load;

namespace OutbackUptime.Bench.Servers;

/// <summary>Starts Mosquitto as Debian configures it, or saving its database as often as it can.</summary>
internal static class MosquittoServer
{
    private static readonly string[] s_places = ["/usr/sbin/mosquitto", "/usr/local/sbin/mosquitto", "/usr/bin/mosquitto"];

    /// <summary>Where it is; null when it is not installed.</summary>
    public static string? Program => s_places.FirstOrDefault(File.Exists);

    /// <summary>
    /// Starts it. Unless it is the default alone, with the session of a subscriber that is away, as a gateway behind it would have:
    /// without one there is nothing to keep.
    /// </summary>
    public static async Task<ServerProcess> StartAsync(string folder, LoadTarget target, FrontDoorServer kind, CancellationToken cancellationToken)
    {
        var configuration = Path.Combine(folder, "mosquitto.conf");
        await File.WriteAllLinesAsync(
            configuration,
            [
                // As root it would change to a user that can't write here.
                .. Environment.UserName == "root" ? (string[])["user root"] : [],
                $"listener {target.Port} 127.0.0.1",
                "allow_anonymous true",
                "persistence true",
                $"persistence_location {folder}/",
                "log_dest stderr",
                "connection_messages false",
                .. kind != FrontDoorServer.Mosquitto ? (string[])["max_queued_messages 0"] : [],
                .. kind == FrontDoorServer.MosquittoAutosave ? (string[])["autosave_on_changes true", "autosave_interval 1"] : [],
            ],
            cancellationToken).ConfigureAwait(false);
        var server = await ServerProcess.StartAsync(Program ?? throw new BenchException("mosquitto is not installed: apt-get install mosquitto"), ["-c", configuration], new Dictionary<string, string>(), "running", cancellationToken).ConfigureAwait(false);
        if (kind != FrontDoorServer.Mosquitto)
        {
            await SubscribeAndLeaveAsync(target, cancellationToken).ConfigureAwait(false);
        }

        return server;
    }

    private static async Task SubscribeAndLeaveAsync(LoadTarget target, CancellationToken cancellationToken)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(IPAddress.Loopback, target.Port, cancellationToken).ConfigureAwait(false);
        await socket.SendAsync(MqttBytes.Connect("gateway", "gateway", target.Secret, cleanSession: false), cancellationToken).ConfigureAwait(false);
        await ReceiveAsync(socket, 4, cancellationToken).ConfigureAwait(false);
        await socket.SendAsync(MqttBytes.Subscribe("stations/#"), cancellationToken).ConfigureAwait(false);
        var granted = await ReceiveAsync(socket, 5, cancellationToken).ConfigureAwait(false);
        if (granted[4] != 1)
        {
            throw new BenchException("Mosquitto refused the subscription.");
        }

        await socket.SendAsync(MqttBytes.Disconnect, cancellationToken).ConfigureAwait(false);
    }

    private static async Task<byte[]> ReceiveAsync(Socket socket, int length, CancellationToken cancellationToken)
    {
        var bytes = new byte[length];
        await using var stream = new NetworkStream(socket);
        await stream.ReadExactlyAsync(bytes, cancellationToken).ConfigureAwait(false);
        return bytes;
    }
}
