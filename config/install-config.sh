#!/bin/sh
# SPDX-License-Identifier: MIT
# install-config.sh FILE FOLDER: puts FILE into FOLDER below $DESTDIR unless one of that name is there already.
set -eu

file=$1
folder=${DESTDIR:-}$2
target=$folder/$(basename "$file")

if [ -e "$target" ]; then
  echo "$target is there already: left as it is"
else
  install -d -m 755 "$folder"
  install -m 644 "$file" "$target"
fi
