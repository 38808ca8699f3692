using OutbackUptime.Domain.Formats;
using OutbackUptime.Domain.Formats.SenMl;

namespace OutbackUptime.EdgeGateway.Formats;

/// <summary>SenML packs (docs/hub-formats.md).</summary>
internal sealed class SenMlFormat(TimeProvider time) : SourceFormat
{
    /// <inheritdoc/>
    public override void Forget(string hub)
    {
        // Each pack stands for itself.
    }

    /// <inheritdoc/>
    protected override SourceReading ReadSource(HubPublish publish) => SenMlReader.Read(publish.To.Hub, publish.Payload.Span, time.GetUtcNow());
}
