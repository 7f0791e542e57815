#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# soak.sh - a year with riposted, a server, a network and a desktop that fail
#
# usage: sh tests/soak.sh BUILD [--restarts N] [--suspends N] [--desktops N]
#            [--passwords N] [--outages N] ...   (soak.py says the rest)
#
# Without options: 1,000, 200, 50, 20 and 6, in some 40 minutes. TAP, with figures
# before it as comments; see doc/BENCHMARKS.md. Needs Dovecot, libfaketime, dbusmock,
# and, for every other notification daemon, dunst and Xvfb.
G_TEST_SRCDIR=$(cd "$(dirname "$0")" && pwd)
top_builddir=$(cd "${1:?usage: soak.sh BUILD [OPTION...]}" && pwd) || exit 2
shift
if [ -z "${RIPOSTE_SOAK_BUS:-}" ]; then
    command -v dbus-run-session >/dev/null || { echo "1..0 # SKIP no dbus-run-session"; exit 0; }
    RIPOSTE_SOAK_BUS=1
    export RIPOSTE_SOAK_BUS
    exec dbus-run-session --config-file="$G_TEST_SRCDIR/daemon-bus.conf" -- \
        sh "$0" "$top_builddir" "$@"
fi
session=$DBUS_SESSION_BUS_ADDRESS
. "$G_TEST_SRCDIR/e2e.sh"
needs_dovecot
! grep -q __asan_init "$build/riposted" ||
    skip_all "libfaketime cannot be loaded before the sanitizers"
export DBUS_SESSION_BUS_ADDRESS="$session"

for python in "$PYTHON3" /usr/bin/python3 ''; do
    [ -n "$python" ] || skip_all "python3-dbusmock or python3-gi is not installed"
    "$python" -c 'import dbusmock, gi' 2>/dev/null && break
done

started=
finish_soak() {
    for each in $started; do
        kill "$each" 2>/dev/null
    done
    [ -z "${RIPOSTE_SOAK_KEEP:-}" ] || cp -R "$work" "$RIPOSTE_SOAK_KEEP"
    cleanup
}
trap finish_soak EXIT
RIPOSTE_LIBEXECDIR=$work/libexec
NO_AT_BRIDGE=1
PYTHONDONTWRITEBYTECODE=1
G_DEBUG=fatal-warnings
export RIPOSTE_LIBEXECDIR NO_AT_BRIDGE PYTHONDONTWRITEBYTECODE G_DEBUG
unset DISPLAY WAYLAND_DISPLAY

# A hole in the network is waited for 10 s, not a minute.
mkdir "$RIPOSTE_LIBEXECDIR"
ln -s "$build/riposte-notify" "$RIPOSTE_LIBEXECDIR/riposte-notify"
printf '#!/bin/sh\nRIPOSTE_FETCH_TIMEOUT_S=10\nexport RIPOSTE_FETCH_TIMEOUT_S\nexec %s\n' \
    "$build/riposte-fetch" >"$RIPOSTE_LIBEXECDIR/riposte-fetch"
chmod +x "$RIPOSTE_LIBEXECDIR/riposte-fetch"

# The system's bus, with logind on it.
dbus-daemon --config-file="$tests/daemon-bus.conf" --nofork --print-address \
    >"$work/system-bus" &
started="$started $!"
until [ -s "$work/system-bus" ]; do sleep 0.1; done
DBUS_SYSTEM_BUS_ADDRESS=$(cat "$work/system-bus")
export DBUS_SYSTEM_BUS_ADDRESS
"$python" -m dbusmock --system --template logind >/dev/null 2>&1 &
started="$started $!"
until gdbus introspect --address "$DBUS_SYSTEM_BUS_ADDRESS" -d org.freedesktop.login1 \
    -o /org/freedesktop/login1 >/dev/null 2>&1; do sleep 0.1; done

if command -v Xvfb >/dev/null && command -v dunst >/dev/null; then
    Xvfb -displayfd 3 -screen 0 800x600x24 -nolisten tcp 3>"$work/display" 2>/dev/null &
    started="$started $!"
    until [ -s "$work/display" ]; do sleep 0.1; done
    DISPLAY=:$(cat "$work/display")
    export DISPLAY
fi

# Ports below those that the system gives away stay the server's while it is down.
dovecot_find_ports()
{
    "$PYTHON3" -c '
import random, socket
held = []
while len(held) < 2:
    try:
        held.append(socket.create_server(("127.0.0.1", random.randrange(15000, 30000))))
    except OSError:
        pass
print(*[s.getsockname()[1] for s in held])'
}
dovecot_prepare
for folder in cur new tmp; do mkdir -p "$dovecot_mail/.Sent/$folder"; done
dovecot_start 'mail_max_userip_connections = 1000' || exit 1
dovecot_stop
{
    echo '#!/bin/sh'
    if [ "$(id -u)" = 0 ]; then
        printf 'exec setpriv --reuid nobody --regid %s --clear-groups ' "$(id -g nobody)"
    else
        printf 'exec '
    fi
    echo "$(command -v dovecot) -F -c $dovecot_root/conf >>$dovecot_log 2>&1"
} >"$work/server"
chmod 755 "$work/server"
dovecot_give_away
"$python" "$tests/soak.py" "$build" "$work" "$work/server" "$imap_port" "$@"
