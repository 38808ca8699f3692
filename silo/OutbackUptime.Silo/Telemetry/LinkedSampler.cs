using System.Diagnostics;
using OpenTelemetry.Trace;

namespace OutbackUptime.Silo.Telemetry;

/// <summary>For spans without a parent: those that are linked to a sampled one are sampled (an INSERT with rows of traced packets), of others a share.</summary>
internal sealed class LinkedSampler(double ratio) : Sampler
{
    private readonly TraceIdRatioBasedSampler _others = new(ratio);

    /// <inheritdoc/>
    public override SamplingResult ShouldSample(in SamplingParameters samplingParameters) =>
        samplingParameters.Links?.Any(l => (l.Context.TraceFlags & ActivityTraceFlags.Recorded) != 0) == true
            ? new SamplingResult(SamplingDecision.RecordAndSample)
            : _others.ShouldSample(samplingParameters);
}
