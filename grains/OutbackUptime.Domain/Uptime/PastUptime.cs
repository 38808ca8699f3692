using OutbackUptime.Domain.Stations;

namespace OutbackUptime.Domain.Uptime;

/// <summary>Judges hours anew that lie before those which <see cref="StationUptime"/> keeps, from what the store has of them.</summary>
public static class PastUptime
{
    /// <summary>Evidence is needed this long before the hours judged and after them.</summary>
    public static readonly TimeSpan Margin = TimeSpan.FromHours(3);

    /// <summary>What to read from the store for a range that <see cref="StationUptime.TakePast"/> named.</summary>
    public static MinuteRange Evidence(MinuteRange range) => new(range.From - Margin, range.To + Margin);

    /// <summary>The verdicts of <paramref name="range"/> that are new, or other than told before.</summary>
    /// <param name="options">The rules' limits.</param>
    /// <param name="hubs">The hubs as the registry has them.</param>
    /// <param name="range">The minutes to be judged.</param>
    /// <param name="told">
    /// What was told of the range, and at least one verdict before it of each hub that had been heard by then: a hub without one
    /// is `unknown` until its first packet.
    /// </param>
    /// <param name="feed">Feeds the packets, heartbeats and beats of <see cref="Evidence"/>, in any order.</param>
    public static IReadOnlyList<MinuteVerdict> Judge(
        UptimeOptions options, IReadOnlyList<Hub> hubs, MinuteRange range, IEnumerable<MinuteVerdict> told, Action<StationUptime> feed)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(told);
        ArgumentNullException.ThrowIfNull(feed);
        var evidence = Evidence(range);
        var now = evidence.To;
        var hours = (int)Math.Ceiling((evidence.To - evidence.From).TotalHours) + 1;
        var judge = new StationUptime(options with { Hours = hours }, now);
        judge.SetHubs(hubs, now); // so nothing is told of minutes in which nobody had heard of a hub, unless it was told before
        judge.Recover(told.Where(v => v.Minute < range.To));
        feed(judge);
        judge.OnRead(now);
        List<MinuteVerdict> verdicts = [];
        do
        {
            verdicts.AddRange(judge.Judge(now).Where(v => v.Minute >= range.From && v.Minute < range.To));
        }
        while (judge.HasMore);
        return verdicts;
    }
}
