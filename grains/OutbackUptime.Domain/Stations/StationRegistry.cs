using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;

namespace OutbackUptime.Domain.Stations;

/// <summary>The stations that the system serves. Immutable; a reload makes a new one.</summary>
public sealed class StationRegistry
{
    private readonly FrozenDictionary<string, Station> _stations;

    /// <param name="regions">The regions, e.g. `syd` and `mel`.</param>
    /// <param name="stations">The stations; ids are unique, home regions are among <paramref name="regions"/> (checked by the loader).</param>
    public StationRegistry(IReadOnlyList<string> regions, IEnumerable<Station> stations)
    {
        Regions = regions;
        _stations = stations.ToFrozenDictionary(s => s.Id, StringComparer.Ordinal);
    }

    /// <summary>The regions, in a fixed order.</summary>
    public IReadOnlyList<string> Regions { get; }

    /// <summary>All stations.</summary>
    public IEnumerable<Station> Stations => _stations.Values;

    /// <summary>Finds a station by its id.</summary>
    public bool TryGet(string stationId, [NotNullWhen(true)] out Station? station) => _stations.TryGetValue(stationId, out station);
}
