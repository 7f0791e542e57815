# SPDX-License-Identifier: GPL-3.0-or-later
"""fuzz-seeds - writes what servers say into a folder, for fuzz-guard

python3 fuzz-seeds.py FOLDER; top_builddir names a build with riposte-fetch.
"""
import importlib
import os
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import hostile  # noqa: E402
import hostile_server  # noqa: E402
dialects = importlib.import_module("imap-dialects")

MOST = 20000


TOLD = (b"* PREAUTH hi\r\n* CAPABILITY IMAP4rev1 NOTIFY\r\n1 OK\r\n* CAPABILITY IMAP4rev1 NOTIFY\r\n"
        b'2 OK\r\n* LIST () "/" INBOX\r\n3 OK\r\n* STATUS INBOX (MESSAGES 3 UIDNEXT 4 UIDVALIDITY 7)\r\n'
        b"4 OK\r\n* 3 EXISTS\r\n5 OK\r\n* STATUS {5}\r\nINBOX (UNSEEN 2)\r\n6 OK\r\n* STATUS x ()\r\n"
        b"* VANISHED 1:2\r\n* 2 FETCH (UID 2 FLAGS (a))\r\n* OK [NOTIFICATIONOVERFLOW] x\r\n"
        b'* LIST (\\NoAccess) "/" y\r\n* NO lost\r\n* STATUS INBOX (MESSAGES 4 HIGHESTMODSEQ 9)\r\n')


def main():
    folder = sys.argv[1]
    os.makedirs(folder, exist_ok=True)
    said = []
    send = hostile_server.Session.send
    hostile_server.Session.send = lambda s, data: (said.append(data), send(s, data))[1]
    cases = [(w, {"FETCH": a}, 9) for w, a in hostile.POISON]
    cases += [(c[0], c[1], 3) for c in
              dialects.DIALECTS + dialects.EXTENSIONS + hostile.HOSTILE]
    cases += [("namespaces", {"NAMESPACE": b'* NAMESPACE (("" "/")) (({2}\r\nu/ "/" "X" ("Y"))) NIL'
                                           b"\r\n" + hostile.DONE, "ID": b"* ID NIL\r\n" + hostile.DONE}, 3)]
    with open(os.path.join(folder, "told"), "wb") as file:
        file.write(bytes([16]) + TOLD)
    for i, (_, answers, n) in enumerate(cases):
        for choice, capabilities in ((0, b"IMAP4rev1"), (6, b"IMAP4rev1 CONDSTORE ENABLE "
                                                            b"QRESYNC ID NAMESPACE AUTH=PLAIN")):
            del said[:]
            server = hostile_server.Server(answers, hostile_server.mailbox(n), capabilities)
            hostile.run(server)
            server.stop()
            with open(os.path.join(folder, "%03d-%d" % (i, choice)), "wb") as file:
                file.write(bytes([choice]) + b"".join(said)[:MOST])


if __name__ == "__main__":
    main()
