using System.Runtime.InteropServices;
using System.Text;
using OutbackUptime.EmbeddedClickHouse.Native;

namespace OutbackUptime.EmbeddedClickHouse.Engine;

/// <summary>One connection to the engine. Serial: one statement at a time.</summary>
internal sealed unsafe class EngineConnection : IDisposable
{
    private static readonly byte[] s_noFormat = "Null"u8.ToArray();
    private nint* _handle;

    private EngineConnection(nint* handle) => _handle = handle;

    /// <summary>Opens the data directory; the engine writes the reason of a failure to stderr.</summary>
    public static EngineConnection Open(string[] arguments)
    {
        var encoded = Array.ConvertAll(arguments, a => Marshal.StringToCoTaskMemUTF8(a));
        try
        {
            var argv = stackalloc byte*[encoded.Length];
            for (var i = 0; i < encoded.Length; i++)
            {
                argv[i] = (byte*)encoded[i];
            }

            var handle = Chdb.chdb_connect(encoded.Length, argv);
            return handle is null || *handle == 0
                ? throw new InvalidOperationException("the engine did not open its data directory (is another process using it? see the message above)")
                : new EngineConnection(handle);
        }
        finally
        {
            Array.ForEach(encoded, Marshal.FreeCoTaskMem);
        }
    }

    /// <summary>Runs one statement without inline data.</summary>
    public QueryResult Query(string sql, string format, IReadOnlyList<KeyValuePair<string, string>> parameters)
    {
        var sqlBytes = Encoding.UTF8.GetBytes(sql);
        var formatBytes = format.Length == 0 ? s_noFormat : Encoding.ASCII.GetBytes(format);
        var pins = new List<GCHandle>(parameters.Count * 2);
        try
        {
            var count = parameters.Count;
            var names = stackalloc byte*[count + 1];
            var values = stackalloc byte*[count + 1];
            var nameLengths = stackalloc nuint[count + 1];
            var valueLengths = stackalloc nuint[count + 1];
            for (var i = 0; i < count; i++)
            {
                var (name, nameLength) = Pin(parameters[i].Key, pins);
                var (value, valueLength) = Pin(parameters[i].Value, pins);
                names[i] = (byte*)name;
                nameLengths[i] = nameLength;
                values[i] = (byte*)value;
                valueLengths[i] = valueLength;
            }

            fixed (byte* q = sqlBytes)
            fixed (byte* f = formatBytes)
            {
                return Take(Chdb.chdb_query_with_params_n(
                    *_handle, q, (nuint)sqlBytes.Length, f, (nuint)formatBytes.Length, names, nameLengths, values, valueLengths, (nuint)count));
            }
        }
        finally
        {
            pins.ForEach(p => p.Free());
        }
    }

    /// <summary>
    /// Runs an INSERT whose data comes apart from it. Inline data is never given to the engine: it cuts it at the first
    /// blank line and runs the rest as SQL.
    /// </summary>
    public QueryResult Insert(string head, string format, ReadOnlySpan<byte> data)
    {
        var headBytes = Encoding.UTF8.GetBytes(head);
        var formatBytes = Encoding.ASCII.GetBytes(format);
        nint stream;
        fixed (byte* q = headBytes)
        fixed (byte* f = formatBytes)
        {
            stream = Chdb.chdb_stream_insert_n(*_handle, q, (nuint)headBytes.Length, f, (nuint)formatBytes.Length);
        }

        try
        {
            ThrowIfFailed(stream);
            while (!data.IsEmpty)
            {
                var chunk = data[..Math.Min(data.Length, 1 << 20)];
                fixed (byte* d = chunk)
                {
                    if (Chdb.chdb_stream_append(stream, d, (nuint)chunk.Length) != 0)
                    {
                        // The reason comes with the end of the stream.
                        break;
                    }
                }

                data = data[chunk.Length..];
            }

            return Take(Chdb.chdb_stream_done(stream));
        }
        finally
        {
            Chdb.chdb_destroy_insert_stream(stream);
        }
    }

    public void Dispose()
    {
        if (_handle is not null)
        {
            Chdb.chdb_close_conn(_handle);
            _handle = null;
        }
    }

    private static void ThrowIfFailed(nint stream)
    {
        var error = Chdb.chdb_stream_insert_error(stream);
        if (error != 0)
        {
            throw new QueryFailedException(Marshal.PtrToStringUTF8(error)!);
        }
    }

    private static QueryResult Take(nint result)
    {
        if (result == 0)
        {
            throw new QueryFailedException("Code: 1001. DB::Exception: the engine gave no result");
        }

        try
        {
            var error = Chdb.chdb_result_error(result);
            if (error != 0)
            {
                throw new QueryFailedException(Marshal.PtrToStringUTF8(error)!);
            }

            var length = checked((int)Chdb.chdb_result_length(result));
            var body = length == 0 ? [] : new ReadOnlySpan<byte>(Chdb.chdb_result_buffer(result), length).ToArray();
            return new QueryResult(
                body, Chdb.chdb_result_rows_read(result), Chdb.chdb_result_bytes_read(result),
                Chdb.chdb_result_rows_written(result), Chdb.chdb_result_bytes_written(result), Chdb.chdb_result_elapsed(result));
        }
        finally
        {
            Chdb.chdb_destroy_query_result(result);
        }
    }

    private static (nint Pointer, nuint Length) Pin(string text, List<GCHandle> pins)
    {
        var bytes = new byte[Encoding.UTF8.GetByteCount(text) + 1];
        var length = Encoding.UTF8.GetBytes(text, bytes);
        var pin = GCHandle.Alloc(bytes, GCHandleType.Pinned);
        pins.Add(pin);
        return (pin.AddrOfPinnedObject(), (nuint)length);
    }
}
