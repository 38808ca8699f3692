#!/usr/bin/env bash
# New passwords for the users of this region's store, kept in Vault. From one rotation to the next two passwords of a user are good:
# the one that Vault had and the one that it gets. Whoever reads Vault at least once a rotation is never shut out, and a run that
# dies anywhere leaves Vault's password good. Users that aren't there are made.
set -euo pipefail
case "${1:-}" in --help | -h) sed -n '2,/^set/{/^#/s/^# \?//p}' "$0"; exit 0 ;; esac
# shellcheck source-path=SCRIPTDIR source=store.sh
. "$(dirname "$0")/store.sh"
: "${VAULT_ADDR:?}" "${VAULT_AUTH:?}" "${VAULT_ROLE:?}" "${VAULT_JWT_FILE:?}" "${VAULT_KEY:?path of the secret, e.g. outback/prod/clickhouse-syd}"
: "${ADMIN_PASSWORD_FILE:?}"

# What each may do. `silo` brings the schema up to date, so it may do anything to its own database and to nothing else.
grants() {
  case $1 in
    silo) echo 'ALL ON outback.*' ;;
    grafana) echo 'SELECT ON outback.*' ;;
    # And which backups there are (k8s/platform/velero/restore-test).
    ledger) echo 'SELECT ON outback.*, SELECT ON system.backup_log' ;;
    backup) echo 'SELECT, BACKUP ON outback.*' ;;
  esac
}

profile() { case $1 in grafana | ledger) echo readonly ;; *) echo default ;; esac; }

admin() { sql admin "$ADMIN_PASSWORD_FILE"; }

secret=$(vault GET "secret/data/$VAULT_KEY")
values=$(jq --compact-output --exit-status .data.data <<<"$secret")
version=$(jq --exit-status .data.metadata.version <<<"$secret")

for user in silo grafana ledger backup; do
  # 256 bits in hex: nothing in it needs quoting.
  new=$(od --address-radix=n --format=x1 --read-bytes=32 /dev/urandom | tr -d ' \n')
  old=$(jq --raw-output --arg user "$user" '.[$user] // ""' <<<"$values")
  if ! [[ $old =~ ^[0-9a-f]*$ ]]; then
    echo "the password of $user in Vault is none of this script's: nothing changed" >&2
    exit 1
  fi

  good="sha256_password BY '$new'"
  if [ -n "$old" ]; then good="sha256_password BY '$old', $good"; fi
  admin <<<"CREATE USER IF NOT EXISTS $user IDENTIFIED WITH sha256_password BY '$new'"
  admin <<<"ALTER USER $user IDENTIFIED WITH $good SETTINGS PROFILE '$(profile "$user")'"
  admin <<<"GRANT $(grants "$user") TO $user"
  values=$(jq --compact-output --arg user "$user" --rawfile new <(printf %s "$new") '.[$user] = $new' <<<"$values")
done

# Only if nobody wrote in between: else this run's passwords are forgotten and Vault's stay good.
jq --argjson version "$version" '{options: {cas: $version}, data: .}' <<<"$values" | vault POST "secret/data/$VAULT_KEY" >/dev/null

# As those who read Vault from now on will do.
jq --raw-output .silo <<<"$values" | tr -d '\n' >"${TMPDIR:-/tmp}/silo"
sql silo "${TMPDIR:-/tmp}/silo" <<<'SELECT 1' >/dev/null
rm -f "${TMPDIR:-/tmp}/silo"
echo "rotated: silo grafana ledger backup (version $version of $VAULT_KEY was before)"
