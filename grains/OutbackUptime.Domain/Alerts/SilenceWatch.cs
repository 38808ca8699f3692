using OutbackUptime.Domain.Stations;
using OutbackUptime.Domain.Uptime;

namespace OutbackUptime.Domain.Alerts;

/// <summary>
/// What is silent, by the uptime ledger's verdicts. A dead hub is told of per hub; a dead gateway, link or region once per station.
/// Runs by the clock: silence has no packets.
/// </summary>
internal sealed class SilenceWatch(Station station, AlertLimits limits)
{
    private static readonly TimeSpan s_settle = TimeSpan.FromMinutes(5);

    private static readonly (Verdict Cause, string Rule)[] s_shared =
    [
        (Verdict.GatewayDown, AlertRules.GatewayDown), (Verdict.LinkDown, AlertRules.LinkDown),
        (Verdict.RegionDown, AlertRules.RegionDown), (Verdict.Ours, AlertRules.Ours),
    ];

    private readonly Dictionary<string, Hub> _hubs = station.Hubs.ToDictionary(h => h.Id, StringComparer.Ordinal);
    private readonly Dictionary<string, (Verdict Cause, DateTimeOffset Since)> _verdicts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, DateTimeOffset> _quietSince = new(StringComparer.Ordinal);

    /// <summary>The newest verdict on a hub; unknown where none came.</summary>
    public Verdict CauseOf(string hub) => _verdicts.TryGetValue(hub, out var v) ? v.Cause : Verdict.Unknown;

    /// <summary>Takes the ledger's current verdict. Hubs that the registry doesn't know are left out.</summary>
    public void On(string hub, Verdict cause, DateTimeOffset since)
    {
        if (!_hubs.ContainsKey(hub) && !ReservedHubs.Contains(hub))
        {
            return;
        }

        _verdicts[hub] = (cause, since);
    }

    /// <summary>What holds now: hub, rule, when it began, how bad; null severity: it is over.</summary>
    public IEnumerable<(string Hub, string Rule, DateTimeOffset Since, AlertSeverity? Severity)> Look(DateTimeOffset now)
    {
        foreach (var (id, hub) in _hubs)
        {
            if (_verdicts.TryGetValue(id, out var verdict) && OfHub(hub, verdict.Cause, verdict.Since, now) is { } found)
            {
                yield return (id, AlertRules.HubSilent, verdict.Since, found.Severity);
            }
        }

        foreach (var (cause, rule) in s_shared)
        {
            if (OfAll(cause, rule, now) is { } found)
            {
                yield return (ReservedHubs.Gateway, rule, found.Since, found.Severity);
            }
        }
    }

    private (AlertSeverity? Severity, bool Decided)? OfHub(Hub hub, Verdict cause, DateTimeOffset since, DateTimeOffset now) => cause switch
    {
        Verdict.Unknown => null,
        Verdict.HubDown => now - since < Max(hub.Interval * limits.SilentIntervals, limits.ShortestSilence) ? null
            : (hub.Tank is not null || hub.Trough is not null) && now - since >= Blind() ? (AlertSeverity.Critical, true)
            : (AlertSeverity.Warning, true),
        Verdict.Up => now - since >= Max(hub.Interval * 2, TimeSpan.FromMinutes(1)) ? (null, true) : null,

        // The verdict was corrected: it never was the hub.
        _ => (null, true),
    };

    private (DateTimeOffset Since, AlertSeverity? Severity)? OfAll(Verdict cause, string rule, DateTimeOffset now)
    {
        DateTimeOffset? since = null;
        foreach (var verdict in _verdicts.Values)
        {
            if (verdict.Cause == cause && !(verdict.Since >= since))
            {
                since = verdict.Since;
            }
        }

        if (since is { } began)
        {
            _quietSince.Remove(rule);
            return now - began < Patience(cause) ? null : (began, Severity(cause, now - began));
        }

        if (_verdicts.Count == 0)
        {
            return null;
        }

        var quiet = _quietSince.TryGetValue(rule, out var q) ? q : _quietSince[rule] = now;
        return now - quiet >= s_settle ? (now, null) : null;
    }

    private TimeSpan Patience(Verdict cause) =>
        cause is Verdict.LinkDown ? Max(limits.ShortestOutage, station.LinkRest) : limits.ShortestOutage;

    private AlertSeverity Severity(Verdict cause, TimeSpan lasted) =>
        lasted >= Blind() ? AlertSeverity.Critical
        : cause is Verdict.RegionDown or Verdict.Ours && lasted < TimeSpan.FromHours(6) ? AlertSeverity.Info
        : AlertSeverity.Warning;

    /// <summary>How long nobody may know whether there is water: half of what stock survive, less the drive, at least 6 h.</summary>
    private TimeSpan Blind() => Max((limits.HardToSave / 2) - station.DriveTime, TimeSpan.FromHours(6));

    private static TimeSpan Max(TimeSpan a, TimeSpan b) => a > b ? a : b;
}
