using System.Text.Json.Serialization;

namespace OutbackUptime.Infra.Tests.Cost;

/// <summary>infra/cost/prices.json.</summary>
internal sealed record Prices(
    [property: JsonPropertyName("hours_per_month")] int HoursPerMonth,
    [property: JsonPropertyName("usd_to_aud")] Rate UsdToAud,
    [property: JsonPropertyName("prices")] IReadOnlyDictionary<string, Price> All)
{
    /// <summary>Australian dollars a month for a quantity, in the price's own unit; 0 where there is no public price.</summary>
    public decimal MonthlyAud(string key, decimal quantity)
    {
        var price = All[key];
        var unitsAMonth = price.Unit switch
        {
            "hour" => HoursPerMonth,
            "day" => 365m / 12,
            "month" or "gb" or "gb_month" or "million" or "10k" => 1,
            _ => throw new FormatException($"unit of {key}: {price.Unit}"),
        };
        return (price.Usd ?? 0) * unitsAMonth * quantity * UsdToAud.Value;
    }
}
