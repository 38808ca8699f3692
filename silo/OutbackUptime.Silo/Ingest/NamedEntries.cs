using OutbackUptime.Domain.Losses;
using OutbackUptime.Domain.Packets;
using OutbackUptime.Grains.Stores;
using OutbackUptime.Uplink;

namespace OutbackUptime.Silo.Ingest;

/// <summary>The loss records and thinned rows of a frame.</summary>
internal sealed class NamedEntries
{
    private readonly List<LossRow> _losses = [];
    private readonly List<ThinRow> _thinned = [];

    public LossRow[] Losses => [.. _losses];

    public ThinRow[] Thinned => [.. _thinned];

    /// <summary>Takes an entry; what is wrong with its payload, or null.</summary>
    public PacketFault? Take(Entry entry, DateTimeOffset receivedAt)
    {
        if (entry.Kind == EntryKind.Loss)
        {
            if (!LossRecordJson.TryRead(entry.Payload.Span, out var loss) || loss.Hub != entry.Hub)
            {
                return new PacketFault(FaultCodes.LossInvalid, "The gateway's loss record can't be read, can't be true, or names another hub than its entry.");
            }

            _losses.Add(Row(entry.Offset, receivedAt, loss));
            return null;
        }

        if (!ThinnedRowJson.TryRead(entry.Payload.Span, out var thinned) || thinned.Hub != entry.Hub)
        {
            return new PacketFault(FaultCodes.ThinnedInvalid, "The gateway's thinned row can't be read, can't be true, or is of another hub than its entry.");
        }

        _thinned.Add(Row(entry.Offset, receivedAt, thinned));
        return null;
    }

    private static LossRow Row(long offset, DateTimeOffset receivedAt, LossRecord loss) => new()
    {
        JournalOffset = offset,
        ReceivedAt = receivedAt,
        Cause = loss.Cause,
        FirstOffset = loss.FirstOffset,
        LastOffset = loss.LastOffset,
        Packets = loss.Packets,
        Hub = loss.Hub,
        Boot = loss.Boot,
        FirstSeq = loss.FirstSeq,
        LastSeq = loss.LastSeq,
        MissingIn = [.. loss.MissingIn],
        Detail = loss.Detail,
    };

    private static ThinRow Row(long offset, DateTimeOffset receivedAt, ThinnedRow thinned) => new()
    {
        JournalOffset = offset,
        ReceivedAt = receivedAt,
        Hub = thinned.Hub,
        Boot = thinned.Boot,
        FirstSeq = thinned.FirstSeq,
        LastSeq = thinned.LastSeq,
        Packets = thinned.Packets,
        Bucket = thinned.Bucket,
        MetricNames = [.. thinned.Metrics.Keys],
        Low = [.. thinned.Metrics.Values.Select(m => m.Min)],
        Mean = [.. thinned.Metrics.Values.Select(m => m.Mean)],
        High = [.. thinned.Metrics.Values.Select(m => m.Max)],
        Latest = [.. thinned.Metrics.Values.Select(m => m.Last)],
    };
}
