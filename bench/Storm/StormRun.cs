using System.Globalization;
using OutbackUptime.Bench.Machine;
using OutbackUptime.Bench.Statistics;
using OutbackUptime.Demo.Cluster;
using OutbackUptime.Demo.Processes;

namespace OutbackUptime.Bench.Storm;

/// <summary>The storm itself, looked at every two seconds.</summary>
internal sealed class StormRun(DemoSystem system, IReadOnlyList<StormGateway> gateways, LiveLatencies latencies, StormOptions options, TextWriter output, TimeProvider time)
{
    private static readonly TimeSpan s_look = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan s_rest = TimeSpan.FromSeconds(60);
    private readonly List<StormSample> _samples = [];
    private readonly Dictionary<string, ProcessUse> _before = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ProcessUse> _after = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> _most = new(StringComparer.Ordinal);
    private readonly LiveTraffic _traffic = new([.. gateways.Select(g => g.Journal)], options.LiveInterval, time);
    private long _started;
    private double _seconds;
    private double? _jain;
    private bool _finished;

    private long Backlog => (long)options.Gateways * options.Hubs * options.PacketsPerHub;

    // A silo that was evicted and started again is looked at as the new process it is.
    private IEnumerable<(string Name, int Pid)> Processes =>
    [
        .. system.Silos.Values.Concat(system.Stores.Values).Append(system.Witness).OfType<Child>().Where(c => c.IsRunning).Select(c => (c.Name, c.Pid)),
        ("generator", Environment.ProcessId),
    ];

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        Use(_before);
        _started = time.GetTimestamp();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var traffic = _traffic.RunAsync(stop.Token);
        foreach (var gateway in gateways)
        {
            await gateway.StartAsync().ConfigureAwait(false);
        }

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{gateways.Count:N0} gateways begin to connect; {Backlog:N0} packets wait in their journals"));
        while (!(_finished = gateways.All(g => g.Journal.BacklogSafeAt is not null)) && time.GetElapsedTime(_started) < options.Limit)
        {
            await Task.Delay(s_look, time, cancellationToken).ConfigureAwait(false);
            await LookAsync(cancellationToken).ConfigureAwait(false);
        }

        _seconds = _finished ? gateways.Max(g => time.GetElapsedTime(_started, g.Journal.BacklogSafeAt!.Value).TotalSeconds) : time.GetElapsedTime(_started).TotalSeconds;
        Use(_after);
        await stop.CancelAsync().ConfigureAwait(false);
        await traffic.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        for (var until = time.GetTimestamp(); time.GetElapsedTime(until) < s_rest && !gateways.All(g => g.Journal.IsWhole);)
        {
            await Task.Delay(s_look / 10, time, cancellationToken).ConfigureAwait(false);
        }
    }

    public StormReport Report(MachineReport machine, IReadOnlyList<StormStore> stores)
    {
        var finishes = gateways.Select(g => g.Journal.BacklogSafeAt).OfType<long>().Select(Since).Order().ToArray();
        var (committed, safe) = latencies.Read();
        return new StormReport(
            machine, options.Gateways, options.Hubs, options.PacketsPerHub, options.LiveInterval.TotalSeconds, options.SilosPerRegion, options.Topology, options.Tls, _finished,
            Math.Round(_seconds, 2),
            Math.Round(gateways.Sum(g => g.Journal.BacklogSafe) / _seconds),
            Percentiles.Of(gateways.Select(g => g.Journal.FirstCommitAt).OfType<long>().Select(Since)),
            committed, safe, _traffic.Given,
            new StormFairness(_jain, At(0), At(0.5), finishes.Length == gateways.Count ? At(1) : null),
            gateways.Sum(g => (long)g.Status.Switches.Count),
            gateways.Sum(g => g.Status.Wedges),
            [.. _before.Keys.Select(n => new StormProcess(n, (_after.GetValueOrDefault(n, _before[n]) - _before[n]).CpuSeconds, _before[n].ResidentBytes, _most.GetValueOrDefault(n), _after.GetValueOrDefault(n, _before[n]).PeakBytes))],
            stores, _samples);

        double? At(double share) => finishes.Length == 0 ? null : Math.Round(Percentiles.At(finishes, share), 2);
    }

    private double Since(long timestamp) => Math.Round(time.GetElapsedTime(_started, timestamp).TotalSeconds, 2);

    private async Task LookAsync(CancellationToken cancellationToken)
    {
        var now = new Dictionary<string, ProcessUse>(StringComparer.Ordinal);
        Use(now);
        foreach (var (name, use) in now)
        {
            _most[name] = Math.Max(_most.GetValueOrDefault(name), use.ResidentBytes);
        }

        var drained = gateways.Sum(g => g.Journal.BacklogSafe);
        if (_jain is null && drained >= Backlog / 2)
        {
            _jain = Math.Round(Jain.Index([.. gateways.Select(g => (double)g.Journal.BacklogSafe)]), 4);
        }

        var pages = await system.SiloPagesAsync(cancellationToken).ConfigureAwait(false);
        var queued = pages.Values.OfType<SiloPage>().SelectMany(p => p.Stores).GroupBy(s => s.Region).ToDictionary(g => g.Key, g => g.Sum(s => s.QueuedRows), StringComparer.Ordinal);
        var live = latencies.TakeRecent();
        var sample = new StormSample(
            Math.Round(time.GetElapsedTime(_started).TotalSeconds, 1), drained, gateways.Count(g => g.Status.IsConnected), live,
            system.Silos.Keys.Where(now.ContainsKey).ToDictionary(s => s, s => now[s].ResidentBytes, StringComparer.Ordinal), queued);
        _samples.Add(sample);
        if (_samples.Count % 5 == 1)
        {
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"  {sample.Seconds,6:0} s: {drained,10:N0} drained ({(double)drained / Backlog:P0}), {sample.Connected} connected; live P50 {live.P50Ms:0} ms, max {live.MaxMs:0} ms; silos {string.Join(", ", sample.SiloBytes.Values.Select(b => $"{b / 1e6:0}"))} MB; queued {string.Join(", ", queued.Values)} rows"));
        }
    }

    private void Use(Dictionary<string, ProcessUse> into)
    {
        foreach (var (name, pid) in Processes)
        {
            try
            {
                into[name] = ProcessUse.Of(pid);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidOperationException)
            {
                // It has just ended; whoever supervises it starts it again.
            }
        }
    }
}
