#!/usr/bin/env bash
# Makes the Helm charts' templates of the Kustomize bases, so that there is one source.
set -euo pipefail

usage() {
  cat <<'USAGE'
Usage: hack/charts.sh [--check]

Renders k8s/base/{silo,edge-gateway} and writes k8s/charts/*/templates/all.yaml: `${name}` becomes a value of values.yaml, the image
`.Values.image`. Charts are for those who don't use Flux; components (mesh, clouds, Skupper) are Kustomize's alone.

  --check   change nothing; exit 1 when a chart is not what this script would make
  --help    this text

Needs kubectl.
USAGE
}

cd "$(dirname "$0")/.."
check=false
case "${1:-}" in
  --help | -h) usage && exit 0 ;;
  --check) check=true ;;
  "") ;;
  *) echo "$1: expected --check or --help" >&2 && exit 2 ;;
esac

template() { # Helm must leave Argo's {{…}} alone, and quote nothing that is quoted already
  echo "# Made by hack/charts.sh of k8s/base/$1: change that."
  kubectl kustomize "k8s/base/$1" | sed -E \
    -e 's/\{\{([^}]*)\}\}/{{ "{{\1}}" }}/g' \
    -e 's/\$\{([a-z_]+)(:=[^}]*)?\}/{{ .Values.\1 }}/g' \
    -e "s#^( +image: )outback-uptime/$1\$#\1{{ .Values.image | quote }}#"
}

stale=0
for chart in silo edge-gateway; do
  file=k8s/charts/$chart/templates/all.yaml
  if ! $check; then
    template "$chart" >"$file"
  elif ! diff -u "$file" <(template "$chart"); then
    echo "$file is not what hack/charts.sh makes of k8s/base/$chart" >&2
    stale=1
  fi
done
exit "$stale"
