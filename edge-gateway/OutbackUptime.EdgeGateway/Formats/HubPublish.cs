using System.Buffers;
using OutbackUptime.Domain.Packets;
using OutbackUptime.EdgeGateway.Journal;

namespace OutbackUptime.EdgeGateway.Formats;

/// <summary>One publish of a hub, as it came.</summary>
/// <param name="Topic">The MQTT topic.</param>
/// <param name="To">What the topic says.</param>
/// <param name="Payload">The payload, its own copy; no more than <see cref="MaxBytes"/> of it.</param>
/// <param name="Size">How many bytes it had.</param>
/// <param name="IsRedelivery">The DUP flag: the hub has sent it before and got no answer (MQTT 5 section 3.3.1.1).</param>
internal sealed record HubPublish(string Topic, PublishTopic To, ReadOnlyMemory<byte> Payload, long Size, bool IsRedelivery)
{
    /// <summary>Most that is read of a payload: a Sparkplug birth certificate may be far larger than a packet.</summary>
    public const int MaxBytes = 64 * 1024;

    /// <summary>Copies what the MQTT library only lends.</summary>
    public static HubPublish Copy(PublishTopic to, MQTTnet.MqttApplicationMessage message)
    {
        var size = message.Payload.Length;
        return new HubPublish(message.Topic, to, message.Payload.Slice(0, Math.Min(size, MaxBytes)).ToArray(), size, message.Dup);
    }

    /// <summary>The whole of it as quarantine, cut to what an entry holds.</summary>
    public IncomingPacket Quarantine(PacketFault fault)
    {
        if (Size <= PacketParser.MaxPayloadBytes)
        {
            return new IncomingPacket(To.Hub, Topic, Payload, null, fault);
        }

        var cut = fault with { Reason = $"{fault.Reason} What is kept is the beginning of {Size} bytes." };
        return new IncomingPacket(To.Hub, Topic, Payload[..PacketParser.MaxPayloadBytes], null, cut);
    }
}
