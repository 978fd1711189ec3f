#!/bin/bash
# SPDX-License-Identifier: MIT
# A real journald of its own, without a systemd above it: in a mount and a process namespace whose /run, /var/log, /dev and journal
# catalog are private. What a command in it sends to the journal or to /dev/log is read back with journalctl. The machine's own journal and
# catalog are not touched. Needs root or user namespaces.
#
#   journal-box.sh CATALOG COMMAND...   with the messages of that catalog file installed; the command's exit status
set -euo pipefail

export BOX_CATALOG
BOX_CATALOG=$(realpath "$1")
shift

options=(--mount --pid --fork --mount-proc --kill-child=KILL --propagation private)
[ "$(id -u)" = 0 ] || options+=(--user --map-root-user)
if ! unshare "${options[@]}" true; then
  echo "journal-box: this system permits no namespaces, without which there is no private journal" >&2
  exit 1
fi

# shellcheck disable=SC2016 # expanded inside
exec unshare "${options[@]}" bash -c '
  set -euo pipefail
  mount -t tmpfs -o mode=0755 tmpfs /run
  mkdir -p /run/systemd/journal /run/systemd/system /run/log/journal /run/box/dev /run/box/catalogs
  mount -t tmpfs -o mode=0755 tmpfs /var/log

  printf "[Journal]\nStorage=volatile\nReadKMsg=no\nAudit=no\nRateLimitIntervalSec=0\nForwardToSyslog=no\n" \
    >/run/box/journald.conf
  mount --bind /run/box/journald.conf /etc/systemd/journald.conf

  # A /dev whose log is this journal'"'"'s.
  mount -t tmpfs -o mode=0755 tmpfs /run/box/dev
  for device in null zero full random urandom tty; do
    touch "/run/box/dev/$device"
    mount --bind "/dev/$device" "/run/box/dev/$device"
  done
  mkdir /run/box/dev/shm
  ln -s /proc/self/fd /run/box/dev/fd
  ln -s /run/systemd/journal/dev-log /run/box/dev/log
  mount --rbind /run/box/dev /dev

  # A catalog database with our messages beside systemd'"'"'s own.
  mount -t tmpfs -o mode=0755 tmpfs /var/lib/systemd
  mkdir -p /var/lib/systemd/catalog
  cp /usr/lib/systemd/catalog/* /run/box/catalogs/
  cp "$BOX_CATALOG" /run/box/catalogs/
  mount --bind /run/box/catalogs /usr/lib/systemd/catalog
  journalctl --update-catalog

  /lib/systemd/systemd-journald &
  for _ in $(seq 500); do
    [ -S /run/systemd/journal/dev-log ] && [ -S /run/systemd/journal/socket ] &&
      [ -S /run/systemd/journal/io.systemd.journal ] && break
    sleep 0.02
  done
  export BOX_JOURNALD=$!
  "$@"
' journal-box "$@"
