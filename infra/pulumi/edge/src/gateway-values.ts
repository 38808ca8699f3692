import type { EdgeSettings } from "./settings";

/** What k8s/charts/edge-gateway is installed with: this station's values only, the rest is the chart's own. */
export function gatewayValues(settings: Pick<EdgeSettings, "station" | "homeRegion" | "regions" | "image" | "ssh">): Record<string, string> {
  return {
    image: `${settings.image.repository}@${settings.image.digest}`,
    station: settings.station,
    home_region: settings.homeRegion,
    gateway_host: settings.ssh.host,
    ingest_host_syd: settings.regions.syd,
    ingest_host_mel: settings.regions.mel,
  };
}
