namespace OutbackUptime.Domain.Uptime;

/// <summary>A minute's verdict: what the larger part of its six slots was; when that is a draw, what its last one was.</summary>
internal static class MinuteVote
{
    /// <summary>The verdict; null when nothing is known of most of the minute.</summary>
    public static (Verdict Verdict, bool Late)? Of(long minute, HubTimeline hub, StationTimeline station, in HubMinute seen)
    {
        Span<int> votes = stackalloc int[8];
        Span<int> observed = stackalloc int[8];
        var last = default(Verdict);
        for (var slot = minute * Slots.PerMinute; slot < (minute + 1) * Slots.PerMinute; slot++)
        {
            var state = station[slot];
            var verdict = hub[slot] switch
            {
                HubState.Unheard => Verdict.Unknown,
                // What is behind a gateway that is off nobody can see: those minutes are the gateway's.
                HubState.Silent when state.Verdict != Verdict.GatewayDown => Verdict.HubDown,
                _ => state.Verdict,
            };
            votes[(int)verdict]++;
            last = verdict;
            observed[(int)verdict] += state.Observed ? 1 : 0;
        }

        // A draw by the last slot: outages would lose a minute more often than they gain one if all draws were `up`.
        var most = (int)last;
        for (var verdict = (int)Verdict.Up; verdict <= (int)Verdict.Unknown; verdict++)
        {
            most = votes[verdict] > votes[most] ? verdict : most;
        }

        if (most == 0 || votes[0] > votes[most])
        {
            return null;
        }

        if (most == (int)Verdict.Up && votes[most] == Slots.PerMinute && seen.Late != 0 && seen.InTime == 0)
        {
            // The way was open for the others, its packets lay somewhere all the same.
            return (Verdict.Ours, true);
        }

        var isOnTheWay = (Verdict)most is Verdict.LinkDown or Verdict.RegionDown or Verdict.Ours;
        return ((Verdict)most, isOnTheWay && observed[most] * 2 > votes[most]);
    }
}
