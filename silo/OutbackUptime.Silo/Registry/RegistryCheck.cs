using OutbackUptime.Domain.Stations;

namespace OutbackUptime.Silo.Registry;

/// <summary>Turns a document into a registry, or says all that is wrong with it.</summary>
internal sealed class RegistryCheck
{
    private const int MaxIntervalSeconds = 86_400;

    private readonly List<string> _faults = [];

    /// <summary>Faults as "$.path: what was expected"; empty when the registry is good.</summary>
    public IReadOnlyList<string> Faults => _faults;

    /// <summary>Checks everything. The result is good only when <see cref="Faults"/> is empty.</summary>
    public StationRegistry Check(RegistryDocument document)
    {
        var regions = Regions(document.Regions);
        var stations = new List<Station>();
        HashSet<string> ids = [];
        if (document.Stations is null)
        {
            Fault("$.stations", "expected a list of stations");
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
                Fault($"$.stations[{i}].id", $"'{station.Id}' stands twice; ids are unique");
            }
        }

        return new StationRegistry(regions, stations);
    }

    private List<string> Regions(IReadOnlyList<string>? regions)
    {
        List<string> good = [];
        if (regions is not { Count: > 0 })
        {
            Fault("$.regions", "expected at least one region, e.g. [\"syd\",\"mel\"]");
            return good;
        }

        for (var i = 0; i < regions.Count; i++)
        {
            var region = Name($"$.regions[{i}]", regions[i]);
            if (region.Contains('-', StringComparison.Ordinal))
            {
                Fault($"$.regions[{i}]", $"'{region}' has a '-', which ends the region in a silo's name");
            }

            if (good.Contains(region))
            {
                Fault($"$.regions[{i}]", $"'{region}' stands twice");
            }

            good.Add(region);
        }

        return good;
    }

    private Station Station(string path, StationDocument? station, List<string> regions)
    {
        if (station is null)
        {
            Fault(path, "expected a station");
            return new Station(path, "", 0, 0, "", []);
        }

        if (string.IsNullOrWhiteSpace(station.Name))
        {
            Fault($"{path}.name", "expected a name for people");
        }

        if (station.HomeRegion is null || !regions.Contains(station.HomeRegion))
        {
            Fault($"{path}.homeRegion", $"expected one of {string.Join(", ", regions)}, found '{station.HomeRegion}'");
        }

        return new Station(
            Name($"{path}.id", station.Id),
            station.Name ?? "",
            Within($"{path}.latitude", station.Latitude, -90, 90),
            Within($"{path}.longitude", station.Longitude, -180, 180),
            station.HomeRegion ?? "",
            Hubs($"{path}.hubs", station.Hubs));
    }

    private List<Hub> Hubs(string path, IReadOnlyList<HubDocument>? hubs)
    {
        List<Hub> good = [];
        if (hubs is null)
        {
            Fault(path, "expected a list of hubs (it may be empty)");
            return good;
        }

        HashSet<string> ids = [];
        for (var i = 0; i < hubs.Count; i++)
        {
            var id = Name($"{path}[{i}].id", hubs[i]?.Id);
            if (!ids.Add(id))
            {
                Fault($"{path}[{i}].id", $"'{id}' stands twice; ids are unique within a station");
            }

            if (ReservedHubs.Contains(id))
            {
                Fault($"{path}[{i}].id", ReservedHubs.Rule);
            }

            good.Add(new Hub(id, TimeSpan.FromSeconds(Within($"{path}[{i}].intervalSeconds", hubs[i]?.IntervalSeconds, 1, MaxIntervalSeconds))));
        }

        return good;
    }

    private string Name(string path, string? name)
    {
        if (name is null || !EntityName.IsValid(name))
        {
            Fault(path, $"expected {EntityName.Rule}, found '{name}'");
        }

        return name ?? path;
    }

    private double Within(string path, double? value, double low, double high)
    {
        if (value is { } number && number >= low && number <= high)
        {
            return number;
        }

        Fault(path, $"expected a number from {low} to {high}, found {(value is null ? "none" : value.ToString())}");
        return low;
    }

    private void Fault(string path, string what) => _faults.Add($"{path}: {what}");
}
