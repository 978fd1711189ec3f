# SPDX-License-Identifier: MIT
# bash completion for truced

_truced ()
{
  local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD - 1]}

  COMPREPLY=()
  case $prev in
    --config) mapfile -t COMPREPLY < <(compgen -f -- "$cur"); compopt -o filenames ;;
    --state) mapfile -t COMPREPLY < <(compgen -d -- "$cur"); compopt -o filenames ;;
    --bus) mapfile -t COMPREPLY < <(compgen -W 'session system none' -- "$cur") ;;
    --log-level) mapfile -t COMPREPLY < <(compgen -W 'error warning notice info debug' -- "$cur") ;;
    *)
      mapfile -t COMPREPLY < <(compgen -W '--config --state --bus --once --check --log-level --verbose --help --version' -- "$cur")
      ;;
  esac
}

complete -F _truced truced
