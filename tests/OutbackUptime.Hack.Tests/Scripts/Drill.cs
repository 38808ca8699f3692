namespace OutbackUptime.Hack.Tests.Scripts;

/// <summary>
/// A cluster with an ingress, DNS and a gateway, for kill-ingress.sh: once the ingress is killed, DNS and the gateway go to the peer;
/// once it is back they go home. Files `dns-stuck`, `gateway-stuck` and `comes-back` in the state make it otherwise.
/// </summary>
internal static class Drill
{
    public static FakeWorld World()
    {
        var world = new FakeWorld
        {
            ["KUBE_CONTEXT"] = "prod-sydney",
            ["INGEST_HOST"] = "ingest.example",
            ["PEER_HOST"] = "ingest.mel.example",
            ["GATEWAYS"] = "http://gw1:9080/status",
            ["GONE_SECONDS"] = "0",
            ["SHIFT_SECONDS"] = "1",
            ["HOME_SECONDS"] = "2",
        };
        world.Write("next", "100");
        world.Write("given-up", "0");
        world.Write("epoch", "e1");
        world.Tool("kubectl", """
            case "$*" in
              *"get service silo-uplink"*)
                echo '{"spec":{"type":"LoadBalancer"},"metadata":{"labels":{"kustomize.toolkit.fluxcd.io/name":"silo","kustomize.toolkit.fluxcd.io/namespace":"flux-system"}}}' ;;
              *"get endpointslices"*)
                if [ -e "$STATE/killed" ] && [ ! -e "$STATE/comes-back" ]; then echo '{"items":[{"endpoints":null}]}'
                else echo '{"items":[{"endpoints":[{"conditions":{"ready":true}},{"conditions":{"ready":true}},{"conditions":{"ready":false}}]}]}'; fi ;;
              *'"ingress-killed"'*) touch "$STATE/killed" ;;
              *'drill":null'*) [ ! -e "$STATE/no-restore" ] && rm -f "$STATE/killed" ;;
            esac
            """);
        world.Tool("dig", """
            case "$*" in
              *ingest.mel.example*) echo 198.51.100.1 ;;
              *) if [ -e "$STATE/killed" ] && [ ! -e "$STATE/dns-stuck" ]; then printf 'ingest.mel.example.\n198.51.100.1\n'; else echo 192.0.2.1; fi ;;
            esac
            """);
        world.Tool("curl", """
            region=syd
            if [ -e "$STATE/killed" ] && [ ! -e "$STATE/gateway-stuck" ]; then region=mel; fi
            next=$(($(cat "$STATE/next") + 10))
            echo "$next" >"$STATE/next"
            [ -e "$STATE/lag" ] && through=50 || through=$((next - 3))
            printf '{"station":"napperby","journalEpoch":"%s","nextOffset":%d,"depth":5,"currentRegion":"%s","connected":true,"givenUp":{"evicted":%d},"rejected":[],' \
              "$(cat "$STATE/epoch")" "$next" "$region" "$(cat "$STATE/given-up")"
            printf '"regions":{"syd":{"committedThrough":%d,"missing":2,"storeAvailable":true},"mel":{"committedThrough":%d,"missing":2,"storeAvailable":true}}}\n' "$through" "$through"
            """);
        return world;
    }

    public static bool IsKilled(this FakeWorld world) => File.Exists(world.FileOf("killed"));

    public static string[] Changes(this FakeWorld world) => [.. world.Calls.Where(c => c.Contains(" patch ", StringComparison.Ordinal)).Select(c => c[(c.IndexOf(" patch ", StringComparison.Ordinal) + 7)..])];
}
