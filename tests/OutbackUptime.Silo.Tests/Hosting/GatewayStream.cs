using System.Text;
using Google.Protobuf;
using Grpc.Core;
using Grpc.Net.Client;
using OutbackUptime.Uplink;

namespace OutbackUptime.Silo.Tests.Hosting;

/// <summary>What a gateway does on the wire, step by step.</summary>
internal sealed class GatewayStream : IDisposable
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(30);
    private readonly GrpcChannel _channel;
    private readonly AsyncDuplexStreamingCall<GatewayMessage, RegionMessage> _call;
    private ulong _frames;

    public GatewayStream(GrpcChannel channel)
    {
        _channel = channel;
        _call = new Uplink.Uplink.UplinkClient(channel).Exchange(deadline: TimeProvider.System.GetUtcNow().Add(s_limit).UtcDateTime);
    }

    public Guid Epoch { get; } = Guid.NewGuid();

    /// <summary>Says Hello; the region's answer. Throws <see cref="RpcException"/> when it refuses.</summary>
    public async Task<Welcome> HelloAsync(string station)
    {
        await WriteAsync(new GatewayMessage
        {
            Hello = new Hello { ProtocolVersion = 1, Station = station, JournalEpoch = ByteString.CopyFrom(Epoch.ToByteArray(bigEndian: true)), FirstOffset = 1, NextOffset = 1, GatewayVersion = "test" },
        });
        return (await ReadAsync()).Welcome;
    }

    /// <summary>Sends packets of a hub; the final receipt.</summary>
    public Task<Receipt> SendAsync(string hub, params long[] seqs) => SendAsync(seqs.Select(seq => new Entry
    {
        Offset = seq,
        Kind = EntryKind.Packet,
        Hub = hub,
        Boot = 1,
        Seq = seq,
        ReceivedAtUs = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() * 1000,
        Payload = ByteString.CopyFrom($$"""{"seq":{{seq}},"boot":1,"metrics":{"tank_level_pct":71.5} }""", Encoding.UTF8),
    }));

    /// <summary>Sends a frame of these entries; the final receipt.</summary>
    public async Task<Receipt> SendAsync(IEnumerable<Entry> entries)
    {
        var frame = new Frame { FrameId = ++_frames, OwedRegions = { "syd", "mel" } };
        frame.Entries.AddRange(entries);
        await WriteAsync(new GatewayMessage { Frame = frame });
        while (true)
        {
            if ((await ReadAsync()).Receipt is { Status: not ReceiptStatus.Partial } receipt)
            {
                return receipt;
            }
        }
    }

    public void Dispose()
    {
        _call.Dispose();
        _channel.Dispose();
    }

    // A refused stream fails its writes without a status; the status is on the reading side.
    private async Task WriteAsync(GatewayMessage message)
    {
        try
        {
            await _call.RequestStream.WriteAsync(message);
        }
        catch (Exception e) when (e is RpcException or InvalidOperationException)
        {
            await ReadAsync();
        }
    }

    private async Task<RegionMessage> ReadAsync() =>
        await _call.ResponseStream.MoveNext(CancellationToken.None) ? _call.ResponseStream.Current : throw new InvalidOperationException("The region ended the stream.");
}
