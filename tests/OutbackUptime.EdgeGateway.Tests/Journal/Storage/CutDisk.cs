namespace OutbackUptime.EdgeGateway.Tests.Journal.Storage;

/// <summary>
/// Follows recorded steps, and tells what the disk may hold if the power fails now. A synced file holds what was synced; of what
/// was written since, any part may have arrived, in any order, torn at sectors of 512 bytes. Names change in order (a journaling
/// file system), and for sure with the sync of the directory or of a new file.
/// </summary>
internal sealed class CutDisk
{
    private const int Sector = 512;
    private readonly Dictionary<string, Inode> _names = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Inode> _durableNames = new(StringComparer.Ordinal);
    private readonly List<(DiskOp Op, Inode? Inode)> _pendingNames = [];

    /// <summary>How many steps are not for sure on the disk.</summary>
    public int Unsynced => _pendingNames.Count + _names.Values.Sum(i => i.Pending.Count);

    public void Apply(DiskOp op)
    {
        switch (op.Kind)
        {
            case DiskOpKind.Create:
                var created = new Inode();
                _names[op.File] = created;
                _pendingNames.Add((op, created));
                break;
            case DiskOpKind.Write or DiskOpKind.Truncate:
                _names[op.File].Pending.Add(op);
                break;
            case DiskOpKind.Sync:
                var synced = _names[op.File];
                synced.Pending.ForEach(p => synced.Durable = Apply(synced.Durable, p));
                synced.Pending.Clear();
                var birth = _pendingNames.FindIndex(p => p.Op.Kind == DiskOpKind.Create && p.Inode == synced);
                Settle(birth + 1);
                break;
            case DiskOpKind.Delete:
                _names.Remove(op.File);
                _pendingNames.Add((op, null));
                break;
            case DiskOpKind.Rename:
                if (_names.Remove(op.File, out var moved))
                {
                    _names[op.To] = moved;
                    _pendingNames.Add((op, moved));
                }

                break;
            case DiskOpKind.SyncDirectory:
                Settle(_pendingNames.Count);
                break;
        }
    }

    /// <summary>What the files hold after a cut.</summary>
    /// <param name="survives">Per write and sector whether it arrived; whole writes ask with sector -1 first.</param>
    /// <param name="names">How many of the unsynced name changes arrived.</param>
    public Dictionary<string, byte[]> Cut(Func<DiskOp, int, bool> survives, Func<int, int> names)
    {
        var after = new Dictionary<string, Inode>(_durableNames, StringComparer.Ordinal);
        foreach (var pending in _pendingNames.Take(names(_pendingNames.Count)))
        {
            Rename(after, pending.Op, pending.Inode);
        }

        return after.ToDictionary(
            f => f.Key,
            f => f.Value.Pending.Where(p => survives(p, -1)).Aggregate((byte[])f.Value.Durable.Clone(), (bytes, p) => Apply(bytes, p, survives)),
            StringComparer.Ordinal);
    }

    private void Settle(int count)
    {
        foreach (var (op, inode) in _pendingNames.Take(count))
        {
            Rename(_durableNames, op, inode);
        }

        _pendingNames.RemoveRange(0, count);
    }

    private static void Rename(Dictionary<string, Inode> names, DiskOp op, Inode? inode)
    {
        names.Remove(op.File);
        if (op.Kind == DiskOpKind.Create)
        {
            names[op.File] = inode!;
        }
        else if (op.Kind == DiskOpKind.Rename)
        {
            names[op.To] = inode!;
        }
    }

    private static byte[] Apply(byte[] bytes, DiskOp op, Func<DiskOp, int, bool>? survives = null)
    {
        if (op.Kind == DiskOpKind.Truncate)
        {
            Array.Resize(ref bytes, (int)op.Offset);
            return bytes;
        }

        var end = (int)op.Offset + op.Bytes!.Length;
        if (bytes.Length < end)
        {
            Array.Resize(ref bytes, end);
        }

        for (var at = (int)op.Offset; at < end;)
        {
            var sectorEnd = Math.Min(end, ((at / Sector) + 1) * Sector);
            if (survives?.Invoke(op, at / Sector) != false)
            {
                op.Bytes.AsSpan(at - (int)op.Offset, sectorEnd - at).CopyTo(bytes.AsSpan(at));
            }

            at = sectorEnd;
        }

        return bytes;
    }

    private sealed class Inode
    {
        public byte[] Durable { get; set; } = [];

        public List<DiskOp> Pending { get; } = [];
    }
}
