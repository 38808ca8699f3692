using System.Buffers.Binary;

namespace OutbackUptime.EdgeGateway.Journal.Salvage;

/// <summary>
/// Finds rows in a page: where its list of cells says and, if that list is damaged, wherever one can be read. Tells good rows
/// from rubbish by asking.
/// </summary>
internal sealed class PageRows(JournalImage image)
{
    private const int MaxColumns = 14;

    /// <summary>Longest record that is believed: a packet and its columns are far below.</summary>
    private const int MaxRecord = 1 << 20;

    private readonly byte[] _overflow = new byte[image.PageSize];

    /// <summary>Whether a row is a good one, known by its shape and checksum. The columns are good until the next row.</summary>
    /// <param name="rowId">Its rowid; 0 in tables without one.</param>
    /// <param name="columns">Its columns.</param>
    public delegate bool Judge(long rowId, SqliteValue[] columns);

    /// <summary>Shows the judge the page's rows of tables that have a rowid, or else of those that have none.</summary>
    public void Find(ReadOnlyMemory<byte> page, bool isFirst, bool ofTables, Judge judge)
    {
        var layout = new PageLayout(page.Span, isFirst);
        if (layout.Type == 0)
        {
            // Empty, or the rest of a long record: its bytes are a hub's, and could look like a row.
            return;
        }

        var cells = layout.Cells();
        if (cells is not null && (ofTables ? layout.Type != PageLayout.LeafTable : layout.Type is PageLayout.LeafTable or PageLayout.InnerTable))
        {
            return;
        }

        var isInner = layout.Type == PageLayout.InnerKeys;
        if (cells is not null && !cells.Any(cell => Take(page, cell + (isInner ? 4 : 0), ofTables, judge) == 0))
        {
            return;
        }

        for (var at = layout.FirstByte; at < image.PageSize - 4;)
        {
            at += Math.Max(1, Take(page, at, ofTables, judge));
        }
    }

    /// <summary>Tries a cell; returns its size if the judge takes it, else 0.</summary>
    private int Take(ReadOnlyMemory<byte> page, int cell, bool ofTables, Judge judge)
    {
        var bytes = page.Span;
        var at = cell;
        var size = SqliteRecord.Varint(bytes, ref at);
        var rowId = ofTables ? SqliteRecord.Varint(bytes, ref at) : 0;
        if (size is < 3 or > MaxRecord || rowId < 0 || at >= bytes.Length || bytes[at] is < 3 or > 40)
        {
            return 0;
        }

        var local = PageLayout.LocalSize((int)size, image.PageSize, ofTables);
        if (local == size)
        {
            return at + local <= bytes.Length && SqliteRecord.Read(page.Slice(at, local), MaxColumns) is { } columns && judge(rowId, columns) ? at + local - cell : 0;
        }

        if (at + local + 4 > bytes.Length)
        {
            return 0;
        }

        // Its other pages may have newer versions in the log, which may be another record's.
        var part = page.Slice(at, local + 4);
        return (Spilled(part, (int)size, fromDatabase: false) is { } newest && judge(rowId, newest))
            || (Spilled(part, (int)size, fromDatabase: true) is { } oldest && judge(rowId, oldest))
                ? at + local + 4 - cell
                : 0;
    }

    private SqliteValue[]? Spilled(ReadOnlyMemory<byte> local, int size, bool fromDatabase)
    {
        var record = new byte[size];
        local.Span[..^4].CopyTo(record);
        var filled = local.Length - 4;
        var next = BinaryPrimitives.ReadUInt32BigEndian(local.Span[^4..]);
        while (filled < size)
        {
            if (!image.TryReadPage(next, fromDatabase, _overflow))
            {
                return null;
            }

            var part = Math.Min(size - filled, image.PageSize - 4);
            _overflow.AsSpan(4, part).CopyTo(record.AsSpan(filled));
            filled += part;
            next = BinaryPrimitives.ReadUInt32BigEndian(_overflow);
        }

        return SqliteRecord.Read(record, MaxColumns);
    }
}
