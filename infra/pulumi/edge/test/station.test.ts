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

    expect(await valueOf(made.releases)).toEqual({ "sealed-secrets": "sealed-secrets", skupper: "skupper", "edge-gateway": "edge-gateway" });
  });

  it("runs the gateway's image by digest, and puts a release that fails back", async () => {
    const { mocks } = await make();

    expect(mocks.named("edge-gateway").inputs).toMatchObject({ atomic: true, values: { image: { repository: "registry.example/outback-uptime/edge-gateway", digest } } });
  });

  it("tells the gateway its station, regions and broker", async () => {
    const { mocks } = await make();

    expect(mocks.named("edge-gateway").inputs["values"]).toMatchObject({
      station: "napperby",
      homeRegion: "syd",
      regions: { syd: { endpoints: ["https://ingest.syd.example.net:7443"] }, mel: { endpoints: ["https://ingest.mel.example.net:7443"] } },
      broker: { enabled: true, host: "broker.example", port: 8884, plaintext: false, userName: "outback", existingSecret: "edge-gateway-broker" },
    });
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

    expect(Object.keys(await valueOf(made.releases))).toEqual(["sealed-secrets", "edge-gateway"]);
    expect(mocks.resources.map((r) => r.name)).not.toContain("broker-password");
    expect(mocks.of("kubernetes:skupper.io/v2alpha1:AccessToken")).toEqual([]);
    expect(mocks.named("edge-gateway").inputs["values"]).not.toHaveProperty("broker");
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
    expect(charts.map((c) => c["chart"]).sort()).toEqual(["oci://quay.io/skupper/helm/skupper", "sealed-secrets"]);
    expect(charts.every((c) => /^\d+\.\d+\.\d+$/.test(c["version"]))).toBe(true);
  });
});
