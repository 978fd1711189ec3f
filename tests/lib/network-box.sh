#!/bin/bash
# SPDX-License-Identifier: MIT
# A network of its own, for whole-program tests: nothing but a loopback device that has 127.0.0.0/8 and, so that there are many hosts at
# public addresses, all of 198.41.0.0/24. The command may take the device down and mount what it likes; nobody else sees it. Needs root or
# user namespaces.
#
#   network-box.sh COMMAND...   the command's exit status; 77, which Meson takes for skipped, where namespaces are not permitted
set -euo pipefail

options=(--net --mount --propagation private)
[ "$(id -u)" = 0 ] || options+=(--user --map-root-user)
if ! unshare "${options[@]}" true 2>/dev/null; then
  echo "network-box: this system permits no namespaces"
  exit 77
fi
# shellcheck disable=SC2016 # expanded inside
exec unshare "${options[@]}" bash -euc '
  ip link set lo up
  ip address add 198.41.0.1/24 dev lo
  exec "$@"
' network-box "$@"
