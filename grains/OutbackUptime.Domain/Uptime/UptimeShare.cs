namespace OutbackUptime.Domain.Uptime;

/// <summary>
/// Uptime over a range, of a hub or a station: how many hub-minutes were up and how many each cause took. Minutes of which nothing is
/// known (`unknown`, or no verdict at all) are in no share; <see cref="Known"/> tells how much of the range the shares speak for.
/// </summary>
public sealed class UptimeShare
{
    private readonly long[] _minutes = new long[(int)Verdict.Unknown + 1];

    private UptimeShare()
    {
    }

    /// <summary>Hub-minutes in the range.</summary>
    public long Total { get; private init; }

    /// <summary>Hub-minutes that were not seen at the time and are complete now.</summary>
    public long LateMinutes { get; private set; }

    /// <summary>Share of the range of which something is known, 0 to 1; 0 when the range is empty.</summary>
    public double Known => Total == 0 ? 0 : (double)KnownMinutes / Total;

    /// <summary>Share of the known minutes that were up, 0 to 1; null when none is known.</summary>
    public double? Up => Of(Verdict.Up);

    /// <summary>Share of the known minutes that are in the stores now, seen at the time or later, 0 to 1; null when none is known.</summary>
    public double? Complete => KnownMinutes == 0 ? null : (double)(Minutes(Verdict.Up) + LateMinutes) / KnownMinutes;

    private long KnownMinutes => Total - Minutes(Verdict.Unknown);

    /// <summary>The share of one range.</summary>
    /// <param name="verdicts">One for each hub and minute, as the store's exact view gives them; those outside the range are left out.</param>
    /// <param name="hubs">Hubs that the share is about.</param>
    /// <param name="range">Whole minutes.</param>
    public static UptimeShare Of(IEnumerable<MinuteVerdict> verdicts, IReadOnlyCollection<string> hubs, MinuteRange range)
    {
        ArgumentNullException.ThrowIfNull(verdicts);
        ArgumentNullException.ThrowIfNull(hubs);
        var minutes = Math.Max(0, (long)(range.To - range.From).TotalMinutes);
        var share = new UptimeShare { Total = minutes * hubs.Count };
        var known = hubs.ToHashSet(StringComparer.Ordinal);
        foreach (var verdict in verdicts.Where(v => v.Minute >= range.From && v.Minute < range.To && known.Contains(v.Hub)))
        {
            share._minutes[(int)verdict.Verdict]++;
            share.LateMinutes += verdict.Late && verdict.Verdict != Verdict.Up ? 1 : 0;
        }

        share._minutes[(int)Verdict.Unknown] += share.Total - share._minutes.Sum();
        return share;
    }

    /// <summary>Hub-minutes of a verdict; those without any count as `unknown`.</summary>
    public long Minutes(Verdict verdict) => _minutes[(int)verdict];

    /// <summary>Share of the known minutes that a verdict took, 0 to 1; null for `unknown`, and when none is known.</summary>
    public double? Of(Verdict verdict) => verdict == Verdict.Unknown || KnownMinutes == 0 ? null : (double)Minutes(verdict) / KnownMinutes;
}
