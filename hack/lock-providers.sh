#!/usr/bin/env bash
# Writes each Terraform root's .terraform.lock.hcl: one version of a provider, by hash, for every machine that runs Terraform.
set -euo pipefail

usage() {
  cat <<'USAGE'
Usage: hack/lock-providers.sh [--check|--upgrade]

Runs `terraform providers lock` (or tofu) in infra/terraform/{aws,azure,witness,dns} for Linux and macOS, amd64 and arm64. A version
that is locked stays; what is missing (a provider, a platform) is added. Asks the provider registry.

  --check               exit 1 when a provider was missing or is another version; the files are written all the same, to be committed
  --upgrade             take the newest versions that the constraints allow
  ROOTS                 another folder than infra/terraform, for tests
  --help                this text

Exit code: 0 locked; 1 something was missing, or the registry does not answer; 2 wrong use.
USAGE
}

cd "$(dirname "$0")"
# shellcheck source=hack/lib.sh
. ./lib.sh
cd "${ROOTS:-../infra/terraform}"

check=false upgrade=false
case "${1:-}" in
  --help | -h) usage && exit 0 ;;
  --check) check=true ;;
  --upgrade) upgrade=true ;;
  "") ;;
  *) fail "$1: expected --check, --upgrade or --help" 2 ;;
esac
program=$(command -v terraform || command -v tofu) || fail "neither terraform nor tofu is installed" 2

locked() { [ ! -f "$1" ] || grep -E '^provider |^  version ' "$1" || true; } # LOCK-FILE

missing=()
for root in aws azure witness dns; do
  lock=$root/.terraform.lock.hcl
  before=$(locked "$lock")
  if $upgrade; then rm -f "$lock"; fi
  "$program" -chdir="$root" get >/dev/null # its modules are folders: no network
  "$program" -chdir="$root" providers lock -platform=linux_amd64 -platform=linux_arm64 -platform=darwin_amd64 -platform=darwin_arm64 >&2 ||
    fail "$root: the providers could not be locked"
  [ "$before" = "$(locked "$lock")" ] || missing+=("infra/terraform/$lock")
done
if [ ${#missing[@]} = 0 ]; then say "every provider is locked" && exit 0; fi
say "changed, to be committed: ${missing[*]}"
! $check
