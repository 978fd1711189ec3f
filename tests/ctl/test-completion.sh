#!/bin/bash
# SPDX-License-Identifier: MIT
# The bash completions offer every verb and every option that the help knows, and nothing else.
set -u
here=$(mktemp -d)
trap 'rm -rf "$here"' EXIT
export DBUS_SESSION_BUS_ADDRESS=unix:path=$here/none DBUS_SYSTEM_BUS_ADDRESS=unix:path=$here/none HOME=$here
mkdir "$here/bin"
ln -s "$TRUCECTL" "$here/bin/trucectl"
PATH=$here/bin:$PATH
failures=0

compopt () { :; } # exists only while the shell completes

# shellcheck source=/dev/null
for name in trucectl truced; do
  source "$SOURCE_ROOT/daemon/ctl/completion/$name.bash"
done

# offers WORD...: what the last word is completed to, sorted, a line each
offers ()
{
  COMP_WORDS=("$@") COMP_CWORD=$(($# - 1)) COMPREPLY=()
  "_$1"
  printf '%s\n' "${COMPREPLY[@]}" | sort -u
}

same ()
{
  if [[ $2 != "$3" ]]; then
    printf 'not ok: %s\n--- offered\n%s\n--- known\n%s\n' "$1" "$2" "$3"
    failures=$((failures + 1))
  fi
}

options_of () { "$@" --help | grep -oE -- '(^|[ [,])--[a-z][a-z-]+' | tr -d ' [,' | sort -u; }

verbs=$(trucectl --help | sed -n 's/^  \([a-z][a-z-]*\)  .*/\1/p' | sort)
same verbs "$(offers trucectl '')" "$verbs"
for verb in $verbs; do
  same "$verb" "$(offers trucectl "$verb" --)" "$(options_of trucectl "$verb")"
done
same truced "$(offers truced --)" "$(options_of "$TRUCED")"
same buses "$(offers trucectl --bus '')" $'session\nsystem'
same "ids without truced" "$(offers trucectl milestones '')" ""
same "sinks without truced" "$(offers trucectl test-alert --sink '')" $'desktop\njournal\nstdout\nsyslog'
same "the verb after an option's value" "$(offers trucectl --config alerts news --s)" "$(printf '%s\n' --since --state)"

exit $((failures > 0))
