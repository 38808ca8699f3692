using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace OutbackUptime.Testing.Processes;

/// <summary>Loopback ports that nobody listens on.</summary>
public static class FreePort
{
    private static readonly HashSet<int> s_given = [];

    /// <summary>Never the same twice in a process: the first may not listen yet. One below those that the system hands out to connections: such a one could be taken until its listener starts.</summary>
    public static int Next()
    {
        while (true)
        {
            var port = RandomNumberGenerator.GetInt32(20_000, 32_000);
            try
            {
                using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
                socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
                lock (s_given)
                {
                    if (s_given.Add(port))
                    {
                        return port;
                    }
                }
            }
            catch (SocketException)
            {
                // Taken: another one.
            }
        }
    }
}
