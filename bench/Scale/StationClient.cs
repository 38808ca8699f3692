using Google.Protobuf;
using Grpc.Core;
using OutbackUptime.Bench.Storm;
using OutbackUptime.Uplink;

namespace OutbackUptime.Bench.Scale;

/// <summary>
/// Speaks for one station over the uplink's own protocol, a stream at a time: a gateway's uplink without its journal and its patience,
/// of which ten thousand would not fit beside the silos.
/// </summary>
internal sealed class StationClient(string station, int index, int hubs, long boot, TimeProvider time)
{
    private readonly StormPackets _packets = new(index, hubs, boot);
    private readonly ByteString _epoch = ByteString.CopyFrom(Guid.NewGuid().ToByteArray(bigEndian: true));
    private long _next = 1;

    public string Station => station;

    /// <summary>Whether the silo knows the station.</summary>
    public async Task<bool> IsKnownAsync(Uplink.Uplink.UplinkClient silo, TimeSpan limit, CancellationToken cancellationToken)
    {
        try
        {
            using var stream = silo.Exchange(deadline: time.GetUtcNow().UtcDateTime + limit, cancellationToken: cancellationToken);
            return await HelloAsync(stream, cancellationToken).ConfigureAwait(false);
        }
        catch (RpcException) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }

    /// <summary>
    /// Sends frames with the next packets of its first hubs, so many of each and frame, one frame after the other; returns how many
    /// were committed in a store before one was not. That one is sent again under the same keys by the next call.
    /// </summary>
    public async Task<int> SendAsync(Uplink.Uplink.UplinkClient silo, int frames, int hubsHeard, int packetsPerHub, TimeSpan limit, CancellationToken cancellationToken)
    {
        var committed = 0;
        try
        {
            using var stream = silo.Exchange(deadline: time.GetUtcNow().UtcDateTime + limit, cancellationToken: cancellationToken);
            if (!await HelloAsync(stream, cancellationToken).ConfigureAwait(false))
            {
                return 0;
            }

            for (; committed < frames; committed++)
            {
                var (frame, next) = Frame((ulong)committed + 1, hubsHeard, packetsPerHub);
                await stream.RequestStream.WriteAsync(new GatewayMessage { Frame = frame }, cancellationToken).ConfigureAwait(false);
                if (!await CommittedAsync(stream, cancellationToken).ConfigureAwait(false))
                {
                    return committed;
                }

                _next = next;
            }

            await stream.RequestStream.CompleteAsync().ConfigureAwait(false);
        }
        catch (Exception e) when (e is RpcException or InvalidOperationException or IOException && !cancellationToken.IsCancellationRequested)
        {
            // The silo has gone, or did not answer in time.
        }

        return committed;
    }

    private async Task<bool> HelloAsync(AsyncDuplexStreamingCall<GatewayMessage, RegionMessage> stream, CancellationToken cancellationToken)
    {
        var hello = new Hello { ProtocolVersion = 1, Station = station, JournalEpoch = _epoch, FirstOffset = _next, NextOffset = _next, GatewayVersion = "bench" };
        await stream.RequestStream.WriteAsync(new GatewayMessage { Hello = hello }, cancellationToken).ConfigureAwait(false);
        return await stream.ResponseStream.MoveNext(cancellationToken).ConfigureAwait(false) && stream.ResponseStream.Current.BodyCase == RegionMessage.BodyOneofCase.Welcome;
    }

    // The final receipt: both stores have answered.
    private static async Task<bool> CommittedAsync(AsyncDuplexStreamingCall<GatewayMessage, RegionMessage> stream, CancellationToken cancellationToken)
    {
        while (await stream.ResponseStream.MoveNext(cancellationToken).ConfigureAwait(false))
        {
            if (stream.ResponseStream.Current is { BodyCase: RegionMessage.BodyOneofCase.Receipt, Receipt: { Status: not ReceiptStatus.Partial } receipt })
            {
                return receipt.Status == ReceiptStatus.Final && receipt.CommittedRegions.Count > 0;
            }
        }

        return false;
    }

    // Offsets are the packets' numbers, those of hubs that are not heard left out.
    private (Frame Frame, long Next) Frame(ulong id, int hubsHeard, int packetsPerHub)
    {
        var frame = new Frame { FrameId = id, OwedRegions = { Demo.Cluster.DemoSystem.Regions } };
        var next = _next;
        for (; frame.Entries.Count < hubsHeard * packetsPerHub; next++)
        {
            if ((next - 1) % hubs < hubsHeard)
            {
                // By its number, so that one sent again is the same packet, not another under its key.
                var at = DateTimeOffset.FromUnixTimeMilliseconds(boot + next);
                frame.Entries.Add(new Entry
                {
                    Offset = next,
                    Kind = EntryKind.Packet,
                    Hub = _packets.Hub(next),
                    Boot = _packets.Boot,
                    Seq = _packets.Seq(next),
                    ReceivedAtUs = at.ToUnixTimeMilliseconds() * 1000,
                    Payload = UnsafeByteOperations.UnsafeWrap(_packets.Payload(next, at)),
                });
            }
        }

        return (frame, next);
    }
}
