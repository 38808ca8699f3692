import * as pulumi from "@pulumi/pulumi";

/** A token that the peer's site issued: it is redeemed once, for a link. */
export interface SkupperToken {
  readonly url: string;
  readonly code: string;
  readonly ca: string;
}

export interface BrokerSettings {
  readonly host: string;
  readonly port: number;
  readonly plaintext: boolean;
  readonly user: string;
  readonly password: pulumi.Output<string>;
}

export interface SshSettings {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  /** What the Pi proves itself with, as in its /etc/ssh/ssh_host_ed25519_key.pub. */
  readonly hostKey: string;
  /** Absent: the SSH agent's keys. */
  readonly privateKey?: pulumi.Output<string>;
}

export interface EdgeSettings {
  readonly station: string;
  readonly homeRegion: string;
  /** Host of each region's uplink; its port is the chart's. */
  readonly regions: Readonly<Record<"syd" | "mel", string>>;
  readonly ssh: SshSettings;
  readonly k3sVersion: string;
  /** SHA-256 of the K3s program for the Pi's architecture; absent: what the release's own list says. */
  readonly k3sSha256?: string;
  readonly image: { readonly repository: string; readonly digest: string };
  readonly chart: string;
  /** True: Flux (hack/bootstrap.sh, k8s/overlays/…/edge) brings everything that runs; the stack makes only what Flux needs first. */
  readonly flux: boolean;
  readonly broker?: BrokerSettings;
  /** The gateway's own certificate, for the regions; absent: it comes as a SealedSecret. */
  readonly uplink?: { readonly certificate: string; readonly ca: string; readonly key: pulumi.Output<string> };
  /** hubs.json, with the hubs' salted hashes; absent: it comes as a SealedSecret. */
  readonly hubs?: pulumi.Output<string>;
  readonly skupperToken?: pulumi.Output<SkupperToken>;
  readonly sealedSecrets: { readonly certificate: string; readonly key: pulumi.Output<string> };
}

/** Seen in public use; newer patch releases are a setting away. */
const defaultK3sVersion = "v1.35.5+k3s1";

/** Reads the stack's settings; throws one error that names all that is wrong. */
export function readSettings(config: pulumi.Config): EdgeSettings {
  const faults: string[] = [];
  const check = (holds: boolean, fault: string): void => {
    if (!holds) {
      faults.push(fault);
    }
  };

  const text = (name: string): string => {
    const value = config.get(name) ?? "";
    check(value.trim() !== "", `${name} is missing`);
    return value.trim();
  };
  const station = text("station");
  check(/^[a-z0-9][a-z0-9-]{0,63}$/.test(station), "station: expected 1 to 64 characters of a-z, 0-9 and '-'");

  const { syd = "", mel = "" } = config.getObject<Record<string, string>>("regions") ?? {};
  const homeRegion = text("homeRegion");
  check(homeRegion === "syd" || homeRegion === "mel", "homeRegion: expected syd or mel");
  for (const [name, host] of Object.entries({ syd, mel })) {
    check(/^[a-z0-9][a-z0-9.-]*\.[a-z0-9-]+$/.test(host), `regions.${name}: expected the host of its uplink`);
  }

  const hostKey = text("hostKey");
  check(/^(ssh-ed25519|ecdsa-sha2-\S+|ssh-rsa) [A-Za-z0-9+/]+=*( |$)/.test(hostKey), "hostKey: expected the Pi's public host key, 'ssh-ed25519 AAAA…'");

  // A tag can be moved to another image by whoever may push; a digest can't.
  const image = /^(?<repository>[a-z0-9][a-z0-9./:-]*\/[a-z0-9./-]+)@(?<digest>sha256:[0-9a-f]{64})$/.exec(text("gatewayImage"));
  check(image !== null, "gatewayImage: expected REPOSITORY@sha256:DIGEST");

  const k3sVersion = config.get("k3sVersion") ?? defaultK3sVersion;
  check(/^v\d+\.\d+\.\d+\+k3s\d+$/.test(k3sVersion), "k3sVersion: expected vMAJOR.MINOR.PATCH+k3sN");
  const k3sSha256 = config.get("k3sSha256");
  check(k3sSha256 === undefined || /^[0-9a-f]{64}$/.test(k3sSha256), "k3sSha256: expected 64 hexadecimal digits");

  const sealedCertificate = text("sealedSecretsCertificate");
  const sealedKey = config.getSecret("sealedSecretsKey");
  check(sealedKey !== undefined, "sealedSecretsKey is missing (a secret)");

  const uplinkKey = config.getSecret("uplinkKey");
  const hubs = config.getSecret("hubs");
  const uplink = uplinkKey && { certificate: text("uplinkCertificate"), ca: text("uplinkCa"), key: uplinkKey };

  const broker = readBroker(config, check);
  const port = config.getNumber("sshPort") ?? 22;
  const privateKey = config.getSecret("sshPrivateKey");
  const skupperToken = config.getSecretObject<SkupperToken>("skupperToken");
  const host = text("host");

  if (faults.length > 0 || sealedKey === undefined || !image?.groups) {
    throw new Error(`The stack's settings (pulumi config):\n  ${faults.join("\n  ")}`);
  }

  return {
    station,
    homeRegion,
    regions: { syd, mel },
    ssh: { host, port, user: config.get("user") ?? "pi", hostKey, ...(privateKey && { privateKey }) },
    k3sVersion,
    ...(k3sSha256 !== undefined && { k3sSha256 }),
    image: { repository: image.groups["repository"]!, digest: image.groups["digest"]! },
    flux: config.getBoolean("flux") ?? false,
    chart: config.get("chart") ?? "../../../k8s/charts/edge-gateway",
    ...(broker && { broker }),
    ...(uplink && { uplink }),
    ...(hubs && { hubs }),
    ...(skupperToken && { skupperToken }),
    sealedSecrets: { certificate: sealedCertificate, key: sealedKey },
  };
}

function readBroker(config: pulumi.Config, check: (holds: boolean, fault: string) => void): BrokerSettings | undefined {
  const url = config.get("brokerUrl");
  const user = config.get("brokerUser");
  const password = config.getSecret("brokerPassword");
  if (url === undefined) {
    check(user === undefined && password === undefined, "brokerUser and brokerPassword need brokerUrl");
    return undefined;
  }

  check(user !== undefined, "brokerUser is missing");
  check(password !== undefined, "brokerPassword is missing (a secret)");
  const parts = /^(?<scheme>mqtts?):\/\/(?<host>[A-Za-z0-9.-]+)(?::(?<port>\d{1,5}))?$/.exec(url)?.groups;
  check(parts !== undefined, "brokerUrl: expected mqtts://HOST:PORT (mqtt:// for a trusted network), without user and password");
  if (!parts || user === undefined || password === undefined) {
    return undefined;
  }

  const plaintext = parts["scheme"] === "mqtt";
  return { host: parts["host"]!, port: Number(parts["port"] ?? (plaintext ? 1883 : 8883)), plaintext, user, password };
}
