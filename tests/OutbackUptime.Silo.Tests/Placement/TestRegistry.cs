using OutbackUptime.Domain.Stations;
using OutbackUptime.Grains.Stations;

namespace OutbackUptime.Silo.Tests.Placement;

/// <summary>Twenty stations of each region.</summary>
internal sealed class TestRegistry : IStationRegistrySource
{
    public static readonly string[] Sydney = [.. Enumerable.Range(0, 20).Select(i => $"s-{i}")];
    public static readonly string[] Melbourne = [.. Enumerable.Range(0, 20).Select(i => $"m-{i}")];

    public StationRegistry Current { get; } = new(
        ["syd", "mel"],
        Sydney.Select(s => new Station(s, s, 0, 0, "syd", [])).Concat(Melbourne.Select(s => new Station(s, s, 0, 0, "mel", []))));
}
