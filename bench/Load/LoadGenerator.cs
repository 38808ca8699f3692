using System.Diagnostics;
using OutbackUptime.Bench.Machine;

namespace OutbackUptime.Bench.Load;

/// <summary>Hubs that publish at QoS 1 over MQTT 3.1.1: some connections, few threads.</summary>
internal sealed class LoadGenerator : IDisposable
{
    private readonly List<HubClient> _clients = [];
    private readonly nint _tls;

    private LoadGenerator(bool tls) => _tls = tls ? OpenSsl.NewContext() : 0;

    /// <summary>Connects so many hubs, one after the other.</summary>
    public static LoadGenerator Connect(LoadTarget target, int connections, int window, DateTimeOffset start)
    {
        var generator = new LoadGenerator(target.Tls);
        try
        {
            for (var i = 0; i < connections; i++)
            {
                generator._clients.Add(HubClient.Connect(target, i, window, start, generator._tls));
            }

            return generator;
        }
        catch
        {
            generator.Dispose();
            throw;
        }
    }

    /// <summary>Runs a plan, and looks at the server's process at both ends of the measured time.</summary>
    public async Task<LoadResult> RunAsync(LoadPlan plan, int serverProcess, CancellationToken cancellationToken)
    {
        var count = Math.Min(plan.Threads, _clients.Count);
        var threads = Enumerable.Range(0, count)
            .Select(t => new LoadThread([.. _clients.Where((_, i) => i % count == t)], plan.Rate / count, plan.Seed + t))
            .ToList();
        var running = threads.ConvertAll(t => new Thread(t.Run) { IsBackground = true, Name = "load" });
        running.ForEach(t => t.Start());
        await WaitAsync(plan.Warmup, threads, cancellationToken).ConfigureAwait(false);
        var (from, before) = (Stopwatch.GetTimestamp(), ProcessUse.Of(serverProcess));
        threads.ForEach(t => t.Begin(from));
        await WaitAsync(plan.Duration, threads, cancellationToken).ConfigureAwait(false);
        var (until, after) = (Stopwatch.GetTimestamp(), ProcessUse.Of(serverProcess));
        threads.ForEach(t => t.End(until));
        running.ForEach(t => t.Join());
        ThrowIfFailed(threads);
        var latencies = new LatencyRecorder();
        threads.ForEach(t => latencies.Add(t.Latencies));
        return new LoadResult(threads.Sum(t => t.Acknowledged), Stopwatch.GetElapsedTime(from, until), latencies, threads.Sum(t => t.Unanswered), after - before, after.ResidentBytes);
    }

    /// <summary>Publishes since the hubs connected.</summary>
    public long Sent => _clients.Sum(c => c.Sent);

    /// <summary>From now on notes when each publish counts from; what was noted before is forgotten.</summary>
    public void NoteMoments() => _clients.ForEach(c => c.Moments = []);

    /// <summary>The noted moments (of <see cref="Stopwatch"/>) by packet.</summary>
    public Dictionary<PacketKey, long> Moments()
    {
        var moments = new Dictionary<PacketKey, long>();
        foreach (var (hub, client) in _clients.Index())
        {
            var noted = client.Moments ?? [];
            var first = HubPayload.SeqZero + client.Sent - noted.Count + 1;
            foreach (var (i, moment) in noted.Index())
            {
                moments[new PacketKey(LoadTarget.Hub(hub), first + i)] = moment;
            }
        }

        return moments;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _clients.ForEach(c => c.Dispose());
        if (_tls != 0)
        {
            OpenSsl.FreeContext(_tls);
        }
    }

    private static async Task WaitAsync(TimeSpan time, List<LoadThread> threads, CancellationToken cancellationToken)
    {
        for (var start = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(start) is var elapsed && elapsed < time;)
        {
            var left = time - elapsed;
            await Task.Delay(left < TimeSpan.FromSeconds(1) ? left : TimeSpan.FromSeconds(1), cancellationToken).ConfigureAwait(false);
            ThrowIfFailed(threads);
        }
    }

    private static void ThrowIfFailed(List<LoadThread> threads)
    {
        if (threads.FirstOrDefault(t => t.Failure is not null)?.Failure is { } failure)
        {
            throw failure as BenchException ?? new BenchException(failure.Message, failure);
        }
    }
}
