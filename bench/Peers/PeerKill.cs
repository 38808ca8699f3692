using System.Diagnostics;
using OutbackUptime.Bench.Load;
using OutbackUptime.Bench.Servers;

namespace OutbackUptime.Bench.Peers;

/// <summary>
/// SIGKILLs a part of a pipeline under load, starts it again on the same data, and counts what of that which hubs were told is
/// stored can be read, and how often. The hubs come back and send again what had no PUBACK, as hubs do.
/// </summary>
internal sealed class PeerKill(PeersOptions options, TimeProvider time)
{
    public const int Hubs = 50;
    private static readonly TimeSpan s_down = TimeSpan.FromSeconds(1);

    /// <summary>Redeliveries that come after all packets are there.</summary>
    private static readonly TimeSpan s_after = TimeSpan.FromSeconds(5);

    public async Task<PeerKillRow> RunAsync(PipelineKind kind, PartRole role, CancellationToken cancellationToken)
    {
        using var folder = new BenchFolder(options.Data);
        await using var pipeline = kind.Make(folder.Path);
        await pipeline.StartAsync(cancellationToken).ConfigureAwait(false);
        var part = pipeline.Of(role);
        await using var hubs = ReturningHubs.Start(pipeline.Target, Hubs, options.KillRate, again: true, time.GetUtcNow());
        await Task.Delay(options.KillAfter, cancellationToken).ConfigureAwait(false);
        await part.KillAsync().ConfigureAwait(false);
        await Task.Delay(s_down, cancellationToken).ConfigureAwait(false);
        await part.StartAsync(cancellationToken).ConfigureAwait(false);
        await Task.Delay(options.KillAfter, cancellationToken).ConfigureAwait(false);
        var acknowledged = await hubs.StopAsync(TimeSpan.FromSeconds(30)).ConfigureAwait(false);

        var start = Stopwatch.GetTimestamp();
        var (at, _) = await Drain.WaitAsync(pipeline.Tables, acknowledged.Count, options.DrainLimit, cancellationToken).ConfigureAwait(false);
        await Task.Delay(s_after, cancellationToken).ConfigureAwait(false);
        List<DeliveryCount> counts = [];
        var copies = 0L;
        foreach (var table in pipeline.Tables)
        {
            counts.Add(DeliveryCount.Of(acknowledged, await table.ReadAsync(cancellationToken).ConfigureAwait(false)));
            copies += await table.CountAsync(cancellationToken).ConfigureAwait(false) - await table.CountPacketsAsync(cancellationToken).ConfigureAwait(false);
        }

        return new PeerKillRow(kind.Name, part.Name, role.ToString(), 1, counts, copies, Math.Max(0, Stopwatch.GetElapsedTime(start, at).TotalSeconds));
    }
}
