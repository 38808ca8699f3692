using System.Runtime.InteropServices;

namespace OutbackUptime.EmbeddedClickHouse.Native;

/// <summary>The calls of libchdb's C interface (chdb.h, 26.7) that the engine needs. Lengths are in bytes.</summary>
internal static partial class Chdb
{
    public const string Library = "chdb";

    [LibraryImport(Library)]
    public static partial void chdb_set_signal_handlers_enabled(int enabled);

    [LibraryImport(Library)]
    public static unsafe partial nint* chdb_connect(int argc, byte** argv);

    [LibraryImport(Library)]
    public static unsafe partial void chdb_close_conn(nint* connection);

    [LibraryImport(Library)]
    public static unsafe partial nint chdb_query_with_params_n(
        nint connection, byte* query, nuint queryLength, byte* format, nuint formatLength,
        byte** names, nuint* nameLengths, byte** values, nuint* valueLengths, nuint count);

    [LibraryImport(Library)]
    public static unsafe partial nint chdb_stream_insert_n(nint connection, byte* query, nuint queryLength, byte* format, nuint formatLength);

    [LibraryImport(Library)]
    public static unsafe partial int chdb_stream_append(nint stream, byte* data, nuint length);

    [LibraryImport(Library)]
    public static partial nint chdb_stream_done(nint stream);

    [LibraryImport(Library)]
    public static partial void chdb_stream_cancel_insert(nint stream);

    [LibraryImport(Library)]
    public static partial nint chdb_stream_insert_error(nint stream);

    [LibraryImport(Library)]
    public static partial void chdb_destroy_insert_stream(nint stream);

    [LibraryImport(Library)]
    public static partial void chdb_destroy_query_result(nint result);

    [LibraryImport(Library)]
    public static unsafe partial byte* chdb_result_buffer(nint result);

    [LibraryImport(Library)]
    public static partial nuint chdb_result_length(nint result);

    [LibraryImport(Library)]
    public static partial double chdb_result_elapsed(nint result);

    [LibraryImport(Library)]
    public static partial ulong chdb_result_rows_read(nint result);

    [LibraryImport(Library)]
    public static partial ulong chdb_result_bytes_read(nint result);

    [LibraryImport(Library)]
    public static partial ulong chdb_result_rows_written(nint result);

    [LibraryImport(Library)]
    public static partial ulong chdb_result_bytes_written(nint result);

    [LibraryImport(Library)]
    public static partial nint chdb_result_error(nint result);
}
