#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What other mail programs do to a mailbox meanwhile.

usage: imap-change.py PORT ACTION...

Each ACTION is one argument, words parted by |; a mail is named by its Message-ID:
  append|FOLDER|FILE|SECONDS    a mail comes, INTERNALDATE as given
  flag|FOLDER|ID|FLAGS          sets flags, as "+\\Answered" or "-\\Seen"
  expunge|FOLDER|ID             deletes a mail
  move|FOLDER|ID|FOLDER         moves it
  create|FOLDER   delete|FOLDER   rename|FOLDER|FOLDER      raw names, as on the wire
  list                          prints the raw names
"""
import imaplib
import sys
import time

imaplib.Commands["MOVE"] = ("SELECTED",)


def quote(name):
    return '"' + name.replace("\\", "\\\\").replace('"', '\\"') + '"'


def check(answer):
    if answer[0] != "OK":
        sys.exit("the server said: %s" % (answer,))
    return answer[1]


class Mailbox:
    def __init__(self, port):
        self.imap = imaplib.IMAP4("127.0.0.1", port)
        self.imap.login("ada", "secret")

    def find(self, folder, message_id):
        check(self.imap.select(quote(folder)))
        found = check(self.imap.uid("SEARCH", "HEADER", "Message-ID", quote("<%s>" % message_id)))
        if not found[0]:
            sys.exit("no mail <%s> in %s" % (message_id, folder))
        return found[0].split()[0].decode()

    def append(self, folder, path, seconds):
        with open(path, "rb") as file:
            data = file.read().replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
        when = imaplib.Time2Internaldate(time.gmtime(int(seconds))).replace("-0000", "+0000")
        check(self.imap.append(quote(folder), None, when, data))

    def flag(self, folder, message_id, flags):
        check(self.imap.uid("STORE", self.find(folder, message_id), flags[0] + "FLAGS", "(%s)" % flags[1:]))

    def expunge(self, folder, message_id):
        self.flag(folder, message_id, "+\\Deleted")
        check(self.imap.expunge())

    def move(self, folder, message_id, target):
        check(self.imap.uid("MOVE", self.find(folder, message_id), quote(target)))

    def create(self, folder):
        check(self.imap.create(quote(folder)))

    def delete(self, folder):
        check(self.imap.delete(quote(folder)))

    def rename(self, folder, other):
        check(self.imap.rename(quote(folder), quote(other)))

    def list(self):
        for line in check(self.imap.list()):
            print(line.decode())


def main():
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    mailbox = Mailbox(int(sys.argv[1]))
    for action in sys.argv[2:]:
        verb, *words = action.split("|")
        getattr(mailbox, verb)(*words)
    mailbox.imap.logout()
    return 0


if __name__ == "__main__":
    sys.exit(main())
