#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Does the log of imap-proxy.py hold only commands that read, and no mail's body?

usage: check-wire.py LOG...

Prints each line that is none of the few allowed ones; exit status 1 if there are
any, or if there is no command at all.
"""
import re
import sys

UIDS = r"[0-9:,*]+"
NAME = r'("([^"\\]|\\.)*"|[^ "(){}*%\\]+|\{\d+\+?\})'
ITEM = r"(UID|FLAGS|MODSEQ|INTERNALDATE|RFC822\.SIZE|BODY\.PEEK\[HEADER\.FIELDS \([A-Za-z -]+\)\])"
MODIFIER = r"( \(CHANGEDSINCE \d+( VANISHED)?\))?"
EVENTS = r"\(MessageNew MessageExpunge FlagChange\)"
STATUS = r"\((MESSAGES|UIDNEXT|UIDVALIDITY|HIGHESTMODSEQ| )+\)"
ALLOWED = [
    r"CAPABILITY", r"NOOP", r"LOGOUT", r"STARTTLS", r"IDLE", r"CLOSE", r"UNSELECT", r"NAMESPACE",
    r"LOGIN .*", r"AUTHENTICATE [A-Z0-9-]+( [A-Za-z0-9+/=]+)?", r"ENABLE (QRESYNC|CONDSTORE| )+",
    r'ID \("name" "riposte" "version" "[0-9.]+"\)',
    r'LIST "" ("\*"|\*|""|"INBOX"|INBOX)( RETURN \((SPECIAL-USE|SUBSCRIBED|CHILDREN|STATUS %s| )+\))?' % STATUS,
    r"STATUS %s %s" % (NAME, STATUS),
    r"NOTIFY (NONE|SET \(selected %s\) \(personal %s\))" % (EVENTS, EVENTS),
    r"EXAMINE %s( \((CONDSTORE|QRESYNC \([^()]*(\([^()]*\))?\))\))?" % NAME,
    r"UID FETCH %s (\(%s( %s)*\)|%s)%s" % (UIDS, ITEM, ITEM, ITEM, MODIFIER),
    r"UID SEARCH( RETURN \([A-Z ]*\))? [A-Z0-9:*, -]+",
]
LINE = re.compile(r"\d+ (C (\S+ (%s)|DONE)|\+.*)" % "|".join(ALLOWED), re.IGNORECASE)


def main():
    n_lines, bad = 0, []
    for path in sys.argv[1:]:
        with open(path, encoding="utf-8", errors="replace") as log:
            for line in map(str.rstrip, log):
                n_lines += 1
                if not LINE.fullmatch(line):
                    bad.append(line)
    for line in bad:
        print(line)
    if not n_lines:
        print("no command in the log")
    return 1 if bad or not n_lines else 0


if __name__ == "__main__":
    sys.exit(main())
