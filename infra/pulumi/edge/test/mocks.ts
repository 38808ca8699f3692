import * as pulumi from "@pulumi/pulumi";

export interface Registered {
  readonly type: string;
  readonly name: string;
  readonly inputs: Record<string, any>;
}

/** The stack that a test builds: no engine, no Pi. */
export class Mocks implements pulumi.runtime.Mocks {
  public readonly resources: Registered[] = [];

  public newResource(args: pulumi.runtime.MockResourceArgs): { id: string; state: Record<string, any> } {
    this.resources.push({ type: args.type, name: args.name, inputs: args.inputs });
    const state: Record<string, any> = { ...args.inputs };
    if (args.type === "command:remote:Command") {
      state["stdout"] = args.inputs["create"].endsWith("k3s.yaml") ? "server: https://127.0.0.1:6443\n" : "k3s version v1.35.5+k3s1 (abc)";
    }

    return { id: `${args.name}-id`, state };
  }

  public call(args: pulumi.runtime.MockCallArgs): Record<string, any> {
    return args.inputs;
  }

  public named(name: string): Registered {
    const found = this.resources.filter((r) => r.name === name);
    if (found.length !== 1) {
      throw new Error(`${found.length} resources are named ${name}: ${this.resources.map((r) => `${r.type} ${r.name}`).join(", ")}`);
    }

    return found[0]!;
  }

  public of(type: string): Registered[] {
    return this.resources.filter((r) => r.type === type);
  }
}

/** An input as the engine gets it: a secret is wrapped in an object that says so. */
export function plain(input: any): { secret: boolean; value: any } {
  const secret = typeof input === "object" && input !== null && input["4dabf18193072939515e22adb298388d"] === "1b47061264138c4ac30d75fd1eb44270";
  return { secret, value: secret ? input.value : input };
}

/** An output's value. */
export function valueOf<T>(output: pulumi.Output<T>): Promise<T> {
  return new Promise((resolve) => output.apply((value) => (resolve(value as T), value)));
}

/** Waits until every resource that the test has asked for is registered. */
export async function build<T>(make: () => T): Promise<{ mocks: Mocks; made: T }> {
  const mocks = new Mocks();
  await pulumi.runtime.setMocks(mocks, "outback-edge", "test", false);
  const made = make();
  await new Promise((resolve) => setTimeout(resolve, 0));
  await (pulumi.runtime as unknown as { waitForRPCs(): Promise<void> }).waitForRPCs();
  return { mocks, made };
}

export const digest = `sha256:${"ab".repeat(32)}`;

/** Settings as a stack has them; `undefined` leaves one out. Those of `secrets` are such. */
export function configure(changes: Record<string, string | undefined> = {}): pulumi.Config {
  const all: Record<string, string | undefined> = {
    station: "napperby",
    homeRegion: "syd",
    host: "napperby-gw",
    hostKey: "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIexample",
    gatewayImage: `registry.example/outback-uptime/edge-gateway@${digest}`,
    regions: JSON.stringify({ syd: "ingest.syd.example.net", mel: "ingest.mel.example.net" }),
    brokerUrl: "mqtts://broker.example:8884",
    brokerUser: "outback",
    brokerPassword: "broker-pass",
    sshPrivateKey: "ssh-private",
    uplinkCertificate: "uplink-cert",
    uplinkCa: "uplink-ca",
    uplinkKey: "uplink-private",
    hubs: "{}",
    sealedSecretsCertificate: "-----BEGIN CERTIFICATE-----",
    sealedSecretsKey: "sealed-private",
    skupperToken: JSON.stringify({ url: "https://grants.example:9090/1", code: "once-only", ca: "ca-pem" }),
    ...changes,
  };
  const given = Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== undefined);
  pulumi.runtime.setAllConfig(Object.fromEntries(given.map(([name, value]) => [`outback-edge:${name}`, value])), given.map(([name]) => name).filter((n) => /password|key$|token|hubs/i.test(n) && n !== "hostKey").map((n) => `outback-edge:${n}`));
  return new pulumi.Config("outback-edge");
}
