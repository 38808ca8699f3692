import { describe, expect, it } from "vitest";
import { readSettings } from "../src/settings";
import { configure, digest, valueOf } from "./mocks";

describe("readSettings", () => {
  it("takes a whole stack", async () => {
    const settings = readSettings(configure());

    expect(settings.station).toBe("napperby");
    expect(settings.image).toEqual({ repository: "registry.example/outback-uptime/edge-gateway", digest });
    expect(settings.broker).toMatchObject({ host: "broker.example", port: 8884, plaintext: false, user: "outback" });
    expect(settings.k3sVersion).toMatch(/^v1\.\d+\.\d+\+k3s\d+$/);
    expect(await valueOf(settings.broker!.password)).toBe("broker-pass");
  });

  it("keeps the broker's password a secret", async () => {
    const { broker } = readSettings(configure());

    expect(await (broker!.password as unknown as { isSecret: Promise<boolean> }).isSecret).toBe(true);
  });

  it("takes the default port of each scheme", () => {
    expect(readSettings(configure({ brokerUrl: "mqtts://broker.example" })).broker?.port).toBe(8883);
    expect(readSettings(configure({ brokerUrl: "mqtt://10.0.0.2" })).broker).toMatchObject({ port: 1883, plaintext: true });
  });

  it("does without broker, token, certificates and private key", () => {
    const settings = readSettings(configure({ brokerUrl: undefined, brokerUser: undefined, brokerPassword: undefined, skupperToken: undefined, sshPrivateKey: undefined, uplinkKey: undefined, hubs: undefined }));

    expect(settings).not.toHaveProperty("broker");
    expect(settings).not.toHaveProperty("skupperToken");
    expect(settings.ssh).not.toHaveProperty("privateKey");
  });

  it.each([
    ["station", { station: "Napperby!" }],
    ["homeRegion", { homeRegion: "per" }],
    ["regions.mel", { regions: '{"syd":"a.example","mel":"https://b.example:1"}' }],
    ["hostKey", { hostKey: "SHA256:abc" }],
    ["gatewayImage", { gatewayImage: "registry.example/outback-uptime/edge-gateway:latest" }],
    ["k3sVersion", { k3sVersion: "latest" }],
    ["k3sVersion", { k3sVersion: "v1.35.5+k3s1; reboot" }],
    ["k3sSha256", { k3sSha256: "abc" }],
    ["sealedSecretsKey", { sealedSecretsKey: undefined }],
    ["brokerUrl", { brokerUrl: "mqtts://outback:pass@broker.example" }],
    ["brokerUrl", { brokerUrl: undefined }],
    ["brokerUser", { brokerUser: undefined }],
    ["brokerPassword", { brokerPassword: undefined }],
    ["uplinkCertificate", { uplinkCertificate: undefined }],
    ["host is missing", { host: "" }],
  ])("refuses a bad %s", (named, changes) => {
    expect(() => readSettings(configure(changes))).toThrow(named);
  });

  it("names everything that is wrong at once", () => {
    expect(() => readSettings(configure({ station: undefined, hostKey: undefined }))).toThrow(/station[^]*hostKey/);
  });
});
