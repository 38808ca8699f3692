using OutbackUptime.Domain.Uptime;

namespace OutbackUptime.Simulation.Month;

/// <summary>
/// The verdict that is right, from the faults themselves: second by second the first dead hop, where a packet received in that
/// second would not be in a store within 30 s; the minute is what most of its seconds are, `up` when that is a draw.
/// </summary>
internal sealed class Truth(MonthStation station, SharedFaults shared, Transport transport)
{
    private readonly Dictionary<(string, int), Verdict> _known = [];

    public Verdict Of(MonthHub hub, int minute)
    {
        if (!_known.TryGetValue((hub.Id, minute), out var verdict))
        {
            _known[(hub.Id, minute)] = verdict = Judge(hub, minute);
        }

        return verdict;
    }

    private Verdict Judge(MonthHub hub, int minute)
    {
        if (hub.Kind == HubKind.Missing)
        {
            return Verdict.Unknown;
        }

        Span<int> seconds = stackalloc int[8];
        for (var second = minute * 60; second < (minute + 1) * 60; second++)
        {
            seconds[(int)Of(hub, second, transport)]++;
        }

        var most = Verdict.Up;
        foreach (var verdict in (ReadOnlySpan<Verdict>)[Verdict.HubDown, Verdict.GatewayDown, Verdict.LinkDown, Verdict.RegionDown, Verdict.Ours])
        {
            most = seconds[(int)verdict] > seconds[(int)most] ? verdict : most;
        }

        return most;
    }

    private Verdict Of(MonthHub hub, int second, Transport way)
    {
        // What lies behind a dead gateway, or on the way to regions that are not there, has no witness: uptime.md gives those minutes
        // to the gateway, and to the region.
        if (station.Gateway[second])
        {
            return Verdict.GatewayDown;
        }

        if (hub.Dead[second])
        {
            return Verdict.HubDown;
        }

        if (way.InTime[second])
        {
            return Verdict.Up;
        }

        // Nothing may be dead in this very second: what has just come back, or dies before the packet is through.
        for (var distance = 0; distance <= 40; distance++)
        {
            foreach (var near in (ReadOnlySpan<int>)[second + distance, second - distance])
            {
                if (shared.NoBeat(near))
                {
                    return Verdict.RegionDown;
                }

                if (station.Link[near])
                {
                    return Verdict.LinkDown;
                }

                if (shared.Wedged[near])
                {
                    return Verdict.Ours;
                }
            }
        }

        return station.Gateway[second + 30] || station.Gateway[Math.Max(0, second - 15)] ? Verdict.GatewayDown : Verdict.Ours;
    }
}
