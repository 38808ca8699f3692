#!/usr/bin/env bash
# One region in a kind cluster on this machine: k8s/overlays/local.
set -euo pipefail

usage() {
  cat <<'USAGE'
Usage: hack/kind-up.sh [--delete] [--help]

Creates the kind cluster `outback`, installs Argo Rollouts and cert-manager, builds and loads the silo's image, makes secrets, applies
k8s/overlays/local, and waits until the silos are ready. Again: rolls out what has changed.

  --delete  delete the cluster and all in it
  --help    this text

Needs Docker, kind 0.33 or newer, kubectl, openssl, and the internet for images and manifests.
USAGE
}

cd "$(dirname "$0")/.."
cluster=outback
# By kind's release notes for 0.33.
node=kindest/node:v1.35.8@sha256:07b2536e30b803ed61d1677a79df6115f798ce64c80f9e22f6ed45afd09323c0
rollouts=https://github.com/argoproj/argo-rollouts/releases/download/v1.9.1/install.yaml
certificates=https://github.com/cert-manager/cert-manager/releases/download/v1.21.1/cert-manager.yaml
azurite='DefaultEndpointsProtocol=http;AccountName=devstoreaccount1;AccountKey=Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==;TableEndpoint=http://azurite.clickhouse:10002/devstoreaccount1;'

case "${1:-}" in
  --help | -h) usage && exit 0 ;;
  --delete) exec kind delete cluster --name "$cluster" ;;
  "") ;;
  *) echo "$1: expected --delete or --help" >&2 && exit 2 ;;
esac
for tool in docker kind kubectl openssl; do
  command -v "$tool" >/dev/null || { echo "$tool is missing" >&2 && exit 1; }
done

k() { kubectl --context "kind-$cluster" "$@"; }

secret() { # namespace, name, then arguments of kubectl create secret; kept when it is there: a password must not change under a store
  local namespace=$1 name=$2
  shift 2
  k -n "$namespace" get secret "$name" >/dev/null 2>&1 || k -n "$namespace" create secret "$@"
}

values() { # of cluster-values.yaml, as sed takes them
  sed -nE 's/^  ([a-z_]+): ([^ ]+)$/s#\\$\\{\1(:=[^}]*)?\\}#\2#g/p' k8s/overlays/local/cluster-values.yaml
}

if ! kind get clusters 2>/dev/null | grep -qx "$cluster"; then
  kind create cluster --name "$cluster" --image "$node" --wait 120s
fi
docker build -f silo/deploy/Containerfile -t outback-uptime/silo:local .
kind load docker-image outback-uptime/silo:local --name "$cluster"

k create namespace argo-rollouts --dry-run=client -o yaml | k apply -f -
k apply --server-side -n argo-rollouts -f "$rollouts"
k apply --server-side -f "$certificates"
k -n argo-rollouts rollout status deployment/argo-rollouts --timeout 180s
k -n cert-manager rollout status deployment/cert-manager-webhook --timeout 180s

for namespace in outback clickhouse; do
  k create namespace "$namespace" --dry-run=client -o yaml | k apply -f -
done
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -keyout "$folder/ca.key" -out "$folder/ca.crt" -days 365 \
  -subj "/CN=outback local CA" -addext basicConstraints=critical,CA:true -addext keyUsage=critical,keyCertSign,cRLSign 2>/dev/null
secret outback uplink-ca tls uplink-ca --cert "$folder/ca.crt" --key "$folder/ca.key"
secret clickhouse store generic store --from-literal "password=$(openssl rand -hex 24)"
password=$(k -n clickhouse get secret store -o 'jsonpath={.data.password}' | base64 -d)
secret outback silo-stores generic silo-stores \
  --from-literal "syd=Host=clickhouse-syd.clickhouse;Port=8123;Username=silo;Password=$password;Database=outback" \
  --from-literal "mel=Host=clickhouse-mel.clickhouse;Port=8123;Username=silo;Password=$password;Database=outback"
secret outback silo-membership generic silo-membership --from-literal "connection-string=$azurite"
secret outback silo-sign-in generic silo-sign-in --from-literal "operator-token=$(openssl rand -hex 32)" \
  --from-literal "viewer-token=$(openssl rand -hex 32)" --from-literal "scrape-token=$(openssl rand -hex 32)"

kubectl kustomize k8s/overlays/local | sed -E "$(values)" | k apply --server-side -f -
k -n outback wait --for=jsonpath='{.status.phase}'=Healthy rollout/silo --timeout 600s
echo "console: kubectl --context kind-$cluster -n outback port-forward svc/silo-console 9090, then http://127.0.0.1:9090"
echo "token:   kubectl --context kind-$cluster -n outback get secret silo-sign-in -o 'jsonpath={.data.operator-token}' | base64 -d"
