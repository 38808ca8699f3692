using System.Security.Cryptography;
using Grpc.Core;
using Microsoft.Extensions.Options;
using OutbackUptime.Domain.Regions;
using OutbackUptime.Domain.Uplink;
using OutbackUptime.EdgeGateway.Journal;
using OutbackUptime.EdgeGateway.Telemetry;

namespace OutbackUptime.EdgeGateway.Uplink;

/// <summary>Keeps one connection to one region, and moves between regions as <see cref="RegionChooser"/> says.</summary>
internal sealed partial class UplinkPump(
    IOptions<GatewayOptions> gateway,
    IOptions<UplinkOptions> options,
    IUplinkJournal journal,
    UplinkChannels channels,
    UplinkBudget budget,
    UplinkStatus status,
    SendTimes times,
    UplinkInstruments instruments,
    PacketTraces traces,
    TimeProvider time,
    Random random,
    ILogger<UplinkPump> logger) : BackgroundService
{
    // TCP, TLS, Hello.
    private const int RoundTripsToWelcome = 3;

    private readonly ILogger _logger = logger;
    private readonly ConnectPatience _patience = new(options.Value.ConnectTimeout, options.Value.LongestConnectTimeout);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var o = options.Value;
        var clock = new SteadyClock(time);
        var chooser = new RegionChooser(
            new RegionChooserOptions { SettleTime = o.SettleTime }, gateway.Value.HomeRegion, o.Regions.Keys, random);
        var sender = new UplinkSender(
            new UplinkSenderOptions { WindowFrames = o.WindowFrames, LiveReserve = o.LiveReserve, MaxFrameEntries = o.MaxFrameEntries, FrameTimeout = o.FrameTimeout },
            journal.Committed,
            journal.FirstOffset,
            journal.NextOffset,
            journal.ReadRuns);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await ConnectAndServeAsync(chooser, sender, clock, stoppingToken).ConfigureAwait(false);
            }
            catch (Exception e) when (e is OperationCanceledException or RpcException && stoppingToken.IsCancellationRequested)
            {
                return;
            }
            finally
            {
                sender.OnStreamDown();
                status.OnConnection(false);
            }
        }
    }

    private async Task ConnectAndServeAsync(RegionChooser chooser, UplinkSender sender, SteadyClock clock, CancellationToken stoppingToken)
    {
        var attempt = chooser.Next;
        var wait = attempt.NotBefore - clock.Now;
        if (wait > TimeSpan.Zero)
        {
            await Task.Delay(wait, time, stoppingToken).ConfigureAwait(false);
        }

        SessionEnd end;
        var started = clock.Now;
        try
        {
            await using var connection = await OpenAsync(attempt.Region, stoppingToken).ConfigureAwait(false);
            var took = clock.Now - started;
            _patience.OnWelcome(took);
            LogConnected(attempt.Region, connection.Welcome.Silo);
            status.OnConnection(true);
            status.OnContact(attempt.Region, true);
            var watch = new WedgeWatch(Limits(options.Value), clock.Now, took / RoundTripsToWelcome, chooser.WedgePatience);
            end = await new UplinkSession(connection, sender, chooser, watch, budget, journal, options.Value, status, times, instruments, traces, clock, time, random, ProbeHomeAsync, _logger)
                .RunAsync(stoppingToken).ConfigureAwait(false);
        }
        catch (Exception e) when (!stoppingToken.IsCancellationRequested && IsFailureToConnect(e))
        {
            end = new SessionEnd(SessionEndKind.Failed, Describe(e));
            if (clock.Now - started >= _patience.Limit * 0.9)
            {
                _patience.OnTimeout();
            }
        }

        Apply(end, attempt.Region, chooser, clock.Now);
    }

    private void Apply(SessionEnd end, string from, RegionChooser chooser, DateTimeOffset now)
    {
        switch (end.Kind)
        {
            case SessionEndKind.Farewell:
                LogFarewell(from, end.Reason);
                break;
            case SessionEndKind.TurnedAway:
                // A region that sends everyone away at once must neither be hammered nor waited for.
                LogFarewell(from, end.Reason);
                chooser.OnFailed(now);
                break;
            case SessionEndKind.Wedged:
                status.OnContact(from, false);
                instruments.OnFailure(from, "wedged");
                instruments.OnWedge(from, end.Wedge);
                status.OnWedge();
                LogFailed(from, end.Reason);
                chooser.OnWedged(now);
                break;
            case SessionEndKind.Failed:
                status.OnContact(from, false);
                instruments.OnFailure(from, "failed");
                LogFailed(from, end.Reason);
                chooser.OnFailed(now);
                break;
        }

        if (chooser.Current != from)
        {
            LogSwitch(from, chooser.Current, end.Reason);
            instruments.OnSwitch(chooser.Current);
            status.OnSwitch(time.GetUtcNow(), chooser.Current, end.Reason);
        }
    }

    /// <summary>Whether home welcomes this gateway, by a connection of its own.</summary>
    private async Task<bool> ProbeHomeAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using var probe = await OpenAsync(gateway.Value.HomeRegion, cancellationToken).ConfigureAwait(false);
            status.OnContact(gateway.Value.HomeRegion, true);
            return true;
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested && IsFailureToConnect(e))
        {
            status.OnContact(gateway.Value.HomeRegion, false);
            return false;
        }
    }

    private Task<UplinkConnection> OpenAsync(string region, CancellationToken cancellationToken)
    {
        var limit = _patience.Limit;
        return UplinkConnection.OpenAsync(channels.Open(region, limit), gateway.Value.Station, journal, limit, time, cancellationToken);
    }

    private static WedgeLimits Limits(UplinkOptions options) =>
        new() { Silence = options.WedgeTimeout, LongestSilence = options.FrameTimeout, Standstill = options.StandstillTimeout };

    // Certificates are read anew for each connection: they may be half written, or not readable. A journal on a bad disk may
    // be unreadable until it is salvaged.
    private static bool IsFailureToConnect(Exception e) => e is RpcException or OperationCanceledException or IOException
        or HttpRequestException or InvalidOperationException or UnauthorizedAccessException or CryptographicException or JournalException;

    private static string Describe(Exception e) => e switch
    {
        RpcException { StatusCode: StatusCode.Cancelled } => "no Welcome in time",
        RpcException { Status: var s } => $"{s.StatusCode}: {s.Detail}",
        OperationCanceledException => "no Welcome in time",
        _ => e.Message,
    };
}
