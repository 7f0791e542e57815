#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# bench-latency.sh - from new mail on the server to riposte list; see doc/BENCHMARKS.md
#
# usage: sh tests/bench-latency.sh BUILD [MAILS]
G_TEST_SRCDIR=$(cd "$(dirname "$0")" && pwd)
top_builddir=$(cd "${1:?usage: bench-latency.sh BUILD [MAILS]}" && pwd) || exit 2
. "$G_TEST_SRCDIR/e2e.sh"
needs_dovecot

dovecot_prepare
mkdir -p "$dovecot_mail/.Sent/cur" "$dovecot_mail/.Sent/new" "$dovecot_mail/.Sent/tmp"
dovecot_start || exit 1
imap_config "$imap_port"
printf '[notify]\nenabled=false\n' >>"$config"
"$PYTHON3" "$tests/bench-latency.py" "$build" "$config" "$db" "$dovecot_mail" "$imap_port" \
    "${2-200}"
