using OutbackUptime.Domain.Clocks;
using OutbackUptime.Grains.Stores;

namespace OutbackUptime.ClickHouse.Tests;

/// <summary>Rows for tests.</summary>
internal static class Rows
{
    public static readonly Guid Epoch = Guid.Parse("0193a5b0-0000-7000-8000-000000000001");
    public static readonly DateTimeOffset Now = new(2026, 11, 23, 1, 2, 3, 456, TimeSpan.Zero);

    public static ReadingRow Reading(long seq, string hub = "bore-01", long boot = 1, DateTimeOffset? receivedAt = null, ulong hash = 0, params (string Name, double Value)[] metrics)
    {
        if (metrics.Length == 0)
        {
            metrics = [("battery_v", 12.5 + seq)];
        }

        return new ReadingRow
        {
            Hub = hub,
            Boot = boot,
            Seq = seq,
            BootAssigned = false,
            PayloadHash = hash == 0 ? (ulong)seq * 31 + 7 : hash,
            HubTime = Now,
            ReceivedAt = receivedAt ?? Now,
            EventTime = Now,
            ClockQuality = ClockQuality.HubClock,
            JournalOffset = seq + 1,
            MetricNames = [.. metrics.Select(m => m.Name)],
            MetricValues = [.. metrics.Select(m => m.Value)],
        };
    }

    public static QuarantineRow Quarantined(long offset, byte[] payload) => new()
    {
        JournalOffset = offset,
        Hub = "bore-01",
        Topic = "stations/napperby/hubs/bore-01/packets",
        ReceivedAt = Now,
        ReasonCode = "not-json",
        Reason = "it's \"no\" JSON\n",
        Payload = payload,
    };

    public static StoreBatch Batch(params ReadingRow[] rows) => new("napperby", Epoch, rows, []);
}
