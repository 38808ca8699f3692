namespace OutbackUptime.Domain.Alerts.Water;

/// <summary>Measures how a tank falls: over stretches in which its pump stands still, by <see cref="Trend"/>.</summary>
internal static class FallMeter
{
    private const double ShortestStretchHours = 0.75;

    /// <summary>The fall in the hours up to and with <paramref name="slot"/>.</summary>
    public static Fall Over(StationHistory station, HubHistory hub, long slot, double hours)
    {
        var tank = hub.Hub.Tank!;
        var slots = Math.Min(station.Slots(hours), station.Limits.MemorySlots);
        var pump = station.PumpOf(hub.Hub.Id);
        var mob = station.MobLitresPerHour(hub, slot);
        Span<(double X, double Y)> points = slots <= 600 ? stackalloc (double, double)[slots] : new (double, double)[slots];
        var (litres, covered, normal) = (0.0, 0.0, 0.0);
        var count = 0;
        for (var s = slot - slots + 1; s <= slot + 1; s++)
        {
            var still = s <= slot && (pump is null || PumpState.IsStill(station, pump, s));
            if (still)
            {
                var level = hub.Last(Signal.Level, s);
                if (!float.IsNaN(level))
                {
                    points[count++] = (s / station.SlotsPerHour, level);
                }
            }
            else if (count > 0)
            {
                Add(station, hub, points[..count], tank.Litres, mob, ref litres, ref covered, ref normal);
                count = 0;
            }
        }

        return new Fall(litres, covered, normal);
    }

    /// <summary>What is normal in an hour of the local day, in litres; NaN: not known.</summary>
    public static double Normal(HubHistory hub, int hour, double mobLitresPerHour)
    {
        var usual = mobLitresPerHour * Drinking.Share(hour);
        var learned = hub.Normals.Of(hour);

        // A learned night may be all zeros; the mob may still come tomorrow.
        return double.IsNaN(learned) ? (usual > 0 ? usual : double.NaN) : Math.Max(learned, 0.5 * usual);
    }

    private static void Add(
        StationHistory station, HubHistory hub, ReadOnlySpan<(double X, double Y)> points, double tankLitres, double mob, ref double litres, ref double covered, ref double normal)
    {
        var hours = points[^1].X - points[0].X;
        var slope = Trend.Slope(points);

        // Holes would make the trend of two moments: at least a third of the stretch must be there.
        if (hours < ShortestStretchHours || double.IsNaN(slope) || points.Length < hours * Math.Min(station.SlotsPerHour, TimeSpan.FromHours(1) / hub.Hub.Interval) / 3)
        {
            return;
        }

        if (slope * hours > 1)
        {
            // It rises with the pump still: filled by something that nobody measures.
            return;
        }

        litres += Math.Max(0, -slope) * hours * tankLitres / 100;
        covered += hours;
        for (var x = points[0].X; x < points[^1].X; x += 0.5)
        {
            var hour = station.Local((long)(x * station.SlotsPerHour)).Hour;
            normal += Normal(hub, hour, mob) * Math.Min(0.5, points[^1].X - x);
        }
    }
}
