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
    /// <param name="folder">For its configuration and database.</param>
    /// <param name="target">Where it listens.</param>
    /// <param name="kind">How it is configured.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <param name="subscriber">False: that subscriber is not ours to make.</param>
    /// <param name="more">More lines of configuration.</param>
    public static async Task<ServerProcess> StartAsync(string folder, LoadTarget target, FrontDoorServer kind, CancellationToken cancellationToken, bool subscriber = true, IEnumerable<string>? more = null)
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
                .. more ?? [],
            ],
            cancellationToken).ConfigureAwait(false);
        var server = await ServerProcess.StartAsync(Program ?? throw new BenchException("mosquitto is not installed: apt-get install mosquitto"), ["-c", configuration], new Dictionary<string, string>(), "running", cancellationToken).ConfigureAwait(false);
        if (subscriber && kind != FrontDoorServer.Mosquitto)
        {
            await AwaySubscriber.SubscribeAndLeaveAsync(target, cancellationToken).ConfigureAwait(false);
        }

        return server;
    }
}
