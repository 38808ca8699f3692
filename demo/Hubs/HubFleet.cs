using System.Security.Cryptography.X509Certificates;

namespace OutbackUptime.Demo.Hubs;

/// <summary>All simulated hubs of a process, their record and their counters.</summary>
internal sealed class HubFleet(IReadOnlyList<GatewayTarget> gateways, HubFleetOptions options, RecordFile record, TimeProvider time)
{
    /// <summary>What the hubs count.</summary>
    public HubFleetCounters Counters { get; } = new();

    /// <summary>Hubs simulated.</summary>
    public int HubCount { get; } = gateways.Sum(g => g.Hubs.Count);

    /// <summary>Runs all hubs until <paramref name="stop"/>; then waits up to <see cref="HubFleetOptions.StopTimeout"/> for PUBACKs in flight.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        using var abort = new CancellationTokenSource();
        await using var _ = stop.Register(() => abort.CancelAfter(options.StopTimeout)).ConfigureAwait(false);
        var authorities = new Dictionary<string, X509Certificate2>(StringComparer.Ordinal);
        try
        {
            var running = new List<Task>();
            foreach (var gateway in gateways)
            {
                var authority = Authority(gateway.CaFile, authorities);
                running.AddRange(gateway.Hubs.Select(hub => RunAsync(gateway, hub, authority, stop, abort.Token)));
            }

            await Task.WhenAll(running).ConfigureAwait(false);
        }
        finally
        {
            foreach (var authority in authorities.Values)
            {
                authority.Dispose();
            }
        }
    }

    private async Task RunAsync(GatewayTarget gateway, HubTarget hub, X509Certificate2? authority, CancellationToken stop, CancellationToken abort)
    {
        await using var simulated = new SimulatedHub(gateway, hub, authority, options, record, Counters, time);
        await simulated.RunAsync(stop, abort).ConfigureAwait(false);
    }

    private static X509Certificate2? Authority(string? path, Dictionary<string, X509Certificate2> loaded)
    {
        if (path is null)
        {
            return null;
        }

        if (!loaded.TryGetValue(path, out var certificate))
        {
            loaded[path] = certificate = X509CertificateLoader.LoadCertificateFromFile(path);
        }

        return certificate;
    }
}
