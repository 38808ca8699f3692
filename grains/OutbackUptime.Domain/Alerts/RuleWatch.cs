using OutbackUptime.Domain.Alerts.Rules;
using OutbackUptime.Domain.Alerts.Water;

namespace OutbackUptime.Domain.Alerts;

/// <summary>A rule at a hub with its track.</summary>
internal sealed class RuleWatch
{
    private static readonly TimeSpan s_forget = TimeSpan.FromHours(6);
    private readonly StationHistory _station;
    private readonly int _pace;

    public RuleWatch(StationHistory station, HubHistory hub, IWaterRule rule)
    {
        _station = station;
        Hub = hub;
        Rule = rule;
        _pace = rule.Pace > station.Limits.Slot ? (int)(rule.Pace / station.Limits.Slot) : 1;
        StaleSlots = Slots(rule.Stale ?? station.Limits.Stale);
    }

    public HubHistory Hub { get; }

    public IWaterRule Rule { get; }

    /// <summary>Null: nothing was ever wrong.</summary>
    public RuleTrack? Track { get; private set; }

    public int StaleSlots { get; }

    /// <summary>Looks at the slots from one to the other; returns the episodes that ended there.</summary>
    public List<Episode> Advance(long from, long to)
    {
        var track = Track;
        var ended = Run(ref track, from, to);
        Track = track;
        return ended;
    }

    /// <summary>Goes on from an episode that another activation found.</summary>
    public void Resume(long from, AlertSeverity severity, IReadOnlyDictionary<string, double> facts) =>
        (Track ??= NewTrack()).Resume(from, severity, facts);

    /// <summary>
    /// Looks again at everything kept, because late packets changed it. With <paramref name="keepTrack"/> only episodes long over
    /// come of it: what people were told of goes on from where it is.
    /// </summary>
    public List<Episode> LookAgain(long from, long to, bool keepTrack)
    {
        RuleTrack? again = null;
        var ended = Run(ref again, from, to);
        if (!keepTrack)
        {
            Track = again;
        }

        return ended;
    }

    private RuleTrack NewTrack() => new(Slots(Rule.ToOpen), Slots(Rule.ToClear), Slots(s_forget));

    private int Slots(TimeSpan time) => (int)Math.Ceiling(time / _station.Limits.Slot);

    private List<Episode> Run(ref RuleTrack? track, long from, long to)
    {
        List<Episode> ended = [];
        for (var slot = from; slot <= to; slot++)
        {
            if (slot % _pace != 0)
            {
                continue;
            }

            var finding = Rule.At(_station, Hub, slot);
            if (track is null && finding.Look != Look.Wrong)
            {
                // Changes nothing.
                continue;
            }

            track ??= NewTrack();
            if (track.Step(slot, finding) is { } episode)
            {
                ended.Add(episode);
            }
        }

        return ended;
    }
}
