using Microsoft.Extensions.Options;
using OutbackUptime.Domain.Uplink;

namespace OutbackUptime.EdgeGateway.Uplink;

/// <summary>
/// The month's budget of a metered link (<see cref="UplinkOptions.MonthlyBudgetBytes"/>). What was used is saved every minute: a power
/// cut forgets at most that much.
/// </summary>
internal sealed partial class UplinkBudget(
    IOptions<UplinkOptions> options, IOptions<GatewayOptions> gateway, WireMeter meter, TimeProvider time, ILogger<UplinkBudget> logger) : BackgroundService
{
    private static readonly TimeSpan s_saveInterval = TimeSpan.FromMinutes(1);
    private readonly ILogger _logger = logger;
    private readonly BudgetFile _file = new(Path.Combine(gateway.Value.DataDirectory, "uplink-budget"));
    private readonly Lock _lock = new();
    private MonthlyBudget? _budget;
    private BudgetUse _saved;
    private long _counted;

    /// <summary>Whether backlog may go now. Always without a budget.</summary>
    public bool AllowsBacklog()
    {
        lock (_lock)
        {
            Count();
            return _budget?.AllowsBacklog(time.GetUtcNow()) ?? true;
        }
    }

    /// <inheritdoc/>
    public override Task StartAsync(CancellationToken cancellationToken)
    {
        if (options.Value.MonthlyBudgetBytes > 0)
        {
            _budget = new MonthlyBudget(options.Value.MonthlyBudgetBytes, Load());
            LogUsed(_budget.Use.Bytes, options.Value.MonthlyBudgetBytes);
        }

        return base.StartAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken).ConfigureAwait(false);
        Save();
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(s_saveInterval, time);
        try
        {
            while (_budget is not null && await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false))
            {
                Save();
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Stopping.
        }
    }

    private BudgetUse Load()
    {
        try
        {
            return _file.Load();
        }
        catch (Exception e) when (e is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            // It only paces: better too much backlog this month than a gateway that does not start.
            LogForgotten(e.Message);
            return default;
        }
    }

    private void Save()
    {
        BudgetUse use;
        lock (_lock)
        {
            if (_budget is null)
            {
                return;
            }

            Count();
            use = _budget.Use;
        }

        if (use == _saved)
        {
            return;
        }

        try
        {
            _file.Save(use);
            _saved = use;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            LogNotSaved(e.Message);
        }
    }

    private void Count()
    {
        var carried = meter.Bytes;
        _budget?.OnUsed(carried - _counted, time.GetUtcNow());
        _counted = carried;
    }

    [LoggerMessage(1, LogLevel.Information, "{Used} bytes of this month's {Budget} are used; backlog is paced so that the rest lasts")]
    private partial void LogUsed(long used, long budget);

    [LoggerMessage(2, LogLevel.Warning, "What the link has carried this month is not known, it counts from 0: {Reason}")]
    private partial void LogForgotten(string reason);

    [LoggerMessage(3, LogLevel.Warning, "What the link has carried this month could not be saved: {Reason}")]
    private partial void LogNotSaved(string reason);
}
