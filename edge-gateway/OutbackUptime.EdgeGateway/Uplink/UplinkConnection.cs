using System.Threading.Channels;
using Google.Protobuf;
using Grpc.Core;
using Grpc.Net.Client;
using OutbackUptime.EdgeGateway.Journal;
using OutbackUptime.Uplink;

namespace OutbackUptime.EdgeGateway.Uplink;

/// <summary>
/// One welcomed stream to a region. Writes go through a queue, so that a region that stops reading never stops the caller;
/// the queue is bounded by the credit, since a frame waits in it or for its receipt.
/// </summary>
internal sealed class UplinkConnection : IAsyncDisposable
{
    /// <summary>Version 1 of uplink.proto.</summary>
    public const uint ProtocolVersion = 1;

    private readonly GrpcChannel _channel;
    private readonly AsyncDuplexStreamingCall<GatewayMessage, RegionMessage> _call;
    private readonly Channel<GatewayMessage> _outgoing = Channel.CreateUnbounded<GatewayMessage>(new() { SingleReader = true });
    private readonly CancellationTokenSource _cancel;
    private Task _writing = Task.CompletedTask;
    private int _disposed;

    private UplinkConnection(GrpcChannel channel, CancellationToken cancellationToken)
    {
        _channel = channel;
        _cancel = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var headers = new Metadata { { "grpc-internal-encoding-request", "gzip" } };
        _call = new OutbackUptime.Uplink.Uplink.UplinkClient(channel).Exchange(headers, cancellationToken: _cancel.Token);
    }

    /// <summary>What the region said first.</summary>
    public Welcome Welcome { get; private set; } = new();

    /// <summary>Connects, says Hello and awaits Welcome. Throws <see cref="RpcException"/> or <see cref="OperationCanceledException"/>.</summary>
    public static async Task<UplinkConnection> OpenAsync(
        GrpcChannel channel, string station, IUplinkJournal journal, TimeSpan timeout, TimeProvider time, CancellationToken cancellationToken)
    {
        var connection = new UplinkConnection(channel, cancellationToken);
        using var limit = new CancellationTokenSource(timeout, time);
        await using var late = limit.Token.UnsafeRegister(static c => ((CancellationTokenSource)c!).Cancel(), connection._cancel);
        try
        {
            await connection._call.RequestStream.WriteAsync(Hello(station, journal), connection._cancel.Token).ConfigureAwait(false);
            if (!await connection._call.ResponseStream.MoveNext(connection._cancel.Token).ConfigureAwait(false)
                || connection._call.ResponseStream.Current.BodyCase != RegionMessage.BodyOneofCase.Welcome)
            {
                throw new RpcException(new Status(StatusCode.Internal, "the region did not say Welcome"));
            }

            connection.Welcome = connection._call.ResponseStream.Current.Welcome;
            connection._writing = connection.WriteAsync();
            return connection;
        }
        catch
        {
            // First this: the limit may pass right now, and must not find a connection that is disposed of.
            await late.DisposeAsync().ConfigureAwait(false);
            await connection.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Hands a frame to the writer.</summary>
    public void Send(Frame frame) => _outgoing.Writer.TryWrite(new GatewayMessage { Frame = frame });

    /// <summary>What the region says, until it ends the stream. Throws when the stream breaks, also while writing.</summary>
    public async IAsyncEnumerable<RegionMessage> ReadAsync()
    {
        while (await _call.ResponseStream.MoveNext(_cancel.Token).ConfigureAwait(false))
        {
            yield return _call.ResponseStream.Current;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
        {
            return;
        }

        await _cancel.CancelAsync().ConfigureAwait(false);
        _outgoing.Writer.TryComplete();
        await _writing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _call.Dispose();
        _channel.Dispose();
        _cancel.Dispose();
    }

    private static GatewayMessage Hello(string station, IUplinkJournal journal) => new()
    {
        Hello = new Hello
        {
            ProtocolVersion = ProtocolVersion,
            Station = station,
            JournalEpoch = ByteString.CopyFrom(journal.Epoch.ToByteArray(bigEndian: true)),
            FirstOffset = journal.FirstOffset,
            NextOffset = journal.NextOffset,
            GatewayVersion = typeof(UplinkConnection).Assembly.GetName().Version?.ToString() ?? "",
        },
    };

    private async Task WriteAsync()
    {
        try
        {
            await foreach (var message in _outgoing.Reader.ReadAllAsync(_cancel.Token).ConfigureAwait(false))
            {
                await _call.RequestStream.WriteAsync(message, _cancel.Token).ConfigureAwait(false);
            }
        }
        catch (Exception e) when (e is RpcException or OperationCanceledException or InvalidOperationException)
        {
            // The reader learns of the same end, with its status.
        }
    }
}
