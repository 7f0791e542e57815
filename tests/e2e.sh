# SPDX-License-Identifier: GPL-3.0-or-later
# e2e.sh - whole runs of riposte against a real server; to be sourced
#
# TAP on standard output, a temporary folder $work with a home of its own, and what
# the end to end tests share. Everything started is stopped at exit, by its id.

set -u
tests=${G_TEST_SRCDIR:?run me by "make check"}
build=${top_builddir:?}
# The interpreter itself: it is called often, and a wrapper may stand before it.
PYTHON3=$("${PYTHON3:-python3}" -c 'import sys; print(sys.executable)') || exit 99
demo=$tests/mail/demo/Maildir
as_of=2026-03-16T09:00:00Z # of the demonstration mailbox

work=$(mktemp -d "${TMPDIR:-/tmp}/riposte-e2e.XXXXXX") || exit 99
config=$work/config
db=$work/riposte.db
export HOME="$work/home" XDG_RUNTIME_DIR="$work/run"
unset XDG_CONFIG_HOME XDG_DATA_HOME XDG_STATE_HOME XDG_CACHE_HOME DBUS_SESSION_BUS_ADDRESS
mkdir -m 700 "$HOME" "$XDG_RUNTIME_DIR"

. "$tests/dovecot.sh"

proxy_pid=
cleanup()
{
    proxy_stop
    dovecot_stop
    rm -rf "$work"
}
trap cleanup EXIT
trap 'exit 1' HUP INT TERM

# --- TAP ---

n_tests=0

# ok NAME, after the command whose status counts
ok()
{
    _status=$?
    n_tests=$((n_tests + 1))
    if [ "$_status" = 0 ]; then
        echo "ok $n_tests - $1"
    else
        echo "not ok $n_tests - $1"
    fi
    return "$_status"
}

tell()
{
    sed 's/^/# /' "$@"
}

# check NAME COMMAND ...: it succeeds; what it prints is told if it does not
check()
{
    _name=$1
    shift
    "$@" >"$work/check.out" 2>&1
    ok "$_name" || tell "$work/check.out"
}

# check_not NAME COMMAND ...: it fails
check_not()
{
    _name=$1
    shift
    ! "$@" >"$work/check.out" 2>&1
    ok "$_name" || tell "$work/check.out"
}

# expect NAME EXPECTED ACTUAL
expect()
{
    [ "$2" = "$3" ]
    ok "$1" || printf 'expected: %s\nactual:   %s\n' "$2" "$3" | tell
}

skip_all()
{
    echo "1..0 # SKIP $1"
    exit 0
}

finish()
{
    echo "1..$n_tests"
    exit 0
}

needs_dovecot()
{
    dovecot_is_there || skip_all "Dovecot 2.3 or 2.4 and openssl are not installed"
}

# --- riposte ---

# write_config SECTION-LINE ...: an account "mail" of Robin's with these lines
write_config()
{
    {
        printf '[me]\naddresses=robin@vale.example\ntimezone=Europe/Berlin\n[account mail]\n'
        printf '%s\n' "$@"
    } >"$config"
}

# imap_config PORT [LINE ...]: ada's mail, plain on loopback unless lines say otherwise
imap_config()
{
    _port=$1
    shift
    case " $* " in *" host="*) ;; *) set -- "host=127.0.0.1" "$@" ;; esac
    case " $* " in *" security="*) ;; *) set -- "security=none" "$@" ;; esac
    case " $* " in *" user="*) ;; *) set -- "user=ada" "$@" ;; esac
    case " $* " in
    *_command=*) ;;
    *) set -- "password_command=echo secret" "$@" ;;
    esac
    write_config "type=imap" "port=$_port" "$@"
}

riposte()
{
    "$build/riposte" --config "$config" --db "$db" "$@"
}

# Status, standard output and standard error of the last run stay in $work.
sync_mail()
{
    riposte sync >"$work/sync.out" 2>"$work/sync.err"
    sync_status=$?
    return "$sync_status"
}

# check_sync NAME: it succeeds
check_sync()
{
    sync_mail
    ok "$1" || tail -n 4 "$work/sync.out" "$work/sync.err" "${dovecot_log-/dev/null}" | tell
}

# check_refused NAME WORD [STATUS]: sync fails, names the account, and says WORD
check_refused()
{
    sync_mail
    expect "$1: exit status" "${3-1}" "$sync_status"
    grep -q "mail.*$2" "$work/sync.err"
    ok "$1: says why" || tell "$work/sync.err"
}

# export_to FILE [DATABASE]
export_to()
{
    "$build/riposte" --config "$config" --db "${2-$db}" --now "$as_of" export >"$1"
}

# check_same NAME EXPECTED GOT [OPTION]
check_same()
{
    check "$1" "$PYTHON3" "$tests/compare-exports.py" ${4-} "$2" "$3"
}

forget_all()
{
    rm -f "$db" "$db"-*
}

# n_messages: how many the database holds
n_messages()
{
    riposte --now "$as_of" export | grep -c '"type": *"message"'
}

# --- the proxy ---

# proxy_start OPTION ...: sets $proxy_port; its log is $work/wire
proxy_start()
{
    proxy_stop
    mkfifo "$work/proxy.port"
    "$PYTHON3" "$tests/imap-proxy.py" --log "$work/wire" "$@" 127.0.0.1 "$imap_port" \
        >"$work/proxy.port" &
    proxy_pid=$!
    read -r proxy_port <"$work/proxy.port"
    rm "$work/proxy.port"
}

proxy_stop()
{
    [ -n "$proxy_pid" ] || return 0
    kill "$proxy_pid" 2>/dev/null
    wait "$proxy_pid" 2>/dev/null
    proxy_pid=
}

change_mail()
{
    "$PYTHON3" "$tests/imap-change.py" "$imap_port" "$@"
}

# The log of the commands, without tags and connections.
wire_commands()
{
    sed -n 's/^[0-9]* C [^ ]* //p' "$work/wire"
}

# Names, sizes, times and contents of what Dovecot serves.
mail_listing()
{
    (cd "$dovecot_mail" && find . -type f -printf '%p %s %T@\n' | grep -v '/dovecot' | sort &&
        find . -type f -path '*/cur/*' -exec cat {} + | cksum)
}
