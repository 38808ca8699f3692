using System.Collections;
using OutbackUptime.Domain.Access;

namespace OutbackUptime.EdgeGateway.Mqtt;

/// <summary>A client that was let in, for as long as it is connected.</summary>
/// <param name="id">Whose credential it showed.</param>
/// <param name="role">What that is for.</param>
/// <param name="mark">Which credential it was (<see cref="HubCredentials.MarkOf"/>).</param>
/// <param name="saysWhy">Whether it hears reason codes: MQTT 5.</param>
/// <param name="maxPacketBytes">Largest packet that it takes; 0 for any.</param>
internal sealed class Visitor(string id, VisitorRole role, byte[] mark, bool saysWhy, uint maxPacketBytes)
{
    private const string Item = "visitor";
    private const int PacketOverhead = 32;
    private readonly Lock _lock = new();
    private readonly HashSet<string> _filters = new(StringComparer.Ordinal);

    public string Id => id;

    public VisitorRole Role => role;

    public bool SaysWhy => saysWhy;

    /// <summary>Whether its coming was noted: then its going is.</summary>
    public bool IsIn { get; set; }

    /// <summary>Whether it has subscribed to anything.</summary>
    public bool Reads { get; set; }

    /// <summary>The visitor of a session; null when it was not let in.</summary>
    public static Visitor? Of(IDictionary sessionItems) => sessionItems[Item] as Visitor;

    public void Enter(IDictionary sessionItems) => sessionItems[Item] = this;

    /// <summary>Whether its credential still stands.</summary>
    public bool Stands(HubCredentials credentials) => mark.AsSpan().SequenceEqual(credentials.MarkOf(id));

    /// <summary>Whether a message fits into the packets that it takes.</summary>
    public bool Takes(string topic, long payloadBytes) => maxPacketBytes == 0 || topic.Length + payloadBytes + PacketOverhead <= maxPacketBytes;

    /// <summary>Notes a subscription; false when that would be one too many.</summary>
    public bool TrySubscribe(string filter, int most)
    {
        lock (_lock)
        {
            return _filters.Contains(filter) || (_filters.Count < most && _filters.Add(filter));
        }
    }

    public void Unsubscribe(string filter)
    {
        lock (_lock)
        {
            _filters.Remove(filter);
        }
    }
}
