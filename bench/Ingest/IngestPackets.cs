using System.Buffers.Text;
using Google.Protobuf;
using OutbackUptime.Bench.Load;
using OutbackUptime.Uplink;

namespace OutbackUptime.Bench.Ingest;

/// <summary>A station's packets, hub after hub, as its gateway would put them into frames.</summary>
internal sealed class IngestPackets(int hubs, DateTimeOffset start)
{
    private const long FirstSeq = 1_000_000_000;
    private readonly byte[] _template = HubPayload.Make(start);
    private readonly string[] _hubs = [.. Enumerable.Range(1, hubs).Select(i => $"bore-{i:00}")];
    private readonly long _boot = start.ToUnixTimeMilliseconds();
    private ulong _frame;
    private long _next;

    /// <summary>Packets made so far.</summary>
    public long Count => _next;

    /// <summary>The next frame, of so many packets, received at that moment.</summary>
    public Frame Next(int entries, DateTimeOffset now)
    {
        var frame = new Frame { FrameId = ++_frame, OwedRegions = { Demo.Cluster.DemoSystem.Regions } };
        var at = now.ToUnixTimeMilliseconds() * 1000;
        for (var i = 0; i < entries; i++, _next++)
        {
            var seq = FirstSeq + (_next / hubs);
            var payload = _template.AsSpan().ToArray();
            Utf8Formatter.TryFormat(seq, payload.AsSpan(HubPayload.SeqAt, HubPayload.SeqDigits), out _);
            frame.Entries.Add(new Entry
            {
                Offset = _next + 1,
                Kind = EntryKind.Packet,
                Hub = _hubs[_next % hubs],
                Boot = _boot,
                Seq = seq,
                ReceivedAtUs = at,
                Payload = UnsafeByteOperations.UnsafeWrap(payload),
            });
        }

        return frame;
    }

    /// <summary>The same packets under a new number.</summary>
    public Frame Again(Frame frame)
    {
        frame.FrameId = ++_frame;
        return frame;
    }
}
