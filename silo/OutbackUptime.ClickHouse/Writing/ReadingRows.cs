using OutbackUptime.Domain.Clocks;
using OutbackUptime.Grains.Stores;

namespace OutbackUptime.ClickHouse.Writing;

/// <summary>Packets as rows of `readings`, in RowBinary.</summary>
internal static class ReadingRows
{
    /// <summary>The columns, in the order in which they are written.</summary>
    public static readonly string[] Columns =
    [
        "station", "hub", "boot", "seq", "boot_assigned", "payload_hash", "hub_time", "received_at", "event_time", "clock_quality", "journal_epoch", "journal_offset", "metrics",
    ];

    /// <summary>Writes the packets of all batches.</summary>
    public static async Task WriteAsync(RowBinaryWriter writer, IReadOnlyList<StoreBatch> batches, CancellationToken cancellationToken)
    {
        foreach (var batch in batches)
        {
            for (var i = 0; i < batch.Readings.Count; i++)
            {
                Write(writer, batch, batch.Readings[i]);
                if (writer.IsFull)
                {
                    await writer.FlushAsync(cancellationToken).ConfigureAwait(false);
                }
            }
        }

        await writer.FlushAsync(cancellationToken).ConfigureAwait(false);
    }

    private static void Write(RowBinaryWriter writer, StoreBatch batch, ReadingRow row)
    {
        writer.Write(batch.Station);
        writer.Write(row.Hub);
        writer.Write(row.Boot);
        writer.Write(row.Seq);
        writer.Write(row.BootAssigned);
        writer.Write(row.PayloadHash);
        writer.Write(row.HubTime is null);
        if (row.HubTime is { } claim)
        {
            writer.WriteMilliseconds(claim);
        }

        writer.WriteMicroseconds(row.ReceivedAt);
        writer.WriteMilliseconds(row.EventTime);
        writer.Write(Code(row.ClockQuality));
        writer.Write(batch.JournalEpoch);
        writer.Write(row.JournalOffset);
        writer.WriteCount(row.MetricNames.Length);
        for (var i = 0; i < row.MetricNames.Length; i++)
        {
            writer.Write(row.MetricNames[i]);
            writer.Write(row.MetricValues[i]);
        }
    }

    // The numbers of the column's Enum8.
    private static byte Code(ClockQuality quality) => quality switch
    {
        ClockQuality.HubClock => 0,
        ClockQuality.NoClaim => 1,
        ClockQuality.ClaimTooOld => 2,
        ClockQuality.ClaimInFuture => 3,
        ClockQuality.Repaired => 4,
        _ => throw new ArgumentOutOfRangeException(nameof(quality), quality, null),
    };
}
