using System.Text.Json.Serialization;

namespace OutbackUptime.Infra.Tests.Cost;

/// <summary>A way to run the product.</summary>
internal sealed record Shape(
    [property: JsonPropertyName("name")] string Name,
    [property: JsonPropertyName("title")] string Title,
    [property: JsonPropertyName("keeps")] string Keeps,
    [property: JsonPropertyName("lines")] IReadOnlyList<Line> Lines);
