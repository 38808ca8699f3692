using System.Buffers.Binary;

namespace OutbackUptime.EdgeGateway.Journal.Salvage;

/// <summary>A page of a b-tree (sqlite.org/fileformat2.html section 1.6): where its cells are, and whether all of its bytes are accounted for.</summary>
internal readonly ref struct PageLayout
{
    public const byte InnerKeys = 0x02;
    public const byte InnerTable = 0x05;
    public const byte LeafKeys = 0x0A;
    public const byte LeafTable = 0x0D;

    private readonly ReadOnlySpan<byte> _page;
    private readonly int _start;

    public PageLayout(ReadOnlySpan<byte> page, bool isFirst)
    {
        _page = page;
        // The first page of a file begins with the file's header.
        _start = isFirst ? 100 : 0;
        Type = page[_start];
    }

    public byte Type { get; }

    public bool IsKnown => Type is InnerKeys or InnerTable or LeafKeys or LeafTable;

    /// <summary>Where records may begin.</summary>
    public int FirstByte => _start + 8;

    private bool IsInner => Type is InnerKeys or InnerTable;

    /// <summary>The places of the cells, or null when cells, free space and list do not add up to a page: then the list is not to be believed.</summary>
    public int[]? Cells()
    {
        if (!IsKnown)
        {
            return null;
        }

        var list = _start + (IsInner ? 12 : 8);
        var count = Word(_start + 3);
        var content = Word(_start + 5) is var c && c == 0 ? 65536 : c;
        if (list + (2 * count) > content || content > _page.Length)
        {
            return null;
        }

        var cells = new int[count];
        var used = content + _page[_start + 7];
        for (var i = 0; i < count; i++)
        {
            cells[i] = Word(list + (2 * i));
            if (cells[i] < content || CellSize(cells[i]) is not { } size)
            {
                return null;
            }

            used += Math.Max(4, size);
        }

        for (int block = Word(_start + 1), previous = 0; block != 0; previous = block, block = Word(block))
        {
            if (block <= previous || block > _page.Length - 4)
            {
                return null;
            }

            used += Word(block + 2);
        }

        return used == _page.Length ? cells : null;
    }

    /// <summary>Bytes of a record that lie in its own page.</summary>
    public static int LocalSize(int size, int pageSize, bool isTable)
    {
        var max = isTable ? pageSize - 35 : ((pageSize - 12) * 64 / 255) - 23;
        if (size <= max)
        {
            return size;
        }

        var min = ((pageSize - 12) * 32 / 255) - 23;
        var local = min + ((size - min) % (pageSize - 4));
        return local <= max ? local : min;
    }

    private int? CellSize(int cell)
    {
        var at = cell + (IsInner ? 4 : 0);
        var size = SqliteRecord.Varint(_page, ref at);
        if (Type == InnerTable)
        {
            return at - cell;
        }

        if (Type == LeafTable)
        {
            _ = SqliteRecord.Varint(_page, ref at);
        }

        if (size is < 0 or > int.MaxValue)
        {
            return null;
        }

        var local = LocalSize((int)size, _page.Length, Type == LeafTable);
        return at + local + (local < size ? 4 : 0) is var end && end <= _page.Length ? end - cell : null;
    }

    private int Word(int at) => at + 2 <= _page.Length ? BinaryPrimitives.ReadUInt16BigEndian(_page[at..]) : 0;
}
