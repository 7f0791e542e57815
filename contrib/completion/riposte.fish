# SPDX-License-Identifier: GPL-3.0-or-later
# completion of riposte's command line in fish: riposte itself knows what can come

function __riposte_complete
    set -l words (commandline -opc)
    set -l word (string trim --left --chars '"\'' -- (commandline -ct))
    set -l lines ($words[1] complete -- $words[2..-1] $word 2>/dev/null)
    if test "$lines" = \tfile
        set -l before (string match -r -- '^--[a-z-]*=' $word; or echo)
        set -l files (__fish_complete_path (string replace -- "$before" '' $word))
        printf '%s\n' $before$files
    else
        printf '%s\n' $lines
    end
end

complete -c riposte -f -a '(__riposte_complete)'
