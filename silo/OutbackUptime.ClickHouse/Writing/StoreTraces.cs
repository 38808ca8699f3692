using System.Diagnostics;
using OutbackUptime.Grains.Stores;

namespace OutbackUptime.ClickHouse.Writing;

/// <summary>The span of an INSERT: rows of many packets and stations, so it is linked to those that are traced, and nobody's child.</summary>
public static class StoreTraces
{
    /// <summary>Name of the activity source.</summary>
    public const string SourceName = "OutbackUptime.Stores";

    private static readonly ActivitySource s_source = new(SourceName);

    /// <summary>Null when none of the rows is traced, or nobody listens.</summary>
    internal static Activity? StartInsert(string region, IReadOnlyList<StoreBatch> batches)
    {
        if (!s_source.HasListeners() || batches.All(b => b.Traces.Count == 0))
        {
            return null;
        }

        Activity.Current = null;
        return s_source.StartActivity(
            "insert",
            ActivityKind.Client,
            default(ActivityContext),
            [new("db.system.name", "clickhouse"), new("outback.region", region), new("outback.rows", batches.Sum(b => b.Count))],
            batches.SelectMany(b => b.Traces).Select(t => new ActivityLink(t)));
    }
}
