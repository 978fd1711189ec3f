#!/bin/sh
# SPDX-License-Identifier: MIT
# test-hops.sh PYTHON ORIGIN TEST: in a network namespace of its own, with a public address on its loopback device.
set -eu
public=198.41.0.4 # nothing leaves the namespace

if ! unshare -Urn true 2>/dev/null; then
  echo "no network namespaces here"
  exit 77
fi
# shellcheck disable=SC2016 # $1 and so on are the inner shell's
exec unshare -Urn sh -euc '
  public=$1; shift
  ip link set lo up
  ip address add "$public/32" dev lo
  exec "$1" "$2" run --address "$public" -- "$1" "$3"
' sh "$public" "$@"
