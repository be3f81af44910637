# Runs one command in the guest and hands its output to the host. `settings` holds the environment, `command` the command.
# Its stderr goes out at once, through the port `progress`; its stdout afterwards, through the port `result`, after a line
#   zc-guest 1 EXIT-CODE LENGTH SHA256
# What Node compiled meanwhile goes out through the port `compiled`, as an archive that the next guest's kernel unpacks:
# compiling it again would take this slow machine longer than everything else.
export PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
B=/bin/busybox
$B mount -t tmpfs shm /dev/shm
$B mount -t devpts pts /dev/pts
$B mount -t tracefs tracing /sys/kernel/tracing 2>/dev/null
$B mount -t debugfs debug /sys/kernel/debug 2>/dev/null
$B mount -t cgroup2 cgroup /sys/fs/cgroup 2>/dev/null
$B mount -t securityfs security /sys/kernel/security 2>/dev/null
$B ln -sf /proc/self/fd /dev/fd
$B ip link set lo up
$B hostname guest
# An emulated machine stands still now and then. TCP would take that for a lost segment and probe by sending one twice,
# which is then copied twice (ip-sysctl: tcp_early_retrans 0 turns the probe off).
echo 0 >/proc/sys/net/ipv4/tcp_early_retrans

port() {
  for entry in /sys/class/virtio-ports/*; do
    if [ "$($B cat "$entry/name")" = "$1" ]; then echo "/dev/${entry##*/}"; fi
  done
}
progress=$(port progress) result=$(port result) out=/run/guest/stdout

. /run/guest/settings
export NODE_COMPILE_CACHE=/run/guest/compiled
: >/run/guest/begun
cd /project || exit
$B printf 'guest: booted %s\n' "$($B cut -d' ' -f1 /proc/uptime)" >"$progress"
/bin/sh /run/guest/command >"$out" 2>"$progress" </dev/null
code=$?
{
  $B printf 'zc-guest 1 %s %s %s\n' "$code" "$($B wc -c <"$out")" "$($B sha256sum <"$out" | $B cut -c1-64)"
  $B cat "$out"
} >"$result"
cd /run/guest || exit
if [ -n "$($B find compiled -type f -newer begun 2>/dev/null | $B head -n 1)" ]; then
  $B find compiled | $B cpio -o -H newc 2>/dev/null >"$(port compiled)"
fi
$B poweroff -f
