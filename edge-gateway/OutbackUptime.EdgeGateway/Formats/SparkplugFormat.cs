using OutbackUptime.Domain.Formats;
using OutbackUptime.Domain.Formats.Sparkplug;

namespace OutbackUptime.EdgeGateway.Formats;

/// <summary>Sparkplug B: keeps each node's session (docs/hub-formats.md).</summary>
internal sealed class SparkplugFormat : SourceFormat
{
    // Beyond it all sessions are forgotten, and the nodes are asked for their certificates.
    private const int MaxNodes = 4096;
    private readonly Lock _lock = new();
    private readonly Dictionary<string, SparkplugNode> _nodes = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public override void Forget(string hub)
    {
        lock (_lock)
        {
            _nodes.Remove(hub);
        }
    }

    /// <inheritdoc/>
    protected override SourceReading ReadSource(HubPublish publish)
    {
        lock (_lock)
        {
            if (!_nodes.TryGetValue(publish.To.Hub, out var node))
            {
                if (_nodes.Count >= MaxNodes)
                {
                    _nodes.Clear();
                }

                _nodes[publish.To.Hub] = node = new SparkplugNode();
            }

            return node.Read(publish.To.Message, publish.To.Device, publish.Payload.Span);
        }
    }
}
