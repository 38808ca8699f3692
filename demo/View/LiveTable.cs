using System.Globalization;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace OutbackUptime.Demo.View;

/// <summary>The live view for a terminal.</summary>
internal static class LiveTable
{
    public static IRenderable Of(Snapshot s)
    {
        var stations = new Table().Border(TableBorder.Rounded).Title("[bold]stations[/]");
        foreach (var (name, right) in new[] { ("station", false), ("home", false), ("speaks to", false), ("owner", false), ("pkt/s", true), ("journal", true), ("committed", true), ("safe", true), ("P95 ms", true), ("takeovers", true) })
        {
            var column = new TableColumn(name) { NoWrap = true, Padding = new Padding(0, 0, 1, 0) };
            stations.AddColumn(right ? column.RightAligned() : column);
        }

        foreach (var l in s.Stations)
        {
            var away = l.Gateway is not null && l.Gateway != l.Home;
            stations.AddRow(
                l.Station, l.Home, l.Gateway is null ? "[red]nobody[/]" : away ? $"[yellow]{l.Gateway}[/]" : $"[green]{l.Gateway}[/]", l.Owner ?? "[red]-[/]",
                l.PacketsPerSecond.ToString("0", CultureInfo.InvariantCulture), l.Depth > 1000 ? $"[yellow]{N(l.Depth)}[/]" : N(l.Depth), N(l.Committed), N(l.Safe),
                l.P95Ms is { } p ? p.ToString("0", CultureInfo.InvariantCulture) : "-", N(l.Takeovers));
        }

        var regions = new Table().Border(TableBorder.Rounded).Title("[bold]regions[/]");
        foreach (var name in new[] { "region", "silos", "store", "rows written", "stations" })
        {
            regions.AddColumn(new TableColumn(name) { NoWrap = true, Padding = new Padding(0, 0, 1, 0) });
        }

        foreach (var r in s.Regions)
        {
            regions.AddRow(
                r.Region, r.SilosActive == r.Silos ? $"[green]{r.SilosActive}/{r.Silos}[/]" : $"[red]{r.SilosActive}/{r.Silos}[/]",
                r.StoreUp ? "[green]up[/]" : "[red]down[/]", N(r.Rows), N(r.Stations));
        }

        var hubs = s.Hubs is { } h
            ? $"hubs: {N(h.Connected)} connected, {N(h.Acknowledged)} packets acknowledged ({s.HubsPerSecond:0}/s), PUBACK P95 {h.PubackMs.P95:0.#} ms"
            : "hubs: connecting";
        return new Rows(new Text($"{s.Running:hh\\:mm\\:ss}  {hubs}"), stations, regions);
    }

    private static string N(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
