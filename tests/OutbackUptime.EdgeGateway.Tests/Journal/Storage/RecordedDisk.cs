using OutbackUptime.EdgeGateway.Journal.Storage;

namespace OutbackUptime.EdgeGateway.Tests.Journal.Storage;

/// <summary>What was done in a directory, in order; and what shall fail there.</summary>
internal sealed class RecordedDisk : IDisposable
{
    private readonly Lock _lock = new();
    private readonly List<DiskOp> _ops = [];

    public RecordedDisk(string directory)
    {
        Directory = directory;
        RecordingVfs.Attach(this);
    }

    public string Directory { get; }

    public JournalStorage Storage => new(RecordingVfs.Name, directory => new RecordedFiles(directory, this), BallastBytes: 4096);

    /// <summary>The error that a step ends with, or <see cref="SqliteNative.Ok"/>.</summary>
    public Func<DiskOp, int>? Fault { get; set; }

    /// <summary>The error that reads end with.</summary>
    public Func<string, int>? ReadFault { get; set; }

    /// <summary>How many bytes of a failing write reach the disk.</summary>
    public Func<DiskOp, int>? Part { get; set; }

    public bool IsRecording { get; set; } = true;

    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _ops.Count;
            }
        }
    }

    public IReadOnlyList<DiskOp> Ops
    {
        get
        {
            lock (_lock)
            {
                return [.. _ops];
            }
        }
    }

    public int Before(DiskOp op)
    {
        var fault = Fault?.Invoke(op) ?? SqliteNative.Ok;
        if (fault == SqliteNative.Ok && IsRecording)
        {
            lock (_lock)
            {
                _ops.Add(op);
            }
        }

        return fault;
    }

    public int BeforeRead(string file) => ReadFault?.Invoke(file) ?? SqliteNative.Ok;

    public int PartOf(DiskOp op) => Part?.Invoke(op) ?? 0;

    /// <summary>Damages a file, as a bad card does: at once and for good.</summary>
    public void Damage(string file, long offset, byte[] bytes)
    {
        lock (_lock)
        {
            using var handle = File.OpenHandle(Path.Combine(Directory, file), FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
            RandomAccess.Write(handle, bytes, offset);
            _ops.Add(new DiskOp(DiskOpKind.Write, file, offset, bytes));
            _ops.Add(new DiskOp(DiskOpKind.Sync, file));
        }
    }

    public void Dispose() => RecordingVfs.Detach(this);

    private sealed class RecordedFiles(string directory, RecordedDisk disk) : JournalFiles(directory)
    {
        public override void Move(string from, string to)
        {
            disk.Before(new DiskOp(DiskOpKind.Rename, Path.GetFileName(from), To: Path.GetFileName(to)));
            base.Move(from, to);
        }

        public override void Delete(string path)
        {
            disk.Before(new DiskOp(DiskOpKind.Delete, Path.GetFileName(path)));
            base.Delete(path);
        }

        public override void Sync(string path)
        {
            disk.Before(new DiskOp(DiskOpKind.Sync, Path.GetFileName(path)));
            base.Sync(path);
        }

        public override void SyncDirectory()
        {
            disk.Before(new DiskOp(DiskOpKind.SyncDirectory, ""));
            base.SyncDirectory();
        }
    }
}
