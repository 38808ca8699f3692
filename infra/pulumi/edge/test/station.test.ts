import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import { describe, expect, it } from "vitest";
import { readSettings } from "../src/settings";
import { EdgeStation } from "../src/station";
import { build, configure, digest, plain, valueOf } from "./mocks";

const make = (changes: Record<string, string | undefined> = {}) =>
  build(() => new EdgeStation("napperby", readSettings(configure(changes)), new k8s.Provider("k3s", { kubeconfig: "{}" })));

describe("EdgeStation", () => {
  it("puts the gateway into outback-edge, which takes restricted pods only", async () => {
    const { mocks, made } = await make();

    expect(await valueOf(made.namespace)).toBe("outback-edge");
    expect(mocks.named("outback-edge").inputs["metadata"].labels).toMatchObject({ team: "outback-uptime", "pod-security.kubernetes.io/enforce": "restricted" });
    expect(mocks.named("edge-gateway").inputs["namespace"]).toBe("outback-edge");
  });

  it("does not let go of what the journal lies in", async () => {
    const kept: string[] = [];
    const note: pulumi.ResourceTransformation = ({ name, opts }) => void (opts.protect && kept.push(name));
    await build(() => new EdgeStation("napperby", readSettings(configure()), new k8s.Provider("k3s", { kubeconfig: "{}" }), { transformations: [note] }));

    expect(kept.sort()).toEqual(["edge-gateway", "outback-edge", "sealed-secrets-key"]);
  });

  it("names its releases", async () => {
    const { made } = await make();

    expect(await valueOf(made.releases)).toEqual({ "sealed-secrets": "sealed-secrets", "cert-manager": "cert-manager", skupper: "skupper", "edge-gateway": "edge-gateway" });
  });

  it("runs the gateway's image by digest, and puts a release that fails back", async () => {
    const { mocks } = await make();

    expect(mocks.named("edge-gateway").inputs).toMatchObject({ atomic: true, values: { image: `registry.example/outback-uptime/edge-gateway@${digest}` } });
  });

  it("tells the gateway its station and regions", async () => {
    const { mocks } = await make();

    expect(mocks.named("edge-gateway").inputs["values"]).toMatchObject({
      station: "napperby",
      home_region: "syd",
      gateway_host: "napperby-gw",
      ingest_host_syd: "ingest.syd.example.net",
      ingest_host_mel: "ingest.mel.example.net",
    });
  });

  it("tells the gateway its broker, by the names of its own options, and lets it out to it", async () => {
    const { mocks } = await make();

    const pod = mocks.named("broker").inputs["spec"].template.spec;
    expect(Object.fromEntries(pod.containers[0].env.map((e: { name: string; value: string }) => [e.name, e.value]))).toEqual({
      Broker__Enabled: "true",
      Broker__Host: "broker.example",
      Broker__Port: "8884",
      Broker__Plaintext: "false",
      Broker__UserName: "outback",
      Broker__PasswordFile: "/etc/outback/broker/password",
    });
    expect(pod.containers[0].volumeMounts[0].name).toBe(pod.volumes[0].name);
    expect(pod.volumes[0].secret.secretName).toBe(mocks.named("broker-password").inputs["metadata"].name);
    expect(mocks.named("broker-egress").inputs["spec"].egress).toEqual([{ ports: [{ protocol: "TCP", port: 8884 }] }]);
    const options = readFileSync(join(__dirname, "../../../../edge-gateway/OutbackUptime.EdgeGateway/Broker/BrokerOptions.cs"), "utf8");
    for (const { name } of pod.containers[0].env) {
      expect(options).toMatch(new RegExp(`public \\w+ ${name.replace("Broker__", "")} `));
    }
  });

  it("gives certificate and hubs under the names that the chart mounts", async () => {
    const { mocks } = await make();

    expect(plain(mocks.named("gateway-uplink").inputs["stringData"]).value).toEqual({ "tls.crt": "uplink-cert", "tls.key": "uplink-private", "ca.crt": "uplink-ca" });
    expect(plain(mocks.named("hubs").inputs["stringData"])).toEqual({ secret: true, value: { "hubs.json": "{}" } });
  });

  it("lets Helm take over the namespace that the chart has too", async () => {
    const { mocks } = await make();

    const { annotations, labels } = mocks.named("outback-edge").inputs["metadata"];
    expect(labels["app.kubernetes.io/managed-by"]).toBe("Helm");
    expect(annotations).toEqual({ "meta.helm.sh/release-name": mocks.named("edge-gateway").inputs["name"], "meta.helm.sh/release-namespace": "outback-edge" });
  });

  it("gives the broker's password as a Secret and nowhere else", async () => {
    const { mocks } = await make();

    const holders = mocks.resources.filter((r) => JSON.stringify(r.inputs).includes("broker-pass")).map((r) => r.name);
    expect(holders).toEqual(["broker-password"]);
    expect(plain(mocks.named("broker-password").inputs["stringData"])).toEqual({ secret: true, value: { password: "broker-pass" } });
    expect(mocks.named("broker-password").inputs["metadata"]).toMatchObject({ name: "edge-gateway-broker", namespace: "outback-edge" });
    expect(JSON.stringify(mocks.named("edge-gateway").inputs)).not.toContain("broker-pass");
  });

  it("puts the SealedSecrets key where the controller takes it", async () => {
    const { mocks } = await make();

    const key = mocks.named("sealed-secrets-key").inputs;
    expect(key).toMatchObject({ type: "kubernetes.io/tls", metadata: { namespace: "kube-system", labels: { "sealedsecrets.bitnami.com/sealed-secrets-key": "active" } } });
    const release = mocks.named("sealed-secrets").inputs;
    expect(release).toMatchObject({ namespace: key["metadata"].namespace, values: { keyrenewperiod: "0" } });
  });

  it("links to the regions by the token, and lets nothing in", async () => {
    const { mocks } = await make();

    expect(mocks.named("skupper-link-token").inputs).toMatchObject({ kind: "AccessToken", apiVersion: "skupper.io/v2alpha1", metadata: { namespace: "skupper" } });
    expect(JSON.stringify(mocks.named("skupper-link-token").inputs["spec"])).toContain("once-only");
    expect(mocks.named("skupper-site").inputs["spec"]).toEqual({ linkAccess: "none" });
  });

  it("makes no link and no broker secret when there is no token and no broker", async () => {
    const { mocks, made } = await make({ skupperToken: undefined, brokerUrl: undefined, brokerUser: undefined, brokerPassword: undefined });

    expect(Object.keys(await valueOf(made.releases))).toEqual(["sealed-secrets", "cert-manager", "edge-gateway"]);
    expect(mocks.resources.map((r) => r.name)).not.toContain("broker-password");
    expect(mocks.of("kubernetes:skupper.io/v2alpha1:AccessToken")).toEqual([]);
    expect(mocks.resources.map((r) => r.name)).not.toContain("broker");
  });

  it("leaves to Flux what Flux brings", async () => {
    const { mocks, made } = await make({ flux: "true" });

    expect(await valueOf(made.releases)).toEqual({});
    expect(mocks.of("kubernetes:helm.sh/v3:Release")).toEqual([]);
    expect(mocks.resources.map((r) => r.name)).toEqual(expect.arrayContaining(["outback-edge", "sealed-secrets-key"]));
  });

  it("pins every chart from elsewhere to a version", async () => {
    const { mocks } = await make();

    const charts = mocks.of("kubernetes:helm.sh/v3:Release").map((r) => r.inputs).filter((i) => !String(i["chart"]).startsWith("."));
    expect(charts.map((c) => c["chart"]).sort()).toEqual(["oci://quay.io/jetstack/charts/cert-manager", "oci://quay.io/skupper/helm/skupper", "sealed-secrets"]);
    expect(charts.every((c) => /^v?\d+\.\d+\.\d+$/.test(c["version"]))).toBe(true);
  });
});
