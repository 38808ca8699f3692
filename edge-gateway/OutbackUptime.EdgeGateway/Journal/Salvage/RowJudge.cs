using OutbackUptime.Domain.Boots;
using OutbackUptime.Domain.Clocks;
using OutbackUptime.Domain.Ranges;

namespace OutbackUptime.EdgeGateway.Journal.Salvage;

/// <summary>Knows the journal's rows by their shape and checksum, and puts them into the findings.</summary>
internal sealed class RowJudge(Findings findings)
{
    /// <summary>Columns of an entry with a checksum. Version 1 files have 11, or 12 with a repaired time; SQLite adds columns to old rows when they are read only.</summary>
    private const int Checked = 14;

    /// <summary>Rows of meta, committed, gone, hubs, recent, wrapped and clocks. Those of a version 1 file have no checksum, and are left: the file was upgraded when it was opened.</summary>
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
            case [{ Type: SqliteValue.Kind.Text } h, { Type: SqliteValue.Kind.Integer } boot, { Type: SqliteValue.Kind.Integer } crc]
                when h.AsText() is { } hub && crc.Number == RowChecksum.OfWrapped(hub, boot.Number):
                findings.AddWrapped(hub, boot.Number);
                return true;
            case [{ Type: SqliteValue.Kind.Text } h, { Type: SqliteValue.Kind.Integer } boot, { Type: SqliteValue.Kind.Integer, Number: > -1L << 56 and < 1L << 56 } offset, { Type: SqliteValue.Kind.Integer } seq, { Type: SqliteValue.Kind.Integer, Number: >= 0 and < 1L << 55 } claim, { Type: SqliteValue.Kind.Integer } crc]
                when h.AsText() is { } hub && crc.Number == RowChecksum.OfClock(hub, boot.Number, offset.Number, seq.Number, claim.Number):
                findings.AddClock(hub, new ClockOffset(boot.Number, TimeSpan.FromMicroseconds(offset.Number), seq.Number, JournalTime.FromMicroseconds(claim.Number)));
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

    /// <summary>Rows of entries and arrivals, and SQLite's own.</summary>
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
            case [{ Type: SqliteValue.Kind.Null }, { Type: SqliteValue.Kind.Text } h, { Type: SqliteValue.Kind.Integer } boot, { Type: SqliteValue.Kind.Integer, Number: >= 0 } seq, { Type: SqliteValue.Kind.Integer } hash, { Type: SqliteValue.Kind.Integer } crc]
                when rowId > 0 && h.AsText() is { } hub && new RecentRow(hub, new RecentPacket(boot.Number, seq.Number, unchecked((ulong)hash.Number)), rowId) is var row && row.Checksum == crc.Number:
                findings.AddRecent(row);
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
        if (offset <= 0 || c.Length is not (11 or 12 or Checked) || c[0].Type != SqliteValue.Kind.Null
            || c[7].Type != SqliteValue.Kind.Blob || c[2].AsText() is not { } hub || c[8].AsText() is not { } topic || c[9].AsText() is not { } code || c[10].AsText() is not { } reason
            || c[1] is not { Type: SqliteValue.Kind.Integer, Number: > 0 and < 100 } kind || c[3].Type != SqliteValue.Kind.Integer || c[4] is not { Type: SqliteValue.Kind.Integer, Number: 0 or 1 } assigned
            || c[5] is not { Type: SqliteValue.Kind.Integer, Number: >= 0 } || c[6] is not { Type: SqliteValue.Kind.Integer, Number: >= 0 and < 1L << 56 })
        {
            return null;
        }

        var (repaired, identity) = c.Length switch
        {
            11 => (SqliteValue.Zero, SqliteValue.Zero),
            12 => (c[11], SqliteValue.Zero),
            _ => (c[11], c[12]),
        };
        if (repaired is not { Type: SqliteValue.Kind.Integer, Number: >= 0 and < 1L << 56 } || identity.Type != SqliteValue.Kind.Integer)
        {
            return null;
        }

        var entry = new JournalEntry(
            offset, (JournalEntryKind)kind.Number, hub, c[3].Number, assigned.Number == 1, c[5].Number, JournalTime.FromMicroseconds(c[6].Number), 0, c[7].Bytes.ToArray(), topic, code, reason)
        {
            RepairedTime = JournalRow.RepairedTime(repaired.Number),
            Identity = unchecked((ulong)identity.Number),
        };
        return c.Length < Checked
            ? findings.IsUnchecked(offset) ? entry : null
            : c[13].Type == SqliteValue.Kind.Integer && c[13].Number == RowChecksum.OfEntry(entry) ? entry : null;
    }
}
