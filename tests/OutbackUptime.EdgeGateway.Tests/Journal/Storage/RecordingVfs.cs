using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using static OutbackUptime.EdgeGateway.Tests.Journal.Storage.SqliteNative;

namespace OutbackUptime.EdgeGateway.Tests.Journal.Storage;

/// <summary>
/// A SQLite VFS that does what the default one does, and tells the <see cref="RecordedDisk"/> of the file's directory before, which
/// may make it fail instead.
/// </summary>
internal static unsafe class RecordingVfs
{
    public const string Name = "recording";

    private static readonly Lock s_lock = new();
    private static readonly ConcurrentDictionary<string, RecordedDisk> s_disks = new(StringComparer.Ordinal);
    private static readonly ConcurrentDictionary<nint, OpenFile> s_files = new();
    private static readonly Dictionary<nint, nint> s_methods = [];
    private static Vfs* s_default;

    /// <summary>From now on the disk sees what SQLite does in its directory, through this VFS.</summary>
    public static void Attach(RecordedDisk disk)
    {
        lock (s_lock)
        {
            if (s_default == null)
            {
                s_default = FindVfs(null);
                var vfs = (Vfs*)NativeMemory.AllocZeroed((nuint)sizeof(Vfs));
                *vfs = *s_default;
                vfs->Next = null;
                vfs->Name = (byte*)Marshal.StringToCoTaskMemUTF8(Name);
                vfs->Open = &OnOpen;
                vfs->Delete = &OnDelete;
                Assert.Equal(Ok, RegisterVfs(vfs, 0));
            }
        }

        s_disks[disk.Directory] = disk;
    }

    public static void Detach(RecordedDisk disk) => s_disks.TryRemove(disk.Directory, out _);

    private static (RecordedDisk? Disk, string Name) Find(byte* path)
    {
        var text = Marshal.PtrToStringUTF8((nint)path);
        return text is null ? (null, "") : (s_disks.GetValueOrDefault(Path.GetDirectoryName(text) ?? ""), Path.GetFileName(text));
    }

    [UnmanagedCallersOnly]
    private static int OnOpen(Vfs* vfs, byte* path, SqliteNative.File* file, int flags, int* outFlags)
    {
        var (disk, name) = Find(path);
        var isNew = disk is not null && !System.IO.File.Exists(Marshal.PtrToStringUTF8((nint)path));
        var fault = isNew ? disk!.Before(new DiskOp(DiskOpKind.Create, name)) : Ok;
        if (fault != Ok)
        {
            file->Methods = null;
            return fault;
        }

        var result = s_default->Open(s_default, path, file, flags, outFlags);
        if (disk is not null && result == Ok && file->Methods != null)
        {
            s_files[(nint)file] = new OpenFile(disk, name, (nint)file->Methods);
            file->Methods = Wrap(file->Methods);
        }

        return result;
    }

    [UnmanagedCallersOnly]
    private static int OnDelete(Vfs* vfs, byte* path, int syncDirectory)
    {
        var (disk, name) = Find(path);
        if (disk is not null && System.IO.File.Exists(Marshal.PtrToStringUTF8((nint)path)))
        {
            if (disk.Before(new DiskOp(DiskOpKind.Delete, name)) is not Ok and var fault)
            {
                return fault;
            }

            if (syncDirectory != 0)
            {
                disk.Before(new DiskOp(DiskOpKind.SyncDirectory, ""));
            }
        }

        return s_default->Delete(s_default, path, syncDirectory);
    }

    private static Methods* Wrap(Methods* original)
    {
        lock (s_lock)
        {
            if (!s_methods.TryGetValue((nint)original, out var wrapped))
            {
                var methods = (Methods*)NativeMemory.AllocZeroed((nuint)sizeof(Methods));
                *methods = *original;
                methods->Close = &OnClose;
                methods->Read = &OnRead;
                methods->Write = &OnWrite;
                methods->Truncate = &OnTruncate;
                methods->Sync = &OnSync;
                s_methods[(nint)original] = wrapped = (nint)methods;
            }

            return (Methods*)wrapped;
        }
    }

    [UnmanagedCallersOnly]
    private static int OnClose(SqliteNative.File* file) =>
        s_files.TryRemove((nint)file, out var open) ? open.Original->Close(file) : Ok;

    [UnmanagedCallersOnly]
    private static int OnRead(SqliteNative.File* file, void* buffer, int size, long offset)
    {
        var open = s_files[(nint)file];
        return open.Disk.BeforeRead(open.Name) is not Ok and var fault ? fault : open.Original->Read(file, buffer, size, offset);
    }

    [UnmanagedCallersOnly]
    private static int OnWrite(SqliteNative.File* file, void* buffer, int size, long offset)
    {
        var open = s_files[(nint)file];
        var bytes = new ReadOnlySpan<byte>(buffer, size);
        var op = new DiskOp(DiskOpKind.Write, open.Name, offset, bytes.ToArray());
        if (open.Disk.Before(op) is not Ok and var fault)
        {
            // What had room is written, as a real disk does it.
            var some = open.Disk.PartOf(op);
            if (some > 0)
            {
                open.Original->Write(file, buffer, some, offset);
            }

            return fault;
        }

        return open.Original->Write(file, buffer, size, offset);
    }

    [UnmanagedCallersOnly]
    private static int OnTruncate(SqliteNative.File* file, long size)
    {
        var open = s_files[(nint)file];
        return open.Disk.Before(new DiskOp(DiskOpKind.Truncate, open.Name, size)) is not Ok and var fault ? fault : open.Original->Truncate(file, size);
    }

    [UnmanagedCallersOnly]
    private static int OnSync(SqliteNative.File* file, int flags)
    {
        var open = s_files[(nint)file];
        return open.Disk.Before(new DiskOp(DiskOpKind.Sync, open.Name)) is not Ok and var fault ? fault : open.Original->Sync(file, flags);
    }

    private sealed class OpenFile(RecordedDisk disk, string name, nint original)
    {
        public RecordedDisk Disk { get; } = disk;

        public string Name { get; } = name;

        public Methods* Original => (Methods*)original;
    }
}
