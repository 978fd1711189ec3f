#!/bin/bash
# SPDX-License-Identifier: MIT
# The completions of bash, zsh and fish offer every verb and every option that the help knows, and nothing else.
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
declare -A known
for verb in $verbs; do
  known[$verb]=$(options_of trucectl "$verb")
  same "$verb" "$(offers trucectl "$verb" --)" "${known[$verb]}"
done
same truced "$(offers truced --)" "$(options_of "$TRUCED")"
same buses "$(offers trucectl --bus '')" $'session\nsystem'
same "ids without truced" "$(offers trucectl milestones '')" ""
same "sinks without truced" "$(offers trucectl test-alert --sink '')" ""
same "the verb after an option's value" "$(offers trucectl --config alerts news --s)" "$(printf '%s\n' --since --state)"

# --- ids, as a truced would list them ---

mkdir "$here/listing"
cat > "$here/listing/trucectl" << 'END'
#!/bin/sh
case "$*" in
  "moves --json") echo '{"id":"183df55f0123456789abcdef01234567","milestone":"truce","title":"The \"truce\""}' ;;
  "alerts --unacknowledged --json") echo '{"id":"f0e3171f0123456789abcdef01234567","title":"Soon"}' ;;
  "milestones --json") printf '{"id":"%s","title":"T"}\n' truce rent@2026-07-01 ;;
  "status --json") echo '{"feeds":1,"sinks":["desktop","ops"],"sinks_failing":[{"sink":"ops"}]}' ;;
  "--bus system status --json") echo '{"sinks":["journal"]}' ;;
esac
END
chmod +x "$here/listing/trucectl"
PATH=$here/listing:$PATH
same moves "$(offers trucectl accept '')" 183df55f
same alerts "$(offers trucectl ack '')" f0e3171f
same milestones "$(offers trucectl met '')" $'rent@2026-07-01\ntruce'
same sinks "$(offers trucectl test-alert --sink '')" $'desktop\nops'
same "sinks on a bus" "$(offers trucectl --bus system test-alert --sink '')" journal
PATH=$here/bin:${PATH#"$here/listing:$here/bin:"}

# --- zsh and fish, as they run: every line that is begun in `probes` at once ---

cd "$here" || exit 1
{
  printf '%s\n' 'trucectl ' 'truced --' 'trucectl --bus ' 'trucectl --config alerts ' 'trucectl --config alerts news --s' \
    'trucectl accept ' 'trucectl ack ' 'trucectl met ' 'trucectl test-alert --sink ' 'trucectl --bus system test-alert --sink '
  # shellcheck disable=SC2086 # words
  printf 'trucectl %s --\n' $verbs
} > probes
export PATH=$here/listing:$PATH COMPLETION=$SOURCE_ROOT/daemon/ctl/completion

cat > probe.fish << 'END'
for name in trucectl truced
    source $COMPLETION/$name.fish
end
while read line
    echo "== $line"
    complete -C "$line" | string split -f 1 \t
end < probes
END
fish --no-config probe.fish > offered.fish

# In a terminal of its own, where what would be shown goes through compadd.
cat > .zshrc << 'END'
fpath=($COMPLETION $fpath)
autoload -Uz compinit && compinit -u -D
compadd () {
  local -a hits
  if [[ " ${@[1,(i)(-|--)]} " != *" -"[OAD]" "* ]]; then # else it only fills arrays
    builtin compadd -O hits "$@"
    (( $#hits )) && print -rl -- $hits >> offered.zsh
  fi
  builtin compadd "$@"
}
zle-line-init () {
  local line
  while IFS= read -r line; do
    print -r -- "== $line" >> offered.zsh
    BUFFER=$line CURSOR=$#line
    zle list-choices
  done < probes
  exit
}
zle -N zle-line-init
END
zsh -f -c 'zmodload zsh/zpty && zpty shell "ZDOTDIR=. zsh -d -i" && while zpty -r shell _; do :; done'

for shell in zsh fish; do
  # offered LINE: what it is completed to, sorted
  offered () { awk -v line="== $1" '/^== / { on = $0 == line; next } on' "offered.$shell" | sort -u; }

  same "verbs in $shell" "$(offered 'trucectl ')" "$verbs"
  same "truced in $shell" "$(offered 'truced --')" "$(options_of "$TRUCED")"
  for verb in $verbs; do
    same "$verb in $shell" "$(offered "trucectl $verb --")" "${known[$verb]}"
  done
  same "buses in $shell" "$(offered 'trucectl --bus ')" $'session\nsystem'
  same "verbs after an option's value in $shell" "$(offered 'trucectl --config alerts ')" "$verbs"
  same "the verb after an option's value in $shell" "$(offered 'trucectl --config alerts news --s')" $'--since\n--state'
  same "moves in $shell" "$(offered 'trucectl accept ')" 183df55f
  same "alerts in $shell" "$(offered 'trucectl ack ')" f0e3171f
  same "milestones in $shell" "$(offered 'trucectl met ')" $'rent@2026-07-01\ntruce'
  same "sinks in $shell" "$(offered 'trucectl test-alert --sink ')" $'desktop\nops'
  same "sinks on a bus in $shell" "$(offered 'trucectl --bus system test-alert --sink ')" journal
done

exit $((failures > 0))
