using System.Text.Json;
using System.Text.Json.Serialization;

namespace OutbackUptime.EdgeGateway.Mqtt;

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(HubsDocument))]
internal sealed partial class HubsJsonContext : JsonSerializerContext;
