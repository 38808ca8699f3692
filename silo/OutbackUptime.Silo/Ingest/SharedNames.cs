using OutbackUptime.Domain.Packets;

namespace OutbackUptime.Silo.Ingest;

/// <summary>Gives packets of a frame with the same metrics the same array of names: most hubs of a station are of a few kinds.</summary>
internal sealed class SharedNames
{
    private const int MaxKinds = 8;
    private readonly List<string[]> _kinds = [];

    /// <summary>The names of a packet's metrics, in their order.</summary>
    public string[] Of(List<Metric> metrics)
    {
        foreach (var kind in _kinds)
        {
            if (IsOf(kind, metrics))
            {
                return kind;
            }
        }

        var names = new string[metrics.Count];
        for (var i = 0; i < names.Length; i++)
        {
            names[i] = metrics[i].Name;
        }

        if (_kinds.Count < MaxKinds)
        {
            _kinds.Add(names);
        }

        return names;
    }

    private static bool IsOf(string[] names, List<Metric> metrics)
    {
        if (names.Length != metrics.Count)
        {
            return false;
        }

        for (var i = 0; i < names.Length; i++)
        {
            if (!string.Equals(names[i], metrics[i].Name, StringComparison.Ordinal))
            {
                return false;
            }
        }

        return true;
    }
}
