using System.Text.Json.Serialization;

namespace OutbackUptime.Infra.Tests.Cost;

/// <summary>What a unit costs; `Usd` is null where no price is public; `AssumedUsd` then says what the document reckons with beside the totals.</summary>
internal sealed record Price(
    [property: JsonPropertyName("usd")] decimal? Usd,
    [property: JsonPropertyName("assumed_usd")] decimal? AssumedUsd,
    [property: JsonPropertyName("unit")] string Unit,
    [property: JsonPropertyName("what")] string What,
    [property: JsonPropertyName("source")] string Source,
    [property: JsonPropertyName("date")] string Date,
    [property: JsonPropertyName("scope")] string Scope);
