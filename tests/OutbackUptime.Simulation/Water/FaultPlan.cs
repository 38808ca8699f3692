namespace OutbackUptime.Simulation.Water;

/// <summary>Spreads a month's faults so that two never hit the same water at once.</summary>
internal static class FaultPlan
{
    private static readonly FaultKind[] s_waterFaults =
        [FaultKind.Leak, FaultKind.StuckFloat, FaultKind.BlockedLine, FaultKind.PumpFailure, FaultKind.BoreDry, FaultKind.DryTank, FaultKind.BatteryDying, FaultKind.HubDead];

    public static List<Fault> Of(Random random, int waters, int days)
    {
        var faults = new List<Fault>();

        // From day 3 on, every third day a fault, each kind once, on waters in turn; the rest of the month is peace.
        var kinds = s_waterFaults.OrderBy(_ => random.Next()).ToArray();
        for (var i = 0; i < kinds.Length; i++)
        {
            var from = ((3 + (3 * i)) * 1440) + random.Next(1440);
            var hours = kinds[i] switch
            {
                FaultKind.Leak or FaultKind.StuckFloat => 30 + random.Next(6),
                FaultKind.BlockedLine => 28 + random.Next(6),
                FaultKind.HubDead => 4 + random.Next(8),
                _ => 64 + random.Next(7),
            };
            faults.Add(new Fault(kinds[i], i % waters, from, from + (hours * 60), 14 + (12 * random.NextDouble())));
        }

        for (var d = 1; d < days - 1; d += 5)
        {
            var from = (d * 1440) + random.Next(1440);
            faults.Add(new Fault(FaultKind.LinkDown, -1, from, from + 60 + random.Next(d == 11 ? 1200 : 600), 0));
        }

        return faults;
    }
}
