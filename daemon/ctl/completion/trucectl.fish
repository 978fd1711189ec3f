# SPDX-License-Identifier: MIT
# fish completion for trucectl

# Silent, and quick to give up, when there is no truced; on the bus that the command line names.
function __trucectl_ask
    set -l bus (commandline -opc | string join ' ' | string match -rg -- '--bus[ =](\S+)')
    timeout 2 trucectl (test -n "$bus"; and printf '%s\n' --bus $bus) $argv --json 2>/dev/null
end

# The ids of a listing verb's records: the first key of each line; of those of alerts and moves as many digits as people
# are shown; each with its title, of a move with what it says of which milestone.
function __trucectl_ids
    for record in (__trucectl_ask $argv)
        set -l id (string match -rg '^\{"id":"([^"]*)"' $record | string replace -r '^([0-9a-f]{8})[0-9a-f]{24}$' '$1')
        set -l title (string match -rg '"title":"((?:[^"\\\\]|\\\\.)*)"' $record | string replace -a '\\"' '"')
        set -l says (string match -rg '"says":"((?:[^"\\\\]|\\\\.)*)"' $record)
        if test -n "$says"
            set title (string match -rg '"milestone":"([^"]*)"' $record): $says
        end
        printf '%s\t%s\n' $id "$title"
    end
end

# The sinks that alert-to names.
function __trucectl_sinks
    __trucectl_ask status | string match -rg '"sinks":\[([^]]*)\]' | string replace -a '"' '' | string split ,
end

# The verb, which is no option's value.
function __trucectl_verb
    set -l words (commandline -opc)[2..]
    while set -q words[1]
        switch $words[1]
            case --config --state --bus
                set -e words[1]
            case '-*'
            case '*'
                echo $words[1]
                return
        end
        set -e words[1]
    end
end

# Is it one of these? Without any: is there none yet?
function __trucectl_is
    set -l verb (__trucectl_verb)
    test -z "$verb" -a (count $argv) -eq 0; or contains -- "$verb" $argv
end

complete -c trucectl -f
complete -c trucectl -l json -d 'JSON, one object a line'
complete -c trucectl -l config -r -F -d 'The configuration'
complete -c trucectl -l state -x -a '(__fish_complete_directories)' -d 'The state folder of truced'
complete -c trucectl -l bus -x -a 'session system' -d 'Where truced is'
complete -c trucectl -s h -l help -d Help
complete -c trucectl -l version -d 'The version'

complete -c trucectl -n __trucectl_is -a status -d 'What is next, new, and wrong'
complete -c trucectl -n __trucectl_is -a milestones -d 'All deadlines, or one with its history'
complete -c trucectl -n __trucectl_is -a news -d 'Headlines that matched'
complete -c trucectl -n __trucectl_is -a alerts -d 'What has been told'
complete -c trucectl -n __trucectl_is -a feeds -d 'The feeds and how each fares'
complete -c trucectl -n __trucectl_is -a why -d 'Why an alert was raised'
complete -c trucectl -n __trucectl_is -a ack -d 'Acknowledge alerts'
complete -c trucectl -n __trucectl_is -a snooze -d 'Have an alert told again after a while'
complete -c trucectl -n __trucectl_is -a due -d 'Give a milestone another date'
complete -c trucectl -n __trucectl_is -a met -d 'A milestone has been met'
complete -c trucectl -n __trucectl_is -a cancel -d 'A milestone is off'
complete -c trucectl -n __trucectl_is -a moves -d 'What the news says of dates'
complete -c trucectl -n __trucectl_is -a accept -d 'What the news says holds'
complete -c trucectl -n __trucectl_is -a reject -d 'What the news says does not hold'
complete -c trucectl -n __trucectl_is -a silence -d 'Tell nothing of a milestone for a while'
complete -c trucectl -n __trucectl_is -a undo -d 'Take back the last of these'
complete -c trucectl -n __trucectl_is -a refresh -d 'Poll one feed, or all, now'
complete -c trucectl -n __trucectl_is -a reload -d 'Have truced read its configuration anew'
complete -c trucectl -n __trucectl_is -a config -d 'The configuration as amended'
complete -c trucectl -n __trucectl_is -a test-alert -d 'Raise an alert to see that it arrives'
complete -c trucectl -n __trucectl_is -a check -d 'All findings about a configuration'
complete -c trucectl -n __trucectl_is -a when -d 'What a date statement stands for'
complete -c trucectl -n __trucectl_is -a match -d 'Which items a query matches'
complete -c trucectl -n __trucectl_is -a classify -d 'Whether news says that a deadline moves'
complete -c trucectl -n __trucectl_is -a feed -d 'The items of a feed'
complete -c trucectl -n __trucectl_is -a export -d 'Milestones as a calendar, or feeds as a list'
complete -c trucectl -n __trucectl_is -a import -d 'A calendar or a list of feeds, to configure'
complete -c trucectl -n __trucectl_is -a report -d 'One page of all deadlines, their moves and their news'
complete -c trucectl -n '__trucectl_is report' -l html -r -F -d 'Where to write it'
complete -c trucectl -n '__trucectl_is report' -l since -x -d 'From then on'
complete -c trucectl -n __trucectl_is -a doctor -d 'Whether all is there that truced needs'
complete -c trucectl -n __trucectl_is -a simulate -d 'Every alert that would be raised in a time'

complete -c trucectl -n '__trucectl_is milestones due met cancel silence undo' -a '(__trucectl_ids milestones)'
complete -c trucectl -n '__trucectl_is accept reject' -a '(__trucectl_ids moves)'
complete -c trucectl -n '__trucectl_is config' -a show
complete -c trucectl -n '__trucectl_is feeds refresh' -a '(__trucectl_ids feeds)'
complete -c trucectl -n '__trucectl_is ack snooze' -a '(__trucectl_ids alerts --unacknowledged)'
complete -c trucectl -n '__trucectl_is why' -a '(__trucectl_ids alerts)'
complete -c trucectl -n '__trucectl_is export' -a 'ics opml (__trucectl_ids milestones)'
complete -c trucectl -n '__trucectl_is import' -F -a 'ics opml'
complete -c trucectl -n '__trucectl_is import' -l all -d 'Those that have passed too'
complete -c trucectl -n '__trucectl_is check match classify feed' -F
complete -c trucectl -n '__trucectl_is news alerts moves' -l milestone -x -a '(__trucectl_ids milestones)' -d 'Only of it'
complete -c trucectl -n '__trucectl_is news alerts' -l since -x -d 'From then on'
complete -c trucectl -n '__trucectl_is alerts' -s f -l follow -d 'Print alerts as they are raised'
complete -c trucectl -n '__trucectl_is alerts' -s u -l unacknowledged -d 'Only those that wait'
complete -c trucectl -n '__trucectl_is alerts' -l kind -x -a 'lead due window-open passed news move changed feed silent digest problem test' -d 'Only those of a kind'
complete -c trucectl -n '__trucectl_is due met cancel accept reject' -l because -x -d Why
complete -c trucectl -n '__trucectl_is due met cancel' -l evidence -x -d 'The document that says so'
complete -c trucectl -n '__trucectl_is moves' -l all -d 'Also those that were answered'
complete -c trucectl -n '__trucectl_is undo' -s l -l list -d 'Only show what can be taken back'
complete -c trucectl -n '__trucectl_is due' -s n -l dry-run -d 'Only show what would move'
complete -c trucectl -n '__trucectl_is silence' -l until -x -d 'Until when'
complete -c trucectl -n '__trucectl_is test-alert' -l sink -x -a '(__trucectl_sinks)' -d 'To this sink only'
complete -c trucectl -n '__trucectl_is when' -l now -x -d 'As if it were then'
complete -c trucectl -n '__trucectl_is when' -l zone -x -d 'Of statements that name none'
complete -c trucectl -n '__trucectl_is when' -l holidays -r -d 'What business days are counted on'
complete -c trucectl -n '__trucectl_is when' -l repeat -r -d 'The rule by which it repeats'
complete -c trucectl -n '__trucectl_is when' -l except -r -d 'Dates that are left out'
complete -c trucectl -n '__trucectl_is match' -l explain -d 'Print every item, and why it matches or not'
complete -c trucectl -n '__trucectl_is classify' -l zone -x -d 'Whose civil days the dates are'
complete -c trucectl -n '__trucectl_is feed' -l base -x -d 'What relative links resolve against'
complete -c trucectl -n '__trucectl_is feed' -l content-type -x -d 'As if it were sent with this type'
complete -c trucectl -n '__trucectl_is simulate' -l from -x -d Begin
complete -c trucectl -n '__trucectl_is simulate' -l to -x -d End
complete -c trucectl -n '__trucectl_is simulate' -l items -r -F -d 'News to bring'
