using System.Text.Json.Serialization;

namespace OutbackUptime.Infra.Tests.Cost;

/// <summary>What a shape uses of one price.</summary>
internal sealed record Line(
    [property: JsonPropertyName("price")] string Price,
    [property: JsonPropertyName("count")] decimal Count,
    [property: JsonPropertyName("what")] string What,
    [property: JsonPropertyName("per_station")] decimal PerStation,
    [property: JsonPropertyName("every_stations")] int EveryStations,
    [property: JsonPropertyName("step")] decimal Step)
{
    /// <summary>In the price's unit.</summary>
    public decimal Quantity(int stations) => Count + (PerStation * stations) + (EveryStations > 0 && stations > 0 ? Step * ((stations - 1) / EveryStations) : 0);
}
