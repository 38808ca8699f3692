#!/usr/bin/env bash
# Renders and checks everything that deploys, without a cluster or an account.
set -euo pipefail

usage() {
  cat <<'USAGE'
Usage: hack/check-deploy.sh [--require]

Renders every overlay (kubectl kustomize) and chart (helm lint, helm template), checks every Terraform root and module
(hack/check-infra.sh) and the Pulumi stack (tsc, tests). What needs a tool that is not here is skipped with
a line that says so.

  --require             a missing tool is a failure
  --help                this text
USAGE
}

cd "$(dirname "$0")"
# shellcheck source=hack/lib.sh
. ./lib.sh
cd ..

require=false
case "${1:-}" in
  --help | -h) usage && exit 0 ;;
  --require) require=true ;;
  "") ;;
  *) fail "$1: expected --require or --help" 2 ;;
esac

failed=0 done=0
check() { # WHAT COMMAND...
  local what=$1 out
  shift
  if out=$("$@" 2>&1); then
    done=$((done + 1))
    grep '^skip:' <<<"$out" || true
  else
    say "FAILED $what: $*"
    printf '%s\n' "$out" | tail -n 40
    failed=$((failed + 1))
  fi
}
have() { # COMMAND WHAT
  command -v "$1" >/dev/null && return 0
  say "SKIPPED $2: $1 is not installed"
  if $require; then failed=$((failed + 1)); fi
  return 1
}
folders() { # of files with this name, below this folder
  [ ! -d "$1" ] || find "$1" -name "$2" -not -path '*/.terraform/*' -not -path '*/node_modules/*' -printf '%h\n' | sort -u
}

if have kubectl "overlays"; then
  while read -r overlay; do
    [ -n "$overlay" ] && check "overlay" kubectl kustomize "$overlay"
  done < <(folders k8s/overlays kustomization.yaml)
fi
if have helm "charts"; then
  while read -r chart; do
    [ -n "$chart" ] || continue
    check "chart" helm lint --strict "$chart"
    check "chart" helm template check "$chart"
  done < <(folders k8s/charts Chart.yaml)
fi
if have terraform "Terraform"; then
  if $require; then check "Terraform" hack/check-infra.sh --require; else check "Terraform" hack/check-infra.sh; fi
fi
if have npm "the Pulumi stack"; then
  check "stack" npm --prefix infra/pulumi/edge ci --ignore-scripts --no-audit --no-fund
  check "stack" npm --prefix infra/pulumi/edge test
fi
say "$done checks passed, $failed failed"
[ "$failed" = 0 ]
