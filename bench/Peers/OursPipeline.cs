using System.Text.Json;
using OutbackUptime.Bench.Load;
using OutbackUptime.Bench.Servers;

namespace OutbackUptime.Bench.Peers;

/// <summary>Ours as the demo runs it, without TLS as the peers': a gateway, in each region a silo and a store, and the membership table.</summary>
/// <param name="program">Which build of the gateway.</param>
/// <param name="settings">More settings of the gateway.</param>
/// <param name="hubs">How many.</param>
internal sealed class OursPipeline(GatewayProgram program, IReadOnlyDictionary<string, string> settings, int hubs)
{
    /// <summary>Makes it with so many regions.</summary>
    public Pipeline Make(string folder, params string[] regions)
    {
        var target = GatewayServer.Target(FreePort.Next(), tls: false);
        var (witnessPort, stores, uplinks) = (FreePort.Next(), Ports(regions), Ports(regions));
        var registry = Path.Combine(folder, "stations.json");
        File.WriteAllText(registry, Registry(target.Station, regions));
        var gateway = new Dictionary<string, string>(settings, StringComparer.Ordinal);
        foreach (var region in (string[])["syd", "mel"])
        {
            gateway[$"Uplink__Regions__{region}__Endpoints__0"] = uplinks.TryGetValue(region, out var port) ? $"http://127.0.0.1:{port}" : "";
        }

        return new Pipeline
        {
            Target = target,
            Tables = [.. regions.Select(r => new StoreTable(stores[r], "outback.readings", "outback.packets"))],
            Parts =
            [
                .. regions.Select(r => new PipelinePart($"store {r}", PartRole.Store, c => EngineServer.StartAsync(Folder(folder, $"store-{r}"), stores[r], c))),
                new PipelinePart("membership table", PartRole.Support, c => EngineServer.StartAzuriteAsync(Folder(folder, "witness"), witnessPort, c)),
                .. regions.Select(r => (Region: r, Place: new SiloPlace(r, FreePort.Next(), uplinks[r], FreePort.Next(), witnessPort, stores, registry, Folder(folder, "keys"))))
                    .Select(s => new PipelinePart($"silo {s.Region}", PartRole.Service, c => SiloServer.StartAsync(s.Place, c))),
                new PipelinePart("gateway", PartRole.Broker, c => GatewayServer.StartAsync(program, Folder(folder, "gateway"), hubs, target, uplinks[regions[0]], gateway, c)),
            ],
        };
    }

    private static Dictionary<string, int> Ports(string[] regions) => regions.ToDictionary(r => r, _ => FreePort.Next(), StringComparer.Ordinal);

    private static string Folder(string parent, string name) => Directory.CreateDirectory(Path.Combine(parent, name)).FullName;

    /// <summary>One station, its hubs without what alerts need: the peers know no alerts.</summary>
    private string Registry(string station, string[] regions) => JsonSerializer.Serialize(
        new
        {
            regions,
            stations = new[]
            {
                new
                {
                    id = station, name = "Bench", latitude = -25.0, longitude = 135.0, homeRegion = regions[0], driveHours = 3,
                    hubs = Enumerable.Range(0, hubs).Select(i => new { id = LoadTarget.Hub(i), intervalSeconds = 30 }),
                },
            },
        },
        JsonSerializerOptions.Web);
}
