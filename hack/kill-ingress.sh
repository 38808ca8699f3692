#!/usr/bin/env bash
# A drill from outside: kills Sydney's ingress on AWS, watches until DNS and gateways are on Azure, restores, draws up the ledger.
set -euo pipefail

usage() {
  cat <<'USAGE'
Usage: hack/kill-ingress.sh [--yes]

Kills the ingress in front of Sydney's silos: its load balancer's Service gets a selector that no pod has, so that the load
balancer loses every target and cuts what is connected (AWS' NLB does so by default when its health checks fail). Then watches
  - DNS: INGEST_HOST must lead to PEER_HOST's addresses,
  - every gateway's /status: its region must be the peer,
then restores the ingress, waits until the gateways are home and their journals hold nothing that a region lacks, and prints
the seconds and the ledger. Whatever happens (an error, Ctrl-C, the ingress comes back by itself), the ingress is restored.
Asks before it kills; --yes does not.

  KUBE_CONTEXT          kubectl context of Sydney's cluster (required: no default, so that it is never another one by accident)
  INGEST_HOST           the name that fails over (required)
  PEER_HOST             Melbourne's own name (required)
  GATEWAYS              gateways' status pages, e.g. "http://gw1:9080/status http://gw2:9080/status" (required)
  DRY_RUN=1             look, check, say what would be done, change nothing
  INGRESS_NAMESPACE     namespace of the load balancer's Service (outback)
  INGRESS_SERVICE       its name; with a proxy in front of the silos the proxy's (silo-uplink)
  HOME_REGION           the region that is killed, as gateways name it (syd)
  PEER_REGION           the one that takes over (mel)
  DNS_SERVER            whom to ask for names (this machine's)
  RESOURCE_GROUP, PROFILE_NAME   also show what Traffic Manager thinks of its endpoints
  DNS_TARGET_SECONDS    slower is a failed drill (30)
  GATEWAY_TARGET_SECONDS   likewise (60: the load balancer's health checks, then two failed calls)
  GONE_SECONDS          from then on a ready target means that somebody put the ingress back (5)
  SHIFT_SECONDS         how long to wait for DNS and gateways before giving up (300)
  HOME_SECONDS          how long to wait for the way home (900)
  OUTBACK_POLL_SECONDS  between two looks (2)
  --help                this text

Exit code: 0 in time and the ledger is whole; 1 not; 2 wrong use; 3 the ingress could not be restored: do it by hand; 130 Ctrl-C.
Needs kubectl, curl, jq, dig; az for Traffic Manager.
USAGE
}

cd "$(dirname "$0")"
OUTBACK_POLL_SECONDS=${OUTBACK_POLL_SECONDS:-2}
# shellcheck source=hack/lib.sh
. ./lib.sh

sure=false
for argument in "$@"; do
  case "$argument" in
    --help | -h) usage && exit 0 ;;
    --yes) sure=true ;;
    *) fail "$argument: expected --yes or --help" 2 ;;
  esac
done
INGRESS_NAMESPACE=${INGRESS_NAMESPACE:-outback} INGRESS_SERVICE=${INGRESS_SERVICE:-silo-uplink}
HOME_REGION=${HOME_REGION:-syd} PEER_REGION=${PEER_REGION:-mel}
DNS_TARGET_SECONDS=${DNS_TARGET_SECONDS:-30} GATEWAY_TARGET_SECONDS=${GATEWAY_TARGET_SECONDS:-60}
GONE_SECONDS=${GONE_SECONDS:-5} SHIFT_SECONDS=${SHIFT_SECONDS:-300} HOME_SECONDS=${HOME_SECONDS:-900}
needs_value KUBE_CONTEXT INGEST_HOST PEER_HOST GATEWAYS
needs_number DNS_TARGET_SECONDS GATEWAY_TARGET_SECONDS GONE_SECONDS SHIFT_SECONDS HOME_SECONDS OUTBACK_POLL_SECONDS
need kubectl "https://kubernetes.io/docs/tasks/tools/"
need curl "apt-get install curl"
need jq "apt-get install jq"
need dig "apt-get install dnsutils"

kube() { kubectl --context "$KUBE_CONTEXT" --request-timeout 20s "$@"; }
targets() { # how many pods the load balancer can reach
  kube --namespace "$INGRESS_NAMESPACE" get endpointslices --selector "kubernetes.io/service-name=$INGRESS_SERVICE" --output json |
    jq '[.items[].endpoints[]? | select(.conditions.ready)] | length'
}
statuses() { # one line of JSON a gateway; fails when one does not answer
  local url
  # shellcheck disable=SC2153 # the setting, not what the drill counts below
  for url in $GATEWAYS; do curl -fsS --max-time 5 "$url" | jq -ce . || return 1; done
}
all_in() { jq -se --arg region "$1" 'all(.currentRegion == $region and .connected)' >/dev/null; }
# whole FIRST-STATUSES: what each gateway had journaled by then is committed in every region
whole() { jq -se --slurpfile by <(printf '%s\n' "$1") '[., $by] | transpose | all((.[1].nextOffset - 1) as $last | all(.[0].regions[]; .committedThrough >= $last))' >/dev/null; }
dns_at_peer() { # every address that the name leads to is one of the peer's
  local here peer
  here=$(resolve "$INGEST_HOST" "${DNS_SERVER:-}" | grep -E '^[0-9.]+$') || return 1
  peer=$(resolve "$PEER_HOST" "${DNS_SERVER:-}" | grep -E '^[0-9.]+$') || return 1
  [ -z "$(comm -23 <(printf '%s\n' "$here") <(printf '%s\n' "$peer"))" ]
}
traffic_manager() {
  [ -n "${RESOURCE_GROUP:-}" ] && [ -n "${PROFILE_NAME:-}" ] || return 0
  az network traffic-manager endpoint list --resource-group "$RESOURCE_GROUP" --profile-name "$PROFILE_NAME" \
    --query '[].[name, endpointMonitorStatus]' --output tsv | sed 's/^/         Traffic Manager: /' || true
}

# Only a sound system is broken on purpose.
service=$(kube --namespace "$INGRESS_NAMESPACE" get service "$INGRESS_SERVICE" --output json) ||
  fail "the cluster $KUBE_CONTEXT has no service $INGRESS_SERVICE in namespace $INGRESS_NAMESPACE, or does not answer"
[ "$(jq -r .spec.type <<<"$service")" = LoadBalancer ] || fail "the service $INGRESS_SERVICE is no load balancer's: name the one that clients enter by" 2
ready=$(targets)
[ "$ready" -gt 0 ] || fail "the service $INGRESS_SERVICE has no ready target: nothing to kill"
at_start=$(statuses) || fail "a gateway does not answer"
all_in "$HOME_REGION" <<<"$at_start" || fail "not every gateway is connected to $HOME_REGION: $(jq -r '"\(.station): \(.currentRegion)"' <<<"$at_start" | paste -sd ' ')"
jq -se --arg region "$PEER_REGION" 'all(.regions[$region].storeAvailable)' <<<"$at_start" >/dev/null || fail "a gateway finds $PEER_REGION's store unavailable: not now"
if dns_at_peer; then fail "$INGEST_HOST leads to $PEER_HOST already"; fi

# Flux would put the Service back in the middle of the drill: whoever owns it pauses.
owners=$(jq -r '.metadata.labels // {} |
  if ."helm.toolkit.fluxcd.io/name" then "helmrelease.helm.toolkit.fluxcd.io/\(."helm.toolkit.fluxcd.io/name") \(."helm.toolkit.fluxcd.io/namespace")" else empty end,
  if ."kustomize.toolkit.fluxcd.io/name" then "kustomization.kustomize.toolkit.fluxcd.io/\(."kustomize.toolkit.fluxcd.io/name") \(."kustomize.toolkit.fluxcd.io/namespace")" else empty end
  ' <<<"$service")
suspend() { # true|false
  local what where failed=0
  while read -r what where; do
    [ -n "$what" ] || continue
    run kube --namespace "$where" patch "$what" --type merge --patch "{\"spec\":{\"suspend\":$1}}" || failed=1
  done <<<"$owners"
  return "$failed"
}
select_also() { # '"ingress-killed"', or null for the selector as it was
  run kube --namespace "$INGRESS_NAMESPACE" patch service "$INGRESS_SERVICE" --type merge --patch "{\"spec\":{\"selector\":{\"outback-uptime/drill\":$1}}}"
}

say "ingress of $KUBE_CONTEXT: service $INGRESS_SERVICE in namespace $INGRESS_NAMESPACE, $ready targets"
say "gateways at $HOME_REGION: $(jq -r .station <<<"$at_start" | paste -sd ' ')"
if [ "${DRY_RUN:-0}" = 1 ]; then
  suspend true && select_also '"ingress-killed"'
  say "then wait for DNS and gateways, and:" && select_also null && suspend false
  say "dry run: nothing was changed" && exit 0
fi
if ! $sure; then
  read -r -p "Kill it? Type the context's name: " answer || answer=
  [ "$answer" = "$KUBE_CONTEXT" ] || fail "nothing was changed" 2
fi

killed=false
restore() {
  local try
  for try in 1 2 3 4 5; do
    if select_also null && suspend false; then
      killed=false
      say "$(at) the ingress is restored" && return 0
    fi
    say "attempt $try to restore the ingress failed" >&2
    pause
  done
  say "THE INGRESS OF $KUBE_CONTEXT IS NOT RESTORED. By hand: remove outback-uptime/drill from the selector of service" >&2
  say "$INGRESS_SERVICE in namespace $INGRESS_NAMESPACE, and set spec.suspend to false on: ${owners:-nothing}" >&2
  return 1
}
leave() {
  local code=$1
  trap '' INT TERM # once is enough
  if $killed; then restore || code=3; fi
  exit "$code"
}
at() { printf '%4d s' $((SECONDS - start)); }
trap 'leave $?' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

start=$SECONDS killed=true
suspend true
select_also '"ingress-killed"'
start=$SECONDS # from here on clients find nobody
say "$(at) the ingress is killed"

dns='' gateways=''
while [ -z "$dns" ] || [ -z "$gateways" ]; do
  now=$((SECONDS - start))
  if [ -z "$gateways" ] && status=$(statuses) && all_in "$PEER_REGION" <<<"$status"; then
    gateways=$now && say "$(at) every gateway is at $PEER_REGION"
  fi
  if [ -z "$dns" ] && dns_at_peer; then
    dns=$now && say "$(at) $INGEST_HOST leads to $PEER_HOST"
    traffic_manager
  fi
  [ -z "$dns" ] || [ -z "$gateways" ] || break
  if [ "$now" -ge "$GONE_SECONDS" ] && back=$(targets) && [ "$back" -gt 0 ]; then
    fail "$(at) the ingress has $back targets again, by itself (an owner that was not paused?): the drill shows nothing"
  fi
  if [ "$now" -ge "$SHIFT_SECONDS" ]; then
    traffic_manager
    fail "$(at) given up: DNS ${dns:-has not shifted}, gateways ${gateways:-have not moved}"
  fi
  pause
done

restore || exit 3
end=$((SECONDS + HOME_SECONDS)) mark=''
while true; do
  if status=$(statuses) && all_in "$HOME_REGION" <<<"$status" && ! dns_at_peer; then
    [ -n "$mark" ] || { mark=$status && say "$(at) every gateway is home, $INGEST_HOST leads home"; }
    if whole "$mark" <<<"$status"; then break; fi
  fi
  [ "$SECONDS" -lt "$end" ] || fail "$(at) after $HOME_SECONDS s not every gateway is home with nothing missing: docs/runbooks/watermark-lag.md"
  pause
done
say "$(at) both regions have all that was journaled until the way home"

# A gateway's receipts say what each region has committed: everything from the start until the way home is in both, or it is
# counted here as given up (by the overflow policy) or rejected. What the stores hold is another checker's to say (docs/delivery.md).
table=$(jq -rs --slurpfile first <(printf '%s\n' "$at_start") --slurpfile mark <(printf '%s\n' "$mark") '
  def given_up: [.givenUp[]] | add // 0;
  [., $first, $mark] | transpose[] | . as [$new, $old, $home] |
  [$new.station, $home.nextOffset - $old.nextOffset, ($new | given_up) - ($old | given_up), ($new.rejected | length) - ($old.rejected | length),
   (if $new.journalEpoch == $old.journalEpoch then "" else "NEW JOURNAL" end)] | @tsv' <<<"$status")
printf '%-16s %14s %9s %9s\n' station 'in both' 'given up' rejected
awk -F '\t' '{ printf "%-16s %14d %9d %9d %s\n", $1, $2, $3, $4, $5 }' <<<"$table"
if awk -F '\t' '$3 != 0 || $4 != 0 || $5 != "" { bad = 1 } END { exit bad }' <<<"$table"; then
  say "the ledger is whole"
else
  fail "FAIL: the ledger is not whole"
fi
[ "$gateways" -le "$GATEWAY_TARGET_SECONDS" ] || fail "FAIL: gateways took $gateways s, target $GATEWAY_TARGET_SECONDS s"
[ "$dns" -le "$DNS_TARGET_SECONDS" ] || fail "FAIL: DNS took $dns s, target $DNS_TARGET_SECONDS s"
say "PASS: DNS $dns s (target $DNS_TARGET_SECONDS s), gateways $gateways s (target $GATEWAY_TARGET_SECONDS s)"
