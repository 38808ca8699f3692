using System.Globalization;
using OutbackUptime.EdgeGateway.Journal;

namespace OutbackUptime.EdgeGateway.Systemd;

/// <summary>Registers the notifier, where systemd started the gateway.</summary>
internal static class SystemdServices
{
    /// <summary>Adds nothing unless NOTIFY_SOCKET is set. A watchdog meant for another process (WATCHDOG_PID) is none.</summary>
    public static IServiceCollection AddSystemd(this IServiceCollection services)
    {
        if (Environment.GetEnvironmentVariable("NOTIFY_SOCKET") is not { Length: > 1 } path)
        {
            return services;
        }

        var watchdog = Watchdog(Environment.GetEnvironmentVariable("WATCHDOG_USEC"), Environment.GetEnvironmentVariable("WATCHDOG_PID"));
        return services.AddHostedService(p => new SystemdNotifier(new NotifySocket(path), watchdog, p.GetRequiredService<SqliteJournal>(), p.GetRequiredService<TimeProvider>()));
    }

    /// <summary>sd_watchdog_enabled(3).</summary>
    internal static TimeSpan? Watchdog(string? microseconds, string? process) =>
        long.TryParse(microseconds, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) && limit > 0
        && (process is null || process == Environment.ProcessId.ToString(CultureInfo.InvariantCulture))
            ? TimeSpan.FromMicroseconds(limit)
            : null;
}
