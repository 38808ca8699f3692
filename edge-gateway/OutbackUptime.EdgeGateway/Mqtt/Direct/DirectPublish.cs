using System.Diagnostics;
using OutbackUptime.EdgeGateway.Journal;
using OutbackUptime.EdgeGateway.Mqtt.Guard;

namespace OutbackUptime.EdgeGateway.Mqtt.Direct;

/// <summary>A publish on its way into the journal and back as a PUBACK.</summary>
internal sealed class DirectPublish(DirectDoor door, GuardedChannel channel, ushort id, IncomingPacket packet, DateTimeOffset receivedAt) : PendingAppend([packet], receivedAt)
{
    public GuardedChannel Channel => channel;

    /// <summary>MQTT's packet id.</summary>
    public ushort Id => id;

    public IncomingPacket Packet => Packets[0];

    public AppendResult Result => Results[0];

    /// <summary>Why it was not journaled; null when it was.</summary>
    public JournalException? Error { get; private set; }

    /// <summary>The span of this publish; null when it is not traced.</summary>
    public Activity? Span { get; init; }

    /// <summary>The span of its wait for the journal's fsync.</summary>
    public Activity? AppendSpan { get; init; }

    /// <inheritdoc/>
    public override void Complete() => door.OnDone(this);

    /// <inheritdoc/>
    public override void Fail(JournalException error)
    {
        Error = error;
        door.OnDone(this);
    }
}
