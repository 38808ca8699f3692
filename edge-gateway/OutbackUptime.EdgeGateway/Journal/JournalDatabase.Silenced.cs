using Microsoft.Data.Sqlite;

namespace OutbackUptime.EdgeGateway.Journal;

/// <summary>
/// Which boots lack packets, over restarts: safe receipts (I4) must not cover what was given up by an earlier process. A row per
/// hub, with the boots between its lowest and its highest.
/// </summary>
internal sealed partial class JournalDatabase
{
    internal const string SilencedTable = """
        CREATE TABLE silenced (hub TEXT PRIMARY KEY, first_boot INTEGER NOT NULL, last_boot INTEGER NOT NULL, crc INTEGER) WITHOUT ROWID;

        """;

    /// <summary>Notes that packets of a hub's boot were given up; an empty hub stands for all.</summary>
    public void Silence(string hub, long boot, SqliteTransaction transaction)
    {
        var old = LoadSilenced(hub, transaction);
        if (old is { } known && known.FirstBoot <= boot && boot <= known.LastBoot)
        {
            return;
        }

        var (first, last) = (Math.Min(old?.FirstBoot ?? boot, boot), Math.Max(old?.LastBoot ?? boot, boot));
        using var save = Command("INSERT OR REPLACE INTO silenced (hub, first_boot, last_boot, crc) VALUES ($hub, $first, $last, $crc)", "$hub", "$first", "$last", "$crc");
        save.Transaction = transaction;
        Set(save, hub, first, last, RowChecksum.OfSilenced(hub, first, last));
        save.ExecuteNonQuery();
    }

    /// <summary>All that are noted. A damaged row may be anybody's.</summary>
    public IReadOnlyList<SilencedHub> LoadSilenced()
    {
        using var command = Command("SELECT hub, first_boot, last_boot, crc FROM silenced");
        return ReadSilenced(command);
    }

    private SilencedHub? LoadSilenced(string hub, SqliteTransaction transaction)
    {
        using var command = Command("SELECT hub, first_boot, last_boot, crc FROM silenced WHERE hub = $hub", "$hub");
        command.Transaction = transaction;
        Set(command, hub);
        return ReadSilenced(command) switch
        {
            [] => null,
            [var known] when known.Hub == hub => known,
            _ => new SilencedHub(hub, long.MinValue, long.MaxValue),
        };
    }

    private static List<SilencedHub> ReadSilenced(SqliteCommand command)
    {
        using var reader = command.ExecuteReader();
        List<SilencedHub> silenced = [];
        while (reader.Read())
        {
            silenced.Add(
                reader.GetValue(0) is string hub && reader.GetValue(1) is long first && reader.GetValue(2) is long last && reader.GetValue(3) is long crc && crc == RowChecksum.OfSilenced(hub, first, last)
                    ? new SilencedHub(hub, first, last)
                    : new SilencedHub("", 0, 0));
        }

        return silenced;
    }
}
