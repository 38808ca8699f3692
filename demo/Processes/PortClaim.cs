using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace OutbackUptime.Demo.Processes;

/// <summary>
/// A loopback port that nobody listens on, kept from every other demo, drill and test of this user until the claim is disposed or its process ends, however it ends.
/// To see that a port is free is not enough: minutes may pass until its listener starts, and two runs side by side took the same one.
/// </summary>
internal sealed class PortClaim : IDisposable
{
    private readonly FileStream _lock;

    private PortClaim(int port, FileStream claimed) => (Port, _lock) = (port, claimed);

    /// <summary>The port.</summary>
    public int Port { get; }

    /// <summary>Claims any port. One below those that the system hands out to connections: such a one could be taken until its listener starts.</summary>
    public static PortClaim Any()
    {
        while (true)
        {
            if (TryTake(RandomNumberGenerator.GetInt32(20_000, 32_000)) is { } claim)
            {
                return claim;
            }
        }
    }

    /// <summary>Claims this port; null when somebody listens on it or has claimed it.</summary>
    public static PortClaim? TryTake(int port)
    {
        var folder = Path.Combine(Path.GetTempPath(), $"outback-uptime-ports-{Environment.UserName}");
        Directory.CreateDirectory(folder);
        FileStream claimed;
        try
        {
            // Not shared, so locked by the system until closed, by kill -9 too. The file stays: to delete it would let two lock one name.
            claimed = new FileStream(Path.Combine(folder, $"{port}"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException)
        {
            return null;
        }

        if (IsFree(port))
        {
            return new PortClaim(port, claimed);
        }

        claimed.Dispose();
        return null;
    }

    /// <inheritdoc/>
    public void Dispose() => _lock.Dispose();

    private static bool IsFree(int port)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
