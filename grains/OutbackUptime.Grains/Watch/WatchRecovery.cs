using OutbackUptime.Domain.Uptime;

namespace OutbackUptime.Grains.Watch;

/// <summary>Gives a station's watch from the stores what it has not seen, and judges hours that it no longer keeps.</summary>
internal sealed class WatchRecovery(string station, WatchServices services)
{
    private const int KeptAlerts = 256;
    private static readonly TimeSpan s_fineSlot = TimeSpan.FromSeconds(10);

    // A backlog that came while nobody watched may be older than all that is kept; a new watch looks this far back for it.
    private static readonly TimeSpan s_backlog = TimeSpan.FromHours(2);

    /// <summary>
    /// Feeds what is unread. From every store that can be read: a packet was there in time when one of them had it in time. False
    /// when none can be read; to be tried again.
    /// </summary>
    public async Task<bool> CatchUpAsync(StationWatch watch, bool isNew, CancellationToken cancellationToken)
    {
        var now = services.Time.GetUtcNow();
        if (watch.Uptime.Unread(now) is not { } unread)
        {
            return true;
        }

        if (isNew && !await RecoverAsync(watch, unread, cancellationToken))
        {
            return false;
        }

        var read = false;
        foreach (var store in services.Stores.Where(s => s.IsAvailable))
        {
            read |= await TryAsync(() => FeedAsync(store, watch, unread, isNew ? now - s_backlog : unread.From, cancellationToken), cancellationToken);
        }

        if (read)
        {
            watch.Uptime.OnRead(now);
        }

        return read;
    }

    /// <summary>Feeds again what was committed since <paramref name="since"/>: what is known already changes nothing.</summary>
    public async Task RefreshAsync(StationWatch watch, DateTimeOffset since, CancellationToken cancellationToken)
    {
        foreach (var store in services.Stores.Where(s => s.IsAvailable))
        {
            foreach (var packet in await store.ReadCommittedAsync(station, since - services.Options.TickPatience, s_fineSlot, services.Options.MaxRead, cancellationToken))
            {
                watch.OnPacket(packet);
            }
        }
    }

    /// <summary>Verdicts on hours so old that the judge does not keep them, of which a backlog has brought packets.</summary>
    public async Task<IReadOnlyList<MinuteVerdict>> JudgePastAsync(StationWatch watch, CancellationToken cancellationToken)
    {
        if (watch.Uptime.TakePast(services.Time.GetUtcNow()) is not { } range)
        {
            return [];
        }

        var evidence = PastUptime.Evidence(range);
        List<SeenPacket> packets = [];
        List<(string Region, DateTimeOffset At)> beats = [];
        Dictionary<(string, DateTimeOffset), VerdictRow> told = [];
        foreach (var store in services.Stores.Where(s => s.IsAvailable))
        {
            packets.AddRange(await store.ReadPacketsAsync(station, evidence, s_fineSlot, services.Options.MaxRead, cancellationToken));
            beats.AddRange((await store.ReadBeatsAsync(evidence.From, cancellationToken)).Where(b => b.At < evidence.To));
            foreach (var row in (await store.ReadLastVerdictsAsync(station, range.From, cancellationToken))
                .Concat(await store.ReadVerdictsAsync(station, range, services.Options.MaxRead, cancellationToken)))
            {
                var key = (row.Minute.Hub, row.Minute.Minute);
                if (!told.TryGetValue(key, out var known) || known.JudgedAt < row.JudgedAt)
                {
                    told[key] = row;
                }
            }
        }

        return PastUptime.Judge(StationWatch.Limits, watch.Station.Hubs, range, told.Values.Select(r => r.Minute), judge =>
        {
            packets.ForEach(p => StationWatch.Feed(judge, p));
            beats.ForEach(b => judge.OnRegionBeat(b.Region, b.At));
        });
    }

    /// <summary>Takes over what was told. A store that was away may hold older states: of each the newest counts.</summary>
    private async Task<bool> RecoverAsync(StationWatch watch, MinuteRange unread, CancellationToken cancellationToken)
    {
        Dictionary<(string, DateTimeOffset), VerdictRow> verdicts = [];
        Dictionary<string, AlertRow> alerts = new(StringComparer.Ordinal);
        var read = false;
        foreach (var store in services.Stores.Where(s => s.IsAvailable))
        {
            read |= await TryAsync(
                async () =>
                {
                    foreach (var row in (await store.ReadLastVerdictsAsync(station, unread.From, cancellationToken))
                        .Concat(await store.ReadVerdictsAsync(station, unread, services.Options.MaxRead, cancellationToken)))
                    {
                        var key = (row.Minute.Hub, row.Minute.Minute);
                        verdicts[key] = verdicts.TryGetValue(key, out var known) && known.JudgedAt > row.JudgedAt ? known : row;
                    }

                    foreach (var row in await store.ReadAlertsAsync(station, KeptAlerts, cancellationToken))
                    {
                        alerts[row.Alert.Id] = alerts.TryGetValue(row.Alert.Id, out var known) && known.WrittenAt > row.WrittenAt ? known : row;
                    }
                },
                cancellationToken);
        }

        if (read)
        {
            watch.Uptime.Recover(verdicts.Values.Select(r => r.Minute));
            watch.Alerts.Recover(alerts.Values.Select(r => r.Alert));
        }

        return read;
    }

    private async Task FeedAsync(IWatchStore store, StationWatch watch, MinuteRange unread, DateTimeOffset committedFrom, CancellationToken cancellationToken)
    {
        foreach (var (region, at) in await store.ReadBeatsAsync(unread.From, cancellationToken))
        {
            watch.Uptime.OnRegionBeat(region, at);
        }

        foreach (var packet in (await store.ReadPacketsAsync(station, unread, s_fineSlot, services.Options.MaxRead, cancellationToken))
            .Concat(await store.ReadCommittedAsync(station, committedFrom, s_fineSlot, services.Options.MaxRead, cancellationToken)))
        {
            watch.OnPacket(packet);
        }
    }

    private static async Task<bool> TryAsync(Func<Task> read, CancellationToken cancellationToken)
    {
        try
        {
            await read();
            return true;
        }
#pragma warning disable CA1031 // Whatever the reason, this store can't be read now; the caller tries again.
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            return false;
        }
    }
}
