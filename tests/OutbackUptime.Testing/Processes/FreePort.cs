using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace OutbackUptime.Testing.Processes;

/// <summary>Loopback ports that nobody listens on.</summary>
public static class FreePort
{
    /// <summary>One below those that the system hands out to connections: such a one could be taken until its listener starts.</summary>
    public static int Next()
    {
        while (true)
        {
            var port = RandomNumberGenerator.GetInt32(20_000, 32_000);
            try
            {
                using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
                socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
                return port;
            }
            catch (SocketException)
            {
                // Taken: another one.
            }
        }
    }
}
