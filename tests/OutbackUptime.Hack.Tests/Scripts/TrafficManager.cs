namespace OutbackUptime.Hack.Tests.Scripts;

/// <summary>A Traffic Manager profile with an endpoint for each cloud, as `az` and `dig` show it.</summary>
internal static class TrafficManager
{
    private const string Endpoints = """
        [{"name":"aws","type":"Microsoft.Network/trafficManagerProfiles/externalEndpoints","target":"syd.example","weight":900,"endpointStatus":"Enabled","endpointMonitorStatus":"Online"},
         {"name":"azure","type":"Microsoft.Network/trafficManagerProfiles/externalEndpoints","target":"mel.example","weight":100,"endpointStatus":"Enabled","endpointMonitorStatus":"Online"}]
        """;

    public static FakeWorld World()
    {
        var world = new FakeWorld { ["RESOURCE_GROUP"] = "outback-dns", ["PROFILE_NAME"] = "outback", ["HOLD_SECONDS"] = "0", ["DNS_SECONDS"] = "0", ["AWS_ENDPOINT"] = "aws", ["AZURE_ENDPOINT"] = "azure" };
        world.Write("endpoints", Endpoints);
        world.Tool("az", """
            case "$*" in
              *"endpoint list"*) cat "$STATE/endpoints" ;;
              *"endpoint update"*)
                name=$(sed -nE 's/.*--name ([a-z]+).*/\1/p' <<<"$*") weight=$(sed -nE 's/.*--weight ([0-9]+).*/\1/p' <<<"$*")
                [ ! -e "$STATE/refuse-$name" ] && jq --arg n "$name" --argjson w "$weight" 'map(if .name == $n then .weight = $w else . end)' "$STATE/endpoints" >"$STATE/new" &&
                  mv "$STATE/new" "$STATE/endpoints" ;;
              *"profile show"*) echo outback.trafficmanager.example ;;
            esac
            """);
        // DNS gives the heavier endpoint, unless it is stuck.
        world.Tool("dig", """
            if [ -e "$STATE/dns-stuck" ]; then echo syd.example.; else jq -r 'max_by(.weight).target + "."' "$STATE/endpoints"; fi
            echo 192.0.2.1
            """);
        return world;
    }

    public static string Weights(this FakeWorld world) =>
        string.Join(' ', System.Text.Json.JsonDocument.Parse(world.Read("endpoints")).RootElement.EnumerateArray().Select(e => $"{e.GetProperty("name")} {e.GetProperty("weight")}"));

    /// <summary>The weights that were asked for, in order.</summary>
    public static string[] Updates(this FakeWorld world) =>
        [.. world.Calls.Where(c => c.Contains("endpoint update", StringComparison.Ordinal))
            .Select(c => c.Split(' ')).Select(c => $"{c[Array.IndexOf(c, "--name") + 1]} {c[Array.IndexOf(c, "--weight") + 1]}")];
}
