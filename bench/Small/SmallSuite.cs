using System.Diagnostics;
using System.Globalization;
using OutbackUptime.Bench.Load;
using OutbackUptime.Bench.Machine;
using OutbackUptime.Bench.Reports;
using OutbackUptime.Bench.Servers;

namespace OutbackUptime.Bench.Small;

/// <summary>How small is a gateway: time to ready, memory, and what it writes to its card.</summary>
internal sealed class SmallSuite(SmallOptions options, TextWriter output, TimeProvider time)
{
    private const int MemoryHubs = 200;
    private const int FlashHubs = 100;
    private const double FlashRate = FlashHubs / 30.0;
    private const double FlashPacketsPerDay = FlashRate * 86_400;

    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(options.Data);
        var program = GatewayProgram.Find(options.Gateway);
        var machine = MachineReport.Read(options.Data);
        var size = new DirectoryInfo(Path.GetDirectoryName(program.Path)!).GetFiles().Where(f => f.Extension != ".json").Sum(f => f.Length);
        Line($"{machine.Processor}, {machine.Cores} cores, load average {machine.LoadAverage:0.0}; {machine.FileSystem}, fsync of 4 KiB P50 {machine.FsyncP50Ms:0.00} ms; gateway: {program.Kind}, {size / 1e6:0.0} MB");
        List<double> ready = [];
        for (var i = 0; i < options.Starts; i++)
        {
            ready.Add(await StartOnceAsync(program, cancellationToken).ConfigureAwait(false));
        }

        Line($"ready: {string.Join(", ", ready.Select(r => r.ToString("0", CultureInfo.InvariantCulture)))} ms from process start to the first CONNACK");
        List<MemoryRow> memory = [];
        foreach (var (tls, linkUp) in options.MemoryTime > TimeSpan.Zero ? [(false, false), (false, true), (true, true)] : Array.Empty<(bool, bool)>())
        {
            memory.Add(await MeasureMemoryAsync(program, tls, linkUp, cancellationToken).ConfigureAwait(false));
            Line($"memory: {memory[^1].Case}: idle {memory[^1].IdleBytes / 1e6:0.0} MB, under load {memory[^1].ResidentBytes / 1e6:0.0} MB ({memory[^1].AnonymousBytes / 1e6:0.0} MB its own, the rest pages of files), peak {memory[^1].PeakBytes / 1e6:0.0} MB, {memory[^1].CpuShare:P1} of a core, PUBACK P99 {memory[^1].P99Ms:0.0} ms");
        }

        // So little happens in each that all can run at once.
        var flash = await Task.WhenAll((options.FlashTime > TimeSpan.Zero ? options.Lingers : []).SelectMany(l => new[] { true, false }.Select(up => MeasureFlashAsync(program, l, up, cancellationToken)))).ConfigureAwait(false);
        foreach (var row in flash)
        {
            Line($"flash: linger {row.Linger:0.###} s, link {(row.LinkUp ? "up" : "down")}: {row.BytesPerPacket:N0} B a packet ({row.Packets} packets), {row.GigabytesPerDay:0.00} GB a day, PUBACK P99 {row.P99Ms:0} ms");
        }

        JsonReport.Write(options.Report, new SmallReport(machine, program.Kind, size, ready, memory, flash));
        return 0;
    }

    private async Task<double> StartOnceAsync(GatewayProgram program, CancellationToken cancellationToken)
    {
        using var folder = new BenchFolder(options.Data);
        var target = GatewayServer.Target(FreePort.Next(), tls: false);
        var start = Stopwatch.GetTimestamp();
        await using var server = await GatewayServer.StartAsync(program, folder.Path, 1, target, FreePort.Next(), options.GatewaySettings, cancellationToken).ConfigureAwait(false);
        using var hub = LoadGenerator.Connect(target, 1, 1, time.GetUtcNow());
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    private async Task<MemoryRow> MeasureMemoryAsync(GatewayProgram program, bool tls, bool linkUp, CancellationToken cancellationToken)
    {
        using var folder = new BenchFolder(options.Data);
        var regionPort = FreePort.Next();
        await using var region = linkUp ? await AnsweringRegion.StartAsync(regionPort, cancellationToken).ConfigureAwait(false) : null;
        var target = GatewayServer.Target(FreePort.Next(), tls);
        await using var server = await GatewayServer.StartAsync(program, folder.Path, MemoryHubs, target, regionPort, options.GatewaySettings, cancellationToken).ConfigureAwait(false);
        await Task.Delay(TimeSpan.FromSeconds(1), cancellationToken).ConfigureAwait(false);
        var idle = ProcessUse.Of(server.Id).ResidentBytes;
        using var hubs = LoadGenerator.Connect(target, MemoryHubs, 1, time.GetUtcNow());
        var result = await hubs.RunAsync(new LoadPlan(TimeSpan.FromSeconds(2), options.MemoryTime, MemoryHubs, 1, options.Seed), server.Id, cancellationToken).ConfigureAwait(false);
        var use = ProcessUse.Of(server.Id);
        return new MemoryRow($"{(tls ? "TLS" : "plaintext")}, link {(linkUp ? "up" : "down")}", idle, use.ResidentBytes, use.AnonymousBytes, use.PeakBytes, result.ServerUse.CpuSeconds / result.Elapsed.TotalSeconds, result.Latencies.QuantileMs(0.99));
    }

    private async Task<FlashRow> MeasureFlashAsync(GatewayProgram program, TimeSpan linger, bool linkUp, CancellationToken cancellationToken)
    {
        using var folder = new BenchFolder(options.Data);
        var regionPort = FreePort.Next();
        await using var region = linkUp ? await AnsweringRegion.StartAsync(regionPort, cancellationToken).ConfigureAwait(false) : null;
        var target = GatewayServer.Target(FreePort.Next(), tls: false);
        var settings = new Dictionary<string, string>(options.GatewaySettings) { ["Journal__Linger"] = linger.ToString("c", CultureInfo.InvariantCulture) };
        await using var server = await GatewayServer.StartAsync(program, folder.Path, FlashHubs, target, regionPort, settings, cancellationToken).ConfigureAwait(false);
        using var hubs = LoadGenerator.Connect(target, FlashHubs, 1, time.GetUtcNow());
        var result = await hubs.RunAsync(new LoadPlan(TimeSpan.FromSeconds(10), options.FlashTime, FlashRate, 1, options.Seed), server.Id, cancellationToken).ConfigureAwait(false);
        return new FlashRow(linger.TotalSeconds, linkUp, result.Acknowledged, result.WrittenBytes, result.WrittenBytes * FlashPacketsPerDay / 1e9, result.Latencies.QuantileMs(0.99));
    }

    private void Line(FormattableString text) => output.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
