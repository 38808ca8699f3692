using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.Options;
using OutbackUptime.EdgeGateway.Telemetry;

namespace OutbackUptime.EdgeGateway.Admin;

/// <summary>
/// Health and status over HTTP: a GET a connection, a few connections at a time. Small on purpose: a whole web server costs as much
/// memory as the rest of the gateway (docs/decisions/0016).
/// </summary>
internal sealed partial class AdminServer(IOptions<AdminOptions> options, GatewayStatusReader status, MetricsPage metrics, TimeProvider time, ILogger<AdminServer> logger) : BackgroundService
{
    private const int MaxConnections = 8;
    private const int MaxRequestBytes = 8192;
    private static readonly TimeSpan s_requestTime = TimeSpan.FromSeconds(5);

    private readonly ILogger _logger = logger;
    private readonly SemaphoreSlim _places = new(MaxConnections);
    private readonly TcpListener _listener = new(IPAddress.Parse(options.Value.Address), options.Value.Port);

    /// <inheritdoc/>
    public override Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            _listener.Start();
        }
        catch (SocketException e)
        {
            throw new IOException($"Admin:Address and Admin:Port: {options.Value.Address}:{options.Value.Port} can't be listened on: {e.Message}", e);
        }

        LogStarted(_listener.LocalEndpoint);
        return base.StartAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        base.Dispose();
        _listener.Dispose();
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                // Who comes when all places are taken waits in the system's queue, or is refused by it.
                await _places.WaitAsync(stoppingToken).ConfigureAwait(false);
                _ = ServeAsync(await _listener.AcceptSocketAsync(stoppingToken).ConfigureAwait(false), stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (SocketException e)
            {
                // A connection that was gone before it was accepted, or no file descriptor left: not for ever.
                _places.Release();
                LogNotAccepted(e.Message);
                await Task.Delay(TimeSpan.FromMilliseconds(100), time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task ServeAsync(Socket socket, CancellationToken stoppingToken)
    {
        try
        {
            using var limit = new CancellationTokenSource(s_requestTime, time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, stoppingToken);
            await using var stream = new NetworkStream(socket, ownsSocket: true);
            var answer = AdminPages.Answer(await ReadRequestLineAsync(stream, either.Token).ConfigureAwait(false), status, metrics);
            await stream.WriteAsync(answer, either.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or SocketException or OperationCanceledException)
        {
            // Whoever asked is gone, or too slow.
        }
        finally
        {
            _places.Release();
        }
    }

    /// <summary>The request's first line, once its head is all there (RFC 9112 section 2.1); empty when it is too long or never ends.</summary>
    private static async Task<string> ReadRequestLineAsync(NetworkStream stream, CancellationToken cancellationToken)
    {
        var buffer = new byte[MaxRequestBytes];
        for (var length = 0; length < buffer.Length;)
        {
            var read = await stream.ReadAsync(buffer.AsMemory(length), cancellationToken).ConfigureAwait(false);
            length += read;
            if (read == 0)
            {
                break;
            }

            if (buffer.AsSpan(0, length).IndexOf("\r\n\r\n"u8) >= 0)
            {
                return Encoding.ASCII.GetString(buffer, 0, buffer.AsSpan().IndexOf("\r\n"u8));
            }
        }

        return "";
    }

    [LoggerMessage(1, LogLevel.Information, "Health and status are on http://{Endpoint}")]
    private partial void LogStarted(EndPoint endpoint);

    [LoggerMessage(2, LogLevel.Warning, "A connection to the admin port was not accepted: {Reason}")]
    private partial void LogNotAccepted(string reason);
}
