using System.Text.Json.Serialization;

namespace OutbackUptime.Infra.Tests.Cost;

/// <summary>An exchange rate, with where it is from.</summary>
internal sealed record Rate([property: JsonPropertyName("rate")] decimal Value, [property: JsonPropertyName("source")] string Source, [property: JsonPropertyName("date")] string Date);
