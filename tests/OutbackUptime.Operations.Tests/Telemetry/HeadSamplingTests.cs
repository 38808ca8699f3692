using Microsoft.Extensions.Options;
using OutbackUptime.EdgeGateway;
using OutbackUptime.EdgeGateway.Telemetry;

namespace OutbackUptime.Operations.Tests.Telemetry;

public sealed class HeadSamplingTests
{
    [Fact]
    public void StartPublish_TracesTheShareThatIsSet()
    {
        using var traces = Traces(0.01, seed: 7);

        var traced = Enumerable.Range(0, 100_000).Count(_ =>
        {
            using var span = traces.StartPublish("bore-01", "t", always: false);
            return span is not null;
        });

        Assert.InRange(traced, 800, 1200);
    }

    [Fact]
    public void StartPublish_WhenItMustBeTraced_IsTraced()
    {
        using var traces = Traces(0, seed: 7);
        using var none = traces.StartPublish("bore-01", "t", always: false);
        using var span = traces.StartPublish("bore-01", "t", always: true);

        Assert.Null(none);
        Assert.True(span!.Recorded);
    }

    private static PacketTraces Traces(double ratio, int seed) =>
        new(Options.Create(new TelemetryOptions { TraceRatio = ratio }), Options.Create(new GatewayOptions { Station = "napperby", HomeRegion = "syd", DataDirectory = "/" }), new Random(seed));
}
