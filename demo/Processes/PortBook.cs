using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text.Json;

namespace OutbackUptime.Demo.Processes;

/// <summary>Hands out loopback ports by name and remembers them in the data folder, so that the next run has the same.</summary>
internal sealed class PortBook
{
    private readonly string _path;
    private readonly Dictionary<string, int> _ports;

    public PortBook(string path)
    {
        _path = path;
        _ports = File.Exists(path) ? JsonSerializer.Deserialize<Dictionary<string, int>>(File.ReadAllText(path)) ?? [] : [];
    }

    /// <summary>The port of a name: the remembered one while it is free, else another.</summary>
    public int this[string name]
    {
        get
        {
            if (!_ports.TryGetValue(name, out var port) || !IsFree(port))
            {
                do
                {
                    port = Free();
                }
                while (_ports.ContainsValue(port));
                _ports[name] = port;
                File.WriteAllText(_path, JsonSerializer.Serialize(_ports));
            }

            return port;
        }
    }

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

    // Below the ports that the system hands out to connections: one of those could be taken until its listener starts.
    private static int Free()
    {
        int port;
        do
        {
            port = RandomNumberGenerator.GetInt32(20_000, 32_000);
        }
        while (!IsFree(port));
        return port;
    }
}
