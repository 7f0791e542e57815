# SPDX-License-Identifier: GPL-3.0-or-later
# bench-sync.sh - measures a first sync of a large mailbox; see doc/BENCHMARKS.md
#
# usage: sh tests/bench-sync.sh MAILDIR BUILD [ROUNDS]
#
# MAILDIR as bench-mailbox.py makes it; if root, it is given to nobody, as whom
# Dovecot serves it. BUILD is where riposte was built.
G_TEST_SRCDIR=$(cd "$(dirname "$0")" && pwd)
mailbox=$(cd "${1:?}" && pwd) || exit 2
top_builddir=$(cd "${2:?}" && pwd) || exit 2
. "$G_TEST_SRCDIR/e2e.sh"
needs_dovecot

dovecot_make_certificates || exit 1
dovecot_prepare
[ "$(id -u)" != 0 ] || chown -R "nobody:$(id -g nobody)" "$mailbox"
dovecot_start "$(dovecot_mail_location "$mailbox")" || exit 1
"$PYTHON3" "$tests/bench-sync.py" "$imap_port" "$imaps_port" "$work/tls/ca.pem" \
    "$build/riposte" "$work" "${3-5}"
