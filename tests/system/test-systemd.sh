#!/bin/bash
# SPDX-License-Identifier: MIT
# The installed tree on a booted systemd: units, user, bus policy, activation, journal, watchdog. What is asserted is in inside.py.
set -euo pipefail

work=$(mktemp -d /tmp/truced-system.XXXXXX)
layer=$work/layer
box=$work/box
booted=no
finish () {
  [ $booted = no ] || "$SOURCE_ROOT/tests/lib/systemd-box.sh" stop "$box"
  rm -rf "$work"
}
trap finish EXIT

DESTDIR=$layer meson install -C "$BUILD_ROOT" --no-rebuild --quiet
chmod 755 "$layer"
# The bus reads its policy below /usr/share and /etc only: truced(8) says what to do with another prefix, and so it is done.
if [ ! -d "$layer/usr/share/dbus-1/system.d" ]; then
  mkdir -p "$layer/etc/dbus-1"
  cp -a "$(find "$layer" -type d -path '*/dbus-1/system.d')" "$layer/etc/dbus-1/"
fi
"$SOURCE_ROOT/tests/lib/systemd-box.sh" start "$box" "$layer" "--bind-ro=$SOURCE_ROOT/tests"
booted=yes
"$SOURCE_ROOT/tests/lib/systemd-box.sh" run "$box" /usr/bin/python3 -B "$SOURCE_ROOT/tests/system/inside.py"
