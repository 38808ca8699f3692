using OutbackUptime.Domain.Stations;

namespace OutbackUptime.Grains.Stations;

/// <summary>The station registry as it is now; a reload replaces it whole.</summary>
public interface IStationRegistrySource
{
    /// <summary>The newest good registry.</summary>
    StationRegistry Current { get; }
}
