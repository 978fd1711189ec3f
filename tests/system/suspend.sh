#!/bin/bash
# SPDX-License-Identifier: MIT
# The machine sleeps, and its clock is set, for real: in a guest of qemu's, with Debian's kernel, an initramfs that has truced and busybox
# and nothing else, and no rights on this machine. Each date is told once and at once, whatever the clock has done. A minute.
#
#   suspend.sh BUILD   the build folder; script/prove runs it
set -euo pipefail
build=$(cd "$1" && pwd)

work=$(mktemp -d /tmp/truced-suspend.XXXXXX)
trap 'rm -rf "$work"' EXIT
root=$work/root

# The kernel is not installed: this machine is to go on with its own.
fetch_kernel () {
  local package
  package=$(apt-cache depends linux-image-cloud-amd64 | awk '/Depends: linux-image/ { print $2; exit }')
  (cd "$work" && apt-get download -qq "$package" 2>/dev/null && dpkg -x ./*.deb kernel)
}

make_root () {
  local library
  mkdir -p "$root"/{bin,dev,proc,sys,etc,tmp,state} "$root/usr/share/zoneinfo"
  cp "$(command -v busybox)" "$build/daemon/truced" "$root/bin/"
  cp /usr/share/zoneinfo/UTC "$root/usr/share/zoneinfo/"
  for library in $(ldd "$build/daemon/truced" | grep -o '/[^ ]*'); do
    mkdir -p "$root$(dirname "$library")"
    cp -L "$library" "$root$library"
  done
  cp "$(dirname "${BASH_SOURCE[0]}")/suspend-init.sh" "$root/init"
  (cd "$root" && find . | busybox cpio -o -H newc 2>/dev/null | gzip -1) >"$work/initramfs"
}

fail () {
  echo "suspend: $*" >&2
  cat "$work/console" >&2
  exit 1
}

# NAME is said COUNT times by all that was told.
expect () {
  [ "$(grep -c "\"milestone\":\"$1\"" "$work/console")" = "$2" ] || fail "$1 was not told $2 times"
}

fetch_kernel
make_root
timeout 300 qemu-system-x86_64 -M q35 -accel tcg -cpu max -m 512 -nodefaults -display none -serial stdio -monitor none -no-reboot \
  -kernel "$work"/kernel/boot/vmlinuz-* -initrd "$work/initramfs" -append "console=ttyS0 quiet panic=-1" </dev/null |
  tr -d '\r' >"$work/console"
grep '^#' "$work/console"
grep -q '^# done' "$work/console" || fail "the guest did not get to its end"
grep -Eq '^# slept (29|[3-9][0-9]) s' "$work/console" || fail "it did not sleep"
for name in before asleep1 asleep2 ahead after; do
  expect $name 1
done
expect never 0
grep -Eq '^# [0-9]{1,3} ms after it woke' "$work/console" || fail "what fell due while it slept was not told at once"
grep -Eq '^# [0-9]{1,3} ms after its clock was set' "$work/console" || fail "what a step ahead passed over was not told at once"
