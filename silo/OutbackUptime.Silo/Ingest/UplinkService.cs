using System.Security.Cryptography;
using Grpc.Core;
using Microsoft.Extensions.Options;
using OutbackUptime.Grains.Stations;
using OutbackUptime.Uplink;

namespace OutbackUptime.Silo.Ingest;

/// <summary>The gateways' endpoint: Hello, Welcome, then frames and receipts until either side leaves.</summary>
internal sealed partial class UplinkService(
    HelloCheck check,
    FrameIngest ingest,
    IngestAdmission admission,
    GatewayConnections connections,
    IngestDrain drain,
    IngestInstruments instruments,
    IOptions<UplinkOptions> options,
    IOptions<StationOptions> station,
    IOptions<IngestIdentity> identity,
    TimeProvider time,
    ILogger<UplinkService> logger) : OutbackUptime.Uplink.Uplink.UplinkBase
{
    private readonly UplinkOptions _options = options.Value;

    /// <inheritdoc/>
    public override async Task Exchange(IAsyncStreamReader<GatewayMessage> requestStream, IServerStreamWriter<RegionMessage> responseStream, ServerCallContext context)
    {
        var hello = await HelloAsync(requestStream, context);
        if (connections.Has(hello.Station))
        {
            instruments.OnDoubleStream();
        }

        var connection = new GatewayConnection(hello.Station, time.GetUtcNow());
        connections.Add(connection);
        LogConnected(logger, hello.Station, hello.GatewayVersion, hello.FirstOffset, hello.NextOffset);
        try
        {
            var epoch = new Guid(hello.JournalEpoch.Span, bigEndian: true);
            using var stream = new UplinkStream(hello.Station, epoch, ingest, responseStream, _options.Credit);
            await stream.WriteAsync(Welcome(), context.CancellationToken);
            await ServeAsync(stream, requestStream, context.CancellationToken);
        }
        catch (Exception e) when (e is OperationCanceledException or IOException)
        {
            // The gateway went away, or its time was up after Farewell: either is an end, not an error.
        }
        catch (RpcException e)
        {
            instruments.OnRefused(e.StatusCode.ToString());
            LogEnded(logger, hello.Station, e.StatusCode, e.Status.Detail);
            throw;
        }
        finally
        {
            connections.Remove(connection);
        }
    }

    private async Task<Hello> HelloAsync(IAsyncStreamReader<GatewayMessage> requests, ServerCallContext context)
    {
        try
        {
            if (connections.Count >= _options.MaxStreams)
            {
                throw new RpcException(new Status(StatusCode.ResourceExhausted, "This silo has all the gateways it takes."));
            }

            if (drain.Begun.IsCancellationRequested)
            {
                throw new RpcException(new Status(StatusCode.Unavailable, "This silo is being drained."));
            }

            var arrived = await requests.MoveNext(context.CancellationToken).WaitAsync(_options.HelloLimit, time, context.CancellationToken);
            return check.Check(arrived ? requests.Current : new GatewayMessage(), context.GetHttpContext());
        }
        catch (TimeoutException)
        {
            instruments.OnRefused(IngestInstruments.NoHello);
            throw new RpcException(new Status(StatusCode.DeadlineExceeded, "No Hello came."));
        }
        catch (RpcException e)
        {
            instruments.OnRefused(e.StatusCode.ToString());
            LogRefused(logger, e.StatusCode, e.Status.Detail);
            throw;
        }
    }

    private async Task ServeAsync(UplinkStream stream, IAsyncStreamReader<GatewayMessage> requests, CancellationToken cancellationToken)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var serving = stream.RunAsync(requests, ended.Token);
        using var age = new CancellationTokenSource(Age(), time);
        using var leave = CancellationTokenSource.CreateLinkedTokenSource(age.Token, drain.Begun);
        await serving.WaitAsync(leave.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!serving.IsCompleted)
        {
            var reason = drain.Begun.IsCancellationRequested ? "This silo is being drained." : "The stream has reached its age; gateways spread anew.";
            await stream.WriteAsync(new RegionMessage { Farewell = new Farewell { Reason = reason } }, cancellationToken);
            await serving.WaitAsync(_options.FarewellGrace, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await ended.CancelAsync();
        }

        await serving;
    }

    private TimeSpan Age() => _options.MaxAge * (1 - (RandomNumberGenerator.GetInt32(200) / 1000.0));

    private RegionMessage Welcome() => new()
    {
        Welcome = new Welcome
        {
            Region = station.Value.Region,
            Silo = identity.Value.Name,
            Credit = (uint)admission.StartingCredit,
            MaxFrameBytes = (uint)_options.MaxFrameBytes,
            MaxFrameEntries = (uint)admission.FrameEntries,
            Stores = { ingest.Stores },
        },
    };

    [LoggerMessage(1, LogLevel.Information, "The gateway of {Station} (version {Version}) is connected; it keeps offsets {First} to {Next}.")]
    private static partial void LogConnected(ILogger logger, string station, string version, long first, long next);

    [LoggerMessage(2, LogLevel.Warning, "A gateway was refused: {Code}. {Detail}")]
    private static partial void LogRefused(ILogger logger, StatusCode code, string detail);

    [LoggerMessage(3, LogLevel.Warning, "The stream of {Station} was ended: {Code}. {Detail}")]
    private static partial void LogEnded(ILogger logger, string station, StatusCode code, string detail);
}
