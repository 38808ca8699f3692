using OutbackUptime.Domain.Boots;
using OutbackUptime.Domain.Ranges;

namespace OutbackUptime.EdgeGateway.Journal.Salvage;

/// <summary>Knows the journal's rows by their shape and checksum, and puts them into the findings.</summary>
internal sealed class RowJudge(Findings findings)
{
    /// <summary>Rows of meta, committed, gone, hubs and recent. Those of a version 1 file have no checksum, and are left: the file was upgraded when it was opened.</summary>
    /// <remarks>Of a transaction that may never have been committed, only what can't be wrong is taken.</remarks>
    public bool TakeKeyRow(SqliteValue[] columns)
    {
        switch (columns)
        {
            case [{ Type: SqliteValue.Kind.Text } k, { Type: SqliteValue.Kind.Text } v, { Type: SqliteValue.Kind.Integer } crc]
                when k.AsText() is { } key && v.AsText() is { } value && crc.Number == RowChecksum.OfMeta(key, value):
                findings.AddKey(key, value);
                return true;
            case [{ Type: SqliteValue.Kind.Integer } first, { Type: SqliteValue.Kind.Integer } last, { Type: SqliteValue.Kind.Integer } crc]
                when crc.Number == RowChecksum.OfGone(first.Number, last.Number):
                if (findings.IsProven)
                {
                    findings.AddGone(new OffsetRange(first.Number, last.Number));
                }

                return true;
            case [{ Type: SqliteValue.Kind.Text } r, { Type: SqliteValue.Kind.Integer } first, { Type: SqliteValue.Kind.Integer } last, { Type: SqliteValue.Kind.Integer } crc]
                when r.AsText() is { } region && crc.Number == RowChecksum.OfCommitted(region, first.Number, last.Number):
                if (findings.IsProven)
                {
                    findings.AddCommitted(region, new OffsetRange(first.Number, last.Number));
                }

                return true;
            case [{ Type: SqliteValue.Kind.Text } h, { Type: SqliteValue.Kind.Integer } boot, { Type: SqliteValue.Kind.Integer } highest, { Type: SqliteValue.Kind.Integer } open, { Type: SqliteValue.Kind.Integer } members, { Type: SqliteValue.Kind.Integer } crc]
                when h.AsText() is { } hub && crc.Number == RowChecksum.OfHub(hub, boot.Number, highest.Number, open.Number != 0, members.Number):
                findings.AddAssigned(hub, new AssignedBoot(boot.Number, highest.Number, Open: false));
                return true;
            case [{ Type: SqliteValue.Kind.Text } h, { Type: SqliteValue.Kind.Integer }, { Type: SqliteValue.Kind.Integer } boot, { Type: SqliteValue.Kind.Integer, Number: >= 0 } seq, { Type: SqliteValue.Kind.Integer } hash, { Type: SqliteValue.Kind.Integer } offset, { Type: SqliteValue.Kind.Integer } crc]
                when h.AsText() is { } hub && new RecentRow(hub, new RecentPacket(boot.Number, seq.Number, unchecked((ulong)hash.Number)), offset.Number) is var row && row.Checksum == crc.Number:
                findings.AddRecent(row);
                return true;
            default:
                return false;
        }
    }

    /// <summary>Rows of entries, and SQLite's own.</summary>
    /// <param name="rowId">Their offset.</param>
    /// <param name="columns">The row.</param>
    /// <param name="found">Called with each good entry. Its payload is the caller's to keep.</param>
    public bool TakeTableRow(long rowId, SqliteValue[] columns, Action<JournalEntry> found)
    {
        switch (columns)
        {
            case [{ Type: SqliteValue.Kind.Text } name, { Type: SqliteValue.Kind.Integer, Number: > 0 } sequence] when name.AsText() == "entries":
                findings.AddSequence(sequence.Number);
                return true;
            case [{ Type: SqliteValue.Kind.Text }, { Type: SqliteValue.Kind.Text }, { Type: SqliteValue.Kind.Text }, { Type: SqliteValue.Kind.Integer }, _]:
                // The schema's.
                return true;
            default:
                if (ReadEntry(rowId, columns) is { } entry)
                {
                    found(entry);
                    return true;
                }

                return false;
        }
    }

    private JournalEntry? ReadEntry(long offset, SqliteValue[] c)
    {
        if (offset <= 0 || c.Length is not (11 or 12) || c[0].Type != SqliteValue.Kind.Null
            || c[7].Type != SqliteValue.Kind.Blob || c[2].AsText() is not { } hub || c[8].AsText() is not { } topic || c[9].AsText() is not { } code || c[10].AsText() is not { } reason
            || c[1] is not { Type: SqliteValue.Kind.Integer, Number: > 0 and < 100 } kind || c[3].Type != SqliteValue.Kind.Integer || c[4] is not { Type: SqliteValue.Kind.Integer, Number: 0 or 1 } assigned
            || c[5] is not { Type: SqliteValue.Kind.Integer, Number: >= 0 } || c[6] is not { Type: SqliteValue.Kind.Integer, Number: >= 0 and < 1L << 56 })
        {
            return null;
        }

        var entry = new JournalEntry(
            offset, (JournalEntryKind)kind.Number, hub, c[3].Number, assigned.Number == 1, c[5].Number, JournalTime.FromMicroseconds(c[6].Number), 0, c[7].Bytes.ToArray(), topic, code, reason);
        return c.Length == 11
            ? findings.IsUnchecked(offset) ? entry : null
            : c[11].Type == SqliteValue.Kind.Integer && c[11].Number == RowChecksum.OfEntry(entry) ? entry : null;
    }
}
