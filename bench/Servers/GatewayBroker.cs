using OutbackUptime.Bench.Load;
using OutbackUptime.Uplink;

namespace OutbackUptime.Bench.Servers;

/// <summary>Our gateway: PUBACK after the fsync of its journal.</summary>
/// <param name="program">Which build.</param>
/// <param name="hubs">How many may connect.</param>
/// <param name="settings">More of its settings.</param>
internal sealed class GatewayBroker(GatewayProgram program, int hubs, IReadOnlyDictionary<string, string> settings) : IBroker
{
    private static readonly TimeSpan s_look = TimeSpan.FromMilliseconds(200);
    private readonly int _regionPort = FreePort.Next();

    public string Name => "gateway";

    public string Promise => "after the fsync";

    public Task<string?> MissingAsync(CancellationToken cancellationToken) => Task.FromResult<string?>(null);

    public Task<ServerProcess> StartAsync(string folder, LoadTarget target, CancellationToken cancellationToken) =>
        GatewayServer.StartAsync(program, folder, hubs, target, _regionPort, settings, cancellationToken);

    /// <summary>Nobody subscribes: its journal is for the regions, which are out of reach.</summary>
    public Task PrepareAsync(LoadTarget target, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>A region comes in reach and says of each frame that both stores have it.</summary>
    public async Task<List<PacketKey>> CollectAsync(LoadTarget target, TimeSpan quiet, TimeSpan limit, CancellationToken cancellationToken)
    {
        List<PacketKey> arrived = [];
        var region = await AnsweringRegion.StartAsync(_regionPort, cancellationToken, Take).ConfigureAwait(false);
        await using (region.ConfigureAwait(false))
        {
            // It may take its time to look for the region again.
            var (seen, idle) = (0, TimeSpan.Zero);
            for (var waited = TimeSpan.Zero; waited < limit && idle < (seen == 0 ? limit : quiet); waited += s_look)
            {
                await Task.Delay(s_look, cancellationToken).ConfigureAwait(false);
                var now = Count();
                (idle, seen) = (now == seen ? idle + s_look : TimeSpan.Zero, now);
            }
        }

        return arrived;

        void Take(Frame frame)
        {
            lock (arrived)
            {
                arrived.AddRange(frame.Entries.Where(e => e.Kind == EntryKind.Packet && e.Hub.StartsWith("hub-", StringComparison.Ordinal)).Select(e => new PacketKey(e.Hub, e.Seq)));
            }
        }

        int Count()
        {
            lock (arrived)
            {
                return arrived.Count;
            }
        }
    }
}
