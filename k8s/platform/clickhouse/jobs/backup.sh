#!/usr/bin/env bash
# Backs this region's store up to the disk `backups`: the first of a week whole, as WEEK (2026-W48), the others what has changed since, as
# WEEK-TIME. Restored by its name alone (docs/runbooks/restore.md); the bucket's lifecycle removes the old.
set -euo pipefail
case "${1:-}" in --help | -h) sed -n '2,/^set/{/^#/s/^# \?//p}' "$0"; exit 0 ;; esac
# shellcheck source-path=SCRIPTDIR source=store.sh
. "$(dirname "$0")/store.sh"
: "${BACKUP_PASSWORD_FILE:?}"
SQL_SECONDS=${SQL_SECONDS:-18000}

backup() { sql backup "$BACKUP_PASSWORD_FILE"; }

week=$(date --utc +%G-W%V)
name=$week
if ! said=$(backup <<<"BACKUP DATABASE outback TO Disk('backups', '$name')" 2>&1); then
  if ! grep --quiet BACKUP_ALREADY_EXISTS <<<"$said"; then
    echo "$said" >&2
    exit 1
  fi

  name=$week-$(date --utc +%Y%m%dT%H%M%SZ)
  said=$(backup <<<"BACKUP DATABASE outback TO Disk('backups', '$name') SETTINGS base_backup = Disk('backups', '$week')")
fi

grep --quiet BACKUP_CREATED <<<"$said" || { echo "backup $name did not end as one: $said" >&2; exit 1; }
echo "backup $name"
