#!/usr/bin/env bash
# Proves a region's backups now: runs the restore test that lies in the cluster, and tells how it went.
set -euo pipefail

usage() {
  cat <<'USAGE'
Usage: hack/restore-test.sh

Starts the cluster's own restore test (CronJob restore-test, k8s/platform/velero/restore-test: the newest backups restored into a
scratch store and namespace, compared with the living ones by count and hash) and waits for its end. The test, not this script,
holds the rights to read stores: whoever runs this needs to start a Job in Velero's namespace and to read its log, no more.
On Ctrl-C the test is stopped; it clears its scratch store away itself.

  KUBE_CONTEXT          kubectl context of the cluster (required)
  DRY_RUN=1             look, say what would be started, change nothing
  TEST_NAMESPACE        where the test lies (velero)
  TEST_CRONJOB          its name (restore-test)
  WAIT_SECONDS          how long it may take (10000; the Job ends itself after 6 h)
  OUTBACK_POLL_SECONDS  between two looks (5)
  --help                this text

Exit code: 0 the backups hold; 1 they don't, or the test did not end; 2 wrong use; 3 the test could not be stopped; 130 Ctrl-C.
Needs kubectl and jq.
USAGE
}

cd "$(dirname "$0")"
# shellcheck source=hack/lib.sh
. ./lib.sh

case "${1:-}" in --help | -h) usage && exit 0 ;; esac
[ $# = 0 ] || fail "$1: expected no argument, or --help" 2
TEST_NAMESPACE=${TEST_NAMESPACE:-velero} TEST_CRONJOB=${TEST_CRONJOB:-restore-test} WAIT_SECONDS=${WAIT_SECONDS:-10000}
needs_value KUBE_CONTEXT
needs_number WAIT_SECONDS OUTBACK_POLL_SECONDS
need kubectl "https://kubernetes.io/docs/tasks/tools/"
need jq "apt-get install jq"

kube() { kubectl --context "$KUBE_CONTEXT" --namespace "$TEST_NAMESPACE" --request-timeout 60s "$@"; }

kube get cronjob "$TEST_CRONJOB" --output name >/dev/null ||
  fail "the cluster $KUBE_CONTEXT has no CronJob $TEST_CRONJOB in namespace $TEST_NAMESPACE, or does not answer"
# Two at once would share the scratch store; the CronJob forbids it for itself only.
running=$(kube get jobs --output json | jq -r --arg name "$TEST_CRONJOB" \
  '[.items[] | select(.metadata.name | startswith($name)) | select((.status.active // 0) > 0) | .metadata.name] | join(" ")') ||
  fail "the cluster $KUBE_CONTEXT does not list its Jobs"
[ -z "$running" ] || fail "a restore test runs already: $running"

job="$TEST_CRONJOB-by-hand-$(date -u +%Y%m%d%H%M%S)"
if [ "${DRY_RUN:-0}" = 1 ]; then
  run kube create job "$job" --from "cronjob/$TEST_CRONJOB"
  say "dry run: nothing was changed" && exit 0
fi

started=false
leave() {
  local code=$1
  trap '' INT TERM # once is enough
  if $started; then
    if kube delete job "$job" --ignore-not-found --wait=false >/dev/null; then
      say "the test $job is stopped" >&2
    else
      say "THE TEST $job RUNS STILL: kubectl --namespace $TEST_NAMESPACE delete job $job" >&2
      code=3
    fi
  fi
  exit "$code"
}
trap 'leave $?' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

started=true # also if the answer is lost on its way
kube create job "$job" --from "cronjob/$TEST_CRONJOB" >/dev/null
say "started $job"
end=$((SECONDS + WAIT_SECONDS)) ended=''
while [ -z "$ended" ]; do
  [ "$SECONDS" -lt "$end" ] || fail "after $WAIT_SECONDS s $job has not ended: kubectl --namespace $TEST_NAMESPACE logs job/$job"
  pause
  # A look that fails is no verdict: the next one tells.
  ended=$(kube get job "$job" --output json | jq -r '[.status.conditions[]? | select(.status == "True") | .type | select(. == "Complete" or . == "Failed")][0] // ""') || ended=''
done
started=false # it has ended, and stays to be looked at
kube logs "job/$job" || say "its log can't be had: kubectl --namespace $TEST_NAMESPACE logs job/$job" >&2
[ "$ended" = Complete ] || fail "FAIL: $job: docs/runbooks/restore.md"
kube delete job "$job" --ignore-not-found --wait=false >/dev/null || say "left behind: job $job" >&2
say "PASS: the backups hold"
