using OutbackUptime.Domain.Boots;
using OutbackUptime.Domain.Formats;
using OutbackUptime.Domain.Packets;
using OutbackUptime.EdgeGateway.Journal;

namespace OutbackUptime.EdgeGateway.Formats;

/// <summary>A format that is turned into native packets, which the journal numbers.</summary>
internal abstract class SourceFormat : IPayloadFormat
{
    /// <inheritdoc/>
    public PublishReading Read(HubPublish publish)
    {
        if (publish.Size > HubPublish.MaxBytes)
        {
            return new PublishReading([publish.Quarantine(new PacketFault(FaultCodes.PayloadTooLarge, $"The payload has {publish.Size} bytes; at most {HubPublish.MaxBytes} are taken."))]);
        }

        var source = ReadSource(publish);
        if (source.Fault is { } fault)
        {
            return new PublishReading([publish.Quarantine(fault)], source.RebirthReason);
        }

        var hash = PacketParser.Hash(publish.Payload.Span);
        List<IncomingPacket> packets = [.. source.Packets.Select((p, i) => Packet(publish, source, p, hash, i))];
        if (source.LeftOut is { } leftOut)
        {
            packets.Add(publish.Quarantine(leftOut) with { Accompanies = true });
        }

        return new PublishReading(packets, source.RebirthReason);
    }

    /// <inheritdoc/>
    public abstract void Forget(string hub);

    /// <summary>Reads the payload.</summary>
    protected abstract SourceReading ReadSource(HubPublish publish);

    private static IncomingPacket Packet(HubPublish publish, SourceReading source, SourcePacket packet, ulong hash, int index) =>
        new(publish.To.Hub, publish.Topic, ReadOnlyMemory<byte>.Empty, new Packet(0, null, packet.HubTime, packet.Metrics), null)
        {
            Unnumbered = new UnnumberedPacket(
                // Of the place in the publish too: its packets may be alike.
                unchecked(hash + ((ulong)index * 0x9E3779B97F4A7C15)),
                source.MayRepeat || publish.IsRedelivery,
                source.StartsBoot && index == 0,
                index == 0 ? source.Advance : 1),
        };
}
