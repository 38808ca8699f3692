import { remote } from "@pulumi/command";
import * as pulumi from "@pulumi/pulumi";
import { installScript, stopScript } from "./k3s-scripts";
import type { EdgeSettings } from "./settings";

/** K3s on the Pi, over SSH. */
export class K3s extends pulumi.ComponentResource {
  /** For whoever may reach the Pi's port 6443. */
  public readonly kubeconfig: pulumi.Output<string>;

  constructor(name: string, settings: Pick<EdgeSettings, "ssh" | "k3sVersion" | "k3sSha256">, options?: pulumi.ComponentResourceOptions) {
    super("outback:edge:K3s", name, {}, options);
    const { ssh } = settings;
    const connection = {
      host: ssh.host,
      port: ssh.port,
      user: ssh.user,
      hostKey: ssh.hostKey,
      // A Pi on a mobile link: some patience, and an end to it.
      perDialTimeout: 30,
      dialErrorLimit: 10,
      ...(ssh.privateKey ? { privateKey: ssh.privateKey } : process.env["SSH_AUTH_SOCK"] ? { agentSocketPath: process.env["SSH_AUTH_SOCK"] } : {}),
    };

    const install = installScript(settings.k3sVersion, ssh.host, settings.k3sSha256);
    const installed = new remote.Command(
      `${name}-install`,
      // The script leaves alone what is there already, so running it again is also how K3s is brought up to date.
      { connection, create: install, update: install, delete: stopScript, triggers: [install] },
      { parent: this, customTimeouts: { create: "20m", update: "20m" } },
    );
    const read = new remote.Command(
      `${name}-kubeconfig`,
      { connection, create: "sudo cat /etc/rancher/k3s/k3s.yaml", triggers: [installed.stdout], logging: remote.Logging.None },
      { parent: this, dependsOn: installed, additionalSecretOutputs: ["stdout"] },
    );

    this.kubeconfig = pulumi.secret(read.stdout.apply((text) => text.replaceAll("https://127.0.0.1:6443", `https://${ssh.host}:6443`)));
    this.registerOutputs({ kubeconfig: this.kubeconfig });
  }
}
