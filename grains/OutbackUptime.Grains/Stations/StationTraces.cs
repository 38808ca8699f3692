using System.Diagnostics;
using OutbackUptime.Grains.Stores;

namespace OutbackUptime.Grains.Stations;

/// <summary>The spans of traced packets on their way into a region's store, each in its packet's own trace.</summary>
public static class StationTraces
{
    /// <summary>Name of the activity source.</summary>
    public const string SourceName = "OutbackUptime.Stations";

    private static readonly ActivitySource s_source = new(SourceName);

    /// <summary>Starts a span for each traced row of the batch; empty where there is none, or nobody listens.</summary>
    internal static List<Activity> Start(string station, string region, IReadOnlyList<ReadingRow> readings, IReadOnlyList<QuarantineRow> quarantined)
    {
        List<Activity> spans = [];
        if (!s_source.HasListeners())
        {
            return spans;
        }

        // The batch goes on in a span of its own (the grain's call): those of the packets are linked to it.
        var batch = Activity.Current;
        foreach (var (parent, hub) in readings.Where(r => r.TraceParent is not null).Select(r => (r.TraceParent, r.Hub)).Concat(quarantined.Select(q => (q.TraceParent, q.Hub))))
        {
            if (parent is not null
                && ActivityContext.TryParse(parent, null, isRemote: true, out var context)
                && s_source.StartActivity(
                    "commit", ActivityKind.Internal, context, [new("outback.station", station), new("outback.region", region), new("outback.hub", hub)], batch is null ? null : [new ActivityLink(batch.Context)]) is { } span)
            {
                spans.Add(span);
                Activity.Current = batch;
            }
        }

        return spans;
    }

    /// <summary>Ends them with what became of the batch.</summary>
    internal static void End(List<Activity> spans, StoreCommit commit)
    {
        foreach (var span in spans)
        {
            if (!commit.Committed)
            {
                span.SetStatus(ActivityStatusCode.Error, commit.Detail);
            }

            span.Dispose();
        }
    }
}
