#!/usr/bin/env bash
# Proves a backup by restoring it: the newest one, into a namespace of its own, compared with what the store holds now.
set -euo pipefail

usage() {
  cat <<'USAGE'
Usage: hack/restore-test.sh

Restores the newest complete Velero backup of the store into a scratch namespace, waits until ClickHouse answers there, and
compares each station's packets, up to a time before the backup began, with the living store's: how many, and a hash over all
their keys and payload hashes. The scratch namespace and the restore are deleted at the end, however it ends.

  KUBE_CONTEXT          kubectl context of the cluster (required)
  SCHEDULE              Velero schedule whose backups are tested (any)
  MAX_AGE_HOURS         an older newest backup is a failure (8: schedules run every 6 h)
  SOURCE_NAMESPACE      (clickhouse)
  SCRATCH_NAMESPACE     must not exist (restore-test)
  POD_SELECTOR          of the store's pod, in both namespaces (clickhouse.altinity.com/app=chop)
  DATABASE              (outback)
  SETTLED_MINUTES       packets this much older than the backup are compared (15: later ones may be under way)
  RESTORE_SECONDS       how long restore and start may take, each (3600)
  DRY_RUN=1             look, say what would be restored, change nothing
  OUTBACK_POLL_SECONDS  between two looks (5)
  --help                this text

Exit code: 0 the backup holds; 1 it does not; 2 wrong use; 3 the scratch namespace could not be deleted; 130 Ctrl-C.
Needs kubectl and jq.
USAGE
}

cd "$(dirname "$0")"
# shellcheck source=hack/lib.sh
. ./lib.sh

case "${1:-}" in --help | -h) usage && exit 0 ;; esac
[ $# = 0 ] || fail "$1: expected no argument, or --help" 2
SCHEDULE=${SCHEDULE:-} MAX_AGE_HOURS=${MAX_AGE_HOURS:-8} SETTLED_MINUTES=${SETTLED_MINUTES:-15} RESTORE_SECONDS=${RESTORE_SECONDS:-3600}
SOURCE_NAMESPACE=${SOURCE_NAMESPACE:-clickhouse} SCRATCH_NAMESPACE=${SCRATCH_NAMESPACE:-restore-test}
POD_SELECTOR=${POD_SELECTOR:-clickhouse.altinity.com/app=chop} DATABASE=${DATABASE:-outback}
needs_value KUBE_CONTEXT
needs_number MAX_AGE_HOURS SETTLED_MINUTES RESTORE_SECONDS OUTBACK_POLL_SECONDS
[[ $DATABASE =~ ^[a-z_][a-z0-9_]*$ ]] || fail "DATABASE is '$DATABASE'; expected a name" 2
[ "$SOURCE_NAMESPACE" != "$SCRATCH_NAMESPACE" ] || fail "SCRATCH_NAMESPACE is the store's own namespace" 2
need kubectl "https://kubernetes.io/docs/tasks/tools/"
need jq "apt-get install jq"

kube() { kubectl --context "$KUBE_CONTEXT" --request-timeout 60s "$@"; }

backup=$(kube --namespace velero get backups.velero.io --output json | jq -ce --arg schedule "$SCHEDULE" --arg namespace "$SOURCE_NAMESPACE" '
  [.items[] | select(.status.phase == "Completed")
    | select($schedule == "" or .metadata.labels["velero.io/schedule-name"] == $schedule)
    | select((.spec.includedNamespaces // ["*"]) | any(. == $namespace or . == "*"))] | max_by(.status.startTimestamp)
  | select(.) | {name: .metadata.name, began: .status.startTimestamp}') || fail "no complete backup of $SOURCE_NAMESPACE${SCHEDULE:+ by the schedule $SCHEDULE}"
name=$(jq -r .name <<<"$backup") began=$(jq -r .began <<<"$backup")
began_at=$(date -u -d "$began" +%s) now=$(date -u +%s)
hours=$(((now - began_at) / 3600))
[ "$hours" -le "$MAX_AGE_HOURS" ] || fail "the newest complete backup, $name, is $hours h old (at most $MAX_AGE_HOURS): backups do not run"
until=$((began_at - SETTLED_MINUTES * 60))
restore="restore-test-$now"
say "backup $name of $began; compared are packets received until $(date -u -d "@$until" +%Y-%m-%dT%H:%M:%SZ)"

if kube get namespace "$SCRATCH_NAMESPACE" >/dev/null 2>&1; then
  fail "the namespace $SCRATCH_NAMESPACE exists: another test runs, or one was left behind (kubectl delete namespace $SCRATCH_NAMESPACE)" 2
fi
manifest=$(jq -n --arg name "$restore" --arg backup "$name" --arg from "$SOURCE_NAMESPACE" --arg to "$SCRATCH_NAMESPACE" '{
  apiVersion: "velero.io/v1", kind: "Restore",
  metadata: {name: $name, namespace: "velero", labels: {team: "outback-uptime"}},
  spec: {backupName: $backup, includedNamespaces: [$from], namespaceMapping: {($from): $to}, restorePVs: true}}')
if [ "${DRY_RUN:-0}" = 1 ]; then
  say "would create:" && say "$manifest" && say "dry run: nothing was changed" && exit 0
fi

clean=true
leave() {
  local code=$1
  trap '' INT TERM # once is enough
  if ! $clean; then
    kube --namespace velero delete restores.velero.io "$restore" --ignore-not-found --wait=false >/dev/null || true
    if kubectl --context "$KUBE_CONTEXT" delete namespace "$SCRATCH_NAMESPACE" --ignore-not-found --timeout 10m >/dev/null; then
      say "the namespace $SCRATCH_NAMESPACE is gone"
    else
      say "THE NAMESPACE $SCRATCH_NAMESPACE IS STILL THERE, with a copy of the store: kubectl delete namespace $SCRATCH_NAMESPACE" >&2
      code=3
    fi
  fi
  exit "$code"
}
trap 'leave $?' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

clean=false
kube create --filename - <<<"$manifest" >/dev/null
end=$((SECONDS + RESTORE_SECONDS))
while true; do
  phase=$(kube --namespace velero get restores.velero.io "$restore" --output 'jsonpath={.status.phase}') || phase=unknown
  case "$phase" in
    Completed) break ;;
    FailedValidation | PartiallyFailed | Failed) fail "the restore of $name is $phase: kubectl --namespace velero describe restore $restore; velero restore logs $restore" ;;
  esac
  [ "$SECONDS" -lt "$end" ] || fail "after $RESTORE_SECONDS s the restore of $name is still ${phase:-New}"
  pause
done
say "restored after $((RESTORE_SECONDS - end + SECONDS)) s"

ask() { # NAMESPACE SQL
  local pod
  pod=$(kube --namespace "$1" get pods --selector "$POD_SELECTOR" --output 'jsonpath={.items[0].metadata.name}') && [ -n "$pod" ] || return 1
  kubectl --context "$KUBE_CONTEXT" --namespace "$1" exec "$pod" -- clickhouse-client --database "$DATABASE" --max_execution_time 1800 --query "$2"
}
end=$((SECONDS + RESTORE_SECONDS))
until ask "$SCRATCH_NAMESPACE" "SELECT 1 FROM packets LIMIT 0" >/dev/null 2>&1; do
  [ "$SECONDS" -lt "$end" ] || fail "after $RESTORE_SECONDS s ClickHouse does not answer in $SCRATCH_NAMESPACE: kubectl --namespace $SCRATCH_NAMESPACE get pods"
  pause
done

# The hash is a sum over the packets, so neither order nor parts matter. What late packets have added since is after the backup
# by committed_at, and left out on both sides.
question="SELECT station, count(), sum(cityHash64(station, hub, boot, seq, payload_hash)) FROM packets
  WHERE received_at <= fromUnixTimestamp($until) AND committed_at <= fromUnixTimestamp($until) GROUP BY station ORDER BY station FORMAT TSV"
restored=$(ask "$SCRATCH_NAMESPACE" "$question")
living=$(ask "$SOURCE_NAMESPACE" "$question")
[ -n "$living" ] || fail "the living store has no packet until then: nothing was compared"
if [ "$restored" != "$living" ]; then
  say "restored (<) and living (>) differ:" >&2
  diff <(printf '%s\n' "$restored") <(printf '%s\n' "$living") >&2 || true
  fail "FAIL: the backup $name does not hold what the store holds"
fi
awk -F '\t' '{ stations++; packets += $2 } END { printf "PASS: %d packets of %d stations, equal by count and hash\n", packets, stations }' <<<"$living"
