using System.Collections.Concurrent;
using Google.Protobuf;
using Grpc.Core;
using OutbackUptime.Bench.Load;
using OutbackUptime.Uplink;

namespace OutbackUptime.Bench.Ingest;

/// <summary>Speaks for one station on one stream, as its gateway does, without a journal.</summary>
internal sealed class IngestStream(string station, IngestPackets packets, Uplink.Uplink.UplinkClient silo, IngestCount count, TimeProvider time)
{
    // A gateway that gathers packets for longer than it takes to send them gains nothing.
    private static readonly TimeSpan s_gather = TimeSpan.FromMilliseconds(10);
    private readonly ConcurrentDictionary<ulong, Sent> _open = new();

    /// <summary>Keeps so many frames under way until told to stop, and then awaits their receipts.</summary>
    public Task SaturateAsync(int window, int entries, CancellationToken stop, CancellationToken cancellationToken) =>
        RunAsync(window, async (room, send) =>
        {
            while (!stop.IsCancellationRequested)
            {
                await room.WaitAsync(cancellationToken).ConfigureAwait(false);
                await send(new Sent(packets.Next(entries, time.GetUtcNow()), 0, 0)).ConfigureAwait(false);
            }
        }, cancellationToken);

    /// <summary>
    /// Sends packets when they are due, whether or not receipts come (open loop): latency counts from the moment a packet was due, so
    /// that a silo that stalls can't hide it.
    /// </summary>
    public Task PaceAsync(int window, int most, double packetsPerSecond, CancellationToken stop, CancellationToken cancellationToken) =>
        RunAsync(window, async (room, send) =>
        {
            var (started, sent) = (time.GetTimestamp(), 0L);
            while (!stop.IsCancellationRequested)
            {
                var due = (int)Math.Min(most, (long)(time.GetElapsedTime(started).TotalSeconds * packetsPerSecond) - sent);
                if (due > 0)
                {
                    await room.WaitAsync(cancellationToken).ConfigureAwait(false);
                    await send(new Sent(packets.Next(due, time.GetUtcNow()), started + (long)(sent / packetsPerSecond * time.TimestampFrequency), 1 / packetsPerSecond)).ConfigureAwait(false);
                    sent += due;
                }

                await Task.Delay(s_gather, time, CancellationToken.None).ConfigureAwait(false);
            }
        }, cancellationToken);

    private async Task RunAsync(int window, Func<SemaphoreSlim, Func<Sent, Task>, Task> load, CancellationToken cancellationToken)
    {
        using var room = new SemaphoreSlim(window);
        using var writing = new SemaphoreSlim(1);
        using var call = silo.Exchange(cancellationToken: cancellationToken);
        var hello = new Hello { ProtocolVersion = 1, Station = station, JournalEpoch = ByteString.CopyFrom(Guid.NewGuid().ToByteArray(bigEndian: true)), FirstOffset = packets.Count, NextOffset = packets.Count, GatewayVersion = "bench" };
        await call.RequestStream.WriteAsync(new GatewayMessage { Hello = hello }, cancellationToken).ConfigureAwait(false);
        if (!await call.ResponseStream.MoveNext(cancellationToken).ConfigureAwait(false) || call.ResponseStream.Current.BodyCase != RegionMessage.BodyOneofCase.Welcome)
        {
            throw new BenchException($"{station}: the silo did not say Welcome.");
        }

        async Task SendAsync(Sent sent)
        {
            await writing.WaitAsync(cancellationToken).ConfigureAwait(false);
            try
            {
                _open[sent.Frame.FrameId] = sent;
                await call.RequestStream.WriteAsync(new GatewayMessage { Frame = sent.Frame }, cancellationToken).ConfigureAwait(false);
            }
            finally
            {
                writing.Release();
            }
        }

        var receiving = ReceiveAsync(call.ResponseStream, room, SendAsync, cancellationToken);
        await load(room, SendAsync).ConfigureAwait(false);
        for (var i = 0; i < window; i++)
        {
            await room.WaitAsync(cancellationToken).ConfigureAwait(false);
        }

        await call.RequestStream.CompleteAsync().ConfigureAwait(false);
        await receiving.ConfigureAwait(false);
    }

    private async Task ReceiveAsync(IAsyncStreamReader<RegionMessage> receipts, SemaphoreSlim room, Func<Sent, Task> sendAgain, CancellationToken cancellationToken)
    {
        var latency = new LatencyRecorder();
        while (await receipts.MoveNext(cancellationToken).ConfigureAwait(false))
        {
            if (receipts.Current is not { BodyCase: RegionMessage.BodyOneofCase.Receipt, Receipt: { Status: not ReceiptStatus.Partial } receipt } || !_open.TryRemove(receipt.FrameId, out var sent))
            {
                continue;
            }

            if (receipt.Status == ReceiptStatus.Rejected)
            {
                throw new BenchException($"{station}: a frame was rejected: {receipt.Detail}");
            }

            if (receipt.CommittedRegions.Count < Demo.Cluster.DemoSystem.Regions.Length)
            {
                count.OnAgain();
                packets.Again(sent.Frame);
                await sendAgain(sent).ConfigureAwait(false);
                continue;
            }

            count.OnSafe(sent.Frame.Entries.Count);
            Record(latency, sent);
            room.Release();
        }

        count.OnLatency(latency);
    }

    private void Record(LatencyRecorder latency, Sent sent)
    {
        var now = time.GetTimestamp();
        for (var i = 0; sent.Gap > 0 && i < sent.Frame.Entries.Count; i++)
        {
            latency.Record((long)((time.GetElapsedTime(sent.FirstDue, now).TotalSeconds - (i * sent.Gap)) * 1e6));
        }
    }

    /// <summary>A frame under way.</summary>
    /// <param name="Frame">The frame.</param>
    /// <param name="FirstDue">When its first packet was due (timestamp).</param>
    /// <param name="Gap">Seconds from one packet's being due to the next one's; 0: not paced.</param>
    private sealed record Sent(Frame Frame, long FirstDue, double Gap);
}
