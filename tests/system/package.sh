#!/bin/bash
# SPDX-License-Identifier: MIT
# package.sh: builds the Debian packages of this checkout's last commit, has lintian look at them, and installs, upgrades and purges them on
# a booted systemd (package_inside.py). A few minutes: script/prove runs it. Needs root, debhelper, lintian.
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)

work=$(mktemp -d /tmp/truced-package.XXXXXX)
box=$work/box
booted=no
finish () {
  [ $booted = no ] || "$root/tests/lib/systemd-box.sh" stop "$box"
  rm -rf "$work"
}
trap finish EXIT

git clone -q "$root" "$work/truced"
(cd "$work/truced" && DEB_BUILD_OPTIONS=nocheck dpkg-buildpackage -us -uc -b >"$work/build.log" 2>&1) || { tail -30 "$work/build.log"; exit 1; }
lintian --fail-on error "$work"/truced_*.deb "$work"/truced-desktop_*.deb

mkdir "$work/layer" "$work/debs"
cp "$work"/truced_*.deb "$work"/truced-desktop_*.deb "$work/debs"
"$root/tests/lib/systemd-box.sh" start "$box" "$work/layer" "--bind-ro=$root/tests" "--bind-ro=$work/debs:/mnt"
booted=yes
"$root/tests/lib/systemd-box.sh" run "$box" /usr/bin/python3 -B "$root/tests/system/package_inside.py"
