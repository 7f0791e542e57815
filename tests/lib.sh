# SPDX-License-Identifier: GPL-3.0-or-later
# lib.sh - what the shell tests share: a home of their own, TAP, the sample mail
#
# A test sources it, calls its checks and ends with `finish`:
#   . "$top_srcdir/tests/lib.sh"
#   expect='one line'; actual=$(riposte list); check 'what is promised'
# Everything stands in $home, which is removed at the end.

set -u
umask 022 # doctor minds a configuration that the group may write
riposte=$top_builddir/riposte
home=$(mktemp -d "${TMPDIR:-/tmp}/riposte-test-XXXXXX") || exit 99
trap 'rm -rf "$home"' EXIT
trap 'exit 99' HUP INT TERM

HOME=$home
XDG_CONFIG_HOME=$home/.config
XDG_DATA_HOME=$home/.local/share
XDG_RUNTIME_DIR=$home/run
XDG_DATA_DIRS=$home/share # whatever opens mail on this machine
RIPOSTE_LIBEXECDIR=$top_builddir
LC_ALL=C.UTF-8
LANGUAGE=
TZ=UTC
COLUMNS=100
mkdir -m 700 "$XDG_RUNTIME_DIR"
unset DBUS_SESSION_BUS_ADDRESS DISPLAY WAYLAND_DISPLAY NO_COLOR RIPOSTE_DEMO_DIR
export HOME XDG_CONFIG_HOME XDG_DATA_HOME XDG_RUNTIME_DIR XDG_DATA_DIRS RIPOSTE_LIBEXECDIR
export LC_ALL LANGUAGE TZ COLUMNS

# The instant of which the sample mail's README tells.
now=2026-03-16T09:00:00Z
demo=$top_srcdir/tests/mail/demo/Maildir

n_tests=0

# passed WHAT, failed WHAT: a line of TAP.
passed() {
    n_tests=$((n_tests + 1))
    echo "ok $n_tests - $1"
}
failed() {
    n_tests=$((n_tests + 1))
    echo "not ok $n_tests - $1"
}

# check WHAT: $expect and $actual are the same.
check() {
    if [ "$expect" = "$actual" ]; then
        passed "$1"
        return
    fi
    failed "$1"
    printf '%s\n' "$expect" | sed 's/^/# expected: /'
    printf '%s\n' "$actual" | sed 's/^/# actual:   /'
}

# check_match WHAT: $actual holds $expect, a basic regular expression, in one line.
check_match() {
    if printf '%s\n' "$actual" | grep -q -e "$expect"; then
        passed "$1"
        return
    fi
    failed "$1"
    printf '%s\n' "$expect" | sed 's/^/# expected: /'
    printf '%s\n' "$actual" | sed 's/^/# actual:   /'
}

# run ARGUMENT...: riposte with the fixed clock; its exit status in $status, what it
# said on both outputs in $actual.
run() {
    actual=$("$riposte" --now "$now" "$@" 2>&1 </dev/null)
    status=$?
}

# check_status STATUS WHAT: that of the last run.
check_status() {
    if [ "$status" -eq "$1" ]; then
        passed "$2"
        return
    fi
    failed "$2"
    echo "# expected status $1, got $status"
    printf '%s\n' "$actual" | sed 's/^/# said: /'
}

# with_demo_config: Robin's configuration, reading the sample mail.
with_demo_config() {
    mkdir -p "$XDG_CONFIG_HOME/riposte"
    cat >"$XDG_CONFIG_HOME/riposte/config" <<EOF
[me]
addresses=robin@vale.example
name=Robin Vale
timezone=Europe/Berlin
[account demo]
type=maildir
path=$demo
EOF
}

# skip WHY: for a whole test, before the first check.
skip() {
    echo "1..0 # SKIP $1"
    exit 0
}

finish() {
    echo "1..$n_tests"
    exit 0
}
