using OutbackUptime.Demo.Cluster;

namespace OutbackUptime.Demo.Reports;

/// <summary>Measures the latencies of a stretch of time over all gateways.</summary>
internal sealed class LatencyMeter(DemoSystem system)
{
    private Dictionary<string, LatencyPage?> _before = [];

    public async Task StartAsync(CancellationToken cancellationToken) => _before = await ReadAsync(cancellationToken).ConfigureAwait(false);

    public async Task<(Latencies Committed, Latencies Safe)> StopAsync(CancellationToken cancellationToken)
    {
        var (committed, safe) = (new Latencies(), new Latencies());
        foreach (var (station, page) in await ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            if (page is not null)
            {
                var before = _before.GetValueOrDefault(station);
                committed.Add(before?.JournalToCommitted, page.JournalToCommitted);
                safe.Add(before?.JournalToSafe, page.JournalToSafe);
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
