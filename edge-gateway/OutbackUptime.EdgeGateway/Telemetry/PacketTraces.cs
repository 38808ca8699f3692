using System.Diagnostics;
using Microsoft.Extensions.Options;
using OutbackUptime.EdgeGateway.Journal;
using OutbackUptime.Uplink;

namespace OutbackUptime.EdgeGateway.Telemetry;

/// <summary>
/// Traces of packets: a root span for the publish, a child for its way into the journal. Their context goes with the packet to the
/// stores. A frame holds packets of many traces, so its span is linked to theirs, not their child. Decided here, at the head: all
/// that come later follow. Whoever is not traced costs a random number.
/// </summary>
internal sealed class PacketTraces : IDisposable
{
    /// <summary>Name of the activity source.</summary>
    public const string SourceName = "OutbackUptime.Gateway";

    private readonly Lock _lock = new();
    private readonly ActivitySource _source = new(SourceName);
    private readonly ActivityListener _listener;
    private readonly string _station;
    private readonly double _ratio;
    private readonly Random _random;

    public PacketTraces(IOptions<TelemetryOptions> options, IOptions<GatewayOptions> gateway, Random random)
    {
        (_station, _ratio, _random) = (gateway.Value.Station, options.Value.TraceRatio, random);
        // Without an exporter too: the regions export what they do for a traced packet.
        _listener = new ActivityListener
        {
            ShouldListenTo = source => ReferenceEquals(source, _source),
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
        };
        ActivitySource.AddActivityListener(_listener);
    }

    /// <summary>The span of a publish; null when it is not traced.</summary>
    public Activity? StartPublish(string hub, string topic, bool always) => always || IsChosen() ? Publish(hub, topic, default) : null;

    /// <summary>The span of waiting for the journal's fsync, in a traced publish.</summary>
    public Activity? StartAppend(Activity? publish) => publish is null ? null : _source.StartActivity("journal append", ActivityKind.Internal, publish.Context);

    /// <summary>Notes what became of a publish; a bad end is traced even where its beginning was not.</summary>
    public void OnTaken(Activity? publish, string hub, string topic, DateTimeOffset receivedAt, string outcome, string? error)
    {
        using var late = publish is null && error is not null ? Publish(hub, topic, receivedAt) : null;
        if ((publish ?? late) is { } span)
        {
            span.SetTag("outcome", outcome);
            if (error is not null)
            {
                span.SetStatus(ActivityStatusCode.Error, error);
            }
        }
    }

    /// <summary>The span of a frame that holds traced packets, from now to its last receipt; null for others.</summary>
    public Activity? StartFrame(Frame frame, IReadOnlyList<JournalEntry> entries, string region)
    {
        List<ActivityLink>? links = null;
        foreach (var entry in entries)
        {
            if (entry.TraceParent is { } parent && ActivityContext.TryParse(parent, null, isRemote: false, out var context))
            {
                (links ??= []).Add(new ActivityLink(context));
            }
        }

        if (links is null)
        {
            return null;
        }

        var before = Activity.Current;
        Activity.Current = null;
        var span = _source.StartActivity("uplink frame", ActivityKind.Producer, default(ActivityContext), [new("outback.station", _station), new("outback.region", region), new("outback.entries", entries.Count)], links);
        // It outlives the caller, whose other work is not part of it.
        Activity.Current = before;
        frame.Traceparent = span?.Id ?? "";
        return span;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _listener.Dispose();
        _source.Dispose();
    }

    private Activity? Publish(string hub, string topic, DateTimeOffset startedAt) => _source.StartActivity(
        "publish", ActivityKind.Consumer, default(ActivityContext), [new("messaging.system", "mqtt"), new("messaging.destination.name", topic), new("outback.station", _station), new("outback.hub", hub)], null, startedAt);

    private bool IsChosen()
    {
        if (_ratio <= 0)
        {
            return false;
        }

        lock (_lock)
        {
            return _random.NextDouble() < _ratio;
        }
    }
}
