using OutbackUptime.Domain.Uptime;

namespace OutbackUptime.Grains.Watch;

/// <summary>One region's store as the watch sees it: uptime, alerts, notices, beats, and the packets as evidence.</summary>
public interface IWatchStore
{
    /// <summary>The region, e.g. `syd`.</summary>
    string Region { get; }

    /// <summary>False while it can't be written.</summary>
    bool IsAvailable { get; }

    /// <summary>Writes rows together with those of others. Never throws for a store that is down: answers false, and writing again is safe.</summary>
    Task<bool> WriteAsync(WatchRows rows);

    /// <summary>
    /// Packets received in <paramref name="range"/>, one per hub and slot of <paramref name="slot"/>, in order of
    /// receipt, at most <paramref name="most"/>. Throws when the store can't be read in time.
    /// </summary>
    Task<IReadOnlyList<SeenPacket>> ReadPacketsAsync(string station, MinuteRange range, TimeSpan slot, int most, CancellationToken cancellationToken);

    /// <summary>As <see cref="ReadPacketsAsync"/>, but by when they were committed: from <paramref name="from"/> on, whenever they were received.</summary>
    Task<IReadOnlyList<SeenPacket>> ReadCommittedAsync(string station, DateTimeOffset from, TimeSpan slot, int most, CancellationToken cancellationToken);

    /// <summary>Verdicts of the minutes in <paramref name="range"/>, in order of time, at most <paramref name="most"/>. Throws when the store can't be read in time.</summary>
    Task<IReadOnlyList<VerdictRow>> ReadVerdictsAsync(string station, MinuteRange range, int most, CancellationToken cancellationToken);

    /// <summary>The newest verdict before <paramref name="before"/> of each hub that says something. Throws when the store can't be read in time.</summary>
    Task<IReadOnlyList<VerdictRow>> ReadLastVerdictsAsync(string station, DateTimeOffset before, CancellationToken cancellationToken);

    /// <summary>By hour from <paramref name="from"/> on: a checksum of its verdicts, to find where two stores differ. Throws when the store can't be read in time.</summary>
    Task<IReadOnlyDictionary<DateTimeOffset, ulong>> ReadHourSumsAsync(string station, DateTimeOffset from, CancellationToken cancellationToken);

    /// <summary>Alerts that hold, and the newest of those that are over, at most <paramref name="most"/>. Throws when the store can't be read in time.</summary>
    Task<IReadOnlyList<AlertRow>> ReadAlertsAsync(string station, int most, CancellationToken cancellationToken);

    /// <summary>Notices of the last days. Throws when the store can't be read in time.</summary>
    Task<IReadOnlyList<NoticeRow>> ReadNoticesAsync(string station, DateTimeOffset from, CancellationToken cancellationToken);

    /// <summary>One beat per region and 10 s since <paramref name="from"/>, in order of time. Throws when the store can't be read in time.</summary>
    Task<IReadOnlyList<(string Region, DateTimeOffset At)>> ReadBeatsAsync(DateTimeOffset from, CancellationToken cancellationToken);
}
