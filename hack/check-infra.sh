#!/usr/bin/env bash
# Checks infra/terraform: format, then init, validate and test of every module and root, against mock providers (no account
# is needed). What can't be had here is skipped, by name, and is no failure; everything else that isn't clean is one.
set -euo pipefail

require=false
if [ "${1:-}" = --require ] && [ $# = 1 ]; then require=true; elif [ $# -gt 0 ]; then
  cat <<'USAGE'
Usage: hack/check-infra.sh [--require]

Runs terraform (or tofu) fmt -check, and in each folder of infra/terraform init, validate and test.
  skip: terraform is not installed        neither terraform nor tofu on PATH
  skip: the registry was not reached ...  providers can't be had; modules without them are checked still
  --require                what is skipped is a failure
  TF_PLUGIN_CACHE_DIR      keeps providers between runs
  OUTBACK_TERRAFORM_PLANS  a folder for what the roots' tests plan and make, as JSON: the cost model is compared with it
                           (OUTBACK_TERRAFORM_PLANS=... dotnet test tests/OutbackUptime.Infra.Tests); needs jq
Exit code: 0 nothing failed, 1 something did, 2 wrong use.
USAGE
  [ "${1:-}" = --help ] && exit 0 || exit 2
fi

cd "$(dirname "$0")/../infra/terraform"
program=$(command -v terraform || command -v tofu || true)
if [ -z "$program" ]; then
  echo "skip: terraform is not installed (nor tofu): nothing of infra/terraform was checked"
  if $require; then exit 1; else exit 0; fi
fi

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
export CHECKPOINT_DISABLE=1 TF_IN_AUTOMATION=1 TF_INPUT=0 TF_REGISTRY_CLIENT_TIMEOUT=10
# Providers are some hundred megabytes: once for all folders.
if [ -z "${TF_PLUGIN_CACHE_DIR:-}" ]; then mkdir "$scratch/plugins" && export TF_PLUGIN_CACHE_DIR="$scratch/plugins"; fi

checked=0 failed=0 offline='' skipped=()
fail() { echo "FAILED: $1"; failed=$((failed + 1)); }

if ! "$program" fmt -check -diff -recursive .; then fail "fmt: terraform fmt -recursive infra/terraform"; fi

for folder in modules/* aws azure witness dns; do
  # A copy of everything, so that neither lock files nor .terraform are left behind.
  if [ -n "$offline" ] && grep -qs required_providers "$folder"/*.tf; then
    skipped+=("$folder")
    continue
  fi
  rm -rf "$scratch/tree" && mkdir "$scratch/tree" && cp -r . "$scratch/tree/"
  here=$scratch/tree/$folder
  if ! timeout 300 "$program" -chdir="$here" init -backend=false -no-color >"$scratch/log" 2>&1; then
    if grep -qE 'Failed to (query available provider packages|install provider)|could not (connect|query)|no such host|timeout' "$scratch/log"; then
      offline=yes # the others would wait for the same
      skipped+=("$folder")
    else
      cat "$scratch/log"
      fail "$folder: init"
    fi
    continue
  fi
  if ! "$program" -chdir="$here" validate -no-color >"$scratch/log" 2>&1; then cat "$scratch/log" && fail "$folder: validate" && continue; fi
  if ! "$program" -chdir="$here" test -no-color >"$scratch/log" 2>&1; then cat "$scratch/log" && fail "$folder: test" && continue; fi
  if [ -n "${OUTBACK_TERRAFORM_PLANS:-}" ] && [[ $folder != modules/* ]]; then
    # What a test planned or, by mock providers, made: one file a run.
    mkdir -p "$OUTBACK_TERRAFORM_PLANS"
    "$program" -chdir="$here" test -json -verbose | jq -c '.test_plan // .test_state // empty | select(.resource_changes or .root_module) | del(.provider_schemas)' |
      split -l 1 -d -a 3 --additional-suffix=.json - "$OUTBACK_TERRAFORM_PLANS/$folder-"
  fi
  checked=$((checked + 1))
done

if [ ${#skipped[@]} -gt 0 ]; then
  echo "skip: the registry was not reached, so these were checked for format only: ${skipped[*]}"
fi
echo "infra: $checked folders checked, ${#skipped[@]} skipped, $failed failed"
[ "$failed" -eq 0 ] || exit 1
if $require; then [ ${#skipped[@]} -eq 0 ]; fi
