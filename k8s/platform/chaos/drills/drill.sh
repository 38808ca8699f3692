#!/usr/bin/env bash
# Runs the drills of a folder one after another: starts a ChaosEngine, waits for its verdict (its probes read the ledger while it runs),
# then reads both stores until they hold the same packets of the drill's time, and what gateways lost in it. Stops at the first drill
# that fails, since a system that is hurt isn't hurt further, and ends with an error: its job fails, and somebody is paged.
#   drill.sh FOLDER [NAME...]     all, or those named (store-kill)
set -euo pipefail
case "${1:-}" in --help | -h | '') sed -n '2,/^set/{/^#/s/^# \?//p}' "$0"; exit 0 ;; esac
folder=$1
shift
: "${STORE:?URL of this region\'s store}" "${PEER_STORE:?URL of the other one}" "${PASSWORD_FILE:?}" "${PEER_PASSWORD_FILE:?of the user ledger}"
settle=${SETTLE_SECONDS:-900}
pause=${PAUSE_SECONDS:-10}

# ask URL PASSWORD_FILE SQL
ask() {
  curl --silent --show-error --fail-with-body --max-time 60 \
    --header @<(printf 'X-ClickHouse-User: ledger\nX-ClickHouse-Key: %s\n' "$(cat "$2")") --data-binary "$3" "$1/"
}

# What both stores must agree on: packets that gateways received in the drill's time.
compare() {
  local from=$1 to=$2 sql here there losses deadline=$((SECONDS + settle))
  sql="SELECT count(), groupBitXor(cityHash64(station, hub, boot, seq, payload_hash)) FROM outback.packets WHERE received_at >= toDateTime($from) AND received_at < toDateTime($to) FORMAT TSV"
  while :; do
    here=$(ask "$STORE" "$PASSWORD_FILE" "$sql") || here=unreachable
    there=$(ask "$PEER_STORE" "$PEER_PASSWORD_FILE" "$sql") || there=unreachable
    if [ "$here" = "$there" ] && [ "$here" != unreachable ]; then break; fi
    if [ "$SECONDS" -ge "$deadline" ]; then
      echo "the stores differ $settle s after the drill: here $here, there $there" >&2
      return 1
    fi
    sleep "$pause"
  done

  if [ "${here%%[!0-9]*}" = 0 ]; then echo "no packet in the drill's time: that proves nothing" >&2; return 1; fi
  losses=$(ask "$STORE" "$PASSWORD_FILE" "SELECT coalesce(sum(packets), 0) FROM outback.losses WHERE committed_at >= toDateTime($from) FORMAT TSV")
  if [ "$losses" != 0 ]; then echo "$losses packets are named as lost" >&2; return 1; fi
  echo "both stores hold the same ${here%%[!0-9]*} packets of it, none lost"
}

# Called where bash looks at its result, so no failure inside ends the script by itself: each is returned.
run() {
  local file=$1 engine from verdict said
  engine=$(kubectl create --dry-run=client --filename "$file" --output jsonpath='{.metadata.name}') || return 1
  kubectl --namespace chaos delete chaosengine "$engine" --ignore-not-found >/dev/null || return 1
  from=$(date --utc +%s)
  kubectl create --filename "$file" >/dev/null || return 1
  if ! kubectl --namespace chaos wait --for jsonpath='{.status.engineStatus}'=completed "chaosengine/$engine" --timeout "${DRILL_TIMEOUT:-20m}" >/dev/null; then
    # Stops the fault.
    kubectl --namespace chaos patch chaosengine "$engine" --type merge --patch '{"spec":{"engineState":"stop"}}' >/dev/null || true
    echo "$engine: not ended in ${DRILL_TIMEOUT:-20m}" >&2
    return 1
  fi

  verdict=$(kubectl --namespace chaos get chaosengine "$engine" --output json | jq --raw-output '[.status.experiments[]?.verdict] | unique | join(",")') || return 1
  kubectl --namespace chaos delete chaosengine "$engine" >/dev/null || return 1
  if [ "$verdict" != Pass ]; then echo "$engine: verdict ${verdict:-unknown}" >&2; return 1; fi
  said=$(compare "$from" "$(date --utc +%s)") || return 1
  echo "$engine: verdict Pass; $said"
}

for file in "$folder"/*.yaml; do
  name=$(basename "$file" .yaml)
  if [ $# -gt 0 ] && [[ " $* " != *" ${name#*-} "* ]]; then continue; fi
  run "$file" || { echo "drill $name FAILED" >&2; exit 1; }
done
echo "drills passed"
