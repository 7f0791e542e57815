#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes a Maildir++ tree as mbox files.

usage: maildir-to-mbox.py MAILDIR FOLDER

FOLDER gets a file a folder, INBOX among them. The From_ line has the seconds that
begin the file name, in UTC; the flags S, R and F go into Status and X-Status.
"""
import os
import re
import sys
import time

FROM = re.compile(rb"^(>*From )", re.MULTILINE)


def as_mbox(name, data):
    seconds = int(name.split(".")[0])
    flags = name.partition(":2,")[2]
    status = "".join(new for old, new in (("S", "R"), ("", "O")) if old in flags)
    x_status = "".join(new for old, new in (("R", "A"), ("F", "F"), ("T", "D"), ("D", "T")) if old in flags)
    head, gap, body = data.replace(b"\r\n", b"\n").partition(b"\n\n")
    added = "Status: %s\n" % status + ("X-Status: %s\n" % x_status if x_status else "")
    from_line = "From MAILER-DAEMON %s\n" % time.asctime(time.gmtime(seconds))
    text = added.encode() + head + b"\n\n" + FROM.sub(rb">\1", body)
    return from_line.encode() + text.rstrip(b"\n") + b"\n\n"


def mails_of(folder):
    for sub in ("cur", "new"):
        path = os.path.join(folder, sub)
        for name in os.listdir(path) if os.path.isdir(path) else []:
            with open(os.path.join(path, name), "rb") as file:
                yield name, file.read()


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    maildir, target = sys.argv[1:]
    os.makedirs(target, exist_ok=True)
    folders = [e.name for e in os.scandir(maildir) if e.name.startswith(".") and e.is_dir()]
    for folder in [""] + folders:
        mails = sorted(mails_of(os.path.join(maildir, folder)), key=lambda m: int(m[0].split(".")[0]))
        with open(os.path.join(target, folder[1:] or "INBOX"), "wb") as file:
            file.writelines(as_mbox(*mail) for mail in mails)
    return 0


if __name__ == "__main__":
    sys.exit(main())
