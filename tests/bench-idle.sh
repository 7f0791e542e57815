# SPDX-License-Identifier: GPL-3.0-or-later
# bench-idle.sh - what riposted and its children cost while nothing happens; see
# doc/BENCHMARKS.md
#
# usage: sh tests/bench-idle.sh BUILD [MINUTES [DOVECOT-CONFIGURATION [RIPOSTE-LINE ...]]]
#
# Three accounts over TLS, each the sample mail with its 7 folders, in IDLE on a Dovecot of
# its own; a session bus of its own without a notification service. From half a minute
# after the start on, of every process: wake-ups (what the kernel calls voluntary context
# switches, of all threads), processor time, and the memory at the end (PSS).
G_TEST_SRCDIR=$(cd "$(dirname "$0")" && pwd)
top_builddir=$(cd "${1:?}" && pwd) || exit 2
minutes=${2-10}
dovecot_configuration=${3-}
[ $# -gt 3 ] && shift 3 || shift $#
. "$G_TEST_SRCDIR/e2e.sh"
needs_dovecot

bus_pid='' daemon_pid=''
stop_all()
{
    [ -z "$daemon_pid" ] || kill "$daemon_pid"
    [ -z "$bus_pid" ] || kill "$bus_pid"
    wait "$daemon_pid" "$bus_pid"
    cleanup
}
trap stop_all EXIT

# "PID NAME WAKE-UPS TICKS" of riposted and each child
counts()
{
    for _pid in $daemon_pid $(cat "/proc/$daemon_pid/task/$daemon_pid/children"); do
        cat "/proc/$_pid"/task/*/status |
            awk -v pid="$_pid" -v name="$(cat "/proc/$_pid/comm")" \
                -v ticks="$(awk '{ print $14 + $15 }' "/proc/$_pid/stat")" \
                '/^voluntary_ctxt_switches/ { n += $2 } END { print pid, name, n, ticks }'
    done
}

pss()
{
    for _pid in $daemon_pid $(cat "/proc/$daemon_pid/task/$daemon_pid/children"); do
        awk -v pid="$_pid" '/^Pss:/ { print pid, $2 }' "/proc/$_pid/smaps_rollup"
    done
}

# Where they are by default, configuration and database have a folder of their own each.
config=$work/conf/config
mkdir "$work/conf" "$work/data"
db=$work/data/riposte.db
dovecot_make_certificates || exit 1
dovecot_prepare "$demo"
dovecot_start "$dovecot_configuration" || exit 1
{
    printf '[me]\naddresses=robin@vale.example\ntimezone=Europe/Berlin\n'
    for name in one two three; do
        printf '[account %s]\nhost=127.0.0.1\nport=%s\nuser=ada\nca_file=%s\n%s\n' \
            "$name" "$imaps_port" "$work/tls/ca.pem" 'password_command=echo secret'
    done
    printf '[sync]\n'
    for line; do
        echo "$line"
    done
} >"$config"
dbus-daemon --config-file="$tests/daemon-bus.conf" --nofork --print-address=3 \
    3>"$work/address" &
bus_pid=$!
while [ ! -s "$work/address" ]; do sleep 0.1; done
DBUS_SESSION_BUS_ADDRESS=$(cat "$work/address")
export DBUS_SESSION_BUS_ADDRESS
export RIPOSTE_LIBEXECDIR="$build"
"$build/riposted" --config "$config" --db "$db" 2>"$work/riposted.log" &
daemon_pid=$!
sleep 30

counts >"$work/before"
sleep $((minutes * 60))
counts >"$work/after"
pss >"$work/pss"
cat "$work/riposted.log" >&2
awk -v minutes="$minutes" -v hertz="$(getconf CLK_TCK)" '
FILENAME ~ /before$/ { wakes[$1] = $3; ticks[$1] = $4; next }
FILENAME ~ /after$/ { name[$1] = $2; wakes[$1] = $3 - wakes[$1]; ticks[$1] = $4 - ticks[$1]; next }
{
    w = wakes[$1] / minutes; s = ticks[$1] / hertz * 60 / minutes
    printf "%-16s %6.2f wake-ups/min %6.2f CPU s/h %6.1f MB\n", name[$1], w, s, $2 / 1024
    all_w += w; all_s += s; all += $2 / 1024
}
END { printf "%-16s %6.2f wake-ups/min %6.2f CPU s/h %6.1f MB\n", "together", all_w, all_s, all }
' "$work/before" "$work/after" "$work/pss"
