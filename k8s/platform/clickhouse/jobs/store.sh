# shellcheck shell=bash
# Shared by the scripts beside it: how they speak to the store and to Vault. Passwords go by files and standard input, never by
# arguments.

: "${STORE:?URL of the store, e.g. http://clickhouse:8123}"

# sql USER PASSWORD_FILE: runs the statement on standard input. A failed statement fails the script.
sql() {
  local user=$1 password_file=$2
  curl --silent --show-error --fail-with-body --max-time "${SQL_SECONDS:-60}" \
    --header @<(printf 'X-ClickHouse-User: %s\nX-ClickHouse-Key: %s\n' "$user" "$(cat "$password_file")") \
    --data-binary @- "$STORE/"
}

# vault METHOD PATH: with what is on standard input as its body; signs in first as the pod's service account.
vault() {
  local method=$1 path=$2
  if [ -z "${vault_token:-}" ]; then
    vault_token=$(jq --null-input --arg role "$VAULT_ROLE" --rawfile jwt "$VAULT_JWT_FILE" '{role: $role, jwt: ($jwt | rtrimstr("\n"))}' |
      curl --silent --show-error --fail-with-body --max-time 30 --data-binary @- "$VAULT_ADDR/v1/auth/$VAULT_AUTH/login" |
      jq --raw-output --exit-status .auth.client_token)
  fi

  local body=()
  if [ "$method" != GET ]; then body=(--data-binary @-); fi
  curl --silent --show-error --fail-with-body --max-time 30 --request "$method" \
    --header @<(printf 'X-Vault-Token: %s\n' "$vault_token") "${body[@]}" "$VAULT_ADDR/v1/$path"
}
