import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { K3s } from "./src/k3s";
import { readSettings } from "./src/settings";
import { EdgeStation } from "./src/station";

const settings = readSettings(new pulumi.Config());
const k3s = new K3s("k3s", settings);
const provider = new k8s.Provider("k3s", { kubeconfig: k3s.kubeconfig, enableServerSideApply: true });
const edge = new EdgeStation(settings.station, settings, provider, { dependsOn: k3s });

/** Where the gateway runs. */
export const namespace = edge.namespace;
/** The Helm releases, by what they install. */
export const releases = edge.releases;
/** For kubectl: `pulumi stack output kubeconfig --show-secrets`. */
export const kubeconfig = k3s.kubeconfig;
