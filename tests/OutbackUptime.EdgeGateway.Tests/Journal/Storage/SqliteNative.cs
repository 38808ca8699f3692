using System.Runtime.InteropServices;

namespace OutbackUptime.EdgeGateway.Tests.Journal.Storage;

/// <summary>SQLite's interface to the disk (sqlite.org/c3ref/vfs.html, io_methods.html), as far as it is wrapped here.</summary>
internal static unsafe class SqliteNative
{
    public const int Ok = 0;
    public const int Full = 13;
    public const int ReadOnly = 8;
    public const int IoErrRead = 10 | (1 << 8);
    public const int IoErrWrite = 10 | (3 << 8);
    public const int IoErrFsync = 10 | (4 << 8);

    [StructLayout(LayoutKind.Sequential)]
    public struct Vfs
    {
        public int Version;
        public int FileSize;
        public int MaxPathname;
        public Vfs* Next;
        public byte* Name;
        public void* AppData;
        public delegate* unmanaged<Vfs*, byte*, File*, int, int*, int> Open;
        public delegate* unmanaged<Vfs*, byte*, int, int> Delete;
        public fixed long Others[14];
    }

    [StructLayout(LayoutKind.Sequential)]
    public struct File
    {
        public Methods* Methods;
    }

    [StructLayout(LayoutKind.Sequential)]
    public struct Methods
    {
        public int Version;
        public delegate* unmanaged<File*, int> Close;
        public delegate* unmanaged<File*, void*, int, long, int> Read;
        public delegate* unmanaged<File*, void*, int, long, int> Write;
        public delegate* unmanaged<File*, long, int> Truncate;
        public delegate* unmanaged<File*, int, int> Sync;
        public fixed long Others[14];
    }

    [DllImport("e_sqlite3", EntryPoint = "sqlite3_vfs_find")]
    public static extern Vfs* FindVfs(byte* name);

    [DllImport("e_sqlite3", EntryPoint = "sqlite3_vfs_register")]
    public static extern int RegisterVfs(Vfs* vfs, int makeDefault);
}
