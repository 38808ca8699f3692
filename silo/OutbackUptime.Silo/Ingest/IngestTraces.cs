using System.Diagnostics;
using OutbackUptime.Uplink;

namespace OutbackUptime.Silo.Ingest;

/// <summary>The span of a frame at its region: the child of the gateway's, linked to the packets in it that are traced.</summary>
internal static class IngestTraces
{
    /// <summary>Name of the activity source.</summary>
    public const string SourceName = "OutbackUptime.Ingest";

    private static readonly ActivitySource s_source = new(SourceName);

    /// <summary>Null for a frame without traced packets, or when nobody listens. The grain's call goes on below it.</summary>
    public static Activity? Start(string station, string region, Frame frame)
    {
        if (frame.Traceparent.Length == 0 || !s_source.HasListeners() || !ActivityContext.TryParse(frame.Traceparent, null, isRemote: true, out var parent))
        {
            // The stream's own request may be hours old: nothing of this frame belongs to it.
            Activity.Current = null;
            return null;
        }

        List<ActivityLink> links = [];
        foreach (var entry in frame.Entries)
        {
            if (entry.Traceparent.Length > 0 && ActivityContext.TryParse(entry.Traceparent, null, isRemote: true, out var packet))
            {
                links.Add(new ActivityLink(packet));
            }
        }

        return s_source.StartActivity(
            "ingest frame", ActivityKind.Consumer, parent, [new("outback.station", station), new("outback.region", region), new("outback.entries", frame.Entries.Count)], links);
    }
}
