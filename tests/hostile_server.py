# SPDX-License-Identifier: GPL-3.0-or-later
"""hostile_server - an IMAP server on loopback that says what a case tells it to

By itself it is a small, well-behaved server of the mailbox {folder: {uid: header}}.
A case replaces the answer to a verb ("FETCH", or "" for the greeting) by bytes or by
a function of (Session, tag, rest of the command) that returns bytes, or None to hang
up. %t in the bytes is the tag. Every command line is kept in Server.log.
"""
import re
import socket
import threading

HEADER = b"Message-ID: <%d@x>\r\nFrom: A <a@example.org>\r\nSubject: s%d\r\n\r\n"
FIELDS = b"BODY[HEADER.FIELDS (DATE FROM)]"
CAPABILITIES = b"IMAP4rev1 AUTH=PLAIN"


def mailbox(n=3):
    return {b"INBOX": {uid: HEADER % (uid, uid) for uid in range(1, n + 1)}}


def item(seq, uid, header, flags=b"\\Seen"):
    return (b'* %d FETCH (UID %d FLAGS (%s) INTERNALDATE " 1-Jan-2024 00:00:00 +0000" '
            b"RFC822.SIZE 100 %s {%d}\r\n%s)\r\n"
            % (seq, uid, flags, FIELDS, len(header), header))


def in_set(text, uid, last):
    for part in text.split(b","):
        a, _, b = part.partition(b":")
        a, b = [last if x == b"*" else int(x) for x in (a, b or a)]
        if min(a, b) <= uid <= max(a, b):
            return True
    return False


class Session:
    def __init__(self, server, sock):
        self.server, self.sock, self.folder = server, sock, {}
        self.file = sock.makefile("rb")

    def send(self, data):
        self.sock.sendall(data)

    def run(self):
        self.answer("", b"", b"")
        while True:
            line = self.file.readline()
            if not line:
                return
            self.server.log.append(line.rstrip(b"\r\n"))
            tag, _, rest = line.rstrip(b"\r\n").partition(b" ")
            verb, _, rest = rest.partition(b" ")
            if verb == b"UID":
                verb, _, rest = rest.partition(b" ")
            self.answer(verb.decode("latin-1").upper(), tag, rest)

    def answer(self, verb, tag, rest):
        reply = self.server.answers.get(verb)
        if reply is None:
            reply = getattr(self, "on_" + verb.lower(), lambda t, r: b"%t BAD unknown\r\n")(
                tag, rest)
        elif callable(reply):
            reply = reply(self, tag, rest)
        if reply is None:
            raise ConnectionError
        self.send(reply.replace(b"%t", tag))

    def on_(self, tag, rest):
        return b"* OK ready\r\n"

    def on_capability(self, tag, rest):
        return b"* CAPABILITY " + self.server.capabilities + b"\r\n%t OK done\r\n"

    def on_authenticate(self, tag, rest):
        self.send(b"+ \r\n")
        self.file.readline()
        return b"%t OK logged in\r\n"

    def on_login(self, tag, rest):
        return b"%t OK logged in\r\n"

    def on_noop(self, tag, rest):
        return b"%t OK done\r\n"

    def on_idle(self, tag, rest):
        """Tells of messages that Server.deliver() adds, until DONE."""
        self.server.idling.append(self)
        self.send(b"+ idling\r\n")
        line = self.file.readline()
        self.server.idling.remove(self)
        self.server.log.append(line.rstrip(b"\r\n"))
        return b"%t OK done\r\n"

    def on_notify(self, tag, rest):
        """From now on tells of all messages that Server.deliver() adds."""
        self.server.told = [s for s in self.server.told if s != self]
        if rest.startswith(b"SET"):
            self.server.told.append(self)
        return b"%t OK done\r\n"

    def on_unselect(self, tag, rest):
        self.folder = {}
        return b"%t OK done\r\n"

    def on_list(self, tag, rest):
        return b"".join(b'* LIST (\\HasNoChildren) "%s" "%s"\r\n' % (self.server.delimiter, name)
                        for name in self.server.mail) + b"%t OK done\r\n"

    def on_status(self, tag, rest):
        name = rest[1:rest.index(b'"', 1)]
        if name not in self.server.mail:
            return b"%t NO no such folder\r\n"
        return self.server.status(name) + b"%t OK done\r\n"

    def on_examine(self, tag, rest):
        self.folder = self.server.mail.get(rest.split(b'"')[1])
        if self.folder is None:
            return b"%t NO no such folder\r\n"
        return (b"* FLAGS (\\Seen \\Answered)\r\n* %d EXISTS\r\n* 0 RECENT\r\n"
                b"* OK [PERMANENTFLAGS ()] none\r\n* OK [UIDVALIDITY 7] ok\r\n"
                b"* OK [UIDNEXT %d] ok\r\n%%t OK [READ-ONLY] done\r\n"
                % (len(self.folder), max(self.folder, default=0) + 1))

    def on_search(self, tag, rest):
        low = re.search(rb"UID (\d+):\*", rest)
        low = min(int(low[1]), max(self.folder, default=0)) if low else 0
        return (b"* SEARCH" + b"".join(b" %d" % uid for uid in self.folder if uid >= low)
                + b"\r\n%t OK done\r\n")

    def wanted(self, rest):
        """(number, uid, header) of the messages that a FETCH asks for."""
        last = max(self.folder, default=0)
        return [(i, uid, header) for i, (uid, header) in
                enumerate(sorted(self.folder.items()), 1)
                if in_set(rest.split(b" ")[0], uid, last)]

    def on_fetch(self, tag, rest):
        if b"BODY" in rest:
            return b"".join(item(*m) for m in self.wanted(rest)) + b"%t OK done\r\n"
        return b"".join(b"* %d FETCH (UID %d FLAGS ())\r\n" % m[:2]
                        for m in self.wanted(rest)) + b"%t OK done\r\n"


class Server:
    def __init__(self, answers=None, mail=None, capabilities=CAPABILITIES,
                 delimiter=b"/"):
        self.answers, self.log = answers or {}, []
        self.mail = mailbox() if mail is None else mail
        self.capabilities, self.delimiter = capabilities, delimiter
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.port = self.socket.getsockname()[1]
        self.sessions, self.idling, self.told = [], [], []
        threading.Thread(target=self.accept, daemon=True).start()

    def deliver(self, folder, uid):
        mail = self.mail[folder]
        mail[uid] = HEADER % (uid, uid)
        for session in list(self.idling):
            if session.folder is mail:
                session.send(b"* %d EXISTS\r\n" % len(mail))
        for session in list(self.told):
            is_open = session.folder is mail
            session.send(b"* %d EXISTS\r\n" % len(mail) if is_open else self.status(folder))

    def status(self, name):
        mail = self.mail[name]
        return (b'* STATUS "%s" (MESSAGES %d UIDNEXT %d UIDVALIDITY 7)\r\n'
                % (name, len(mail), max(mail, default=0) + 1))

    def accept(self):
        while True:
            try:
                sock, _ = self.socket.accept()
            except OSError:
                return
            self.sessions.append(sock)
            threading.Thread(target=self.serve, args=(sock,), daemon=True).start()

    def serve(self, sock):
        try:
            Session(self, sock).run()
        except (OSError, ValueError):
            pass
        finally:
            try:
                sock.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass
            sock.close()

    def stop(self):
        self.socket.close()
        for sock in self.sessions:
            try:
                sock.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass
