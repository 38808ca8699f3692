using OutbackUptime.Domain.Losses;
using OutbackUptime.Grains.Stores;

namespace OutbackUptime.ClickHouse.Writing;

/// <summary>Columns and values of what gateways gave up.</summary>
internal static class LossColumns
{
    private const string Map = "Map(LowCardinality(String), Float64)";

    public static readonly IReadOnlyDictionary<string, string> LossTypes = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["station"] = "LowCardinality(String)",
        ["journal_epoch"] = "UUID",
        ["journal_offset"] = "UInt64",
        ["received_at"] = "DateTime64(6, 'UTC')",
        ["cause"] = "Enum8('damaged' = 1, 'evicted' = 2, 'thinned' = 3)",
        ["first_offset"] = "UInt64",
        ["last_offset"] = "UInt64",
        ["packets"] = "UInt64",
        ["hub"] = "LowCardinality(String)",
        ["boot"] = "UInt64",
        ["first_seq"] = "UInt64",
        ["last_seq"] = "UInt64",
        ["missing_in"] = "Array(LowCardinality(String))",
        ["detail"] = "String",
    };

    public static readonly IReadOnlyDictionary<string, string> ThinnedTypes = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["station"] = "LowCardinality(String)",
        ["journal_epoch"] = "UUID",
        ["journal_offset"] = "UInt64",
        ["received_at"] = "DateTime64(6, 'UTC')",
        ["hub"] = "LowCardinality(String)",
        ["boot"] = "UInt64",
        ["first_seq"] = "UInt64",
        ["last_seq"] = "UInt64",
        ["packets"] = "UInt64",
        ["bucket"] = "DateTime('UTC')",
        ["low"] = Map,
        ["mean"] = Map,
        ["high"] = Map,
        ["latest"] = Map,
    };

    public static string[] LossNames { get; } = [.. LossTypes.Keys];

    public static string[] ThinnedNames { get; } = [.. ThinnedTypes.Keys];

    public static IEnumerable<object[]> Losses(IReadOnlyList<StoreBatch> batches)
    {
        foreach (var batch in batches)
        {
            foreach (var l in batch.Losses)
            {
                yield return
                [
                    batch.Station, batch.JournalEpoch, (ulong)l.JournalOffset, l.ReceivedAt.UtcDateTime, LossCauses.NameOf(l.Cause), (ulong)l.FirstOffset, (ulong)l.LastOffset,
                    (ulong)l.Packets, l.Hub, (ulong)l.Boot, (ulong)l.FirstSeq, (ulong)l.LastSeq, l.MissingIn, l.Detail,
                ];
            }
        }
    }

    public static IEnumerable<object[]> Thinned(IReadOnlyList<StoreBatch> batches)
    {
        foreach (var batch in batches)
        {
            foreach (var t in batch.Thinned)
            {
                yield return
                [
                    batch.Station, batch.JournalEpoch, (ulong)t.JournalOffset, t.ReceivedAt.UtcDateTime, t.Hub, (ulong)t.Boot, (ulong)t.FirstSeq, (ulong)t.LastSeq,
                    (ulong)t.Packets, t.Bucket.UtcDateTime, ByName(t.MetricNames, t.Low), ByName(t.MetricNames, t.Mean), ByName(t.MetricNames, t.High), ByName(t.MetricNames, t.Latest),
                ];
            }
        }
    }

    private static Dictionary<string, double> ByName(string[] names, double[] values)
    {
        var map = new Dictionary<string, double>(names.Length, StringComparer.Ordinal);
        for (var i = 0; i < names.Length; i++)
        {
            map[names[i]] = values[i];
        }

        return map;
    }
}
