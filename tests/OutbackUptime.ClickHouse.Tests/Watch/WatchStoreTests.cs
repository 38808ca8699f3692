using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OutbackUptime.ClickHouse.Tests.Engine;
using OutbackUptime.Domain.Alerts;
using OutbackUptime.Domain.Uptime;
using OutbackUptime.Grains.Watch;

namespace OutbackUptime.ClickHouse.Tests.Watch;

[Trait("Suite", "Slow")]
public sealed class WatchStoreTests(StoreFixture fixture) : IClassFixture<StoreFixture>
{
    private static readonly DateTimeOffset s_minute = new(2026, 11, 23, 1, 2, 0, TimeSpan.Zero);

    [Fact]
    public async Task Verdicts_WhenCorrected_ReadAsJudgedLast()
    {
        var (host, store) = await StartAsync("watch_verdicts");
        using var _ = host;
        var judged = s_minute.AddMinutes(1);
        await WriteAsync(store, new() { Verdicts = [Row("bore-01", s_minute, Verdict.GatewayDown, false, judged), Row("bore-02", s_minute, Verdict.Up, false, judged)] });
        await WriteAsync(store, new() { Verdicts = [Row("bore-01", s_minute, Verdict.LinkDown, true, judged.AddHours(1))] });
        // An older judgement that comes late changes nothing.
        await WriteAsync(store, new() { Verdicts = [Row("bore-01", s_minute, Verdict.Unknown, false, judged.AddMinutes(1))] });

        var rows = await store.ReadVerdictsAsync("napperby", new MinuteRange(s_minute, s_minute.AddMinutes(1)), 10, default);

        Assert.Equal(
            [Row("bore-01", s_minute, Verdict.LinkDown, true, judged.AddHours(1)), Row("bore-02", s_minute, Verdict.Up, false, judged)],
            rows.OrderBy(r => r.Minute.Hub));
        Assert.Equal("bore-01\tlink-down\t1\nbore-02\tup\t1", await fixture.Server.QueryAsync("SELECT hub, verdict, minutes FROM watch_verdicts.uptime_daily WHERE day = '2026-11-23' ORDER BY hub"));
        Assert.Equal(2, (await store.ReadLastVerdictsAsync("napperby", s_minute.AddHours(1), default)).Count);
        Assert.Empty(await store.ReadLastVerdictsAsync("napperby", s_minute, default));
        Assert.Empty(await store.ReadVerdictsAsync("elsewhere", new MinuteRange(s_minute, s_minute.AddMinutes(1)), 10, default));
    }

    [Fact]
    public async Task HourSums_OfTheSameVerdicts_AreTheSameWhateverTheOrder()
    {
        var (a, storeA) = await StartAsync("watch_sums_a");
        using var hostA = a;
        var (b, storeB) = await StartAsync("watch_sums_b");
        using var hostB = b;
        VerdictRow[] rows = [.. Enumerable.Range(0, 90).Select(i => Row($"bore-{i % 3}", s_minute.AddMinutes(i), i % 2 == 0 ? Verdict.Up : Verdict.HubDown, false, s_minute.AddHours(2)))];
        await WriteAsync(storeA, new() { Verdicts = rows });
        await WriteAsync(storeB, new() { Verdicts = [.. rows.Reverse().Select(r => r with { JudgedAt = r.JudgedAt.AddSeconds(7) })] });

        var sums = await storeA.ReadHourSumsAsync("napperby", s_minute.AddHours(-1), default);
        Assert.Equal(2, sums.Count);
        Assert.Equal(sums.OrderBy(s => s.Key), (await storeB.ReadHourSumsAsync("napperby", s_minute.AddHours(-1), default)).OrderBy(s => s.Key));

        await WriteAsync(storeB, new() { Verdicts = [rows[80] with { Minute = rows[80].Minute with { Verdict = Verdict.Ours }, JudgedAt = s_minute.AddHours(3) }] });
        var changed = await storeB.ReadHourSumsAsync("napperby", s_minute.AddHours(-1), default);
        Assert.Single(sums, s => changed[s.Key] != s.Value);
    }

    [Fact]
    public async Task Alerts_RoundTrip_AndTheLaterStateStays()
    {
        var (host, store) = await StartAsync("watch_alerts");
        using var _ = host;
        var alert = new Alert(
            "napperby", "0123456789abcdef01234567", "bore-01", AlertRules.HoursLeft, AlertSeverity.Critical, AlertState.Open, s_minute, s_minute.AddMinutes(5), 2,
            "Bore 01: 18 h of water left, it's \"low\"", new Dictionary<string, double> { ["hours_left"] = 18.5, ["level_pct"] = 0.1 + 0.2 }, "");
        await WriteAsync(store, new() { Alerts = [new AlertRow(alert, s_minute.AddMinutes(6))] });
        await WriteAsync(store, new() { Alerts = [new AlertRow(alert with { State = AlertState.Acknowledged, AcknowledgedBy = "jo" }, s_minute.AddMinutes(9))] });
        await WriteAsync(store, new() { Alerts = [new AlertRow(alert with { Level = 1 }, s_minute.AddMinutes(5))] });

        var row = Assert.Single(await store.ReadAlertsAsync("napperby", 10, default));

        Assert.Equal(s_minute.AddMinutes(9), row.WrittenAt);
        Assert.Equivalent(alert with { State = AlertState.Acknowledged, AcknowledgedBy = "jo" }, row.Alert, strict: true);
        Assert.Equal("critical\tacknowledged\tjo", await fixture.Server.QueryAsync("SELECT severity, state, acknowledged_by FROM watch_alerts.alert_states"));
    }

    [Fact]
    public async Task Notices_OnceDelivered_StayDelivered()
    {
        var (host, store) = await StartAsync("watch_notices");
        using var _ = host;
        var notice = new NoticeRow("napperby", "a1", "opened", 1, "sms/manager", true, s_minute, "");
        await WriteAsync(store, new() { Notices = [notice] });
        await WriteAsync(store, new() { Notices = [notice with { Delivered = false, AttemptedAt = s_minute.AddMinutes(1), Detail = "503" }, notice with { Channel = "email/manager", Delivered = false }] });

        var rows = (await store.ReadNoticesAsync("napperby", s_minute.AddMinutes(-1), default)).OrderBy(n => n.Channel).ToList();

        Assert.Equal(2, rows.Count);
        Assert.Equal(("email/manager", false), (rows[0].Channel, rows[0].Delivered));
        Assert.Equal(("sms/manager", true), (rows[1].Channel, rows[1].Delivered));
    }

    [Fact]
    public async Task Beats_AreReadOncePerRegionAndTenSeconds()
    {
        var (host, store) = await StartAsync("watch_beats");
        using var _ = host;
        await WriteAsync(store, new() { Beats = [.. Enumerable.Range(0, 12).Select(i => new RegionBeat("syd", $"syd-{i % 2}", s_minute.AddSeconds(i * 5), 3, ["syd", "mel"]))] });

        var beats = await store.ReadBeatsAsync(s_minute.AddSeconds(30), default);

        Assert.Equal([("syd", s_minute.AddSeconds(35)), ("syd", s_minute.AddSeconds(45)), ("syd", s_minute.AddSeconds(55))], beats);
    }

    [Fact]
    public async Task Packets_OfASlot_AreReadAsOne()
    {
        var (host, packets) = await fixture.StartStoreAsync("watch_packets");
        using var _ = host;
        var batch = Rows.Batch([.. Enumerable.Range(0, 6).Select(i => Rows.Reading(i, receivedAt: Rows.Now.AddSeconds(4 * i)))]);
        Assert.True((await packets.WriteAsync(batch)).Committed);
        var store = host.Services.GetRequiredService<IWatchStores>().All.Single();
        var received = batch.Readings[0].ReceivedAt;
        var minute = new DateTimeOffset(received.UtcTicks - (received.UtcTicks % TimeSpan.TicksPerMinute), TimeSpan.Zero);

        var seen = await store.ReadPacketsAsync("napperby", new MinuteRange(minute, minute.AddMinutes(1)), TimeSpan.FromSeconds(10), 100, default);

        var expected = batch.Readings.Where(r => r.ReceivedAt < minute.AddMinutes(1)).GroupBy(r => (r.Hub, r.ReceivedAt.ToUnixTimeSeconds() / 10)).ToList();
        Assert.Equal(expected.Count, seen.Count);
        var newest = batch.Readings.MaxBy(r => r.ReceivedAt)!;
        Assert.Equal(newest.MetricNames.Zip(newest.MetricValues).OrderBy(m => m.First), seen[^1].MetricNames.Zip(seen[^1].MetricValues).OrderBy(m => m.First));
        Assert.True(seen[^1].CommittedAt > newest.ReceivedAt);
        Assert.Equal(expected.Count, (await store.ReadCommittedAsync("napperby", seen[^1].CommittedAt.AddMinutes(-1), TimeSpan.FromSeconds(10), 100, default)).Count);
        Assert.Empty(await store.ReadCommittedAsync("napperby", seen[^1].CommittedAt.AddMinutes(1), TimeSpan.FromSeconds(10), 100, default));
        Assert.Empty(await store.ReadPacketsAsync("napperby", new MinuteRange(minute.AddMinutes(-5), minute.AddMinutes(-4)), TimeSpan.FromSeconds(10), 100, default));
    }

    private static VerdictRow Row(string hub, DateTimeOffset minute, Verdict verdict, bool late, DateTimeOffset judgedAt) => new("napperby", new MinuteVerdict(hub, minute, verdict, late), judgedAt);

    private static async Task WriteAsync(IWatchStore store, WatchRows rows) => Assert.True(await store.WriteAsync(rows));

    private async Task<(IHost Host, IWatchStore Store)> StartAsync(string database)
    {
        var (host, _) = await fixture.StartStoreAsync(database);
        return (host, host.Services.GetRequiredService<IWatchStores>().All.Single());
    }
}
