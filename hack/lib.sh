# shellcheck shell=bash
# What the scripts beside it share; sourced, not run.

say() { printf '%s\n' "$*"; }

# fail MESSAGE [EXIT]: 1 what was asked for did not come about, 2 wrong use, 3 something must be put right by hand
fail() {
  printf '%s\n' "$1" >&2
  exit "${2:-1}"
}

# need COMMAND WHERE-FROM
need() { command -v "$1" >/dev/null || fail "$1 is missing: $2" 2; }

# needs_value NAME...: environment variables that must be set
needs_value() {
  local name
  for name in "$@"; do
    [ -n "${!name:-}" ] || fail "$name is not set; --help says what it is" 2
  done
}

# needs_number NAME...: environment variables that must be whole numbers
needs_number() {
  local name
  for name in "$@"; do
    [[ ${!name} =~ ^[0-9]{1,6}$ ]] || fail "$name is '${!name}'; expected a whole number" 2
  done
}

# run COMMAND...: runs it, or with DRY_RUN=1 says what it would run
run() {
  if [ "${DRY_RUN:-0}" = 1 ]; then
    printf 'would run:'
    printf ' %q' "$@"
    printf '\n'
  else
    "$@"
  fi
}

# pause: between two looks. In the background, so that Ctrl-C is acted on at once and not when the pause is over.
OUTBACK_POLL_SECONDS=${OUTBACK_POLL_SECONDS:-5}
pause() {
  sleep "$OUTBACK_POLL_SECONDS" >/dev/null 2>&1 &
  wait $! || true
}

# resolve NAME [SERVER]: the names and addresses it leads to, one a line, sorted
resolve() {
  local server=()
  [ -z "${2:-}" ] || server=("@$2")
  dig +short +time=2 +tries=1 "${server[@]}" "$1" A | sed 's/\.$//' | sort
}
