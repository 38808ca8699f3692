#!/usr/bin/env bash
# Hands a cluster that exists (Terraform, Pulumi) over to Flux.
set -euo pipefail

usage() {
  cat <<'USAGE'
Usage: hack/bootstrap.sh ENVIRONMENT PLACE        ENVIRONMENT: dev prod; PLACE: sydney melbourne edge

Gets the cluster's credentials, installs Flux, gives it the key to the repository and the keys of those whose commits it takes,
and applies k8s/flux/root.yaml; everything else follows from the repository. Run again it changes nothing that is as it should be.

  GIT_KEY_FILE          a private deploy key that may read the repository (required)
  GIT_KNOWN_HOSTS_FILE  the Git host's keys, as in ~/.ssh/known_hosts (required)
  SIGNERS_FOLDER        public keys (PGP, NAME.asc) whose signed commits Flux takes (required)
  KUBE_CONTEXT          use this context, fetch no credentials (edge: required)
  RESOURCE_GROUP        of the AKS cluster (melbourne: required)
  DRY_RUN=1             say what would be done, change nothing
  K8S                   another folder than k8s, for tests
  --help                this text

The cluster's name and region come from k8s/overlays/ENVIRONMENT/PLACE/cluster-values.yaml, which Terraform's output
`cluster_values` yields. Needs kubectl, flux; aws for sydney, az for melbourne, each signed in.
USAGE
}

cd "$(dirname "$0")"
# shellcheck source=hack/lib.sh
. ./lib.sh
cd ..

case "${1:-}" in --help | -h) usage && exit 0 ;; esac
[ $# = 2 ] || fail "expected ENVIRONMENT and PLACE; --help says more" 2
environment=$1 place=$2
case "$environment" in dev | prod) ;; *) fail "$environment: expected dev or prod" 2 ;; esac
case "$place" in sydney | melbourne | edge) ;; *) fail "$place: expected sydney, melbourne or edge" 2 ;; esac
needs_value GIT_KEY_FILE GIT_KNOWN_HOSTS_FILE SIGNERS_FOLDER
for file in "$GIT_KEY_FILE" "$GIT_KNOWN_HOSTS_FILE"; do [ -r "$file" ] || fail "$file can't be read" 2; done
compgen -G "$SIGNERS_FOLDER/*.asc" >/dev/null || fail "$SIGNERS_FOLDER holds no public key (NAME.asc)" 2
need kubectl "https://kubernetes.io/docs/tasks/tools/"
need flux "https://fluxcd.io/flux/installation/"

K8S=${K8S:-k8s}
[ -f "$K8S/flux/root.yaml" ] || fail "$K8S/flux/root.yaml is missing" 2
[ -f "$K8S/overlays/$environment/$place/cluster-values.yaml" ] ||
  fail "$K8S/overlays/$environment/$place/cluster-values.yaml is missing: terraform output -json cluster_values says what belongs into it" 2
value() { OVERLAYS=$(realpath "$K8S/overlays") hack/cluster-value.sh "$environment" "$place" "$1"; }

case "$place" in
  sydney)
    if [ -z "${KUBE_CONTEXT:-}" ]; then
      need aws "https://docs.aws.amazon.com/cli/"
      cluster=$(value cluster_name)
      region=$(value cloud_region)
      KUBE_CONTEXT=$cluster
      run aws eks update-kubeconfig --name "$cluster" --region "$region" --alias "$KUBE_CONTEXT"
    fi
    ;;
  melbourne)
    if [ -z "${KUBE_CONTEXT:-}" ]; then
      need az "https://learn.microsoft.com/cli/azure/install-azure-cli"
      needs_value RESOURCE_GROUP
      cluster=$(value cluster_name)
      KUBE_CONTEXT=$cluster
      run az aks get-credentials --resource-group "$RESOURCE_GROUP" --name "$cluster" --context "$KUBE_CONTEXT" --overwrite-existing
    fi
    ;;
  edge) needs_value KUBE_CONTEXT ;;
esac

apply() { kubectl --context "$KUBE_CONTEXT" apply --server-side --field-manager flux-bootstrap --filename -; }
# Not `flux create secret git`: it would believe whoever answers for the Git host now.
apply_deploy_key() {
  kubectl create secret generic outback-uptime-deploy-key --namespace flux-system --from-file "identity=$GIT_KEY_FILE" \
    --from-file "known_hosts=$GIT_KNOWN_HOSTS_FILE" --dry-run=client --output yaml | apply
}
apply_signers() {
  local files=() file
  for file in "$SIGNERS_FOLDER"/*.asc; do files+=(--from-file "$file"); done
  kubectl create secret generic outback-uptime-signers --namespace flux-system "${files[@]}" --dry-run=client --output yaml | apply
}
apply_root() { environment=$environment cluster=$place flux envsubst --strict <"$K8S/flux/root.yaml" | apply; }

run flux check --pre --context "$KUBE_CONTEXT"
run flux install --context "$KUBE_CONTEXT"
run apply_deploy_key
run apply_signers
run apply_root
say "Flux follows the repository: flux get kustomizations --context $KUBE_CONTEXT --watch"
