using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace OutbackUptime.EdgeGateway.Journal.Storage;

/// <summary>What SQLite's result codes say about the disk (sqlite.org/rescode.html).</summary>
internal static class SqliteFaults
{
    private const int Corrupt = raw.SQLITE_CORRUPT;

    public static StorageTrouble Of(SqliteException e) => (e.SqliteErrorCode, e.SqliteExtendedErrorCode) switch
    {
        (Corrupt or raw.SQLITE_NOTADB, _) => StorageTrouble.Damaged,
        (raw.SQLITE_FULL, _) => StorageTrouble.Full,
        (raw.SQLITE_READONLY or raw.SQLITE_CANTOPEN or raw.SQLITE_PERM or raw.SQLITE_AUTH, _) => StorageTrouble.ReadOnly,
        // Bytes that can't be read are as good as damaged ones: the rest of the file can be.
        (raw.SQLITE_IOERR, raw.SQLITE_IOERR_READ or raw.SQLITE_IOERR_SHORT_READ or IoErrData or IoErrCorruptFs) => StorageTrouble.Damaged,
        (raw.SQLITE_IOERR, _) => StorageTrouble.Failing,
        _ => StorageTrouble.None,
    };

    private const int IoErrData = raw.SQLITE_IOERR | (32 << 8);
    private const int IoErrCorruptFs = raw.SQLITE_IOERR | (33 << 8);
}
