using Microsoft.Data.Sqlite;

namespace OutbackUptime.EdgeGateway.Journal;

/// <summary>Reads entries from query results, and refuses those that are not what was written.</summary>
internal static class JournalRow
{
    /// <summary>The columns that <see cref="TryRead"/> expects.</summary>
    public const string Columns = "offset, kind, hub, boot, boot_assigned, seq, received_us, payload, topic, reason_code, reason, crc";

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
                appendedTimestamp(offset, receivedAt), reader.GetFieldValue<byte[]>(7), reader.GetString(8), reader.GetString(9), reader.GetString(10));
            return reader.IsDBNull(11) ? offset < checkedFrom : reader.GetInt64(11) == RowChecksum.OfEntry(entry);
        }
        catch (Exception e) when (e is InvalidCastException or InvalidOperationException or OverflowException or ArgumentException or FormatException)
        {
            return false;
        }
    }
}
