using OutbackUptime.Domain.Packets;
using OutbackUptime.Domain.Uptime;

namespace OutbackUptime.Domain.Tests.Uptime;

public sealed class HeartbeatMetricsTests
{
    [Fact]
    public void TryRead_OfAHeartbeat_FindsItsParts()
    {
        Metric[] metrics =
        [
            new("gateway_uptime_s", 90), new("link_up", 1), new("journal_depth", 4), new("reach_syd", 0), new("reach_mel", 1),
            new("gateway_battery_v", 12.4), new(HeartbeatMetrics.GoneName("ten-mile-2"), 1_700_000_000),
        ];
        Assert.True(HeartbeatMetrics.TryRead(metrics, out var heartbeat));
        Assert.Equal((TimeSpan.FromSeconds(90), true, 12.4), (heartbeat.Uptime, heartbeat.LinkUp, heartbeat.BatteryVolts));
        Assert.Equal([("mel", true), ("syd", false)], heartbeat.Reach.Select(r => (r.Key, r.Value)).Order());
        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(1_700_000_000), heartbeat.Gone["ten-mile-2"]);
    }

    [Theory]
    [InlineData("canary", 1)]
    [InlineData("gateway_uptime_s", -1)]
    [InlineData("gateway_uptime_s", 1e300)]
    public void TryRead_OfAnythingElse_IsFalse(string name, double value) =>
        Assert.False(HeartbeatMetrics.TryRead([new Metric(name, value), new Metric("link_up", 1)], out _));

    [Fact]
    public void TryRead_LeavesOutTimesThatAreNone()
    {
        Assert.True(HeartbeatMetrics.TryRead([new("gateway_uptime_s", 1), new("link_up", 0), new("gone_a", 1e18), new("gone_", 5)], out var heartbeat));
        Assert.Empty(heartbeat.Gone);
    }
}
