using System.Globalization;
using OutbackUptime.Demo.Cluster;

namespace OutbackUptime.Bench.Scale;

/// <summary>One number of silos, from the empty system to the loss of a region.</summary>
internal sealed class ScaleRun(DemoSystem system, ScaleSystem scale, int silos, ScaleOptions options, TextWriter output, TimeProvider time)
{
    private const int PacketsOfALoadFrame = 10;
    private const int FramesOfALoadStream = 5;
    private static readonly TimeSpan s_look = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan s_call = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(100);
    private readonly long _boot = time.GetUtcNow().ToUnixTimeMilliseconds();
    private StationClient[] _clients = [];

    public async Task<ScaleRow> RunAsync(CancellationToken cancellationToken)
    {
        _clients = [.. system.Stations.Select((s, i) => new StationClient(s.Id, i, options.Hubs, _boot, time))];
        system.WriteRegistry(first: 1);
        await scale.StartAsync(cancellationToken).ConfigureAwait(false);
        // What a start sets going comes to rest first.
        await Task.Delay(options.Idle, time, cancellationToken).ConfigureAwait(false);
        var (idle, idleSeconds) = await RestAsync(cancellationToken).ConfigureAwait(false);
        var (empty, baseBytes) = (await scale.HeapAsync(cancellationToken).ConfigureAwait(false), scale.Resident() / silos);
        Line($"  idle: {idle.SiloCpuSeconds / idleSeconds / silos:0.0000} cores and {idle.MessagesSent / idleSeconds / silos:0.0} messages/s a silo; {baseBytes / 1e6:0} MB resident, heap {empty / silos / 1e6:0.0} MB");

        system.WriteRegistry();
        await KnownAsync(cancellationToken).ConfigureAwait(false);
        var registered = await scale.HeapAsync(cancellationToken).ConfigureAwait(false);
        Line($"  registered: {options.Stations:N0} stations with {options.Hubs} hubs; heap {registered / silos / 1e6:0.0} MB a silo");

        var activation = await AllAsync(system.Stations.Index(), (c, silo) => c.SendAsync(silo, 1, 1, 1, s_call, cancellationToken), cancellationToken).ConfigureAwait(false);
        var (one, activeOne) = (await scale.HeapAsync(cancellationToken).ConfigureAwait(false), await scale.ActiveAsync(cancellationToken).ConfigureAwait(false));
        Line($"  active after {Last(activation):0.0} s: {activeOne:N0} stations, heap {one / silos / 1e6:0.0} MB a silo");

        await AllAsync(system.Stations.Index(), (c, silo) => c.SendAsync(silo, 1, options.Hubs, options.PacketsPerHub, s_call, cancellationToken), cancellationToken).ConfigureAwait(false);
        // Packets wake the watches, which then read their stations' last days, one after the other: only at rest all that is kept is there.
        var (rest, restSeconds) = await RestAsync(cancellationToken).ConfigureAwait(false);
        var (all, activeAll, resident) = (await scale.HeapAsync(cancellationToken).ConfigureAwait(false), await scale.ActiveAsync(cancellationToken).ConfigureAwait(false), scale.Resident());
        var (station, hub) = ScaleModel.Split(registered, one, all, Math.Max(1, activeAll), options.Hubs);
        Line($"  all hubs heard: heap {all / silos / 1e6:0.0} MB a silo: {station / 1024:0.0} KiB a station, {hub / 1024:0.0} KiB a hub ({(all - empty) / options.Stations / options.Hubs / 1024:0.0} KiB in all); at rest {rest.SiloCpuSeconds / restSeconds / silos:0.000} cores a silo");

        var (packets, load, loadSeconds) = await LoadAsync(cancellationToken).ConfigureAwait(false);
        if (packets > 0)
        {
            Line($"  load: {packets / loadSeconds:N0} packets/s; {load.SiloCpuSeconds * 1e6 / packets:0.0} us a packet in silos, {load.StoreCpuSeconds * 1e6 / packets:0.0} us in each store");
        }

        var (recovery, bystanders) = silos > 1 ? await LoseRegionAsync(cancellationToken).ConfigureAwait(false) : (null, null);
        return new ScaleRow
        {
            Silos = silos,
            IdleCoresPerSilo = idle.SiloCpuSeconds / idleSeconds / silos,
            IdleMessagesPerSilo = idle.MessagesSent / idleSeconds / silos,
            IdleWitnessCores = idle.WitnessCpuSeconds / idleSeconds,
            BaseBytes = baseBytes,
            Heap = new ScaleHeap(empty, registered, one, all),
            ActiveWithOneHub = activeOne,
            ActiveWithAll = activeAll,
            RegistryBytesPerHub = Math.Max(0, (registered - empty) / silos / options.Stations / options.Hubs),
            StationBytes = station,
            HubBytes = hub,
            AllBytesPerHub = (all - empty) / options.Stations / options.Hubs,
            ResidentBytes = resident,
            ActivationSeconds = Last(activation),
            RestingCoresPerSilo = rest.SiloCpuSeconds / restSeconds / silos,
            RestingMessagesPerSilo = rest.MessagesSent / restSeconds / silos,
            PacketsPerSecond = packets == 0 ? null : packets / loadSeconds,
            SiloMicrosecondsPerPacket = packets == 0 ? null : load.SiloCpuSeconds * 1e6 / packets,
            StoreMicrosecondsPerPacket = packets == 0 ? null : load.StoreCpuSeconds * 1e6 / packets,
            Recovery = recovery,
            Bystanders = bystanders,
        };
    }

    private static double Last(IReadOnlyCollection<double?> seconds) => seconds.Max() ?? 0;

    private async Task<(ScaleUse Use, double Seconds)> RestAsync(CancellationToken cancellationToken)
    {
        var (before, started) = (await scale.UseAsync(cancellationToken).ConfigureAwait(false), time.GetTimestamp());
        await Task.Delay(options.Idle, time, cancellationToken).ConfigureAwait(false);
        var seconds = time.GetElapsedTime(started).TotalSeconds;
        return (await scale.UseAsync(cancellationToken).ConfigureAwait(false) - before, seconds);
    }

    // The registry is read whole or not at all: who knows the last station knows all.
    private async Task KnownAsync(CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        foreach (var silo in DemoSystem.Regions.SelectMany(scale.Clients))
        {
            while (!await _clients[^1].IsKnownAsync(silo, s_call, cancellationToken).ConfigureAwait(false))
            {
                if (time.GetElapsedTime(started) > options.Limit)
                {
                    throw new BenchException($"The silos did not take the registry of {options.Stations} stations within {options.Limit.TotalSeconds:0} s.");
                }

                await Task.Delay(s_look, time, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Does something for each station until it works; the seconds each took from now, null where it did not work in time.</summary>
    private async Task<IReadOnlyList<double?>> AllAsync(IEnumerable<(int Index, DemoStation Station)> stations, Func<StationClient, Uplink.Uplink.UplinkClient, Task<int>> action, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        var wanted = stations.ToArray();
        var seconds = new double?[wanted.Length];
        await Parallel.ForEachAsync(Enumerable.Range(0, wanted.Length), new ParallelOptions { MaxDegreeOfParallelism = options.Parallelism, CancellationToken = cancellationToken }, async (i, stop) =>
        {
            for (var turn = wanted[i].Index; time.GetElapsedTime(started) < options.Limit; turn++)
            {
                if (await action(_clients[wanted[i].Index], scale.ClientFor(wanted[i].Station, turn)).ConfigureAwait(false) > 0)
                {
                    seconds[i] = time.GetElapsedTime(started).TotalSeconds;
                    return;
                }

                await Task.Delay(s_pause, time, stop).ConfigureAwait(false);
            }
        }).ConfigureAwait(false);
        return seconds;
    }

    private async Task<(long Packets, ScaleUse Use, double Seconds)> LoadAsync(CancellationToken cancellationToken)
    {
        var (before, started, turn, packets) = (await scale.UseAsync(cancellationToken).ConfigureAwait(false), time.GetTimestamp(), -1, 0L);
        await Task.WhenAll(Enumerable.Range(0, options.Load > TimeSpan.Zero ? options.Parallelism : 0).Select(async _ =>
        {
            while (time.GetElapsedTime(started) < options.Load)
            {
                // Workers go round; two never speak for one station, unless there are fewer stations than workers.
                var i = Interlocked.Increment(ref turn);
                if (i >= _clients.Length && _clients.Length < 2 * options.Parallelism)
                {
                    return;
                }

                var client = _clients[i % _clients.Length];
                var frames = await client.SendAsync(scale.ClientFor(system.Stations[i % _clients.Length], i), FramesOfALoadStream, options.Hubs, PacketsOfALoadFrame, s_call, cancellationToken).ConfigureAwait(false);
                Interlocked.Add(ref packets, (long)frames * options.Hubs * PacketsOfALoadFrame);
            }
        })).ConfigureAwait(false);
        var seconds = time.GetElapsedTime(started).TotalSeconds;
        return (packets, await scale.UseAsync(cancellationToken).ConfigureAwait(false) - before, seconds);
    }

    // All are active when the region goes; the other region's stations are asked meanwhile too.
    private async Task<(ScaleRecovery? Lost, ScaleRecovery? Bystanders)> LoseRegionAsync(CancellationToken cancellationToken)
    {
        await AllAsync(system.Stations.Index(), (c, silo) => c.SendAsync(silo, 1, 1, 1, s_call, cancellationToken), cancellationToken).ConfigureAwait(false);
        var lost = DemoSystem.Regions[0];
        Line($"  {await scale.ActiveAsync(cancellationToken).ConfigureAwait(false):N0} stations are active; SIGKILL of the silos of {lost}");
        await Task.WhenAll(system.SilosOf(lost).Where(c => c.IsRunning).Select(c => c.KillAsync())).ConfigureAwait(false);
        var groups = system.Stations.Index().GroupBy(s => s.Item.HomeRegion == lost).ToDictionary(g => g.Key, g => g.ToArray());
        // A call that hangs on the dead must not hold a worker for long.
        var limit = TimeSpan.FromSeconds(3);
        var both = await Task.WhenAll(new[] { true, false }.Select(g => AllAsync(groups.GetValueOrDefault(g, []).Select(s => (s.Index, s.Item)), (c, silo) => c.SendAsync(silo, 1, 1, 1, limit, cancellationToken), cancellationToken))).ConfigureAwait(false);
        var (recovery, bystanders) = (ScaleRecovery.Of([.. both[0]]), ScaleRecovery.Of([.. both[1]]));
        Line($"  recovery: {recovery?.Stations:N0} stations of {lost}: first after {recovery?.FirstSeconds:0.0} s, half {recovery?.P50Seconds:0.0} s, last {recovery?.LastSeconds:0.0} s, {recovery?.NotInTime} not in time; the other {bystanders?.Stations:N0}: last after {bystanders?.LastSeconds:0.0} s");
        return (recovery, bystanders);
    }

    private void Line(FormattableString text) => output.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
