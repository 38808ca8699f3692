using System.CommandLine;
using System.Globalization;
using System.Text.Json;

namespace OutbackUptime.Cli;

/// <summary>The commands that read and acknowledge.</summary>
internal sealed class Commands(Connection connection, TextWriter output)
{
    private const int Most = 10_000;
    private static readonly JsonSerializerOptions s_indented = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public void AddTo(RootCommand root)
    {
        root.Subcommands.Add(List("stations", "Stations, who serves them, how far they are safe.", "stations",
            ["station", "home", "served by", "last packet", "safe up to", "at gateway", "open alerts"],
            s => [s.Text("id"), s.Text("homeRegion"), s.Text("owner"), s.Time("lastPacketAt"), s.Time("safeUpTo"), s.Text("atGateway"), s.Text("openAlerts")]));
        root.Subcommands.Add(Hubs());
        root.Subcommands.Add(Uptime());
        root.Subcommands.Add(Alerts());
        root.Subcommands.Add(Digest());
        root.Subcommands.Add(List("losses", "What gateways' journals gave up or thinned, by name.", "losses",
            ["station", "kind", "cause", "hub", "boot", "seqs", "packets", "recorded"],
            l => [l.Text("station"), l.Text("kind"), l.Text("cause"), l.Text("hub"), l.Text("boot"), $"{l.Text("firstSeq")}-{l.Text("lastSeq")}", l.Text("packets"), l.Time("recordedAt")]));
    }

    /// <summary>Prints JSON, or what <paramref name="table"/> makes of it.</summary>
    public void Print(ParseResult parsed, object json, Action table)
    {
        if (parsed.GetValue(connection.Json))
        {
            output.WriteLine(JsonSerializer.Serialize(json, s_indented));
        }
        else
        {
            table();
        }
    }

    private Command List(string name, string description, string path, string[] head, Func<JsonElement, string[]> row)
    {
        var command = new Command(name, description);
        command.SetAction(async (parsed, token) =>
        {
            using var api = connection.Open(parsed);
            var items = await api.ListAsync(path, Most, token).ConfigureAwait(false);
            Print(parsed, items, () => Table.Write(output, head, items.Select(row)));
        });
        return command;
    }

    private Command Hubs()
    {
        var station = new Argument<string>("station");
        var command = new Command("hubs", "A station's hubs with their latest values.") { station };
        command.SetAction(async (parsed, token) =>
        {
            using var api = connection.Open(parsed);
            var items = await api.ListAsync($"stations/{Uri.EscapeDataString(parsed.GetRequiredValue(station))}/hubs", Most, token).ConfigureAwait(false);
            Print(parsed, items, () => Table.Write(output, ["hub", "every", "measured", "seq", "values"], items.Select(h =>
            {
                var latest = h.GetProperty("latest");
                return latest.ValueKind == JsonValueKind.Object
                    ? new[] { h.Text("id"), $"{h.Text("intervalSeconds")} s", latest.Time("eventTime"), latest.Text("seq"), string.Join(' ', latest.GetProperty("metrics").EnumerateObject().Select(m => $"{m.Name}={m.Value}")) }
                    : [h.Text("id"), $"{h.Text("intervalSeconds")} s", "never", "-", "-"];
            })));
        });
        return command;
    }

    private Command Uptime()
    {
        var station = new Argument<string?>("station") { Arity = ArgumentArity.ZeroOrOne, Description = "A station; without it all." };
        var by = new Option<string?>("--by") { Description = "all, station or hub." };
        var from = new Option<DateTimeOffset?>("--from") { Description = "Start; default a day before --to." };
        var to = new Option<DateTimeOffset?>("--to") { Description = "End; default now." };
        var command = new Command("uptime", "Minutes up, and down by cause.") { station, by, from, to };
        command.SetAction(async (parsed, token) =>
        {
            using var api = connection.Open(parsed);
            var query = string.Join('&', new[] { ("by", parsed.GetValue(by)), ("from", Iso(parsed.GetValue(from))), ("to", Iso(parsed.GetValue(to))) }
                .Where(q => q.Item2 is not null).Select(q => $"{q.Item1}={Uri.EscapeDataString(q.Item2!)}"));
            var path = parsed.GetValue(station) is { } id ? $"stations/{Uri.EscapeDataString(id)}/uptime?{query}" : $"uptime?{query}";
            var report = await api.GetAsync(path, token).ConfigureAwait(false);
            string[] causes = ["up", "hub-down", "gateway-down", "link-down", "region-down", "ours", "unknown"];
            Print(parsed, report, () => Table.Write(output, ["station", "hub", "up %", .. causes, "late"], report.GetProperty("rows").EnumerateArray().Select(r =>
                (string[])[r.Text("station"), r.Text("hub"), r.Text("uptimePercent"), .. causes.Select(c => r.GetProperty("minutes").Text(c)), r.Text("lateMinutes")])));
        });
        return command;
    }

    private Command Alerts()
    {
        var station = new Option<string?>("--station") { Description = "Of one station." };
        var state = new Option<string?>("--state") { Description = "open, acknowledged or cleared; default: all." };
        var command = new Command("alerts", "Alerts, open ones first.") { station, state };
        command.SetAction(async (parsed, token) =>
        {
            using var api = connection.Open(parsed);
            var items = await api.ListAsync($"alerts?station={Uri.EscapeDataString(parsed.GetValue(station) ?? "")}{(parsed.GetValue(state) is { } s ? $"&state={Uri.EscapeDataString(s)}" : "")}", 1000, token).ConfigureAwait(false);
            Print(parsed, items, () => Table.Write(output, ["station", "hub", "severity", "state", "since", "alert", "summary"], items.Select(a =>
                new[] { a.Text("station"), a.Text("hub"), a.Text("severity"), a.Text("state"), a.Time("openedAt"), a.Text("alertId"), a.Text("summary") })));
        });
        var (ackStation, id) = (new Argument<string>("station"), new Argument<string>("alert"));
        var ack = new Command("ack", "Says that somebody looks after an alert: it is not escalated any more.") { ackStation, id };
        ack.SetAction(async (parsed, token) =>
        {
            using var api = connection.Open(parsed);
            await api.PostAsync($"stations/{Uri.EscapeDataString(parsed.GetRequiredValue(ackStation))}/alerts/{Uri.EscapeDataString(parsed.GetRequiredValue(id))}/acknowledge", null, token).ConfigureAwait(false);
            Print(parsed, new { acknowledged = parsed.GetRequiredValue(id) }, () => output.WriteLine("Acknowledged."));
        });
        command.Subcommands.Add(ack);
        return command;
    }

    private Command Digest()
    {
        var station = new Argument<string>("station");
        var command = new Command("digest", "A station as it is now, in at most 160 characters.") { station };
        command.SetAction(async (parsed, token) =>
        {
            using var api = connection.Open(parsed);
            var digest = await api.GetAsync($"stations/{Uri.EscapeDataString(parsed.GetRequiredValue(station))}/digest", token).ConfigureAwait(false);
            Print(parsed, digest, () => output.WriteLine(digest.Text("text")));
        });
        return command;
    }

    private static string? Iso(DateTimeOffset? time) => time?.ToString("O", CultureInfo.InvariantCulture);
}
