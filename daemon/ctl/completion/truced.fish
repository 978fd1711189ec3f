# SPDX-License-Identifier: MIT
# fish completion for truced

complete -c truced -f
complete -c truced -l config -r -F -d 'The configuration'
complete -c truced -l state -x -a '(__fish_complete_directories)' -d 'The state folder'
complete -c truced -l bus -x -a 'session system none' -d 'Where to be reached'
complete -c truced -l once -d 'Do all that is due, and exit'
complete -c truced -l check -d 'Print findings about the configuration, and exit'
complete -c truced -l log-level -x -a 'error warning notice info debug' -d 'How much to log'
complete -c truced -s v -l verbose -d 'As --log-level debug'
complete -c truced -s h -l help -d Help
complete -c truced -l version -d 'The version'
