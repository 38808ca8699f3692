import { spawnSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { K3s } from "../src/k3s";
import { installScript, stopScript } from "../src/k3s-scripts";
import { readSettings } from "../src/settings";
import { build, configure, plain, valueOf } from "./mocks";

describe("K3s", () => {
  it("is reached by a known host key, with a bounded patience", async () => {
    const { mocks } = await build(() => new K3s("k3s", readSettings(configure())));

    // The private key makes the whole connection a secret on its way to the engine.
    const connection = plain(mocks.named("k3s-install").inputs["connection"]);
    expect(connection.secret).toBe(true);
    expect(connection.value).toMatchObject({ host: "napperby-gw", user: "pi", port: 22, dialErrorLimit: 10, hostKey: expect.stringContaining("ssh-ed25519 AAAA") });
  });

  it("gives a kubeconfig for the Pi's address, as a secret", async () => {
    const { made } = await build(() => new K3s("k3s", readSettings(configure())));

    expect(await valueOf(made.kubeconfig)).toBe("server: https://napperby-gw:6443\n");
    expect(await (made.kubeconfig as unknown as { isSecret: Promise<boolean> }).isSecret).toBe(true);
  });

  it("does not log the kubeconfig", async () => {
    const { mocks } = await build(() => new K3s("k3s", readSettings(configure())));

    expect(mocks.named("k3s-kubeconfig").inputs["logging"]).toBe("none");
  });

  it("leaves the data alone when the stack goes", async () => {
    const { mocks } = await build(() => new K3s("k3s", readSettings(configure())));

    expect(mocks.named("k3s-install").inputs["delete"]).toBe(stopScript);
    expect(stopScript).not.toMatch(/rm |uninstall/);
  });
});

describe("installScript", () => {
  const script = installScript("v1.35.5+k3s1", "napperby-gw", "c".repeat(64));

  it("is a valid POSIX shell script", () => {
    expect(spawnSync("sh", ["-n"], { input: script, encoding: "utf8" })).toMatchObject({ status: 0, stderr: "" });
    expect(spawnSync("sh", ["-n"], { input: installScript("v1.35.5+k3s1", "h"), encoding: "utf8" })).toMatchObject({ status: 0, stderr: "" });
  });

  it("checks the program by the release's hashes and by the pinned one before it is installed", () => {
    const checks = script.indexOf("sha256sum -c -");
    expect(checks).toBeGreaterThan(0);
    expect(script.indexOf(`${"c".repeat(64)}  `)).toBeGreaterThan(checks);
    expect(script.indexOf("/usr/local/bin/k3s\n  changed")).toBeGreaterThan(script.indexOf("c".repeat(64)));
  });

  it("fetches over HTTPS only, by the version's own address, and pipes nothing into a shell", () => {
    expect(script).toContain("releases/download/v1.35.5%2Bk3s1");
    expect(script).not.toMatch(/\|\s*(sudo )?(ba)?sh\b/);
    expect(script.match(/curl /g)).toHaveLength(2);
    expect(script.match(/--proto '=https' --proto-redir '=https'/g)).toHaveLength(2);
  });

  it("encrypts secrets and leaves out what a gateway does not need", () => {
    expect(script).toContain("secrets-encryption: true");
    expect(script).toContain("disable: [traefik, metrics-server]");
  });
});
