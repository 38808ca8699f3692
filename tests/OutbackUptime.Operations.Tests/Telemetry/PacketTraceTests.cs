using System.Diagnostics;
using OutbackUptime.Operations.Tests.Stack;
using OutbackUptime.Testing;

namespace OutbackUptime.Operations.Tests.Telemetry;

/// <summary>One trace from the hub's PUBLISH to the stores, through the real gateway, wire, silo, grain and store.</summary>
[Collection(StackCollection.Name), Trait("Suite", "Slow")]
public sealed class PacketTraceTests(RunningStack stack)
{
    [Fact]
    public async Task Publish_IsOneTraceToBothStores_AndBatchesAreLinked()
    {
        await stack.PublishAsync();
        var publish = Named("publish").First(s => Equals(s.GetTagItem("outcome"), "Accepted"));
        await Eventually.TrueAsync(() => Regions(publish).Count() == 2 && Commits(publish).All(c => Linked("insert", c).Any()), describe: Describe);

        Assert.Equal(default, publish.ParentSpanId);
        Assert.Equal(RunningStack.Hub, publish.GetTagItem("outback.hub"));
        var append = Named("journal append").Single(s => s.TraceId == publish.TraceId);
        Assert.Equal(publish.SpanId, append.ParentSpanId);
        Assert.Equal(["mel", "syd"], Regions(publish).Order());
        Assert.All(Commits(publish), c => Assert.Equal(publish.SpanId, c.ParentSpanId));

        // Where packets are in a batch, its span is linked to theirs: in the gateway's frame, the silo's, and the INSERT.
        var frame = Linked("uplink frame", publish).First();
        Assert.NotEqual(publish.TraceId, frame.TraceId);
        var ingest = Linked("ingest frame", publish).First();
        Assert.Equal((frame.TraceId, frame.SpanId), (ingest.TraceId, ingest.ParentSpanId));
        Assert.All(Commits(publish).SelectMany(c => Linked("insert", c)), i => Assert.Equal(default, i.ParentSpanId));

        // The grain's call, as Orleans itself traces it, is below the silo's frame; the packet's commit is linked to it.
        Assert.Contains(stack.Spans, s => s.Source.Name.StartsWith("Microsoft.Orleans", StringComparison.Ordinal) && s.TraceId == frame.TraceId);
        Assert.All(Commits(publish), c => Assert.Contains(c.Links, l => l.Context.TraceId == frame.TraceId));
    }

    [Fact]
    public async Task Quarantine_IsAnErrorInItsTrace_UpToTheStores()
    {
        await stack.PublishAsync();
        var publish = Named("publish").First(s => Equals(s.GetTagItem("outcome"), "Quarantined"));

        await Eventually.TrueAsync(() => Regions(publish).Count() == 2, describe: Describe);

        Assert.Equal(ActivityStatusCode.Error, publish.Status);
    }

    private IEnumerable<Activity> Named(string name) => stack.Spans.Where(s => s.OperationName == name);

    private IEnumerable<Activity> Commits(Activity publish) => Named("commit").Where(s => s.TraceId == publish.TraceId);

    private IEnumerable<string> Regions(Activity publish) => Commits(publish).Select(c => (string)c.GetTagItem("outback.region")!).Distinct();

    private IEnumerable<Activity> Linked(string name, Activity to) => Named(name).Where(s => s.Links.Any(l => l.Context.TraceId == to.TraceId && l.Context.SpanId == to.SpanId));

    private string Describe() => string.Join('\n', stack.Spans.Where(s => s.Source.Name.StartsWith("OutbackUptime", StringComparison.Ordinal)).TakeLast(40)
        .Select(s => $"{s.OperationName} {s.TraceId} {s.SpanId} < {s.ParentSpanId} links {string.Join(' ', s.Links.Select(l => l.Context.SpanId))}"));
}
