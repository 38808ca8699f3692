using System.Text.Json;

namespace OutbackUptime.Demo.Hubs;

/// <summary>One gateway and the hubs that publish into it: an element of the file given by <c>--gateways</c>.</summary>
/// <param name="Station">Station id.</param>
/// <param name="Host">Name or address; must stand in the gateway's certificate.</param>
/// <param name="Port">MQTT port.</param>
/// <param name="CaFile">PEM file of the authority that signed the gateway's certificate. Absent: no TLS (loopback tests).</param>
/// <param name="Hubs">The hubs with their secrets.</param>
internal sealed record GatewayTarget(string Station, string Host, int Port, string? CaFile, IReadOnlyList<HubTarget> Hubs)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    public static IReadOnlyList<GatewayTarget> ReadFile(string path)
    {
        using var file = File.OpenRead(path);
        var targets = JsonSerializer.Deserialize<List<GatewayTarget>>(file, Json);
        return targets is { Count: > 0 } && targets.TrueForAll(t => t.Hubs is { Count: > 0 })
            ? targets
            : throw new InvalidDataException($"{path}: expected [{{station, host, port, caFile, hubs:[{{id, secret, boot}}]}}] with at least one hub each.");
    }
}
