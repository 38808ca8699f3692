using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Grpc.Net.Client;
using OutbackUptime.Bench.Machine;
using OutbackUptime.Demo.Cluster;
using OutbackUptime.Demo.Processes;

namespace OutbackUptime.Bench.Scale;

/// <summary>So many silos, half of them in each region (one alone: in the first), and ways to speak to them and to look at them.</summary>
internal sealed class ScaleSystem : IDisposable
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(120);
    private static readonly TimeSpan s_look = TimeSpan.FromMilliseconds(200);
    private readonly DemoSystem _system;
    private readonly TimeProvider _time;
    private readonly SocketsHttpHandler _handler = new() { EnableMultipleHttp2Connections = true, UseProxy = false };
    private readonly Dictionary<string, GrpcChannel> _channels = new(StringComparer.Ordinal);
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(60) };

    public ScaleSystem(DemoSystem system, int silos, TimeProvider time)
    {
        (_system, _time) = (system, time);
        Silos = [.. system.Silos.Where(s => silos > 1 || s.Key == $"{DemoSystem.Regions[0]}-1")];
        foreach (var (name, _) in Silos)
        {
            _channels[name] = GrpcChannel.ForAddress(system.UplinkUrl(name).Replace("https://", "http://", StringComparison.Ordinal), new GrpcChannelOptions { HttpHandler = _handler });
        }
    }

    /// <summary>Those that run from the start.</summary>
    public IReadOnlyList<KeyValuePair<string, Child>> Silos { get; }

    public IEnumerable<Child> Children => Silos.Select(s => s.Value);

    /// <summary>Those that are alive, by region.</summary>
    public IReadOnlyList<Uplink.Uplink.UplinkClient> Clients(string region) =>
        [.. Silos.Where(s => DemoSystem.RegionOf(s.Key) == region && s.Value.IsRunning).Select(s => new Uplink.Uplink.UplinkClient(_channels[s.Key]))];

    /// <summary>Where a station's gateway would go: a silo of its home, else of the other region.</summary>
    public Uplink.Uplink.UplinkClient ClientFor(DemoStation station, int turn)
    {
        var home = Clients(station.HomeRegion);
        var silos = home.Count > 0 ? home : Clients(DemoSystem.Regions.First(r => r != station.HomeRegion));
        return silos[turn % silos.Count];
    }

    /// <summary>Starts them, and waits until all know each other and both stores.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await _system.StartRegionsAsync(Children, cancellationToken).ConfigureAwait(false);
        var (size, started) = (_system.IsStretched ? Silos.Count : Math.Max(1, Silos.Count / 2), _time.GetTimestamp());
        while (!await IsCompleteAsync(size, cancellationToken).ConfigureAwait(false))
        {
            if (_time.GetElapsedTime(started) > s_limit)
            {
                throw new BenchException($"{Silos.Count} silos did not find each other within {s_limit.TotalSeconds:0} s (logs: {_system.Folder.Logs}).");
            }

            await Task.Delay(s_look, _time, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Stations active on any silo.</summary>
    public async Task<long> ActiveAsync(CancellationToken cancellationToken)
    {
        var active = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (name, _) in Silos)
        {
            // Thousands of stations on a busy machine take longer than the demo's own looks may.
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri($"{_system.SiloUrl(name)}/status"));
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", _system.ViewerToken);
            using var response = await _http.SendAsync(request, cancellationToken).ConfigureAwait(false);
            var page = await response.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<SiloPage>(JsonSerializerOptions.Web, cancellationToken).ConfigureAwait(false);
            active.UnionWith(page!.Stations.Select(s => s.Id));
        }

        return active.Count;
    }

    /// <summary>The silos' heaps after a full collection, together.</summary>
    public async Task<double> HeapAsync(CancellationToken cancellationToken)
    {
        var bytes = 0.0;
        foreach (var (name, child) in Silos)
        {
            await FullCollection.RunAsync(child.Pid, async () => (await MetricsAsync(name, cancellationToken).ConfigureAwait(false)).FullCollections, cancellationToken).ConfigureAwait(false);
            bytes += (await MetricsAsync(name, cancellationToken).ConfigureAwait(false)).HeapBytes;
        }

        return bytes;
    }

    /// <summary>Resident bytes of the silos, together.</summary>
    public double Resident() => Children.Sum(c => (double)ProcessUse.Of(c.Pid).ResidentBytes);

    /// <summary>CPU seconds of the silos, of one store on average, of the witness; messages sent by the silos.</summary>
    public async Task<ScaleUse> UseAsync(CancellationToken cancellationToken)
    {
        var metrics = await Task.WhenAll(Silos.Select(s => MetricsAsync(s.Key, cancellationToken))).ConfigureAwait(false);
        return new ScaleUse(
            Children.Sum(c => ProcessUse.Of(c.Pid).CpuSeconds),
            _system.Stores.Count == 0 ? null : _system.Stores.Values.Average(c => ProcessUse.Of(c.Pid).CpuSeconds),
            _system.Witness is { } witness ? ProcessUse.Of(witness.Pid).CpuSeconds : null,
            metrics.All(m => m.MessagesSent is not null) ? metrics.Sum(m => m.MessagesSent!.Value) : null);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var channel in _channels.Values)
        {
            channel.Dispose();
        }

        _handler.Dispose();
        _http.Dispose();
    }

    private async Task<bool> IsCompleteAsync(int size, CancellationToken cancellationToken)
    {
        var pages = await _system.SiloPagesAsync(cancellationToken).ConfigureAwait(false);
        return Silos.All(s => pages[s.Key] is { Active: true } page && page.Members.Count(m => m.Status == "Active") == size && page.Stores.TrueForAll(t => t.Available));
    }

    private async Task<SiloMetrics> MetricsAsync(string silo, CancellationToken cancellationToken) =>
        SiloMetrics.Parse(await _http.GetStringAsync(new Uri($"{_system.SiloUrl(silo)}/metrics"), cancellationToken).ConfigureAwait(false));
}
