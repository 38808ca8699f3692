#!/usr/bin/env bash
# Reads one of a cluster's values, for pipelines and scripts.
set -euo pipefail

usage() {
  cat <<'USAGE'
Usage: hack/cluster-value.sh ENVIRONMENT PLACE KEY        e.g. hack/cluster-value.sh prod sydney registry

Prints KEY of k8s/overlays/ENVIRONMENT/PLACE/cluster-values.yaml, the one place where a cluster's values are written down.
Exit code: 0 printed; 2 there is no such file or key.

  OVERLAYS              another folder than k8s/overlays, for tests
  --help                this text
USAGE
}

cd "$(dirname "$0")"
# shellcheck source=hack/lib.sh
. ./lib.sh

case "${1:-}" in --help | -h) usage && exit 0 ;; esac
[ $# = 3 ] || fail "expected ENVIRONMENT, PLACE and KEY; --help says more" 2
[[ "$1/$2/$3" =~ ^[a-z]+/[a-z]+/[a-z_]+$ ]] || fail "$*: expected e.g. prod sydney registry" 2
values=${OVERLAYS:-../k8s/overlays}/$1/$2/cluster-values.yaml
[ -f "$values" ] || fail "there is no k8s/overlays/$1/$2/cluster-values.yaml" 2
found=$(sed -nE "s/^  $3: *[\"']?([^\"'#]*[^\"'# ])[\"']? *(#.*)?$/\1/p" "$values")
[ -n "$found" ] || fail "k8s/overlays/$1/$2/cluster-values.yaml has no $3" 2
say "$found"
