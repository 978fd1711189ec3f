#!/bin/bash
# SPDX-License-Identifier: MIT
# A real systemd as PID 1, in a throw-away container: this machine's own root, below a tmpfs that begins with the files of LAYER
# (what `meson install` made) and takes every write. Nothing outside changes. Needs root, systemd-container, dbus.
#
#   systemd-box.sh start BOX LAYER [NSPAWN-OPTION...]   boots to basic.target; BOX is a folder that does not exist yet
#   systemd-box.sh run BOX COMMAND...                   runs it there as a transient service; its exit status
#   systemd-box.sh stop BOX                             powers off
set -euo pipefail

BOOT_SECONDS=60
STOP_SECONDS=20

fail () {
  echo "systemd-box: $*" >&2
  exit 1
}

# Until COMMAND succeeds, for SECONDS at most.
await () {
  local deadline=$((SECONDS + $1))
  shift
  until "$@"; do
    [ "$SECONDS" -lt "$deadline" ] || return 1
    sleep 0.05
  done
}

# Runs in a mount namespace of its own; becomes nspawn.
become_container () {
  local box=$1 layer=$2
  shift 2
  # nspawn delegates from a pure cgroup v2 tree, which a host with the hybrid layout does not show.
  if [ ! -e /sys/fs/cgroup/cgroup.controllers ]; then
    umount --recursive /sys/fs/cgroup
    mount -t cgroup2 cgroup2 /sys/fs/cgroup
  fi
  mkdir "/sys/fs/cgroup/$(cat "$box/cgroup")"
  echo $BASHPID >"/sys/fs/cgroup/$(cat "$box/cgroup")/cgroup.procs"
  mount -t tmpfs -o mode=0755 tmpfs "$box/writes"
  mkdir "$box/writes/upper" "$box/writes/work"
  cp -a "$layer/." "$box/writes/upper/" # not a lower layer: it may lie within the root, and layers may not overlap
  mount -t overlay overlay -o "lowerdir=/,upperdir=$box/writes/upper,workdir=$box/writes/work" "$box/root"
  rm -f "$box/root/.dockerenv" # systemd would take itself for something else
  exec systemd-nspawn --quiet --boot --register=no --keep-unit --console=pipe --directory="$box/root" --machine=truced-box \
    --link-journal=no --resolv-conf=off --timezone=off --private-network --tmpfs=/tmp "$@" \
    systemd.unit=basic.target systemd.log_level=warning
}

# The box's PID 1: nspawn's child of that name.
find_leader () {
  local nspawn child
  nspawn=$(cat "$1/pid")
  for child in $(cat /proc/"$nspawn"/task/*/children 2>/dev/null); do
    if [ "$(cat "/proc/$child/comm" 2>/dev/null)" = systemd ] && [ -S "/proc/$child/root/run/systemd/private" ]; then
      echo "$child" >"$1/leader"
      return 0
    fi
  done
  return 1
}

is_gone () {
  ! kill -0 "$(cat "$1/pid")" 2>/dev/null
}

has_booted_or_died () {
  is_gone "$1" || find_leader "$1"
}

enter () {
  local box=$1
  shift
  nsenter --target "$(cat "$box/leader")" --mount --uts --ipc --net --pid --cgroup -- "$@"
}

start () {
  local box=$1 layer=$2
  shift 2
  [ "$(id -u)" = 0 ] || fail "only root can make one"
  mkdir -p "$box/root" "$box/writes"
  echo "truced-box-$$" >"$box/cgroup"
  setsid unshare --mount --propagation private "$BASH" "${BASH_SOURCE[0]}" become "$box" "$layer" "$@" \
    </dev/null >"$box/console" 2>&1 &
  echo $! >"$box/pid"
  await $BOOT_SECONDS has_booted_or_died "$box" || { stop "$box"; fail "not booted within $BOOT_SECONDS s"; }
  if is_gone "$box"; then
    cat "$box/console" >&2
    stop "$box"
    fail "systemd-nspawn ended; what it said is above"
  fi
  # "degraded" is as good as "running": units of the host that cannot run in a container are no business of the tests.
  enter "$box" systemctl is-system-running --wait >"$box/state" 2>&1 || true
}

run () {
  local box=$1
  shift
  # By the box's own PID 1, so that it runs with the box's privileges and not with the host's.
  enter "$box" systemd-run --quiet --collect --pipe --wait --service-type=exec -- "$@"
}

stop () {
  local box=$1 cgroups
  if ! is_gone "$box"; then
    kill -TERM "$(cat "$box/pid")"
    await $STOP_SECONDS is_gone "$box" || kill -KILL "$(cat "$box/pid")"
  fi
  cgroups=$(mktemp -d)
  if mount -t cgroup2 cgroup2 "$cgroups"; then
    find "$cgroups/$(cat "$box/cgroup")" -depth -type d -exec rmdir {} \; 2>/dev/null || true
    umount "$cgroups"
  fi
  rmdir "$cgroups"
  rm -rf "$box"
}

case ${1-} in
start | run | stop)
  [ $# -ge 2 ] || fail "which box?"
  "$@"
  ;;
become)
  shift
  become_container "$@"
  ;;
*) fail "usage: systemd-box.sh start|run|stop BOX ..." ;;
esac
