#!/usr/bin/env bash
# Writes an image's digest into an environment's overlays, and notes that it was scanned.
set -euo pipefail

usage() {
  cat <<'USAGE'
Usage: hack/bump-image.sh ENVIRONMENT IMAGE DIGEST        e.g. hack/bump-image.sh dev silo sha256:0123…

Sets the digest of outback-uptime/IMAGE (silo, edge-gateway) in every kustomization.yaml below k8s/overlays/ENVIRONMENT that
names it, and adds the digest to the list of scanned images that clusters admit
(k8s/platform/security/policies/constraints/scanned.yaml), with today's date. Release calls it after its scan has found
nothing; nobody else should.

  K8S                   another folder than k8s, for tests
  --help                this text
USAGE
}

cd "$(dirname "$0")"
# shellcheck source=hack/lib.sh
. ./lib.sh
cd ..

case "${1:-}" in --help | -h) usage && exit 0 ;; esac
[ $# = 3 ] || fail "expected ENVIRONMENT, IMAGE and DIGEST; --help says more" 2
environment=$1 image=$2 digest=$3 K8S=${K8S:-k8s}
case "$environment" in dev | prod) ;; *) fail "$environment: expected dev or prod" 2 ;; esac
case "$image" in silo | edge-gateway) ;; *) fail "$image: expected silo or edge-gateway" 2 ;; esac
[[ $digest =~ ^sha256:[0-9a-f]{64}$ ]] || fail "$digest: expected sha256: and 64 hexadecimal digits" 2
[[ $digest != sha256:0000000000000000000000000000000000000000000000000000000000000000 ]] || fail "zeros are no image" 2
scanned=$K8S/platform/security/policies/constraints/scanned.yaml
[ -f "$scanned" ] || fail "$scanned is missing" 2

# Only the `digest:` that belongs to this image's entry; everything else, comments too, stays as it is.
changed=0
while IFS= read -r file; do
  awk -v name="outback-uptime/$image" -v digest="$digest" '
    /^ *- name: / { ours = ($3 == name) }
    ours && /^ *digest: / { sub(/digest: .*/, "digest: " digest) }
    { print }' "$file" >"$file.new"
  if cmp -s "$file" "$file.new"; then rm "$file.new"; else mv "$file.new" "$file" && say "$file"; fi
  grep -qF "digest: $digest" "$file" || fail "$file names outback-uptime/$image but pins no digest" 1
  changed=$((changed + 1))
done < <(grep -rlE "^ *- name: outback-uptime/$image\$" "$K8S/overlays/$environment" --include kustomization.yaml | sort)
[ "$changed" -gt 0 ] || fail "no overlay of $environment names outback-uptime/$image" 1

if ! grep -qF "$digest" "$scanned"; then
  grep -qE '^    scanned:( \{\})?$' "$scanned" || fail "$scanned: expected a line 'scanned:' or 'scanned: {}'" 1
  awk -v entry="      \"$digest\": \"$(date -u +%Y-%m-%d)\" # $image" '
    /^    scanned:/ { print "    scanned:"; print entry; next }
    { print }' "$scanned" >"$scanned.new"
  mv "$scanned.new" "$scanned"
  say "$scanned"
fi
