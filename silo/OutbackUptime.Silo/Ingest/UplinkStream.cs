using Grpc.Core;
using OutbackUptime.Uplink;

namespace OutbackUptime.Silo.Ingest;

/// <summary>A stream after its Welcome: takes frames concurrently up to the credit, writes receipts one at a time.</summary>
internal sealed class UplinkStream(string station, Guid epoch, FrameIngest ingest, IServerStreamWriter<RegionMessage> responses, int credit) : IDisposable
{
    private readonly SemaphoreSlim _writing = new(1);
    private readonly HashSet<Task> _handling = [];
    private ulong _lastFrame;
    private int _owed;

    /// <summary>Takes frames until the gateway ends its side.</summary>
    public async Task RunAsync(IAsyncStreamReader<GatewayMessage> requests, CancellationToken cancellationToken)
    {
        using var broken = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            while (await requests.MoveNext(cancellationToken))
            {
                _handling.RemoveWhere(t => t.IsCompletedSuccessfully);
                if (_handling.FirstOrDefault(t => t.IsCompleted) is { } failed)
                {
                    await failed;
                }

                _handling.Add(HandleAsync(Accept(requests.Current), broken.Token));
            }

            await Task.WhenAll(_handling);
        }
        finally
        {
            // No-op after the gateway's own end; else nobody reads the receipts any more.
            await broken.CancelAsync();
            await Task.WhenAll(_handling).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Writes a message, after those that are being written.</summary>
    public async Task WriteAsync(RegionMessage message, CancellationToken cancellationToken)
    {
        await _writing.WaitAsync(cancellationToken);
        try
        {
            await responses.WriteAsync(message, cancellationToken);
        }
        finally
        {
            _writing.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _writing.Dispose();

    private Frame Accept(GatewayMessage message)
    {
        if (message.BodyCase != GatewayMessage.BodyOneofCase.Frame)
        {
            throw new RpcException(new Status(StatusCode.InvalidArgument, "After Hello only frames are expected."));
        }

        if (message.Frame.FrameId <= _lastFrame)
        {
            throw new RpcException(new Status(StatusCode.InvalidArgument, $"frame_id: expected more than {_lastFrame}, found {message.Frame.FrameId}."));
        }

        _lastFrame = message.Frame.FrameId;

        // A frame is off the gateway's credit when its final receipt is on the way, but off our hands only when that is written:
        // the second bound holds a gateway that sends and never reads.
        if (Volatile.Read(ref _owed) >= credit || _handling.Count >= 2 * credit)
        {
            throw new RpcException(new Status(StatusCode.ResourceExhausted, $"At most {credit} frames may be without their final receipt."));
        }

        Interlocked.Increment(ref _owed);
        return message.Frame;
    }

    private async Task HandleAsync(Frame frame, CancellationToken cancellationToken)
    {
        var final = await ingest.IngestAsync(station, epoch, frame, r => WriteAsync(new RegionMessage { Receipt = r }, cancellationToken), cancellationToken);
        Interlocked.Decrement(ref _owed);
        await WriteAsync(new RegionMessage { Receipt = final }, cancellationToken);
    }
}
