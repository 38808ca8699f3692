using System.Globalization;

namespace OutbackUptime.Demo.View;

/// <summary>The view where there is no terminal: a line a station now and then.</summary>
internal static class PlainLines
{
    public static IEnumerable<string> Of(Snapshot s)
    {
        var hubs = s.Hubs;
        var regions = string.Join(' ', s.Regions.Select(r => $"{r.Region}: silos={r.SilosActive}/{r.Silos} store={(r.StoreUp ? "up" : "down")} stations={r.Stations}"));
        yield return string.Create(CultureInfo.InvariantCulture, $"{s.Running:hh\\:mm\\:ss} hubs={hubs?.Connected ?? 0} acknowledged={hubs?.Acknowledged ?? 0} rate={s.HubsPerSecond:0}/s puback_p95_ms={hubs?.PubackMs.P95 ?? 0:0.#} {regions}");
        foreach (var l in s.Stations)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"         {l.Station} home={l.Home} speaks_to={l.Gateway ?? "nobody"} owner={l.Owner ?? "-"} rate={l.PacketsPerSecond:0}/s journal={l.Depth} committed={l.Committed} safe={l.Safe} p95_ms={l.P95Ms ?? 0:0}");
        }
    }
}
