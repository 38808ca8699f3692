using System.CommandLine;

namespace OutbackUptime.Cli;

/// <summary>`outback quarantine …`: look, understand, replay.</summary>
internal sealed class QuarantineCommands(Connection connection, Commands commands, TextWriter output)
{
    public void AddTo(RootCommand root)
    {
        var quarantine = new Command("quarantine", "What was published and is no packet.");
        quarantine.Subcommands.Add(List());
        quarantine.Subcommands.Add(Show());
        quarantine.Subcommands.Add(Replay());
        root.Subcommands.Add(quarantine);
    }

    private Command List()
    {
        var station = new Option<string?>("--station") { Description = "Of one station." };
        var reason = new Option<string?>("--reason") { Description = "With one reason code, e.g. metric-not-finite." };
        var most = new Option<int>("--most") { Description = "At most so many (default 100).", DefaultValueFactory = _ => 100 };
        var command = new Command("list", "Entries, the newest first.") { station, reason, most };
        command.SetAction(async (parsed, token) =>
        {
            using var api = connection.Open(parsed);
            var items = await api.ListAsync($"quarantine?station={Uri.EscapeDataString(parsed.GetValue(station) ?? "")}&reason={Uri.EscapeDataString(parsed.GetValue(reason) ?? "")}", parsed.GetValue(most), token).ConfigureAwait(false);
            commands.Print(parsed, items, () => Table.Write(output, ["station", "hub", "received", "entry", "reason", "replayed"], items.Select(q =>
                new[] { q.Text("station"), q.Text("hub"), q.Time("receivedAt"), $"{q.Text("journalEpoch")}/{q.Text("journalOffset")}", q.Text("reasonCode"), q.GetProperty("replayed").ValueKind == System.Text.Json.JsonValueKind.Object ? "yes" : "no" })));
        });
        return command;
    }

    private Command Show()
    {
        var (station, entry) = (new Argument<string>("station"), new Argument<string>("entry") { Description = "EPOCH/OFFSET, as `list` prints it." });
        var command = new Command("show", "One entry with its payload.") { station, entry };
        command.SetAction(async (parsed, token) =>
        {
            using var api = connection.Open(parsed);
            var q = await api.GetAsync(Path(parsed.GetRequiredValue(station), parsed.GetRequiredValue(entry)), token).ConfigureAwait(false);
            commands.Print(parsed, q, () =>
            {
                output.WriteLine($"{q.Text("station")} {q.Text("hub")}, received {q.Time("receivedAt")} on {q.Text("topic")}");
                output.WriteLine($"{q.Text("reasonCode")}: {q.Text("reason")}");
                output.WriteLine(string.Concat(q.Text("payload").Select(c => char.IsControl(c) && c != '\n' ? '·' : c)));
            });
        });
        return command;
    }

    private Command Replay()
    {
        var (station, entry) = (new Argument<string>("station"), new Argument<string>("entry") { Description = "EPOCH/OFFSET, as `list` prints it." });
        var payload = new Option<FileInfo?>("--payload") { Description = "A file with the corrected payload; without it what was sent is parsed again." };
        var hub = new Option<string?>("--hub") { Description = "The hub, where the entry names none." };
        var boot = new Option<long?>("--boot") { Description = "The boot, where the payload has none." };
        var note = new Option<string?>("--note") { Description = "Why; kept in the audit trail." };
        var command = new Command("replay", "Writes an entry as the reading that it should have been. Doing it again changes nothing.") { station, entry, payload, hub, boot, note };
        command.SetAction(async (parsed, token) =>
        {
            using var api = connection.Open(parsed);
            var text = parsed.GetValue(payload) is { } file ? await ReadAsync(file, token).ConfigureAwait(false) : null;
            var result = await api.PostAsync(Path(parsed.GetRequiredValue(station), parsed.GetRequiredValue(entry)) + "/replay",
                new { payload = text, hub = parsed.GetValue(hub), boot = parsed.GetValue(boot), note = parsed.GetValue(note) }, token).ConfigureAwait(false);
            commands.Print(parsed, result, () =>
            {
                var replay = result.GetProperty("replay");
                output.WriteLine($"{(result.Text("status") == "already" ? "Was replayed before" : "Replayed")}: {replay.Text("hub")} boot {replay.Text("boot")} seq {replay.Text("seq")}, committed in {string.Join(" and ", result.GetProperty("committed").EnumerateArray().Select(r => r.GetString()))}.");
            });
        });
        return command;
    }

    private static async Task<string> ReadAsync(FileInfo file, CancellationToken cancellationToken)
    {
        try
        {
            return await File.ReadAllTextAsync(file.FullName, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CliException($"--payload '{file}' can't be read: {e.Message}");
        }
    }

    private static string Path(string station, string entry) =>
        entry.Split('/') is [var epoch, var offset] && Guid.TryParse(epoch, out _) && long.TryParse(offset, out var at) && at >= 0
            ? $"stations/{Uri.EscapeDataString(station)}/quarantine/{epoch}/{offset}"
            : throw new CliException($"'{entry}' is no entry; expected EPOCH/OFFSET as `outback quarantine list` prints it.");
}
