namespace OutbackUptime.Domain.Alerts.Water;

/// <summary>
/// One signal of one hub over the last slots. Each slot keeps last, least and greatest value: aggregates that neither order nor
/// repetition of packets changes. Bounded: capacity x 24 bytes; as long as few slots are used it takes room for few.
/// </summary>
internal sealed class SlotRing
{
    private const int LeastCells = 2;
    private readonly int _capacity;
    private Cell[] _cells;

    public SlotRing(int capacity)
    {
        _capacity = capacity;
        _cells = NewCells(DivisorFrom(LeastCells, 1));
    }

    /// <summary>Slots that there is room for now.</summary>
    public int Room => _cells.Length;

    /// <summary>Adds a value. False: older than what is kept.</summary>
    /// <param name="slot">Its slot.</param>
    /// <param name="atMs">Milliseconds into the slot.</param>
    /// <param name="value">The value.</param>
    public bool Add(long slot, int atMs, float value)
    {
        ref var cell = ref CellFor(slot);
        if (cell.Slot > slot)
        {
            return false;
        }

        if (cell.Slot < slot)
        {
            cell = new Cell { Slot = slot, LastAtMs = atMs, Last = value, Least = value, Greatest = value };
            return true;
        }

        // Two values of one instant: the greater, so that order decides nothing.
        if (atMs > cell.LastAtMs || (atMs == cell.LastAtMs && value > cell.Last))
        {
            (cell.LastAtMs, cell.Last) = (atMs, value);
        }

        cell.Least = Math.Min(cell.Least, value);
        cell.Greatest = Math.Max(cell.Greatest, value);
        return true;
    }

    /// <summary>The newest value within a slot; NaN: none.</summary>
    public float Last(long slot) => Find(slot).Last;

    /// <summary>The least value of a slot; NaN: none.</summary>
    public float Least(long slot) => Find(slot).Least;

    /// <summary>The greatest value of a slot; NaN: none.</summary>
    public float Greatest(long slot) => Find(slot).Greatest;

    private static Cell[] NewCells(int count)
    {
        var cells = new Cell[count];
        Array.Fill(cells, Cell.Empty);
        return cells;
    }

    private Cell Find(long slot) => _cells[Place(slot)] is var cell && cell.Slot == slot ? cell : Cell.Empty;

    /// <summary>
    /// Where a slot is, or what it would take the place of were there all the room: only slots that are a multiple of the capacity
    /// apart have one place. While there is less room, others that meet have it grow. The room always divides the capacity, and the
    /// next one, so what has a place keeps one of its own.
    /// </summary>
    private ref Cell CellFor(long slot)
    {
        while (true)
        {
            ref var cell = ref _cells[Place(slot)];
            if (cell.Slot == Cell.Empty.Slot || (cell.Slot - slot) % _capacity == 0)
            {
                return ref cell;
            }

            Grow();
        }
    }

    private void Grow()
    {
        var old = _cells;
        _cells = NewCells(DivisorFrom(2 * old.Length, old.Length));
        foreach (var cell in old)
        {
            if (cell.Slot != Cell.Empty.Slot)
            {
                _cells[Place(cell.Slot)] = cell;
            }
        }
    }

    /// <summary>The least divisor of the capacity that is a multiple of <paramref name="of"/> and not below <paramref name="least"/>; the capacity, if there is none.</summary>
    private int DivisorFrom(int least, int of)
    {
        for (var divisor = (least + of - 1) / of * of; divisor < _capacity; divisor += of)
        {
            if (_capacity % divisor == 0)
            {
                return divisor;
            }
        }

        return _capacity;
    }

    private int Place(long slot) => (int)(((slot % _cells.Length) + _cells.Length) % _cells.Length);

    private struct Cell
    {
        public static readonly Cell Empty = new() { Slot = long.MinValue, Last = float.NaN, Least = float.NaN, Greatest = float.NaN };

        public long Slot;
        public int LastAtMs;
        public float Last;
        public float Least;
        public float Greatest;
    }
}
