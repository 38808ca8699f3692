/**
 * What runs on the Pi. The program is checked against the release's list of hashes, and against `sha256` where the stack pins one;
 * no script from the net is run. Data in /var/lib/rancher (and so the gateway's journal) is never touched.
 */
export function installScript(version: string, host: string, sha256?: string): string {
  return `set -eu
case "$(uname -m)" in
  aarch64) program=k3s-arm64 list=sha256sum-arm64.txt ;;
  x86_64) program=k3s list=sha256sum-amd64.txt ;;
  *) echo "K3s: no program for $(uname -m); a 64-bit system is needed" >&2; exit 1 ;;
esac
grep -qw memory /sys/fs/cgroup/cgroup.controllers || {
  echo "K3s: memory cgroups are off. Add 'cgroup_memory=1 cgroup_enable=memory' to the line in /boot/firmware/cmdline.txt and reboot." >&2
  exit 1
}
changed=false
if ! /usr/local/bin/k3s --version 2>/dev/null | grep -qF ' ${version} '; then
  work=$(mktemp -d)
  trap 'rm -rf "$work"' EXIT
  release=https://github.com/k3s-io/k3s/releases/download/${encodeURIComponent(version)}
  curl -fsSL --proto '=https' --proto-redir '=https' --retry 5 -o "$work/$program" "$release/$program"
  curl -fsSL --proto '=https' --proto-redir '=https' --retry 5 -o "$work/$list" "$release/$list"
  (cd "$work" && grep " $program\\$" "$list" | sha256sum -c -)
${sha256 === undefined ? "" : `  echo '${sha256}  '"$work/$program" | sha256sum -c -\n`}  sudo install -m 0755 "$work/$program" /usr/local/bin/k3s
  changed=true
fi
put() { # content on stdin, to a file that only root may read; notes whether it differs
  sudo install -d -m 0755 "$(dirname "$1")"
  sudo tee "$1.new" >/dev/null
  sudo chmod 0600 "$1.new"
  if sudo cmp -s "$1.new" "$1"; then sudo rm "$1.new"; else sudo mv "$1.new" "$1"; changed=true; fi
}
put /etc/rancher/k3s/config.yaml <<'CONFIG'
# One node, one workload: nothing that the gateway does not need. The load balancer stays: hubs come by it.
disable: [traefik, metrics-server]
secrets-encryption: true
protect-kernel-defaults: true
write-kubeconfig-mode: "0600"
tls-san: ["${host}"]
node-label: ["team=outback-uptime"]
kubelet-arg: ["image-gc-high-threshold=80", "image-gc-low-threshold=70"]
CONFIG
put /etc/sysctl.d/90-kubelet.conf <<'SYSCTL'
vm.panic_on_oom=0
vm.overcommit_memory=1
kernel.panic=10
kernel.panic_on_oops=1
SYSCTL
put /etc/systemd/system/k3s.service <<'UNIT'
[Unit]
Description=K3s
After=network-online.target
Wants=network-online.target

[Service]
Type=notify
ExecStartPre=-/sbin/modprobe br_netfilter
ExecStartPre=-/sbin/modprobe overlay
ExecStart=/usr/local/bin/k3s server
KillMode=process
Delegate=yes
LimitNOFILE=1048576
TasksMax=infinity
TimeoutStartSec=0
Restart=always
RestartSec=5s

[Install]
WantedBy=multi-user.target
UNIT
if $changed; then
  sudo sysctl -q --system
  sudo systemctl daemon-reload
  sudo systemctl enable -q k3s
  sudo systemctl restart k3s
fi
tries=60
until sudo /usr/local/bin/k3s kubectl wait node --all --for=condition=Ready --timeout=5s >/dev/null 2>&1; do
  tries=$((tries - 1))
  [ "$tries" -gt 0 ] || { echo "K3s: the node is not ready after 5 minutes: journalctl -u k3s" >&2; exit 1; }
  sleep 5
done
/usr/local/bin/k3s --version | head -n 1
`;
}

/** Stops K3s and leaves all data: the journal may hold packets that no region has yet. */
export const stopScript = "sudo systemctl disable --now k3s";
