using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using OutbackUptime.Demo.Hostile;
using OutbackUptime.Demo.Hubs;

namespace OutbackUptime.Demo.Drills;

/// <summary>Hostile clients besiege every gateway's front door; the hubs don't notice.</summary>
internal sealed class HostileDrill : IDrill
{
    private const int AttackersPerGateway = 150;
    private const double LargestGrowthMegabytes = 128;
    private const double LongestPubackP99Ms = 1000;
    private static readonly TimeSpan s_siege = TimeSpan.FromSeconds(15);

    public string Name => "hostile";

    public string Story => $"{AttackersPerGateway} hostile clients at every gateway for {s_siege.TotalSeconds:0} s: noise, half and slow CONNECTs, 268 MB declarations, wrong passwords, a third of them over TLS";

    public async Task RunAsync(DrillRun run)
    {
        var pubacks = new ConcurrentQueue<HubFleetStats>();
        void Listen(string line)
        {
            if (line.StartsWith('{') && HubFleetStats.Parse(line) is { } stats)
            {
                pubacks.Enqueue(stats);
            }
        }

        var gateways = run.System.Gateways;
        var before = gateways.ToDictionary(g => g.Key, g => (g.Value.Pid, Peak: PeakMegabytes(g.Value.Pid)));
        using var siege = CancellationTokenSource.CreateLinkedTokenSource(run.Cancelled);
        run.Timeline.Note($"the siege begins: {gateways.Count * AttackersPerGateway} clients");
        run.System.HubProcess.Line += Listen;
        List<Attacker> attackers = [.. run.System.Stations.SelectMany((s, gateway) => Enumerable.Range(0, AttackersPerGateway).Select(i => new Attacker(
            (AttackKind)(i % Enum.GetValues<AttackKind>().Length), i % 3 == 0, IPAddress.Parse($"127.0.{gateway + 66}.{(i % 4) + 1}"), run.System.MqttPort(s.Id), new Random(i), run.Time)))];
        var all = Task.WhenAll(attackers.Select(a => a.RunAsync(siege.Token)));
        await run.LoadAsync(s_siege).ConfigureAwait(false);
        await siege.CancelAsync().ConfigureAwait(false);
        await all.ConfigureAwait(false);
        run.System.HubProcess.Line -= Listen;

        run.Timeline.Note($"it ends: {attackers.Sum(a => a.Connections):N0} connections made, {attackers.Sum(a => a.ThrownOut):N0} ended by the gateways");
        var p99 = pubacks.Select(p => p.PubackMs.P99).Order().ToList();
        var typical = p99.Count == 0 ? double.NaN : p99[p99.Count / 2];
        var growth = gateways.Max(g => PeakMegabytes(g.Value.Pid) - before[g.Key].Peak);
        run.Timeline.Note(string.Create(CultureInfo.InvariantCulture, $"hubs' PUBACK P99 meanwhile: {typical:0} ms in the median second; a gateway's peak memory grew by {growth:0} MB at most"));
        if (gateways.Any(g => g.Value.Pid != before[g.Key].Pid || !g.Value.IsRunning))
        {
            throw new DrillFailedException("a gateway did not outlive the siege");
        }

        if (growth > LargestGrowthMegabytes)
        {
            throw new DrillFailedException($"a gateway's memory grew by {growth:0} MB; the limit is {LargestGrowthMegabytes} MB");
        }

        if (!(typical <= LongestPubackP99Ms))
        {
            throw new DrillFailedException($"hubs waited {typical:0} ms for their PUBACKs (P99 of the median second); the limit is {LongestPubackP99Ms} ms");
        }
    }

    // VmHWM of proc(5): the peak of the resident set.
    private static double PeakMegabytes(int pid) => File.ReadLines($"/proc/{pid}/status")
        .Where(l => l.StartsWith("VmHWM:", StringComparison.Ordinal))
        .Select(l => double.Parse(l.Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024)
        .FirstOrDefault();
}
