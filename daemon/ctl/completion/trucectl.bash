# SPDX-License-Identifier: MIT
# bash completion for trucectl

# The ids of a listing verb's records: the first key of each line; of those of alerts and moves as many digits as people
# are shown. Silent, and quick to give up, when there is no truced.
_trucectl_ids ()
{
  _trucectl_ask "$@" --json | sed -nE 's/^\{"id":"([^"]*)".*/\1/; s/^([0-9a-f]{8})[0-9a-f]{24}$/\1/; /^\{/!p'
}

# The sinks that alert-to names.
_trucectl_sinks ()
{
  _trucectl_ask status --json | sed -n 's/.*"sinks":\[\([^]]*\)\].*/\1/p' | tr -d '"' | tr , '\n'
}

_trucectl_ask ()
{
  local bus=() i
  for ((i = 1; i < COMP_CWORD; i++)); do
    [[ ${COMP_WORDS[i]} == --bus ]] && bus=(--bus "${COMP_WORDS[i + 1]}")
  done
  timeout 2 trucectl "${bus[@]}" "$@" 2> /dev/null
}

_trucectl ()
{
  local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD - 1]} verb="" i
  local verbs='status milestones news alerts feeds why ack snooze due met cancel moves accept reject silence undo refresh reload config test-alert report doctor check when match classify feed export import simulate'
  local common='--json --config --state --bus --help --version'
  local own=""

  COMPREPLY=()
  case $prev in
    --config | --items | --html) mapfile -t COMPREPLY < <(compgen -f -- "$cur"); compopt -o filenames; return ;;
    --state) mapfile -t COMPREPLY < <(compgen -d -- "$cur"); compopt -o filenames; return ;;
    --bus) mapfile -t COMPREPLY < <(compgen -W 'session system' -- "$cur"); return ;;
    --milestone) mapfile -t COMPREPLY < <(compgen -W "$(_trucectl_ids milestones)" -- "$cur"); return ;;
    --kind)
      mapfile -t COMPREPLY < <(compgen -W 'lead due window-open passed news move changed feed silent digest problem test' -- "$cur")
      return
      ;;
    --sink) mapfile -t COMPREPLY < <(compgen -W "$(_trucectl_sinks)" -- "$cur"); return ;;
    --because | --evidence | --until | --since | --now | --repeat | --except | --from | --to | --zone | --base | --content-type) return ;;
  esac

  for ((i = 1; i < COMP_CWORD; i++)); do
    case ${COMP_WORDS[i]} in
      --config | --state | --bus) ((i++)) ;;
      -*) ;;
      *) verb=${COMP_WORDS[i]}; break ;;
    esac
  done
  case $verb in
    news) own='--milestone --since' ;;
    alerts) own='--follow --unacknowledged --kind --milestone --since' ;;
    due) own='--because --evidence --dry-run' ;;
    met | cancel) own='--because --evidence' ;;
    moves) own='--milestone --all' ;;
    accept | reject) own='--because' ;;
    silence) own='--until' ;;
    undo) own='--list' ;;
    test-alert) own='--sink' ;;
    when) own='--now --zone --holidays --repeat --except' ;;
    match) own='--explain' ;;
    classify) own='--zone' ;;
    feed) own='--base --content-type' ;;
    import) own='--all' ;;
    report) own='--html --since' ;;
    simulate) own='--from --to --items' ;;
  esac

  if [[ $cur == -* ]]; then
    mapfile -t COMPREPLY < <(compgen -W "$own $common" -- "$cur")
    return
  fi
  case $verb in
    '') mapfile -t COMPREPLY < <(compgen -W "$verbs" -- "$cur") ;;
    milestones | due | met | cancel | silence | undo) mapfile -t COMPREPLY < <(compgen -W "$(_trucectl_ids milestones)" -- "$cur") ;;
    accept | reject) mapfile -t COMPREPLY < <(compgen -W "$(_trucectl_ids moves)" -- "$cur") ;;
    config) mapfile -t COMPREPLY < <(compgen -W show -- "$cur") ;;
    feeds | refresh) mapfile -t COMPREPLY < <(compgen -W "$(_trucectl_ids feeds)" -- "$cur") ;;
    ack | snooze) mapfile -t COMPREPLY < <(compgen -W "$(_trucectl_ids alerts --unacknowledged)" -- "$cur") ;;
    why) mapfile -t COMPREPLY < <(compgen -W "$(_trucectl_ids alerts)" -- "$cur") ;;
    export)
      mapfile -t COMPREPLY < <(compgen -W "$([[ $prev == export ]] && echo ics opml || _trucectl_ids milestones)" -- "$cur")
      ;;
    import)
      if [[ $prev == import ]]; then
        mapfile -t COMPREPLY < <(compgen -W 'ics opml' -- "$cur")
      else
        mapfile -t COMPREPLY < <(compgen -f -- "$cur")
        compopt -o filenames
      fi
      ;;
    check | classify | feed | match) mapfile -t COMPREPLY < <(compgen -f -- "$cur"); compopt -o filenames ;;
  esac
}

complete -F _trucectl trucectl
