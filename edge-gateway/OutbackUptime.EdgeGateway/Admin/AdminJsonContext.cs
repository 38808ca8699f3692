using System.Text.Json;
using System.Text.Json.Serialization;

namespace OutbackUptime.EdgeGateway.Admin;

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(GatewayStatusPage))]
[JsonSerializable(typeof(LatencyPage))]
internal sealed partial class AdminJsonContext : JsonSerializerContext;
