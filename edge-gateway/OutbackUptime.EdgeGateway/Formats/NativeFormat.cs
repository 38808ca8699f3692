using OutbackUptime.Domain.Packets;
using OutbackUptime.EdgeGateway.Journal;

namespace OutbackUptime.EdgeGateway.Formats;

/// <summary>The native payload: journaled byte for byte.</summary>
internal sealed class NativeFormat : IPayloadFormat
{
    /// <inheritdoc/>
    public PublishReading Read(HubPublish publish) => new([Packet(publish)]);

    /// <inheritdoc/>
    public void Forget(string hub)
    {
        // Each packet stands for itself.
    }

    private static IncomingPacket Packet(HubPublish publish) =>
        publish.Size > PacketParser.MaxPayloadBytes
            ? publish.Quarantine(new PacketFault(FaultCodes.PayloadTooLarge, $"The payload has {publish.Size} bytes; at most {PacketParser.MaxPayloadBytes} are taken."))
        : PacketParser.TryParse(publish.Payload.Span, out var packet, out var fault)
            ? new IncomingPacket(publish.To.Hub, publish.Topic, publish.Payload, packet, null)
        : publish.Quarantine(fault);
}
