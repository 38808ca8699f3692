using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Grpc.Net.Client;
using OutbackUptime.Bench.Machine;
using OutbackUptime.Demo.Cluster;

namespace OutbackUptime.Bench.Ingest;

/// <summary>Silos and stores, streams into them, and what they use.</summary>
internal sealed class IngestSystem(DemoSystem system, IngestOptions options, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan s_look = TimeSpan.FromMilliseconds(200);
    private readonly List<IDisposable> _held = [];
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(30) };

    public IngestCount Count { get; } = new();

    public IReadOnlyList<IngestStream> Streams { get; private set; } = [];

    /// <summary>Starts all, and waits until each silo knows both stores.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await system.StartAsync(cancellationToken).ConfigureAwait(false);
        var started = time.GetTimestamp();
        while (!(await system.SiloPagesAsync(cancellationToken).ConfigureAwait(false)).Values.All(p => p is { Active: true } && p.Stores.TrueForAll(s => s.Available)))
        {
            if (time.GetElapsedTime(started) > s_limit)
            {
                throw new BenchException($"The silos did not become active with both stores within {s_limit.TotalSeconds:0} s (logs: {system.Folder.Logs}).");
            }

            await Task.Delay(s_look, time, cancellationToken).ConfigureAwait(false);
        }

        Streams = [.. system.Stations.Select((s, i) => new IngestStream(s.Id, new IngestPackets(options.Hubs, time.GetUtcNow()), Client(s, i), Count, time))];
    }

    public async Task<IngestUse> UseAsync(CancellationToken cancellationToken)
    {
        var pages = await Task.WhenAll(system.Silos.Keys.Select(async s => MetricsPage.Parse(await _http.GetStringAsync(new Uri($"{system.SiloUrl(s)}/metrics"), cancellationToken).ConfigureAwait(false)))).ConfigureAwait(false);
        return new IngestUse(
            system.Silos.Values.Sum(c => ProcessUse.Of(c.Pid).CpuSeconds),
            system.Stores.Values.Sum(c => ProcessUse.Of(c.Pid).CpuSeconds),
            ProcessUse.Of(Environment.ProcessId).CpuSeconds,
            pages.Sum(p => p.Sum("dotnet_gc_heap_total_allocated_bytes_total")),
            pages.Sum(p => p.Sum("outback_store_insert_rows_sum")),
            pages.Sum(p => p.Sum("outback_store_insert_rows_count")));
    }

    /// <summary>Packets of the run that a store lacks, and those that its exact view has more than once.</summary>
    public async Task<(long Lost, long Doubled)> CheckAsync(CancellationToken cancellationToken)
    {
        var (lost, doubled) = (0L, 0L);
        foreach (var region in DemoSystem.Regions)
        {
            using var query = new StringContent("SELECT count(), uniqExact(station, hub, boot, seq) FROM outback.packets WHERE hub LIKE 'bore-%' AND station NOT LIKE 'limit-%'");
            using var response = await _http.PostAsync(new Uri(system.StoreUrl(region)), query, cancellationToken).ConfigureAwait(false);
            var text = await response.EnsureSuccessStatusCode().Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false);
            var numbers = text.Trim().Split('\t').Select(n => long.Parse(n, System.Globalization.CultureInfo.InvariantCulture)).ToArray();
            lost += Math.Max(0, Count.Safe - numbers[1]);
            doubled += numbers[0] - numbers[1];
        }

        return (lost, doubled);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _held.ForEach(h => h.Dispose());
        _http.Dispose();
    }

    // TLS, and the station's own certificate, as its gateway would.
    private Uplink.Uplink.UplinkClient Client(DemoStation station, int turn)
    {
        var silos = system.Silos.Keys.Where(s => DemoSystem.RegionOf(s) == station.HomeRegion).ToArray();
        var files = system.ClientCertificate(station.Id);
        var certificate = X509Certificate2.CreateFromPemFile(files.Certificate, files.Key);
        var roots = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        roots.CustomTrustStore.ImportFromPemFile(system.CaPath);
        var handler = new SocketsHttpHandler
        {
            UseProxy = false,
            SslOptions = new SslClientAuthenticationOptions
            {
                ClientCertificateContext = SslStreamCertificateContext.Create(certificate, null, offline: true),
                CertificateChainPolicy = roots,
            },
        };
        var channel = GrpcChannel.ForAddress(system.UplinkUrl(silos[turn % silos.Length]), new GrpcChannelOptions { HttpHandler = handler });
        _held.AddRange([channel, handler, certificate]);
        return new Uplink.Uplink.UplinkClient(channel);
    }
}
