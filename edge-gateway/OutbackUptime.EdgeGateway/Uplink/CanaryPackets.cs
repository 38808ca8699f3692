using System.Buffers;
using System.Text.Json;
using OutbackUptime.Domain.Packets;
using OutbackUptime.Domain.Stations;
using OutbackUptime.EdgeGateway.Journal;

namespace OutbackUptime.EdgeGateway.Uplink;

/// <summary>
/// Makes the gateway's own packets: hub `gateway`, boot = unix seconds of the process' start, seq from 1. A clock that was never set
/// (before 2020) would repeat its boots: then the packet has none, and the journal assigns one, as to any hub.
/// </summary>
internal sealed class CanaryPackets(string station, TimeProvider time, CanaryMetrics metrics)
{
    private const int FirstTrustedYear = 2020;
    private readonly long _startTimestamp = time.GetTimestamp();
    private long? _boot = time.GetUtcNow() is { Year: >= FirstTrustedYear } start ? start.ToUnixTimeSeconds() : null;
    private long _seq;

    public IncomingPacket Next()
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteNumber("seq"u8, ++_seq);
            if (_boot is { } boot)
            {
                json.WriteNumber("boot"u8, boot);
            }

            json.WriteStartObject("metrics"u8);
            json.WriteNumber("gateway_uptime_s"u8, (long)time.GetElapsedTime(_startTimestamp).TotalSeconds);
            foreach (var metric in metrics())
            {
                json.WriteNumber(metric.Name, metric.Value);
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }

        var payload = buffer.WrittenMemory.ToArray();
        var topic = $"stations/{station}/hubs/{ReservedHubs.Gateway}/packets";
        return PacketParser.TryParse(payload, out var packet, out var fault)
            ? new IncomingPacket(ReservedHubs.Gateway, topic, payload, packet, null)
            : new IncomingPacket(ReservedHubs.Gateway, topic, payload, null, fault);
    }

    /// <summary>Another payload holds this boot and seq (the clock went back to an earlier start): goes on under another boot.</summary>
    public void OnConflict() => (_boot, _seq) = (_boot + 1, 0);
}
