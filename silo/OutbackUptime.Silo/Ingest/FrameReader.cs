using System.Runtime.InteropServices;
using Google.Protobuf;
using Microsoft.Extensions.Options;
using OutbackUptime.Domain.Clocks;
using OutbackUptime.Domain.Packets;
using OutbackUptime.Domain.Stations;
using OutbackUptime.Grains.Stations;
using OutbackUptime.Grains.Stores;
using OutbackUptime.Uplink;

namespace OutbackUptime.Silo.Ingest;

/// <summary>Turns a frame of the wire into one for the grain. What breaks the contract is a fault of the frame; a payload that is no packet (loss record, thinned row) goes to quarantine.</summary>
internal sealed class FrameReader(IOptions<UplinkOptions> options)
{
    private const int MaxOwedRegions = 16;
    private const int MaxTopic = 1024;
    private const int MaxCode = 40;
    private const int MaxReason = 1024;

    // Version 00 of W3C Trace Context.
    private const int TraceParentLength = 55;

    // 9999-12-31T23:59:59Z; beyond it a time has no DateTimeOffset.
    private const long MaxTimeUs = 253_402_300_799_000_000;

    private readonly UplinkOptions _options = options.Value;

    /// <summary>Reads a frame of a station; returns what is wrong with it, or null with <paramref name="read"/> set.</summary>
    public string? Read(string station, Guid epoch, Frame frame, out IngestFrame? read)
    {
        read = null;
        if (FrameFault(frame) is { } fault)
        {
            return fault;
        }

        var readings = new ReadingRow[frame.Entries.Count];
        var good = 0;
        List<QuarantineRow> quarantined = [];
        var named = new NamedEntries();
        List<Metric> metrics = [];
        var names = new SharedNames();
        var last = long.MinValue;
        for (var i = 0; i < frame.Entries.Count; i++)
        {
            var entry = frame.Entries[i];
            if (EntryFault(entry, last) is { } wrong)
            {
                return $"entries[{i}] (offset {entry.Offset}): {wrong}";
            }

            last = entry.Offset;
            if (entry.Kind == EntryKind.Quarantine)
            {
                quarantined.Add(Quarantined(entry, entry.Topic, entry.ReasonCode, entry.Reason));
            }
            else if (entry.Kind is EntryKind.Thinned or EntryKind.Loss)
            {
                if (named.Take(entry, Time(entry)) is { } wrongPayload)
                {
                    quarantined.Add(Quarantined(entry, "", wrongPayload.Code, wrongPayload.Reason));
                }
            }
            else if (PacketParser.TryRead(entry.Payload.Span, metrics, out var header, out var packetFault))
            {
                readings[good++] = Reading(entry, header, metrics, names);
            }
            else
            {
                quarantined.Add(Quarantined(entry, $"stations/{station}/hubs/{entry.Hub}/packets", packetFault.Code, packetFault.Reason));
            }
        }

        read = new IngestFrame
        {
            Ticket = Guid.NewGuid(),
            JournalEpoch = epoch,
            OwedRegions = [.. frame.OwedRegions],
            Readings = good == readings.Length ? readings : readings[..good],
            Quarantined = [.. quarantined],
            Losses = named.Losses,
            Thinned = named.Thinned,
        };
        return null;
    }

    private string? FrameFault(Frame frame) =>
        frame.OwedRegions.Count is 0 or > MaxOwedRegions ? $"owed_regions: expected 1 to {MaxOwedRegions}, found {frame.OwedRegions.Count}"
        : frame.OwedRegions.Any(r => !EntityName.IsValid(r)) ? $"owed_regions: expected {EntityName.Rule}"
        : frame.Entries.Count == 0 || frame.Entries.Count > _options.MaxFrameEntries ? $"entries: expected 1 to {_options.MaxFrameEntries}, found {frame.Entries.Count}"
        : frame.CalculateSize() > _options.MaxFrameBytes ? $"at most {_options.MaxFrameBytes} bytes are taken"
        : null;

    private static string? EntryFault(Entry entry, long last) =>
        entry.Offset < 0 ? "offset: expected 0 or more"
        : entry.Offset <= last ? "offset: expected more than the one before"
        : entry.ReceivedAtUs is < 0 or > MaxTimeUs ? "received_at_us: expected microseconds since 1970"
        : entry.EventTimeUs < 0 || entry.EventTimeUs > entry.ReceivedAtUs ? "event_time_us: expected none, or microseconds since 1970 up to received_at_us"
        : entry.Payload.Length > PacketParser.MaxPayloadBytes ? $"payload: expected at most {PacketParser.MaxPayloadBytes} bytes"
        : entry.Kind switch
        {
            EntryKind.Packet => !EntityName.IsValid(entry.Hub) ? $"hub: expected {EntityName.Rule}"
                : entry.Boot < 0 ? "boot: expected 0 or more"
                : entry.Seq is < 0 or > PacketParser.MaxSeq ? $"seq: expected 0 to {PacketParser.MaxSeq}"
                : null,
            EntryKind.Quarantine => entry.Hub.Length > 0 && !EntityName.IsValid(entry.Hub) ? $"hub: expected none, or {EntityName.Rule}"
                : entry.Topic.Length > MaxTopic ? $"topic: expected at most {MaxTopic} characters"
                : entry.ReasonCode.Length is 0 or > MaxCode ? $"reason_code: expected 1 to {MaxCode} characters"
                : entry.Reason.Length > MaxReason ? $"reason: expected at most {MaxReason} characters"
                : null,
            EntryKind.Thinned => EntityName.IsValid(entry.Hub) ? null : $"hub: expected {EntityName.Rule}",
            EntryKind.Loss => entry.Hub.Length > 0 && !EntityName.IsValid(entry.Hub) ? $"hub: expected none, or {EntityName.Rule}" : null,
            _ => "kind: expected PACKET, QUARANTINE, THINNED or LOSS",
        };

    private static ReadingRow Reading(Entry entry, PacketHeader packet, List<Metric> metrics, SharedNames names)
    {
        var receivedAt = Time(entry);
        var (eventTime, quality) = entry.EventTimeUs > 0
            ? (DateTimeOffset.UnixEpoch.AddMicroseconds(entry.EventTimeUs), ClockQuality.Repaired)
            : ClockTriage.Judge(packet.HubTime, receivedAt);
        return new ReadingRow
        {
            // The gateway's word for the key: where it assigned the boot, the payload has none.
            Hub = entry.Hub,
            Boot = entry.Boot,
            Seq = entry.Seq,
            BootAssigned = entry.BootAssigned,
            PayloadHash = PacketParser.Hash(entry.Payload.Span),
            HubTime = packet.HubTime,
            ReceivedAt = receivedAt,
            EventTime = eventTime,
            ClockQuality = quality,
            JournalOffset = entry.Offset,
            MetricNames = names.Of(metrics),
            MetricValues = Values(metrics),
            Payload = Bytes(entry.Payload),
            TraceParent = TraceParent(entry),
        };
    }

    private static double[] Values(List<Metric> metrics)
    {
        var values = new double[metrics.Count];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = metrics[i].Value;
        }

        return values;
    }

    // The message's own array where it is one: nobody writes to it.
    private static byte[] Bytes(ByteString bytes) =>
        MemoryMarshal.TryGetArray(bytes.Memory, out var array) && array.Offset == 0 && array.Count == array.Array!.Length ? array.Array : bytes.ToByteArray();

    private static QuarantineRow Quarantined(Entry entry, string topic, string code, string reason) => new()
    {
        JournalOffset = entry.Offset,
        Hub = entry.Hub,
        Topic = topic,
        ReceivedAt = Time(entry),
        ReasonCode = code,
        Reason = reason,
        Payload = Bytes(entry.Payload),
        TraceParent = TraceParent(entry),
    };

    // What is no trace context is ignored: nothing but the trace hangs on it.
    private static string? TraceParent(Entry entry) => entry.Traceparent.Length == TraceParentLength ? entry.Traceparent : null;

    private static DateTimeOffset Time(Entry entry) => DateTimeOffset.UnixEpoch.AddMicroseconds(entry.ReceivedAtUs);
}
