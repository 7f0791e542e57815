# SPDX-License-Identifier: GPL-3.0-or-later
# rules-command.sh - the export of a small mailbox, read in one of three ways
#
# usage: sh rules-command.sh maildir|imap|mbox
#
# In the environment: MAILDIR, a Maildir++ tree; OWNER, my addresses with commas
# between; AS_OF, an instant; POLICY, lines of the section of that name. The export
# goes to standard output. top_builddir is where riposte was built.

: "${G_TEST_SRCDIR:=$(dirname "$0")}" "${top_builddir:=$PWD}"
. "$G_TEST_SRCDIR/e2e.sh"

write_account()
{
    case $1 in
    maildir)
        printf 'type=maildir\npath=%s\n' "$MAILDIR"
        ;;
    mbox)
        "$PYTHON3" "$tests/maildir-to-mbox.py" "$MAILDIR" "$work/mbox" || return 1
        printf 'type=mbox\npath=%s\n' "$work/mbox"
        ;;
    imap)
        printf 'type=imap\nhost=127.0.0.1\nport=%s\nsecurity=none\nuser=ada\n' "$imap_port"
        printf 'password_command=echo secret\n'
        ;;
    *)
        return 1
        ;;
    esac
}

if [ "$1" = imap ]; then
    dovecot_prepare "$MAILDIR"
    dovecot_start >&2 || exit 1
fi
{
    printf '[me]\naddresses=%s\n[policy]\n%s\n[account mail]\n' \
        "$(echo "$OWNER" | tr , ';')" "$POLICY"
    write_account "$1" || exit 2
} >"$config"
riposte sync >"$work/sync.out" 2>&1 || {
    cat "$work/sync.out" >&2
    exit 1
}
"$build/riposte" --config "$config" --db "$db" --now "$AS_OF" export
