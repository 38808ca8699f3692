import type { EdgeSettings } from "./settings";

/** The Secret that the broker's password is mounted from; its key is `password`. */
export const brokerSecretName = "edge-gateway-broker";

/** What k8s/charts/edge-gateway is installed with: this station's values only, the rest is the chart's own. */
export function gatewayValues(settings: Pick<EdgeSettings, "station" | "homeRegion" | "regions" | "image" | "broker">): Record<string, unknown> {
  const { broker } = settings;
  return {
    image: { repository: settings.image.repository, digest: settings.image.digest },
    station: settings.station,
    homeRegion: settings.homeRegion,
    regions: Object.fromEntries(Object.entries(settings.regions).map(([region, url]) => [region, { endpoints: [url] }])),
    ...(broker && {
      broker: {
        enabled: true,
        host: broker.host,
        port: broker.port,
        plaintext: broker.plaintext,
        userName: broker.user,
        existingSecret: brokerSecretName,
      },
    }),
  };
}
