using OutbackUptime.Domain.Packets;

namespace OutbackUptime.Domain.Formats;

/// <summary>Gathers what a publish held that no packet can hold.</summary>
internal sealed class LeftOuts
{
    private const int MaxReason = 280;
    private readonly List<string> _first = [];
    private int _length;
    private int _count;

    /// <summary>Notes one.</summary>
    /// <param name="what">Its name, whatever the hub sent.</param>
    /// <param name="why">Why it can't be held.</param>
    public void Add(string what, string why)
    {
        _count++;
        var text = $"{PacketFaults.Quote(what)} {why}";
        if (_length + text.Length < MaxReason - 60)
        {
            _first.Add(text);
            _length += text.Length + 2;
        }
    }

    /// <summary>All that were noted, or null.</summary>
    public PacketFault? ToFault() => _count == 0 ? null : new PacketFault(
        FaultCodes.LeftOut,
        $"Not in its packets: {string.Join("; ", _first)}{(_count > _first.Count ? $"; and {_count - _first.Count} more" : "")}.");
}
