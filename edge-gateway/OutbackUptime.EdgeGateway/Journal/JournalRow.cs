using Microsoft.Data.Sqlite;

namespace OutbackUptime.EdgeGateway.Journal;

/// <summary>Reads entries from query results, and refuses those that are not what was written.</summary>
internal static class JournalRow
{
    /// <summary>The columns that <see cref="TryRead"/> expects.</summary>
    public const string Columns = "offset, kind, hub, boot, boot_assigned, seq, received_us, payload, topic, reason_code, reason, event_us, identity, crc";

    /// <summary>What event_us holds: the repaired event time in microseconds since 1970, or 0.</summary>
    public static long EventTime(JournalEntry entry) => entry.RepairedTime is { } repaired ? JournalTime.ToMicroseconds(repaired) : 0;

    /// <summary>What event_us means.</summary>
    public static DateTimeOffset? RepairedTime(long eventTime) => eventTime != 0 ? JournalTime.FromMicroseconds(eventTime) : null;

    /// <summary>False when the row is damaged; then <paramref name="entry"/> holds what its columns say, if they can be read at all.</summary>
    public static bool TryRead(SqliteDataReader reader, long checkedFrom, Func<long, DateTimeOffset, long> appendedTimestamp, out JournalEntry? entry)
    {
        entry = null;
        try
        {
            var offset = reader.GetInt64(0);
            var receivedAt = JournalTime.FromMicroseconds(reader.GetInt64(6));
            entry = new JournalEntry(
                offset, (JournalEntryKind)reader.GetInt32(1), reader.GetString(2), reader.GetInt64(3), reader.GetBoolean(4), reader.GetInt64(5), receivedAt,
                appendedTimestamp(offset, receivedAt), reader.GetFieldValue<byte[]>(7), reader.GetString(8), reader.GetString(9), reader.GetString(10))
            {
                RepairedTime = RepairedTime(reader.GetInt64(11)),
                Identity = unchecked((ulong)reader.GetInt64(12)),
            };
            return reader.IsDBNull(13) ? offset < checkedFrom : reader.GetInt64(13) == RowChecksum.OfEntry(entry);
        }
        catch (Exception e) when (e is InvalidCastException or InvalidOperationException or OverflowException or ArgumentException or FormatException)
        {
            return false;
        }
    }
}
