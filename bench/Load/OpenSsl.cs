using System.Runtime.InteropServices;

namespace OutbackUptime.Bench.Load;

/// <summary>OpenSSL on a socket, for the TLS table: the same loop as without, where a managed stream would cost a task a packet.</summary>
internal static unsafe partial class OpenSsl
{
    private const string Library = "libssl.so.3";
    private const int WantRead = 2;

    /// <summary>A context that doesn't check the server: what is measured is the server.</summary>
    public static nint NewContext() => SSL_CTX_new(TLS_client_method());

    /// <summary>Shakes hands over a blocking socket.</summary>
    public static nint Connect(nint context, int descriptor)
    {
        var session = SSL_new(context);
        _ = SSL_set_fd(session, descriptor);
        var result = SSL_connect(session);
        return result == 1 ? session : throw new BenchException($"The TLS handshake failed (SSL_get_error {SSL_get_error(session, result)}).");
    }

    public static int Send(nint session, byte* buffer, int length) => SSL_write(session, buffer, length);

    /// <summary>Bytes read; -1 when there are none now; 0 at the end.</summary>
    public static int Receive(nint session, byte* buffer, int length)
    {
        var read = SSL_read(session, buffer, length);
        return read > 0 ? read : SSL_get_error(session, read) == WantRead ? -1 : 0;
    }

    public static void Free(nint session) => SSL_free(session);

    public static void FreeContext(nint context) => SSL_CTX_free(context);

    [LibraryImport(Library)]
    private static partial nint TLS_client_method();

    [LibraryImport(Library)]
    private static partial nint SSL_CTX_new(nint method);

    [LibraryImport(Library)]
    private static partial void SSL_CTX_free(nint context);

    [LibraryImport(Library)]
    private static partial nint SSL_new(nint context);

    [LibraryImport(Library)]
    private static partial void SSL_free(nint session);

    [LibraryImport(Library)]
    private static partial int SSL_set_fd(nint session, int descriptor);

    [LibraryImport(Library)]
    private static partial int SSL_connect(nint session);

    [LibraryImport(Library)]
    private static partial int SSL_get_error(nint session, int result);

    [LibraryImport(Library)]
    private static partial int SSL_write(nint session, byte* buffer, int length);

    [LibraryImport(Library)]
    private static partial int SSL_read(nint session, byte* buffer, int length);
}
