#!/usr/bin/env bash
# Makes what compose.yaml needs (certificates, passwords, tokens; once) in .outback/compose, and starts it.
set -euo pipefail

usage() {
  cat <<'USAGE'
Usage: hack/compose-up.sh [--only-secrets] [-- ARGUMENTS OF docker compose up]

Makes certificates, passwords and tokens in .outback/compose, unless they are there, then runs
`docker compose up --build --detach`. To begin anew: docker compose down --volumes && rm -r .outback/compose

  --only-secrets  make the files and stop
  --help          this text

Needs openssl; Docker with the compose plugin 2.24 or newer.
USAGE
}

cd "$(dirname "$0")/.."
out=.outback/compose
only=false
while [ $# -gt 0 ]; do
  case "$1" in
    --help | -h) usage && exit 0 ;;
    --only-secrets) only=true ;;
    --) shift && break ;;
    *) echo "$1: expected --only-secrets, -- or --help" >&2 && exit 2 ;;
  esac
  shift
done
command -v openssl >/dev/null || { echo "openssl is missing: apt-get install openssl" >&2 && exit 1; }

umask 022 # files are read by the containers' users; .outback/compose itself is yours alone

random() { openssl rand -hex 24; }

certificate() { # folder, common name, subject alternative name, extended key usage
  mkdir -p "$out/$1"
  openssl req -new -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -keyout "$out/$1/tls.key" -out "$out/$1/request" -subj "/CN=$2" 2>/dev/null
  openssl x509 -req -in "$out/$1/request" -CA "$out/ca/tls.crt" -CAkey "$out/ca/tls.key" -CAcreateserial -days 365 -out "$out/$1/tls.crt" \
    -extfile <(printf 'subjectAltName=%s\nextendedKeyUsage=%s\n' "$3" "$4") 2>/dev/null
  rm "$out/$1/request"
  cp "$out/ca/tls.crt" "$out/$1/ca.crt"
  chmod 0644 "$out/$1/tls.key"
}

hubs() { # hubs.json for the gateway (salted hashes), gateways.json for the simulator (passwords)
  mkdir -p "$out/hubs" "$out/simulator"
  local id secret salt hash kept="" known=""
  for id in bore-01 bore-02 bore-03; do
    secret=$(openssl rand -hex 16)
    salt=$(openssl rand -base64 16)
    hash=$({ base64 -d <<<"$salt" && printf %s "$secret"; } | openssl dgst -sha256 -binary | base64)
    kept+="${kept:+,}{\"id\":\"$id\",\"salt\":\"$salt\",\"sha256\":\"$hash\"}"
    known+="${known:+,}{\"id\":\"$id\",\"secret\":\"$secret\",\"boot\":$(date +%s)}"
  done
  echo "{\"hubs\":[$kept]}" >"$out/hubs/hubs.json"
  echo "[{\"station\":\"napperby\",\"host\":\"gateway\",\"port\":8883,\"caFile\":\"/etc/hubs/ca.crt\",\"hubs\":[$known]}]" >"$out/simulator/gateways.json"
  cp "$out/ca/tls.crt" "$out/simulator/ca.crt"
}

if [ ! -e "$out/done" ]; then
  rm -rf "$out" && mkdir -p "$out/ca" "$out/grafana"
  chmod 0700 "$out"
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -keyout "$out/ca/tls.key" -out "$out/ca/tls.crt" -days 365 \
    -subj "/CN=outback compose CA" -addext basicConstraints=critical,CA:true -addext keyUsage=critical,keyCertSign,cRLSign 2>/dev/null
  certificate silo silo DNS:silo-syd,DNS:silo-mel serverAuth
  certificate mqtt gateway DNS:gateway,DNS:localhost serverAuth
  certificate gateway napperby URI:spiffe://outback-uptime/station/napperby clientAuth
  hubs
  scrape=$(random) grafana_store=$(random)
  printf %s "$scrape" >"$out/scrape-token"
  printf %s "$grafana_store" >"$out/grafana/clickhouse-syd"
  printf %s "$grafana_store" >"$out/grafana/clickhouse-mel"
  printf 'SignIn__OperatorToken=%s\nSignIn__ViewerToken=%s\nSignIn__ScrapeToken=%s\n' "$(random)" "$(random)" "$scrape" >"$out/tokens.env"
  printf 'OUTBACK_STORE_PASSWORD=%s\nGRAFANA_STORE_PASSWORD=%s\nGRAFANA_PASSWORD=%s\n' "$(random)" "$grafana_store" "$(random)" >"$out/passwords.env"
  chmod 0600 "$out/tokens.env" "$out/passwords.env"
  touch "$out/done"
  echo "made certificates, passwords and tokens in $out"
fi
! $only || exit 0

docker compose version >/dev/null 2>&1 || { echo "docker with the compose plugin is missing" >&2 && exit 1; }
docker compose --env-file "$out/passwords.env" up --build --detach "$@"
echo "console http://127.0.0.1:9090 (sign in with SignIn__OperatorToken of $out/tokens.env)"
echo "Grafana http://127.0.0.1:3000 (admin, GRAFANA_PASSWORD of $out/passwords.env)"
