import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { brokerResources } from "./broker";
import { gatewayValues } from "./gateway-values";
import type { EdgeSettings, SkupperToken } from "./settings";

/** Chart versions of the parts from elsewhere. */
const sealedSecretsChart = { repo: "https://bitnami-labs.github.io/sealed-secrets", chart: "sealed-secrets", version: "2.18.5" };
const certManagerChart = { chart: "oci://quay.io/jetstack/charts/cert-manager", version: "v1.21.1" };
const skupperChart = { chart: "oci://quay.io/skupper/helm/skupper", version: "2.2.1" };

/** Where the SealedSecrets controller looks for its keys. */
const sealedSecretsNamespace = "kube-system";
const labels = { team: "outback-uptime", "app.kubernetes.io/part-of": "outback-uptime" };

/** What runs on a station's K3s: the namespace, its secrets, the link to the regions, the gateway. */
export class EdgeStation extends pulumi.ComponentResource {
  public readonly namespace: pulumi.Output<string>;
  public readonly releases: pulumi.Output<Record<string, string>>;

  constructor(name: string, settings: EdgeSettings, provider: k8s.Provider, options?: pulumi.ComponentResourceOptions) {
    super("outback:edge:Station", name, {}, { ...options, providers: { kubernetes: provider } });
    const own = { parent: this, provider };

    // The journal's volume goes with its namespace: `pulumi destroy` must not be enough to lose packets that no region has yet.
    // The chart has the namespace too: Helm takes over one that says so.
    const namespace = new k8s.core.v1.Namespace(
      "outback-edge",
      {
        metadata: {
          name: "outback-edge",
          labels: { ...labels, "app.kubernetes.io/managed-by": "Helm", "pod-security.kubernetes.io/enforce": "restricted", "pod-security.kubernetes.io/warn": "restricted" },
          annotations: { "meta.helm.sh/release-name": "edge-gateway", "meta.helm.sh/release-namespace": "outback-edge" },
        },
      },
      { ...own, protect: true },
    );
    this.namespace = namespace.metadata.name;

    // The key comes before the controller: it takes the newest it finds, and makes one of its own only when there is none.
    const sealedSecretsKey = new k8s.core.v1.Secret(
      "sealed-secrets-key",
      {
        metadata: { name: "sealed-secrets-key-outback", namespace: sealedSecretsNamespace, labels: { ...labels, "sealedsecrets.bitnami.com/sealed-secrets-key": "active" } },
        type: "kubernetes.io/tls",
        stringData: { "tls.crt": settings.sealedSecrets.certificate, "tls.key": settings.sealedSecrets.key },
      },
      { ...own, protect: true },
    );
    if (settings.flux) {
      this.releases = pulumi.output<Record<string, string>>({});
      this.registerOutputs({ namespace: this.namespace, releases: this.releases });
      return;
    }

    const sealedSecrets = new k8s.helm.v3.Release(
      "sealed-secrets",
      {
        name: "sealed-secrets",
        namespace: sealedSecretsNamespace,
        chart: sealedSecretsChart.chart,
        version: sealedSecretsChart.version,
        repositoryOpts: { repo: sealedSecretsChart.repo },
        // "0": the given key is the key; a renewed one would be known to this Pi alone.
        values: { fullnameOverride: "sealed-secrets-controller", keyrenewperiod: "0", commonLabels: { team: "outback-uptime" } },
        atomic: true,
        timeout: 600,
      },
      { ...own, dependsOn: sealedSecretsKey },
    );

    const certManager = new k8s.helm.v3.Release(
      "cert-manager",
      {
        name: "cert-manager",
        namespace: "cert-manager",
        createNamespace: true,
        chart: certManagerChart.chart,
        version: certManagerChart.version,
        values: { crds: { enabled: true } },
        atomic: true,
        timeout: 600,
      },
      own,
    );

    const releases: Record<string, k8s.helm.v3.Release> = { "sealed-secrets": sealedSecrets, "cert-manager": certManager };
    const before: pulumi.Resource[] = [sealedSecrets, certManager, ...this.secrets(settings, own)];
    if (settings.skupperToken) {
      // A namespace of its own: the router's pods name no seccomp profile, which the gateway's namespace asks for.
      const network = new k8s.core.v1.Namespace("skupper", { metadata: { name: "skupper", labels: { ...labels, "pod-security.kubernetes.io/enforce": "baseline" } } }, own);
      const skupper = new k8s.helm.v3.Release(
        "skupper",
        { name: "skupper", namespace: network.metadata.name, chart: skupperChart.chart, version: skupperChart.version, values: { scope: "namespace" }, atomic: true, timeout: 600 },
        own,
      );
      releases["skupper"] = skupper;
      before.push(...link(settings.skupperToken, network.metadata.name, { ...own, dependsOn: skupper }));
    }

    const gateway = new k8s.helm.v3.Release(
      "edge-gateway",
      {
        name: "edge-gateway",
        namespace: namespace.metadata.name,
        chart: settings.chart,
        values: gatewayValues(settings),
        // A gateway that does not come up is put back to the release before; its journal is the same.
        atomic: true,
        timeout: 900,
      },
      { ...own, dependsOn: before, protect: true },
    );

    releases["edge-gateway"] = gateway;
    if (settings.broker) {
      brokerResources(settings.broker, this.namespace, labels, gateway, own);
    }

    this.releases = pulumi.output(Object.fromEntries(Object.entries(releases).map(([key, release]) => [key, release.name])));
    this.registerOutputs({ namespace: this.namespace, releases: this.releases });
  }

  /** Those that the chart mounts, where the stack has them: an existing Secret stands, and the chart's sealed one of that name is idle. */
  private secrets(settings: EdgeSettings, own: pulumi.CustomResourceOptions): pulumi.Resource[] {
    const made: pulumi.Resource[] = [];
    const add = (name: string, stringData: Record<string, pulumi.Input<string>>): void =>
      void made.push(new k8s.core.v1.Secret(name, { metadata: { name, namespace: this.namespace, labels }, stringData }, own));
    if (settings.uplink) {
      add("gateway-uplink", { "tls.crt": settings.uplink.certificate, "tls.key": settings.uplink.key, "ca.crt": settings.uplink.ca });
    }

    if (settings.hubs) {
      add("hubs", { "hubs.json": settings.hubs });
    }

    return made;
  }
}

/** The Pi's site and its link: the station dials out, nothing dials in. */
function link(token: pulumi.Output<SkupperToken>, namespace: pulumi.Output<string>, options: pulumi.CustomResourceOptions): pulumi.Resource[] {
  const site = new k8s.apiextensions.CustomResource(
    "skupper-site",
    { apiVersion: "skupper.io/v2alpha1", kind: "Site", metadata: { name: "edge", namespace, labels }, spec: { linkAccess: "none" } },
    options,
  );
  const accessToken = new k8s.apiextensions.CustomResource(
    "skupper-link-token",
    {
      apiVersion: "skupper.io/v2alpha1",
      kind: "AccessToken",
      metadata: { name: "regions", namespace, labels },
      spec: { url: token.apply((t) => t.url), code: token.apply((t) => t.code), ca: token.apply((t) => t.ca) },
    },
    // A token is redeemed once: a new one is another object, not a change of the old.
    { ...options, dependsOn: site, deleteBeforeReplace: true, replaceOnChanges: ["spec"] },
  );
  return [site, accessToken];
}
