import * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import type { BrokerSettings } from "./settings";

const secretName = "edge-gateway-broker";
const folder = "/etc/outback/broker";

/**
 * A broker that hubs publish to already (docs/hub-formats.md). The chart knows none: its StatefulSet is added to, and its network
 * opened for the broker's port. The password is a file, which the gateway reads anew for each connection.
 */
export function brokerResources(broker: BrokerSettings, namespace: pulumi.Output<string>, labels: Record<string, string>, gateway: pulumi.Resource, own: pulumi.CustomResourceOptions): void {
  const secret = new k8s.core.v1.Secret(
    "broker-password",
    { metadata: { name: secretName, namespace, labels }, stringData: { password: broker.password } },
    own,
  );
  new k8s.networking.v1.NetworkPolicy(
    "broker-egress",
    {
      metadata: { name: "edge-gateway-broker", namespace, labels },
      spec: { podSelector: { matchLabels: { "app.kubernetes.io/name": "edge-gateway" } }, policyTypes: ["Egress"], egress: [{ ports: [{ protocol: "TCP", port: broker.port }] }] },
    },
    own,
  );
  new k8s.apps.v1.StatefulSetPatch(
    "broker",
    {
      metadata: { name: "edge-gateway", namespace },
      spec: {
        template: {
          spec: {
            containers: [
              {
                name: "gateway",
                env: [
                  { name: "Broker__Enabled", value: "true" },
                  { name: "Broker__Host", value: broker.host },
                  { name: "Broker__Port", value: String(broker.port) },
                  { name: "Broker__Plaintext", value: String(broker.plaintext) },
                  { name: "Broker__UserName", value: broker.user },
                  { name: "Broker__PasswordFile", value: `${folder}/password` },
                ],
                volumeMounts: [{ name: "broker", mountPath: folder, readOnly: true }],
              },
            ],
            volumes: [{ name: "broker", secret: { secretName, defaultMode: 0o440 } }],
          },
        },
      },
    },
    { ...own, dependsOn: [gateway, secret] },
  );
}
