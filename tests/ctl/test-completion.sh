#!/bin/bash
# SPDX-License-Identifier: MIT
# The completions of bash, zsh and fish offer every verb and every option that the help knows, and nothing else; those of bash as they
# run, those of the others by what is written in them.
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

# --- zsh and fish ---

zsh=$SOURCE_ROOT/daemon/ctl/completion/_trucectl fish=$SOURCE_ROOT/daemon/ctl/completion/trucectl.fish
same "verbs in zsh" "$(sed -n "s/^    '\([a-z-]*\):.*'$/\1/p" "$zsh" | sort)" "$verbs"
same "verbs in fish" "$(sed -n 's/^complete -c trucectl -n __fish_use_subcommand -a \([a-z-]*\) -d .*/\1/p' "$fish" | sort)" "$verbs"

zsh_options ()
{
  {
    sed -n '/local -a common=/,/^  )/p' "$zsh"
    awk -v verb="$1" '/^    [a-z |-]+\)/ { on = 0; split($0, parts, ")"); gsub(/ /, "", parts[1])
                        n = split(parts[1], names, "|"); for (i = 1; i <= n; i++) if (names[i] == verb) on = 1 } on' "$zsh" | sed "s/_trucectl_ids [^']*//g"
  } | grep -oE -- "--[a-z][a-z-]+" | sort -u
}

fish_options ()
{
  {
    grep -E '^complete -c trucectl -[ls]' "$fish"
    grep -E "^complete -c trucectl -n '__fish_seen_subcommand_from ([a-z-]+ )*$1( [a-z-]+)*'" "$fish"
  } | grep -oE -- ' -l [a-z-]+' | sed 's/ -l /--/' | sort -u
}

for verb in $verbs; do
  same "$verb in zsh" "$(zsh_options "$verb")" "${known[$verb]}"
  same "$verb in fish" "$(fish_options "$verb")" "${known[$verb]}"
done

exit $((failures > 0))
