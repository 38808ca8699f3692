using OutbackUptime.Demo.Cluster;

namespace OutbackUptime.Demo.Reports;

/// <summary>Measures the latencies of a stretch of time over all gateways.</summary>
internal sealed class LatencyMeter(DemoSystem system, TimeProvider time)
{
    private Dictionary<string, LatencyPage?> _before = [];

    /// <summary>When it was started and stopped.</summary>
    public (DateTimeOffset From, DateTimeOffset To) Span { get; private set; }

    /// <summary>What was measured from the gateways' receipt, in place of their journals' commit.</summary>
    public (Latencies Committed, Latencies Safe) Received { get; } = (new(), new());

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        _before = await ReadAsync(cancellationToken).ConfigureAwait(false);
        Span = (time.GetUtcNow(), default);
    }

    public async Task<(Latencies Committed, Latencies Safe)> StopAsync(CancellationToken cancellationToken)
    {
        var (committed, safe) = (new Latencies(), new Latencies());
        var pages = await ReadAsync(cancellationToken).ConfigureAwait(false);
        Span = (Span.From, time.GetUtcNow());
        foreach (var (station, page) in pages)
        {
            if (page is not null)
            {
                var before = _before.GetValueOrDefault(station);
                committed.Add(before?.JournalToCommitted, page.JournalToCommitted);
                safe.Add(before?.JournalToSafe, page.JournalToSafe);
                Received.Committed.Add(before?.ReceivedToCommitted, page.ReceivedToCommitted);
                Received.Safe.Add(before?.ReceivedToSafe, page.ReceivedToSafe);
            }
        }

        return (committed, safe);
    }

    private async Task<Dictionary<string, LatencyPage?>> ReadAsync(CancellationToken cancellationToken)
    {
        var pages = await Task.WhenAll(system.Stations.Select(async s => (s.Id, Page: await system.Status.GetAsync<LatencyPage>($"{system.GatewayUrl(s.Id)}/latency", cancellationToken).ConfigureAwait(false)))).ConfigureAwait(false);
        return pages.ToDictionary(p => p.Id, p => p.Page, StringComparer.Ordinal);
    }
}
