#!/usr/bin/env bash
# Pages who is on call.
set -euo pipefail

usage() {
  cat <<'USAGE'
Usage: hack/page.sh SUMMARY LINK

Opens an incident at PagerDuty (Events API v2). The same summary pages once until it is resolved there.

  PAGERDUTY_ROUTING_KEY   the service's integration key (required)
  --help                  this text

Needs curl and jq.
USAGE
}

cd "$(dirname "$0")"
# shellcheck source=hack/lib.sh
. ./lib.sh

case "${1:-}" in --help | -h) usage && exit 0 ;; esac
[ $# = 2 ] || fail "expected SUMMARY and LINK; --help says more" 2
needs_value PAGERDUTY_ROUTING_KEY
need jq "apt-get install jq"
need curl "apt-get install curl"

# The key goes by standard input: a process list shows arguments.
jq -n --arg summary "$1" --arg link "$2" '{
  routing_key: env.PAGERDUTY_ROUTING_KEY, event_action: "trigger", dedup_key: "outback-uptime: \($summary)",
  payload: {summary: "Outback Uptime: \($summary)", source: "pipeline", severity: "critical"},
  links: [{href: $link, text: "the run"}]}' |
  curl -fsS --retry 5 --max-time 20 --header 'Content-Type: application/json' --data @- https://events.pagerduty.com/v2/enqueue
