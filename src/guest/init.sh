#!/bin/busybox sh
# First program of the guest, in the initramfs: loads the modules, mounts the root image (read-only) with what must be
# writable on it, puts the project in its place and goes on there with session.sh.
B=/bin/busybox
say() { $B printf 'guest: %s\n' "$*"; }
fail() {
  say "cannot go on: $*"
  $B poweroff -f
}
$B mount -t proc proc /proc
$B mount -t sysfs sys /sys
$B mount -t devtmpfs dev /dev

while read -r module; do $B insmod "/modules/$module.ko" || say "module $module cannot be loaded"; done </modules/order

tries=0
until [ -b /dev/vda ] && [ -b /dev/vdb ]; do
  tries=$((tries + 1))
  [ "$tries" -lt 100 ] || fail 'it has no disks'
  $B sleep 0.05
done
$B mount -t ext4 -o ro /dev/vda /root || fail 'the root image cannot be mounted'
$B mount -t ext4 /dev/vdb /root/work || fail 'the work disk cannot be mounted'
for folder in tmp run home project var; do $B mount -t tmpfs "$folder" "/root/$folder"; done
$B mkdir -p /root/home/cache /root/home/state /root/var/log /root/var/lib /root/var/tmp /root/run/guest
$B chmod 1777 /root/tmp /root/var/tmp
$B cp -a /project/. /root/project/
$B cp -a /session/. /root/run/guest/
[ ! -d /compiled ] || $B cp -a /compiled /root/run/guest/
$B mkdir -p /dev/shm /dev/pts
for place in proc sys dev; do $B mount -o move "/$place" "/root/$place"; done
cd /root || fail 'the root image has no root'
exec $B switch_root /root /bin/busybox sh /run/guest/session.sh
