#!/usr/bin/env bash
# Proves the backups by restoring them. Restores the newest backup of the store into a server of its own in a scratch namespace, and
# compares counts and hashes of everything that was committed before that backup with the living store. Restores the newest cluster
# backup's objects of `outback` there too and compares them. Ends with an error, and so its job, when anything differs or can't be
# read. Packets of a station that was deleted since differ on purpose: see docs/runbooks/restore.md.
set -euo pipefail
case "${1:-}" in --help | -h) sed -n '2,/^set/{/^#/s/^# \?//p}' "$0"; exit 0 ;; esac
: "${STORE:?URL of the living store}" "${SCRATCH:?URL of the scratch server}" "${PASSWORD_FILE:?of the user ledger}" "${SCRATCH_MANIFEST:?}"
namespace=${NAMESPACE:-restore-test}
work=$(mktemp -d)
restore=

cleanup() {
  kubectl --namespace "$namespace" delete --ignore-not-found --wait=false --filename "$SCRATCH_MANIFEST" >/dev/null || true
  kubectl --namespace "$namespace" delete configmaps --selector velero.io/restore-name --wait=false >/dev/null || true
  if [ -n "$restore" ]; then kubectl --namespace velero delete restore "$restore" --wait=false >/dev/null || true; fi
  rm -rf "$work"
}
trap cleanup EXIT

# live SQL, scratch SQL: one line of tab-separated values.
live() {
  curl --silent --show-error --fail-with-body --max-time "${SQL_SECONDS:-900}" \
    --header @<(printf 'X-ClickHouse-User: ledger\nX-ClickHouse-Key: %s\n' "$(cat "$PASSWORD_FILE")") --data-binary "$1" "$STORE/"
}
scratch() { curl --silent --show-error --fail-with-body --max-time "${SQL_SECONDS:-14400}" --data-binary "$1" "$SCRATCH/"; }

# What is compared: the view, what makes a row the same, when it was committed.
tables='packets station,hub,boot,seq,payload_hash
quarantined station,journal_epoch,journal_offset,reason_code,payload
losses station,journal_epoch,journal_offset,cause,packets
thinned station,journal_epoch,journal_offset,packets'

# The newest backup that ended well. Rows that were committed a minute before it began are in it: an INSERT may take seconds.
read -r backup before < <(live "SELECT extract(name, '\\'backups\\', \\'([^\\']+)\\''), toString(toUnixTimestamp(start_time - 60)) FROM system.backup_log WHERE status = 'BACKUP_CREATED' ORDER BY start_time DESC LIMIT 1 FORMAT TSV")
if [ -z "${backup:-}" ]; then echo "the store knows no backup" >&2; exit 1; fi
echo "store backup $backup, rows committed before $(date --utc --date "@$before" +%FT%TZ)"

kubectl --namespace "$namespace" apply --filename "$SCRATCH_MANIFEST" >/dev/null
kubectl --namespace "$namespace" rollout status statefulset/scratch --timeout "${READY_TIMEOUT:-15m}" >/dev/null
scratch "RESTORE DATABASE outback FROM Disk('backups', '$backup')" >"$work/restore"
grep --quiet RESTORED "$work/restore" || { echo "the restore did not end as one: $(cat "$work/restore")" >&2; exit 1; }

differ=0
while read -r table columns; do
  # shellcheck disable=SC2016 # backquotes are none of the shell's
  sql="SELECT count(), groupBitXor(cityHash64($columns)) FROM outback.$table WHERE committed_at < toDateTime($before) FORMAT TSV"
  was=$(live "$sql")
  is=$(scratch "$sql")
  if [ "$was" = "$is" ]; then word=same; else word=DIFFERENT; differ=1; fi
  echo "$table: $word (rows and hash: store $(tr '\t' ' ' <<<"$was"), restored $(tr '\t' ' ' <<<"$is"))"
done <<<"$tables"

# The cluster's objects. Rollouts and Services are left out: silos that come up in here would join the cluster, a Service a load balancer.
velero=$(kubectl --namespace velero get backups --selector velero.io/schedule-name=cluster --output json |
  jq --raw-output '[.items[] | select(.status.phase == "Completed")] | sort_by(.status.startTimestamp) | last // empty | "\(.metadata.name) \(.status.startTimestamp)"')
read -r name started <<<"$velero" || true
if [ -z "${name:-}" ]; then echo "no completed cluster backup" >&2; exit 1; fi
restore=restore-test-$(date --utc +%Y%m%d%H%M%S)
jq --null-input --arg restore "$restore" --arg backup "$name" --arg namespace "$namespace" '{
  apiVersion: "velero.io/v1", kind: "Restore", metadata: {name: $restore, namespace: "velero", labels: {team: "outback-uptime"}},
  spec: {backupName: $backup, includedNamespaces: ["outback"], includedResources: ["configmaps"], namespaceMapping: {outback: $namespace}, includeClusterResources: false}}' |
  kubectl create --filename - >/dev/null
kubectl --namespace velero wait --for jsonpath='{.status.phase}'=Completed "restore/$restore" --timeout "${READY_TIMEOUT:-15m}" >/dev/null

# By name, the hash of what is in it. Only what nobody has changed since the backup began can be compared.
hashes() {
  jq --raw-output --arg started "$started" '.items[] | select(.metadata.name != "kube-root-ca.crt")
    | select([.metadata.managedFields[]?.time, .metadata.creationTimestamp] | map(select(. != null)) | max < $started)
    | "\(.metadata.name) \({data, binaryData} | tojson | @base64)"' | sort
}
kubectl --namespace outback get configmaps --output json --show-managed-fields | hashes >"$work/live"
started=9999 # what is restored is newer than its backup
kubectl --namespace "$namespace" get configmaps --selector "velero.io/restore-name=$restore" --output json --show-managed-fields | hashes >"$work/restored"
missing=$(comm -23 "$work/live" "$work/restored" | cut -d' ' -f1)
echo "cluster backup $name: $(wc -l <"$work/live") ConfigMaps of outback compared, $(wc -l <"$work/restored") restored"
if [ ! -s "$work/live" ]; then echo "nothing to compare: that proves nothing" >&2; differ=1; fi
if [ -n "$missing" ]; then echo "DIFFERENT: $missing" >&2; differ=1; fi

if [ "$differ" != 0 ]; then echo "restore test FAILED" >&2; exit 1; fi
echo "restore test passed"
