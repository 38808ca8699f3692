using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using MQTTnet.Exceptions;
using OutbackUptime.EdgeGateway.Formats;

namespace OutbackUptime.EdgeGateway.Broker;

/// <summary>Keeps a connection to the external broker, with pauses that grow and have jitter.</summary>
internal sealed partial class BrokerListener(
    IOptions<BrokerOptions> options, IOptions<GatewayOptions> gateway, HubIntake intake, BrokerInstruments instruments, TimeProvider time, Random random, ILogger<BrokerListener> logger)
    : BackgroundService
{
    private static readonly TimeSpan s_stable = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan s_closeLimit = TimeSpan.FromSeconds(5);
    private readonly ILogger _logger = logger;
    private readonly string _address = $"{options.Value.Host}:{options.Value.Port}";
    private int _failures;

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        LogPromise(_address);
        if (options.Value.Plaintext)
        {
            LogPlaintext(_address);
        }

        try
        {
            while (true)
            {
                await ConnectOnceAsync(stoppingToken).ConfigureAwait(false);
                await Task.Delay(Pause(), time, stoppingToken).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Stopping.
        }
    }

    private TimeSpan Pause()
    {
        var most = Math.Min(options.Value.MaxReconnectDelay.TotalSeconds, Math.Pow(2, Math.Min(_failures++, 12)));
        return TimeSpan.FromSeconds(most * (0.5 + (random.NextDouble() / 2)));
    }

    private async Task ConnectOnceAsync(CancellationToken stoppingToken)
    {
        using var connection = new BrokerConnection(intake, instruments, gateway.Value.Station, options.Value.ReceiveMaximum);
        var started = time.GetTimestamp();
        try
        {
            var kept = await connection.OpenAsync(BrokerClientOptions.Create(options.Value, gateway.Value.Station), stoppingToken).ConfigureAwait(false);
            instruments.OnConnected(kept);
            if (kept)
            {
                LogResumed(_address);
            }
            else
            {
                LogSessionLost(_address);
            }

            LogLost(_address, await connection.RunAsync(stoppingToken).ConfigureAwait(false));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            await CloseAsync(connection).ConfigureAwait(false);
            throw;
        }
        catch (Exception e) when (IsOfTheConnection(e))
        {
            LogLost(_address, e.Message);
        }
        finally
        {
            instruments.OnDisconnected();
            _failures = time.GetElapsedTime(started) >= s_stable ? 0 : _failures;
        }
    }

    private async Task CloseAsync(BrokerConnection connection)
    {
        try
        {
            await connection.CloseAsync(s_closeLimit).ConfigureAwait(false);
        }
        catch (Exception e) when (IsOfTheConnection(e))
        {
            // The broker sends again what was not acknowledged.
            LogLost(_address, e.Message);
        }
    }

    // InvalidOperationException: the library's word for an operation on a connection that has gone.
    private static bool IsOfTheConnection(Exception e) =>
        e is BrokerException or MqttCommunicationException or MqttProtocolViolationException or OperationCanceledException or IOException or CryptographicException or InvalidOperationException;

    [LoggerMessage(1, LogLevel.Warning, "Packets come by the broker {Address}. It acknowledges them to hubs before this gateway has journaled them: what the broker itself loses until then is lost, and no count shows it (docs/hub-formats.md)")]
    private partial void LogPromise(string address);

    [LoggerMessage(2, LogLevel.Warning, "The connection to the broker {Address} has no TLS")]
    private partial void LogPlaintext(string address);

    [LoggerMessage(3, LogLevel.Information, "Connected to the broker {Address}; it has kept the session")]
    private partial void LogResumed(string address);

    [LoggerMessage(4, LogLevel.Warning, "Connected to the broker {Address}; it has no session of this gateway. Unless this is the first connection, what hubs published since the last one is lost")]
    private partial void LogSessionLost(string address);

    [LoggerMessage(5, LogLevel.Warning, "No connection to the broker {Address}: {Reason}")]
    private partial void LogLost(string address, string reason);
}
