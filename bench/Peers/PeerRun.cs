using System.Diagnostics;
using OutbackUptime.Bench.FrontDoor;
using OutbackUptime.Bench.Load;
using OutbackUptime.Bench.Machine;
using OutbackUptime.Bench.Servers;

namespace OutbackUptime.Bench.Peers;

/// <summary>Measures a pipeline: as fast as hubs are answered, until all is in the store; then at half of what came out of that, how late rows are.</summary>
internal sealed class PeerRun(PeersOptions options, TimeProvider time)
{
    public async Task<PeerRow> MeasureAsync(PipelineKind kind, CancellationToken cancellationToken)
    {
        using var folder = new BenchFolder(options.Data);
        await using var pipeline = kind.Make(folder.Path);
        await pipeline.StartAsync(cancellationToken).ConfigureAwait(false);
        using var generator = LoadGenerator.Connect(pipeline.Target, options.Connections, 1, time.GetUtcNow());
        await LoadAsync(pipeline, generator, options.Warmup, null, cancellationToken).ConfigureAwait(false);
        var (_, before) = await Drain.WaitAsync(pipeline.Tables, generator.Sent, options.DrainLimit, cancellationToken).ConfigureAwait(false);

        var (sent, start, cpu) = (generator.Sent, Stopwatch.GetTimestamp(), pipeline.CpuSeconds());
        var closed = await LoadAsync(pipeline, generator, options.Duration, null, cancellationToken).ConfigureAwait(false);
        var (end, missing) = await Drain.WaitAsync(pipeline.Tables, generator.Sent - before, options.DrainLimit, cancellationToken).ConfigureAwait(false);
        var used = pipeline.CpuSeconds();
        var packets = generator.Sent - sent;
        var rate = (packets - missing) / Stopwatch.GetElapsedTime(start, end).TotalSeconds;
        if (rate <= 0)
        {
            throw new BenchException($"No packet of {packets} reached the store.\n{string.Join('\n', pipeline.Parts.Select(p => $"{p.Name}: {p.Output[..Math.Min(p.Output.Length, 1000)]}"))}");
        }

        var (near, everywhere, openMissing) = await LatencyAsync(pipeline, generator, rate / 2, before + missing, cancellationToken).ConfigureAwait(false);
        return new PeerRow
        {
            Pipeline = kind.Name,
            PubackRate = closed.Rate,
            Rate = rate,
            Packets = packets,
            Missing = missing,
            CpuMicroseconds = (used.Pipeline - cpu.Pipeline) * 1e6 / packets,
            CpuWithStoresMicroseconds = (used.Pipeline + used.Stores - cpu.Pipeline - cpu.Stores) * 1e6 / packets,
            OpenRate = rate / 2,
            Visible = near,
            VisibleEverywhere = everywhere,
            OpenMissing = openMissing,
            LoadAverage = MachineReport.LoadAverageNow(),
        };
    }

    private Task<LoadResult> LoadAsync(Pipeline pipeline, LoadGenerator generator, TimeSpan duration, double? rate, CancellationToken cancellationToken) =>
        generator.RunAsync(new LoadPlan(TimeSpan.Zero, duration, rate, 1, options.Seed), pipeline.Of(PartRole.Broker).Process!.Value, cancellationToken);

    private async Task<(LatencyRow Near, LatencyRow Everywhere, long Missing)> LatencyAsync(Pipeline pipeline, LoadGenerator generator, double rate, long known, CancellationToken cancellationToken)
    {
        generator.NoteMoments();
        List<VisibilityWatch> watches = [.. pipeline.Tables.Select(t => VisibilityWatch.Start(t, time.GetUtcNow()))];
        await LoadAsync(pipeline, generator, options.Duration, rate, cancellationToken).ConfigureAwait(false);
        var (_, missing) = await Drain.WaitAsync(pipeline.Tables, generator.Sent - known, options.DrainLimit, cancellationToken).ConfigureAwait(false);
        // The watches see the last rows too.
        await Task.Delay(TimeSpan.FromSeconds(1), cancellationToken).ConfigureAwait(false);
        List<Dictionary<PacketKey, long>> visible = [];
        foreach (var watch in watches)
        {
            visible.Add(await watch.StopAsync(cancellationToken).ConfigureAwait(false));
        }

        var (near, everywhere) = (new LatencyRecorder(), new LatencyRecorder());
        foreach (var (packet, due) in generator.Moments())
        {
            if (visible[0].TryGetValue(packet, out var at))
            {
                near.Record(Microseconds(due, at));
            }

            if (visible.All(v => v.ContainsKey(packet)))
            {
                everywhere.Record(Microseconds(due, visible.Max(v => v[packet])));
            }
        }

        return (LatencyRow.Of(near), LatencyRow.Of(everywhere), missing);
    }

    private static long Microseconds(long from, long until) => (long)Stopwatch.GetElapsedTime(from, until).TotalMicroseconds;
}
