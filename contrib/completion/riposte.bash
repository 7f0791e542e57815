# SPDX-License-Identifier: GPL-3.0-or-later
# completion of riposte's command line in bash: riposte itself knows what can come
# shellcheck shell=bash

# _riposte_plain WORD: without its quotes, in $plain; what opens it, in $quote.
_riposte_plain() {
    local i c rest=$1
    plain='' quote=''
    for ((i = 0; i < ${#rest}; i++)); do
        c=${rest:i:1}
        if [[ $c == \\ && $quote != \' ]]; then
            i=$((i + 1))
            plain+=${rest:i:1}
        elif [[ $c == "$quote" ]]; then
            quote=''
        elif [[ -z $quote && $c == [\'\"] ]]; then
            quote=$c
        else
            plain+=$c
        fi
    done
}

# _riposte_quoted TEXT: as it is typed behind $quote, in $quoted. Names and addresses
# are a stranger's: the shell must not take them for anything else.
_riposte_quoted() {
    case $quote in
    "'") quoted=${1//\'/\'\\\'\'} ;;
    '"')
        quoted=${1//\\/\\\\}
        quoted=${quoted//\"/\\\"}
        quoted=${quoted//\$/\\\$}
        quoted=${quoted//\`/\\\`}
        ;;
    *) printf -v quoted %q "$1" ;;
    esac
}

_riposte() {
    local rest=${COMP_LINE:0:COMP_POINT} piece='' i plain quote quoted value about
    local words=() values=() abouts=()
    # bash parts words at = : @ too.
    for ((i = 0; i <= COMP_CWORD; i++)); do
        piece=${rest#"${rest%%[![:space:]]*}"}
        if ((i == 0)) || [[ $piece != "$rest" ]]; then
            words+=('')
        fi
        rest=$piece piece=${COMP_WORDS[i]}
        [[ $rest == "$piece"* ]] || piece=$rest
        rest=${rest#"$piece"}
        words[${#words[@]} - 1]+=$piece
    done
    for i in "${!words[@]}"; do
        _riposte_plain "${words[i]}"
        words[i]=$plain
    done
    while IFS=$'\t' read -r value about; do
        values+=("$value") abouts+=("$about")
    done < <("${1/#\~/$HOME}" complete -- "${words[@]:1}" 2>/dev/null | sed 's/^\t/.\t/')

    # What bash replaces is the last piece alone; nothing of a = or : itself.
    _riposte_plain "$piece"
    [[ $plain == *[=:] ]] && plain=''
    if [[ ${#values[@]} -eq 1 && ${values[0]} == . && ${abouts[0]} == file ]]; then
        compopt -o filenames 2>/dev/null
        mapfile -t COMPREPLY < <(compgen -f -- "$plain")
        return
    fi
    COMPREPLY=()
    for i in "${!values[@]}"; do
        value=${values[i]:${#words[-1]} - ${#plain}}
        [[ $quote == \" && $value == *!* ]] && continue # nothing quotes it there
        case ${#values[@]}:${COMP_TYPE:-9} in
        1:* | *:9 | *:37 | *:42)
            _riposte_quoted "$value"
            COMPREPLY+=("$quoted")
            ;;
        *) COMPREPLY+=("$value${abouts[i]:+  (${abouts[i]})}") ;; # it is only shown
        esac
    done
}

complete -o nosort -F _riposte riposte
