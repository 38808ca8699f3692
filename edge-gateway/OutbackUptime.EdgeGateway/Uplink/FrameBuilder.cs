using Google.Protobuf;
using OutbackUptime.Domain.Uplink;
using OutbackUptime.EdgeGateway.Journal;
using OutbackUptime.Uplink;

namespace OutbackUptime.EdgeGateway.Uplink;

/// <summary>Turns journal entries into frames.</summary>
internal static class FrameBuilder
{
    private const int TraceBytes = 64;

    /// <summary>A frame of the plan's entries; of the first ones only, where the region's limit (0: none named) takes no more.</summary>
    public static (Frame Frame, IReadOnlyList<JournalEntry> Entries) Build(FramePlan plan, IReadOnlyList<JournalEntry> entries, uint maxBytes)
    {
        var frame = Build(plan, entries);
        while (maxBytes > 0 && entries.Count > 1 && MessageBytes(frame) > maxBytes)
        {
            entries = [.. entries.Take(entries.Count / 2)];
            frame = Build(plan, entries);
        }

        return (frame, entries);
    }

    // With room for the frame's own trace context, which is not there yet.
    private static int MessageBytes(Frame frame) => new GatewayMessage { Frame = frame }.CalculateSize() + (frame.Entries.Any(e => e.Traceparent.Length > 0) ? TraceBytes : 0);

    private static Frame Build(FramePlan plan, IReadOnlyList<JournalEntry> entries)
    {
        var frame = new Frame { FrameId = plan.FrameId };
        frame.OwedRegions.AddRange(plan.OwedRegions);
        foreach (var entry in entries)
        {
            frame.Entries.Add(ToEntry(entry));
        }

        return frame;
    }

    private static Entry ToEntry(JournalEntry entry) => new()
    {
        Offset = entry.Offset,
        Kind = entry.Kind switch
        {
            JournalEntryKind.Packet => EntryKind.Packet,
            JournalEntryKind.Thinned => EntryKind.Thinned,
            JournalEntryKind.Loss => EntryKind.Loss,
            _ => EntryKind.Quarantine,
        },
        Hub = entry.Hub,
        Boot = entry.Boot,
        Seq = entry.Seq,
        BootAssigned = entry.BootAssigned,
        ReceivedAtUs = (entry.ReceivedAt.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond,
        // The journal's buffers are never written again.
        Payload = UnsafeByteOperations.UnsafeWrap(entry.Payload),
        Topic = entry.Topic,
        ReasonCode = entry.ReasonCode,
        Reason = entry.Reason,
        Traceparent = entry.TraceParent ?? "",
        EventTimeUs = entry.RepairedTime is { } repaired ? JournalTime.ToMicroseconds(repaired) : 0,
    };
}
