#!/usr/bin/env bash
# Seals what a station's gateway needs, with its cluster's own key, into k8s/overlays/ENV/edge/sealed.yaml.
set -euo pipefail

usage() {
  cat <<'USAGE'
Usage: hack/seal-edge.sh ENV STATION HUBS.JSON --region CONTEXT --edge CONTEXT [--link-syd FILE] [--link-mel FILE]

Reads the station's uplink certificate from a region's cluster (Secret station-STATION, made by cert-manager) and the hubs' credentials
from HUBS.JSON (OutbackUptime.EdgeGateway hubs add), seals both for the station's cluster with kubeseal, and writes them as patches into
the overlay, which then takes them instead of `UNSEALED`. Nothing unsealed is written to a disk. Commit the result.

  --region CONTEXT   kubectl context of a cluster that has the CA
  --edge CONTEXT     kubectl context of the station's K3s
  --link-syd FILE    what `skupper link generate` printed in Sydney's cluster (its Secret is taken); --link-mel likewise
  --help             this text

Needs kubectl and kubeseal.
USAGE
}

cd "$(dirname "$0")/.."
region="" edge="" plain=()
declare -A links=()
while [ $# -gt 0 ]; do
  case "$1" in
    --help | -h) usage && exit 0 ;;
    --region) region=$2 && shift ;;
    --edge) edge=$2 && shift ;;
    --link-syd) links[link-syd]=$2 && shift ;;
    --link-mel) links[link-mel]=$2 && shift ;;
    -*) echo "$1: see --help" >&2 && exit 2 ;;
    *) plain+=("$1") ;;
  esac
  shift
done
if [ "${#plain[@]}" != 3 ] || [ -z "$region" ] || [ -z "$edge" ]; then usage >&2 && exit 2; fi
environment=${plain[0]} station=${plain[1]} hubs=${plain[2]}
overlay=k8s/overlays/$environment/edge
[ -d "$overlay" ] || { echo "$overlay is no overlay" >&2 && exit 1; }
for tool in kubectl kubeseal; do
  command -v "$tool" >/dev/null || { echo "$tool is missing" >&2 && exit 1; }
done

seal() { kubeseal --context "$edge" --format yaml --namespace "${2:-outback-edge}" --name "$1"; }

field() { kubectl --context "$region" -n outback get secret "station-$station" -o "jsonpath={.data.$1}"; }

sealed=$(mktemp)
trap 'rm -f "$sealed"' EXIT
{
  echo "# Made by hack/seal-edge.sh for $station: only its cluster can read these."
  printf 'apiVersion: v1\nkind: Secret\nmetadata: {name: gateway-uplink, namespace: outback-edge}\ntype: Opaque\ndata:\n  tls.crt: %s\n  tls.key: %s\n  ca.crt: %s\n' \
    "$(field 'tls\.crt')" "$(field 'tls\.key')" "$(field 'ca\.crt')" | seal gateway-uplink
  echo ---
  kubectl create secret generic hubs --namespace outback-edge --from-file "hubs.json=$hubs" --dry-run=client -o yaml | seal hubs
  for link in "${!links[@]}"; do
    echo ---
    # Of the documents that Skupper printed only the Secret, under the name that the overlay's Link asks for.
    data=$(awk 'BEGIN { RS = "---\n" } /(^|\n)kind: Secret/' "${links[$link]}" | kubectl --context "$edge" create --dry-run=client -o 'jsonpath={.data}' -f -)
    printf '{"apiVersion":"v1","kind":"Secret","type":"kubernetes.io/tls","metadata":{"name":"%s","namespace":"skupper"},"data":%s}' "$link" "$data" | seal "$link" skupper
  done
} >"$sealed"
mv "$sealed" "$overlay/sealed.yaml" && trap - EXIT
chmod 0644 "$overlay/sealed.yaml"
if ! grep -q 'path: sealed.yaml' "$overlay/kustomization.yaml"; then
  sed -i 's/^patches: \[\]$/patches:\n  - path: sealed.yaml/' "$overlay/kustomization.yaml"
fi
! kubectl kustomize "$overlay" | grep -n UNSEALED || echo "these are not sealed yet (links: --link-syd, --link-mel; mosquitto: by hand)" >&2
echo "wrote $overlay/sealed.yaml"
