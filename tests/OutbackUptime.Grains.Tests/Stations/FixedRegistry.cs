using OutbackUptime.Domain.Stations;
using OutbackUptime.Grains.Stations;

namespace OutbackUptime.Grains.Tests.Stations;

internal sealed class FixedRegistry : IStationRegistrySource
{
    public StationRegistry Current { get; } = new(["syd", "mel"], [new Station("melville", "Melville", -23, 133, "mel", [])]);
}
