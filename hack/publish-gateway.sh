#!/usr/bin/env bash
# Publishes the gateway as a native program (NativeAOT) to artifacts/gateway/RID.
set -euo pipefail

usage() {
  cat <<'USAGE'
Usage: hack/publish-gateway.sh [linux-x64|linux-arm64]... [--check] [--image]

Publishes the edge gateway as a native program, for this machine's architecture unless told otherwise, to
artifacts/gateway/RID, and packs it as artifacts/gateway/outback-gateway-RID.tar.gz (program, SQLite, systemd unit).

  --check   also start each program: by itself, or by qemu-aarch64-static for another architecture
  --image   also make a container image archive, artifacts/gateway/outback-gateway-RID-image.tar.gz.
            Needs a registry for the base image (mcr); no Docker.
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

smoke() { # runs --dry-run without any configuration: it must say what is missing, in the gateway's own words
  local program=$1 runner=() said
  if [ "$2" != "$machine" ]; then
    need qemu-aarch64-static qemu-user-static
    runner=(qemu-aarch64-static -L /usr/aarch64-linux-gnu)
    export LD_LIBRARY_PATH=/usr/lib/aarch64-linux-gnu
  fi
  said=$("${runner[@]}" "$program" --dry-run 2>&1) || true
  grep -q 'Gateway:Station is missing' <<<"$said" || { echo "$program does not run:" >&2 && echo "$said" >&2 && exit 1; }
  echo "$program runs"
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
  dotnet publish "$project" -c Release -r "$rid" -p:PublishAot=true -p:DebugType=none -p:GenerateDocumentationFile=false \
    "${cross[@]}" -o "$out/$rid" -v q --nologo
  rm -f "$out/$rid"/*.dbg "$out/$rid"/*.xml "$out/$rid"/*.staticwebassets.endpoints.json
  tar -czf "$out/outback-gateway-$rid.tar.gz" -C "$out/$rid" . -C ../../../edge-gateway/deploy outback-gateway.service gateway.env
  ls -l "$out/$rid" "$out/outback-gateway-$rid.tar.gz"
  if $check; then (smoke "$out/$rid/OutbackUptime.EdgeGateway" "$rid"); fi
  if $image; then
    dotnet publish "$project" -c Release -r "$rid" -p:PublishAot=true "${cross[@]}" /t:PublishContainer \
      -p:ContainerArchiveOutputPath="$PWD/$out/outback-gateway-$rid-image.tar.gz" -v q --nologo
  fi
done
