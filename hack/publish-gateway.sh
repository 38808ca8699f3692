#!/usr/bin/env bash
# Publishes the gateway as a native program (NativeAOT) to artifacts/gateway/RID.
set -euo pipefail

usage() {
  cat <<'USAGE'
Usage: hack/publish-gateway.sh [linux-x64|linux-arm64]... [--check] [--image]

Publishes the edge gateway as a native program, for this machine's architecture unless told otherwise, to
artifacts/gateway/RID, and packs it as artifacts/gateway/outback-gateway-RID.tar.gz (program, SQLite, systemd unit).

  --check   also run the program's --dry-run; for another architecture look at its ELF header
  --image   also make a container image archive, artifacts/gateway/outback-gateway-RID-image.tar.gz.
            Needs a registry for the base image; no Docker.
  --help    this text

Needs the .NET 10 SDK and, on Debian: apt-get install clang zlib1g-dev
For linux-arm64 from an x64 machine also:
  dpkg --add-architecture arm64 && apt-get update
  apt-get install gcc-aarch64-linux-gnu libc6-dev-arm64-cross lld llvm zlib1g-dev:arm64
USAGE
}

cd "$(dirname "$0")/.."
project=edge-gateway/OutbackUptime.EdgeGateway
out=artifacts/gateway
machine=linux-x64
[ "$(uname -m)" != aarch64 ] || machine=linux-arm64
rids=()
check=false
image=false
for argument in "$@"; do
  case "$argument" in
    --help | -h) usage && exit 0 ;;
    --check) check=true ;;
    --image) image=true ;;
    linux-x64 | linux-arm64) rids+=("$argument") ;;
    *) echo "$argument: expected linux-x64, linux-arm64, --check, --image or --help" >&2 && exit 2 ;;
  esac
done
[ "${#rids[@]}" -gt 0 ] || rids=("$machine")

need() { command -v "$1" >/dev/null || { echo "$1 is missing: apt-get install $2" >&2 && exit 1; }; }
need clang clang

smoke() { # without any configuration --dry-run must say what is missing, in the gateway's own words
  local said
  if [ "$2" != "$machine" ]; then
    readelf -h "$1" | grep -q AArch64 || { echo "$1 is no program for aarch64" >&2 && exit 1; }
    echo "$1 is an aarch64 program; it is not run here (.NET does not run under qemu-user)"
    return
  fi
  said=$("$1" --dry-run 2>&1) || true
  grep -q 'Gateway:Station is missing' <<<"$said" || { echo "$1 does not run:" >&2 && echo "$said" >&2 && exit 1; }
  echo "$1 runs"
}

for rid in "${rids[@]}"; do
  cross=()
  if [ "$rid" = linux-arm64 ] && [ "$machine" = linux-x64 ]; then
    need aarch64-linux-gnu-gcc "gcc-aarch64-linux-gnu libc6-dev-arm64-cross zlib1g-dev:arm64"
    need ld.lld lld
    need llvm-objcopy llvm
    cross=(-p:CppCompilerAndLinker=clang -p:LinkerFlavor=lld -p:ObjCopyName=llvm-objcopy)
  fi
  rm -rf "${out:?}/$rid"
  dotnet publish "$project" -c Release -r "$rid" -p:PublishAot=true -p:GenerateDocumentationFile=false \
    "${cross[@]}" -o "$out/$rid" -v q --nologo
  # For addr2line: the program's own stack traces have addresses only.
  mv "$out/$rid/OutbackUptime.EdgeGateway.dbg" "$out/outback-gateway-$rid.dbg"
  rm -f "$out/$rid"/*.pdb "$out/$rid"/*.xml "$out/$rid"/*.staticwebassets.endpoints.json
  tar -czf "$out/outback-gateway-$rid.tar.gz" -C "$out/$rid" . -C ../../../edge-gateway/deploy outback-gateway.service gateway.env
  ls -l "$out/$rid" "$out/outback-gateway-$rid.tar.gz"
  if $check; then smoke "$out/$rid/OutbackUptime.EdgeGateway" "$rid"; fi
  if $image; then
    dotnet publish "$project" -c Release -r "$rid" -p:PublishAot=true "${cross[@]}" /t:PublishContainer \
      -p:ContainerArchiveOutputPath="$PWD/$out/outback-gateway-$rid-image.tar.gz" -v q --nologo
  fi
done
