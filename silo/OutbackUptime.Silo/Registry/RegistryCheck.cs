using OutbackUptime.Domain.Stations;

namespace OutbackUptime.Silo.Registry;

/// <summary>Turns a document into a registry, or says all that is wrong with it.</summary>
internal sealed class RegistryCheck
{
    private readonly Checks _checks = new();

    /// <summary>Faults as "$.path: what was expected"; empty when the registry is good.</summary>
    public IReadOnlyList<string> Faults => _checks.Faults;

    /// <summary>Checks everything. The result is good only when <see cref="Faults"/> is empty.</summary>
    public StationRegistry Check(RegistryDocument document)
    {
        var regions = Regions(document.Regions);
        var stations = new List<Station>();
        HashSet<string> ids = [];
        if (document.Stations is null)
        {
            _checks.Fault("$.stations", "expected a list of stations");
        }

        for (var i = 0; i < (document.Stations?.Count ?? 0); i++)
        {
            var station = Station($"$.stations[{i}]", document.Stations![i], regions);
            if (ids.Add(station.Id))
            {
                stations.Add(station);
            }
            else
            {
                _checks.Fault($"$.stations[{i}].id", $"'{station.Id}' stands twice; ids are unique");
            }
        }

        return new StationRegistry(regions, stations);
    }

    private List<string> Regions(IReadOnlyList<string>? regions)
    {
        List<string> good = [];
        if (regions is not { Count: > 0 })
        {
            _checks.Fault("$.regions", "expected at least one region, e.g. [\"syd\",\"mel\"]");
            return good;
        }

        for (var i = 0; i < regions.Count; i++)
        {
            var region = _checks.Name($"$.regions[{i}]", regions[i]);
            if (region.Contains('-', StringComparison.Ordinal))
            {
                _checks.Fault($"$.regions[{i}]", $"'{region}' has a '-', which ends the region in a silo's name");
            }

            if (good.Contains(region))
            {
                _checks.Fault($"$.regions[{i}]", $"'{region}' stands twice");
            }

            good.Add(region);
        }

        return good;
    }

    private Station Station(string path, StationDocument? station, List<string> regions)
    {
        if (station is null)
        {
            _checks.Fault(path, "expected a station");
            return new Station(path, "", 0, 0, "", []);
        }

        if (string.IsNullOrWhiteSpace(station.Name))
        {
            _checks.Fault($"{path}.name", "expected a name for people");
        }

        if (station.HomeRegion is null || !regions.Contains(station.HomeRegion))
        {
            _checks.Fault($"{path}.homeRegion", $"expected one of {string.Join(", ", regions)}, found '{station.HomeRegion}'");
        }

        var made = new Station(
            _checks.Name($"{path}.id", station.Id),
            station.Name ?? "",
            _checks.Within($"{path}.latitude", station.Latitude, -90, 90),
            _checks.Within($"{path}.longitude", station.Longitude, -180, 180),
            station.HomeRegion ?? "",
            new HubCheck(_checks).Check($"{path}.hubs", station.Hubs));
        return new StationCheck(_checks).Check(path, station, made);
    }
}
