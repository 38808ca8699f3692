using OutbackUptime.Domain.Uptime;
using OutbackUptime.Grains.Watch;

namespace OutbackUptime.Grains.Tests.Watch;

/// <summary>A store in memory that keeps rows as ClickHouse does: by key, the later version stays.</summary>
internal sealed class MemoryWatchStore(string region) : IWatchStore
{
    private readonly Dictionary<(string Station, string Hub, DateTimeOffset Minute), VerdictRow> _verdicts = [];
    private readonly Dictionary<(string Station, string Id), AlertRow> _alerts = [];
    private readonly Dictionary<(string, string, int, string), NoticeRow> _notices = [];

    public string Region => region;

    public bool IsAvailable { get; set; } = true;

    public List<(string Station, SeenPacket Packet)> Packets { get; } = [];

    public List<(string Region, DateTimeOffset At)> Beats { get; } = [];

    public IReadOnlyCollection<VerdictRow> Verdicts => _verdicts.Values;

    public IReadOnlyCollection<AlertRow> Alerts => _alerts.Values;

    public IReadOnlyCollection<NoticeRow> Notices => _notices.Values;

    public Verdict? VerdictOf(string hub, DateTimeOffset minute) => _verdicts.Values.Where(v => v.Minute.Hub == hub && v.Minute.Minute == minute).Select(v => (Verdict?)v.Minute.Verdict).SingleOrDefault();

    public void ForgetNotices() => _notices.Clear();

    public Task<bool> WriteAsync(WatchRows rows)
    {
        if (!IsAvailable)
        {
            return Task.FromResult(false);
        }

        foreach (var row in rows.Verdicts)
        {
            Put(_verdicts, (row.Station, row.Minute.Hub, row.Minute.Minute), row, r => r.JudgedAt);
        }

        foreach (var row in rows.Alerts)
        {
            Put(_alerts, (row.Alert.Station, row.Alert.Id), row, r => r.WrittenAt);
        }

        foreach (var row in rows.Notices)
        {
            Put(_notices, row.Key, row, r => r.AttemptedAt);
        }

        Beats.AddRange(rows.Beats.Select(b => (b.Region, b.At)));
        return Task.FromResult(true);
    }

    public Task<IReadOnlyList<SeenPacket>> ReadPacketsAsync(string station, MinuteRange range, TimeSpan slot, int most, CancellationToken cancellationToken) =>
        Read(Packets.Where(p => p.Station == station && p.Packet.ReceivedAt >= range.From && p.Packet.ReceivedAt < range.To).Select(p => p.Packet));

    public Task<IReadOnlyList<SeenPacket>> ReadCommittedAsync(string station, DateTimeOffset from, TimeSpan slot, int most, CancellationToken cancellationToken) =>
        Read(Packets.Where(p => p.Station == station && p.Packet.CommittedAt >= from).Select(p => p.Packet));

    public Task<IReadOnlyList<VerdictRow>> ReadVerdictsAsync(string station, MinuteRange range, int most, CancellationToken cancellationToken) =>
        Read(_verdicts.Values.Where(v => v.Station == station && v.Minute.Minute >= range.From && v.Minute.Minute < range.To));

    public Task<IReadOnlyList<VerdictRow>> ReadLastVerdictsAsync(string station, DateTimeOffset before, CancellationToken cancellationToken) =>
        Read(_verdicts.Values.Where(v => v.Station == station && v.Minute.Minute < before && v.Minute.Verdict != Verdict.Unknown).GroupBy(v => v.Minute.Hub).Select(g => g.MaxBy(v => v.Minute.Minute)));

    public async Task<IReadOnlyDictionary<DateTimeOffset, ulong>> ReadHourSumsAsync(string station, DateTimeOffset from, CancellationToken cancellationToken) =>
        (await Read(_verdicts.Values.Where(v => v.Station == station && v.Minute.Minute >= from)))
            .GroupBy(v => v.Minute.Minute - TimeSpan.FromMinutes(v.Minute.Minute.Minute))
            .ToDictionary(g => g.Key, g => g.Aggregate(0UL, (sum, v) => sum ^ (ulong)v.Minute.GetHashCode()));

    public Task<IReadOnlyList<AlertRow>> ReadAlertsAsync(string station, int most, CancellationToken cancellationToken) =>
        Read(_alerts.Values.Where(a => a.Alert.Station == station));

    public Task<IReadOnlyList<NoticeRow>> ReadNoticesAsync(string station, DateTimeOffset from, CancellationToken cancellationToken) =>
        Read(_notices.Values.Where(n => n.Station == station && n.AttemptedAt >= from));

    public Task<IReadOnlyList<(string Region, DateTimeOffset At)>> ReadBeatsAsync(DateTimeOffset from, CancellationToken cancellationToken) =>
        Read(Beats.Where(b => b.At >= from));

    private static void Put<TKey, TRow>(Dictionary<TKey, TRow> rows, TKey key, TRow row, Func<TRow, DateTimeOffset> version)
        where TKey : notnull
    {
        if (!rows.TryGetValue(key, out var known) || version(known) <= version(row))
        {
            rows[key] = row;
        }
    }

    private Task<IReadOnlyList<T>> Read<T>(IEnumerable<T> rows) =>
        IsAvailable ? Task.FromResult<IReadOnlyList<T>>([.. rows]) : Task.FromException<IReadOnlyList<T>>(new IOException($"{region} is down"));
}
