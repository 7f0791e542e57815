# SPDX-License-Identifier: GPL-3.0-or-later
# daemon-lib.sh - sourced by tests/daemon-*.test: a private bus, processes, TAP
#
# The sourcing script runs once more inside dbus-run-session, with its own folder
# $work as HOME. What is waited for is awaited: at most 30 s, then the test fails.

set -u
n_tests=0
pids=

skip_all() {
    echo "1..0 # SKIP $1"
    exit 0
}

# need PROGRAM...: skip without one of them
need() {
    for program; do
        command -v "$program" >/dev/null 2>&1 || skip_all "$program is not installed"
    done
}

ok() { # STATUS NAME
    n_tests=$((n_tests + 1))
    if [ "$1" -eq 0 ]; then
        echo "ok $n_tests - $2"
    else
        echo "not ok $n_tests - $2"
        for log in "$work"/*.log; do
            [ -s "$log" ] && sed "s|^|# ${log##*/}: |" "$log"
        done
    fi
}

is() { # ACTUAL EXPECTED NAME
    if [ "$1" = "$2" ]; then
        ok 0 "$3"
    else
        echo "# got:      $1"
        echo "# expected: $2"
        ok 1 "$3"
    fi
}

# await COMMAND...: until it succeeds
await() {
    deadline=$(($(date +%s) + 90))
    until "$@" >/dev/null 2>&1; do
        [ "$(date +%s)" -lt "$deadline" ] || return 1
        sleep 0.05
    done
}

# at_noon: it is noon where riposted runs, as the quiet hours of no configuration are those
# of the night
at_noon() {
    hour=$(date -u +%H)
    TZ=NOON$((${hour#0} - 12))
    export TZ
}

# await_line FILE PATTERN [N]: until N lines match
await_line() {
    await sh -c '[ "$(grep -c -e "$2" "$1")" -ge "$3" ]' sh "$1" "$2" "${3:-1}"
}

# start NAME COMMAND...: in the background, output to NAME.log; its id in $pid
start() {
    name=$1
    shift
    "$@" >"$work/$name.log" 2>&1 3>&- &
    pid=$!
    pids="$pids $pid"
}

# stop PID: and wait for its end; the status is its own
stop() {
    kill "$1" 2>/dev/null
    wait "$1"
}

finish() {
    for each in $pids; do
        kill -9 "$each" 2>/dev/null
    done
    wait 2>/dev/null
    rm -rf "$work"
}

# The python that has dbusmock need not be the one that was configured.
find_mock() {
    for python in "${PYTHON3:-python3}" /usr/bin/python3; do
        if "$python" -c 'import dbusmock' 2>/dev/null; then
            return 0
        fi
    done
    skip_all "python3-dbusmock is not installed"
}

# start_mock CAPABILITIES: a notification service that only notes what it is told
start_mock() {
    start mock "$python" -u -m dbusmock --template notification_daemon \
        --parameters "{\"capabilities\": \"$1\"}"
    mock=$pid
    await gdbus call --session -d org.freedesktop.Notifications \
        -o /org/freedesktop/Notifications \
        -m org.freedesktop.Notifications.GetServerInformation
}

# emit SIGNAL TYPES VALUES: as the notification service
emit() {
    gdbus call --session -d org.freedesktop.Notifications \
        -o /org/freedesktop/Notifications \
        -m org.freedesktop.DBus.Mock.EmitSignal \
        org.freedesktop.Notifications "$1" "$2" "$3" >/dev/null
}

# Runs the script again on a private bus, in a folder of its own.
need dbus-run-session gdbus
if [ -z "${RIPOSTE_TEST_WORK:-}" ]; then
    RIPOSTE_TEST_WORK=$(mktemp -d "${TMPDIR:-/tmp}/riposte-XXXXXX")
    export RIPOSTE_TEST_WORK
    exec dbus-run-session --config-file="$top_srcdir/tests/daemon-bus.conf" -- \
        "${SHELL:-sh}" "$0"
fi
work=$RIPOSTE_TEST_WORK
trap finish EXIT
HOME=$work XDG_RUNTIME_DIR=$work NO_AT_BRIDGE=1
export HOME XDG_RUNTIME_DIR NO_AT_BRIDGE
unset DISPLAY WAYLAND_DISPLAY XDG_CONFIG_HOME XDG_DATA_HOME NOTIFY_SOCKET

# Nothing here is a unit of systemd's.
mkdir -p "$work/bin"
cat >"$work/bin/systemd-run" <<'END'
#!/bin/sh
[ ! -e "$HOME/no-units" ] || exit 1
echo "$*" >>"$HOME/systemd-run"
for argument; do
    shift
    [ "$argument" != -- ] || break
done
exec "$@"
END
chmod +x "$work/bin/systemd-run"
PATH=$work/bin:$PATH

# --- riposted with a source that follows $work/script ---

# write_config LINE...: with the lines added to its [notify]
write_config() {
    mkdir -p "$work/libexec"
    ln -sf "$top_builddir/tests/fake-source" "$work/libexec/riposte-fetch"
    ln -sf "$top_builddir/riposte-notify" "$work/libexec/riposte-notify"
    RIPOSTE_LIBEXECDIR=$work/libexec
    export RIPOSTE_LIBEXECDIR
    cat >"$work/config" <<END
[me]
addresses=me@x.example
timezone=UTC
[account work]
type=maildir
path=$work/script
[sync]
poll=1h
[notify]
quiet=00:00-00:00
open_command=$work/open %m
END
    for line; do
        echo "$line" >>"$work/config"
    done
    printf '#!/bin/sh\necho "$@" >>"%s/opened"\n' "$work" >"$work/open"
    chmod +x "$work/open"
}

# start_daemon [OPTION...]: its id in $daemon
start_daemon() {
    start daemon "$top_builddir/riposted" --config "$work/config" --db "$work/db" "$@"
    daemon=$pid
}

# await_name: until riposte can ask riposted
await_name() {
    await sh -c "gdbus call --session -d org.freedesktop.DBus \
        -o /org/freedesktop/DBus -m org.freedesktop.DBus.NameHasOwner \
        org.riposte.Daemon1 | grep -q true"
}

riposte() {
    "$top_builddir/riposte" --config "$work/config" --db "$work/db" "$@"
}

# The number of notices whose title matches.
count_notices() {
    grep -c "Notify \"riposte\" [0-9]* \"mail-unread\" \"$1" "$work/mock.log"
}

# await_notices PATTERN N: until that many have come
await_notices() {
    await_line "$work/mock.log" "Notify \"riposte\" [0-9]* \"mail-unread\" \"$1" "$2"
}

# The number the notification service gave to the last notice that matches.
id_of() {
    awk -v want="$1" '/ Notify "riposte" 0 / { n++; if (index($0, want)) id = n }
        END { print id }' "$work/mock.log"
}

# act TITLE ACTION: press a button
act() {
    emit ActionInvoked us "[<uint32 $(id_of "$1")>, <\"$2\">]"
}
