using System.Net.Sockets;

namespace OutbackUptime.EdgeGateway.Systemd;

/// <summary>systemd's notification socket (sd_notify(3)): datagrams of `NAME=VALUE` lines.</summary>
/// <param name="path">NOTIFY_SOCKET: a path, or a name in the abstract namespace with a leading @.</param>
internal sealed class NotifySocket(string path)
{
    /// <summary>Says it; false when nobody listens, which is no reason to end.</summary>
    public bool Send(string state)
    {
        try
        {
            using var socket = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
            socket.Connect(new UnixDomainSocketEndPoint(path.StartsWith('@') ? $"\0{path[1..]}" : path));
            return socket.Send(System.Text.Encoding.ASCII.GetBytes(state)) == state.Length;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
