#!/usr/bin/env bash
# Shifts DNS from one cloud to the other, step by step, and puts it back when the other one does not bear it.
set -euo pipefail

usage() {
  cat <<'USAGE'
Usage: hack/failover.sh FROM TO        FROM, TO: aws azure | azure aws

Shifts Traffic Manager's weights from one cloud's endpoint to the other's, step by step. After each step the target must stay
Online for HOLD_SECONDS; on a bad look too many, on an error, on Ctrl-C the weights are put back as they were.
At the end 1 of 1,000 stays with FROM: enough for Traffic Manager to go back by itself should TO fail.
Gateways need none of this: they know both regions and change by themselves. This is for whoever comes by DNS.

  RESOURCE_GROUP        of the Traffic Manager profile (required)
  PROFILE_NAME          the profile, routing method Weighted (required)
  DRY_RUN=1             look, check, say what would be done, change nothing
  AWS_ENDPOINT          name of AWS' endpoint in the profile (syd)
  AZURE_ENDPOINT        name of Azure's (mel)
  HEALTH_URL            also asked before and after each step; must answer 2xx (not asked)
  STEPS                 percent for TO, rising (25 50 75 100)
  HOLD_SECONDS          how long each step is watched (60: the profile's TTL)
  BAD_LOOKS             bad looks in a row that end it (2)
  DNS_SECONDS           how long after the last step DNS may take to name TO's target (180)
  OUTBACK_POLL_SECONDS  between two looks (5)
  --help                this text

Exit code: 0 shifted; 1 not shifted, weights as before; 2 wrong use; 3 the weights could not be put back: do it by hand;
130 Ctrl-C, weights as before.
Needs az (signed in), jq, dig, and curl for HEALTH_URL.
USAGE
}

cd "$(dirname "$0")"
# shellcheck source=hack/lib.sh
. ./lib.sh

case "${1:-}" in --help | -h) usage && exit 0 ;; esac
[ $# = 2 ] || fail "expected FROM and TO; --help says more" 2
case "$1 $2" in
  "aws azure") from=${AWS_ENDPOINT:-syd} to=${AZURE_ENDPOINT:-mel} ;;
  "azure aws") from=${AZURE_ENDPOINT:-mel} to=${AWS_ENDPOINT:-syd} ;;
  *) fail "$1 $2: expected aws azure, or azure aws" 2 ;;
esac
STEPS=${STEPS:-25 50 75 100} HOLD_SECONDS=${HOLD_SECONDS:-60} BAD_LOOKS=${BAD_LOOKS:-2} DNS_SECONDS=${DNS_SECONDS:-180}
needs_value RESOURCE_GROUP PROFILE_NAME
needs_number HOLD_SECONDS BAD_LOOKS DNS_SECONDS OUTBACK_POLL_SECONDS
[[ $STEPS =~ ^[0-9\ ]+$ ]] || fail "STEPS is '$STEPS'; expected percentages" 2
before=0
for percent in $STEPS; do
  if [ "$percent" -le "$before" ] || [ "$percent" -gt 100 ]; then fail "STEPS is '$STEPS'; expected rising percentages up to 100" 2; fi
  before=$percent
done
need az "https://learn.microsoft.com/cli/azure/install-azure-cli"
need jq "apt-get install jq"
need dig "apt-get install dnsutils"
need curl "apt-get install curl"

profile=(--resource-group "$RESOURCE_GROUP" --profile-name "$PROFILE_NAME")
declare -A endpoint # NAME/FIELD
look() {
  local listed name field value
  listed=$(az network traffic-manager endpoint list "${profile[@]}" --output json |
    jq -r '.[] | .name as $n | to_entries[] | select(.value | type == "string" or type == "number") | [$n, .key, .value] | @tsv') || return 1
  endpoint=()
  while IFS=$'\t' read -r name field value; do endpoint[$name/$field]=$value; done <<<"$listed"
}
weights() { printf '%s %s, %s %s' "$from" "${endpoint[$from/weight]}" "$to" "${endpoint[$to/weight]}"; }
set_weight() { # ENDPOINT WEIGHT
  local type=${endpoint[$1/type]} # Microsoft.Network/trafficManagerProfiles/externalEndpoints
  run az network traffic-manager endpoint update "${profile[@]}" --name "$1" --type "${type##*/}" --weight "$2" --output none
}
healthy() { # says why not
  if ! look; then why="Traffic Manager does not answer" && return 1; fi
  [ "${endpoint[$to/endpointStatus]:-}" = Enabled ] || { why="$to is disabled" && return 1; }
  why="$to is ${endpoint[$to/endpointMonitorStatus]:-}"
  [ "$why" = "$to is Online" ] || return 1
  if [ -n "${HEALTH_URL:-}" ]; then
    curl -fsS --max-time 5 --output /dev/null "$HEALTH_URL" || { why="$HEALTH_URL does not answer" && return 1; }
  fi
}

look || fail "Traffic Manager does not answer: az account show; are RESOURCE_GROUP and PROFILE_NAME right?"
for name in "$from" "$to"; do
  [ -n "${endpoint[$name/weight]:-}" ] || fail "the profile $PROFILE_NAME has no endpoint $name with a weight; it has: ${!endpoint[*]}" 2
done
from_weight=${endpoint[$from/weight]:-} to_weight=${endpoint[$to/weight]:-} from_status=${endpoint[$from/endpointMonitorStatus]:-}
say "now: $(weights); $from is $from_status, $to is ${endpoint[$to/endpointMonitorStatus]:-}"
healthy || fail "$why: nothing was changed"

shifting=false
put_back() {
  trap '' INT TERM # once is enough
  local try
  say "putting the weights back: $from $from_weight, $to $to_weight" >&2
  for try in 1 2 3 4 5; do
    if set_weight "$from" "$from_weight" && set_weight "$to" "$to_weight" && look &&
      [ "${endpoint[$from/weight]:-} ${endpoint[$to/weight]:-}" = "$from_weight $to_weight" ]; then
      say "the weights are as before" >&2
      return 0
    fi
    say "attempt $try failed" >&2
    pause
  done
  say "THE WEIGHTS ARE NOT AS BEFORE. By hand, for $from ($from_weight) and $to ($to_weight):" >&2
  say "  az network traffic-manager endpoint update ${profile[*]} --type TYPE --name NAME --weight WEIGHT" >&2
  return 1
}
leave() {
  local code=$1
  if $shifting; then put_back || code=3; fi
  exit "$code"
}
trap 'leave $?' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

for percent in $STEPS; do
  weight=$((percent * 10))
  [ "$weight" -lt 1000 ] || weight=999 # Traffic Manager's weights are 1 to 1,000
  say "step: $to $percent %"
  if [ "${DRY_RUN:-0}" = 1 ]; then
    set_weight "$to" "$weight"
    set_weight "$from" $((1000 - weight))
    continue
  fi
  shifting=true
  set_weight "$to" "$weight"
  set_weight "$from" $((1000 - weight))
  end=$((SECONDS + HOLD_SECONDS)) bad=0 looked=false
  until $looked && [ "$SECONDS" -ge "$end" ] && [ "$bad" = 0 ]; do
    if healthy; then bad=0; else
      bad=$((bad + 1))
      say "  $why ($bad of $BAD_LOOKS)"
      [ "$bad" -lt "$BAD_LOOKS" ] || fail "$to does not bear $percent %: $why"
      pause
      continue
    fi
    looked=true
    [ "${endpoint[$from/weight]:-} ${endpoint[$to/weight]:-}" = "$((1000 - weight)) $weight" ] ||
      fail "the weights are $(weights), not what was set: somebody else changes them (Terraform? another failover?)"
    status=${endpoint[$from/endpointMonitorStatus]:-}
    if [ "$status" != "$from_status" ]; then
      say "  $from was $from_status and is $status; the shift goes on (Ctrl-C puts it back)"
      from_status=$status
    fi
    [ "$SECONDS" -ge "$end" ] || pause
  done
done
[ "${DRY_RUN:-0}" != 1 ] || { say "dry run: nothing was changed" && exit 0; }

name=$(az network traffic-manager profile show --resource-group "$RESOURCE_GROUP" --name "$PROFILE_NAME" --query dnsConfig.fqdn --output tsv)
target=${endpoint[$to/target]:-} end=$((SECONDS + DNS_SECONDS))
until resolve "$name" | grep -qixF "$target"; do
  [ "$SECONDS" -lt "$end" ] || fail "after $DNS_SECONDS s DNS still does not lead $name to $target"
  pause
done
shifting=false
say "shifted: $(weights); $name leads to $target. Back: hack/failover.sh $2 $1"
