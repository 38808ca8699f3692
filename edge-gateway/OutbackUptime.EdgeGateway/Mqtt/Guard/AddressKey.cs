using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace OutbackUptime.EdgeGateway.Mqtt.Guard;

/// <summary>What counts as one address: an IPv4 address, or an IPv6 /64, of which one customer has all.</summary>
internal static class AddressKey
{
    public static string Of(EndPoint? endPoint)
    {
        if (endPoint is not IPEndPoint { Address: var address })
        {
            return "";
        }

        if (address.IsIPv4MappedToIPv6)
        {
            address = address.MapToIPv4();
        }

        if (address.AddressFamily != AddressFamily.InterNetworkV6)
        {
            return address.ToString();
        }

        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out _);
        return $"{BinaryPrimitives.ReadUInt64BigEndian(bytes):x16}::/64";
    }
}
