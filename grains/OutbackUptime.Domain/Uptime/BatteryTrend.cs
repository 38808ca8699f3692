namespace OutbackUptime.Domain.Uptime;

/// <summary>
/// Whether a gateway's battery was low or falling when it was last heard: what a silence is presumed to be until the backlog
/// tells. Keeps the last half hour's readings, the same whatever their order.
/// </summary>
internal sealed class BatteryTrend(UptimeOptions options)
{
    private const long Span = 180;
    private readonly SortedDictionary<long, double> _volts = [];

    public void Add(long slot, double volts)
    {
        // Of two readings in a slot the lower one: a rule that does not ask which came first.
        _volts[slot] = _volts.TryGetValue(slot, out var known) ? Math.Min(known, volts) : volts;
        while (_volts.Count > 0 && _volts.Keys.First() is var oldest && oldest < _volts.Keys.Last() - Span)
        {
            _volts.Remove(oldest);
        }
    }

    /// <summary>Whether the last reading, from half a minute before <paramref name="lastPoint"/> at the earliest, was low or fell.</summary>
    public bool WasFailing(long lastPoint)
    {
        if (_volts.Count == 0 || _volts.Keys.Last() < lastPoint - Slots.Count(options.HeartbeatInterval) - 1)
        {
            return false;
        }

        var last = _volts.Values.Last();
        return last <= options.LowBatteryVolts || _volts.Values.Max() - last >= options.FallingBatteryVolts;
    }
}
