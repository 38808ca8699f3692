namespace OutbackUptime.Demo.Hubs;

/// <summary>One publish, kept unchanged until its PUBACK: a redelivery carries the same bytes.</summary>
/// <param name="Kind">Good or deliberately bad.</param>
/// <param name="Boot">Restart epoch sent, if any.</param>
/// <param name="Seq">Packet number within the boot.</param>
/// <param name="Hash">The record's hash: of time and metrics for a good one, of the payload for a bad one.</param>
/// <param name="Payload">What goes over the wire.</param>
/// <param name="RepeatBack">After the PUBACK, send the packet acknowledged this many packets ago again (1 = this one); 0 = none.</param>
internal sealed record HubPacket(HubPacketKind Kind, long? Boot, long Seq, ulong Hash, byte[] Payload, int RepeatBack);
