using System.Text.Json;
using OutbackUptime.Infra.Tests.Terraform;

namespace OutbackUptime.Infra.Tests.Cost;

/// <summary>infra/cost: prices, what each resource type is billed by, and the shapes.</summary>
internal sealed class CostModel
{
    private CostModel(Prices prices, JsonElement resources, JsonElement shapes)
    {
        Prices = prices;
        Billed = resources.GetProperty("billed").EnumerateObject().ToDictionary(type => type.Name, type => (IReadOnlyList<string>)[.. type.Value.EnumerateArray().Select(key => key.GetString()!)]);
        Free = resources.GetProperty("free").EnumerateObject().ToDictionary(type => type.Name, type => type.Value.GetString()!);
        Assumptions = shapes.GetProperty("assumptions");
        Shapes = shapes.GetProperty("shapes").Deserialize<Shape[]>()!;
    }

    public Prices Prices { get; }

    /// <summary>Keys of the prices that a type of resource is billed by.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Billed { get; }

    /// <summary>Why a type of resource costs nothing.</summary>
    public IReadOnlyDictionary<string, string> Free { get; }

    public JsonElement Assumptions { get; }

    public IReadOnlyList<Shape> Shapes { get; }

    public static CostModel Read() => new(Json("prices.json").Deserialize<Prices>()!, Json("resources.json"), Json("shapes.json"));

    /// <summary>Types that are neither billed nor said to be free.</summary>
    public IEnumerable<string> Unknown(IEnumerable<string> types) => types.Where(type => !Billed.ContainsKey(type) && !Free.ContainsKey(type)).Order(StringComparer.Ordinal);

    public decimal MonthlyAud(Shape shape, int stations) => shape.Lines.Sum(line => Prices.MonthlyAud(line.Price, line.Quantity(stations)));

    /// <summary>Australian cents for a station and month.</summary>
    public decimal CentsAStation(Shape shape, int stations) => 100 * MonthlyAud(shape, stations) / stations;

    private static JsonElement Json(string file) => JsonSerializer.Deserialize<JsonElement>(File.ReadAllText(Repository.At("infra", "cost", file)));
}
