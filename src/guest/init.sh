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
$B mount -t ext4 -o ro /dev/vda /system || fail 'the root image cannot be mounted'
$B mount -t ext4 /dev/vdb /system/work || fail 'the work disk cannot be mounted'
for folder in tmp run project var; do $B mount -t tmpfs "$folder" "/system/$folder"; done
$B mkdir -p /system/var/home /system/var/cache /system/var/state /system/var/log /system/var/lib /system/var/tmp /system/run/guest
$B chmod 1777 /system/tmp /system/var/tmp
$B cp -a /project/. /system/project/
$B cp -a /session/. /system/run/guest/
[ ! -d /compiled ] || $B cp -a /compiled /system/run/guest/
$B mkdir -p /dev/shm /dev/pts
for place in proc sys dev; do $B mount -o move "/$place" "/system/$place"; done
cd /system || fail 'the root image has no root'
exec $B switch_root /system /bin/busybox sh /run/guest/session.sh
