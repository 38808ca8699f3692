namespace OutbackUptime.Bench.Scale;

/// <summary>
/// From what was measured to sizes that this machine can't hold. Everything is counted after the loss of a region, when half of the
/// silos carry all. The formulas stand in docs/performance.md ("Scale"); it is linear where nothing else was measured.
/// </summary>
internal static class ScaleModel
{
    public const string Memory = "silo memory";
    public const string SiloCpu = "silo CPU";
    public const string StoreCpu = "store CPU";
    public const string Inserts = "store INSERTs";
    public const string Recovery = "recovery";

    /// <summary>For a number of silos, both regions together; even.</summary>
    public static ScalePrediction Predict(ScaleMeasures m, ScaleLoad load, ScaleLimits limits, int silos)
    {
        var left = Math.Max(1, silos / 2);
        var bytes = m.BaseBytes + (load.Hubs * m.RegistryBytesPerHub) + (((load.Stations * m.StationBytes) + (load.Hubs * m.HubBytes)) / left);
        var cores = m.IdleCoresOfOneSilo + (m.IdleCoresPerPeer * (left - 1)) + (((load.Stations * m.IdleCoresPerStation) + (load.PacketsPerSecond * m.SiloMicrosecondsPerPacket / 1e6)) / left);
        var store = load.PacketsPerSecond * m.StoreMicrosecondsPerPacket / 1e6;
        // Each silo writes to each store.
        var inserts = silos * m.InsertsPerSiloAndSecond;
        // Recovery is the stores' work: more silos do not make it faster.
        var recovery = m.DetectionSeconds + (load.Stations / 2.0 / m.RecoveriesPerSecond);
        var shares = new Dictionary<string, double>(StringComparer.Ordinal)
        {
            [Memory] = bytes / 1e6 / limits.SiloMegabytes,
            [SiloCpu] = cores / limits.SiloCores,
            [StoreCpu] = store / limits.StoreCores,
            [Inserts] = inserts / limits.StoreInsertsPerSecond,
            [Recovery] = recovery / limits.RecoverySeconds,
        };
        var wall = shares.MaxBy(s => s.Value);
        return new ScalePrediction(silos, bytes / 1e6, cores, store, inserts, recovery, shares, wall.Key, wall.Value <= 1);
    }

    /// <summary>Least squares: y = a + b·x. With one x the slope is 0.</summary>
    public static (double A, double B) Line(IReadOnlyCollection<(double X, double Y)> points)
    {
        var (mx, my) = (points.Average(p => p.X), points.Average(p => p.Y));
        var spread = points.Sum(p => (p.X - mx) * (p.X - mx));
        var b = spread == 0 ? 0 : points.Sum(p => (p.X - mx) * (p.Y - my)) / spread;
        return (my - (b * mx), b);
    }

    /// <summary>The two sizes of the heap that tell a station from its hubs: with one hub each, with all.</summary>
    public static (double Station, double Hub) Split(double registered, double withOneHub, double withAll, double stations, int hubs)
    {
        var hub = hubs > 1 ? Math.Max(0, (withAll - withOneHub) / (stations * (hubs - 1))) : 0;
        return (Math.Max(0, ((withOneHub - registered) / stations) - hub), hub);
    }
}
