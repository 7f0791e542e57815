# SPDX-License-Identifier: GPL-3.0-or-later
"""imap-dialects - riposte-fetch against servers with odd ways, legal or harmless

Named after who talks so; none of them may cost a message. doc/VIOLATIONS.md has the
ones that break a rule.
"""
import base64
import hmac
import os
import socket
import sys
import threading

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from fetch_client import CAREFUL, passed, record  # noqa: E402
from hostile import DONE, check, finish, report, run  # noqa: E402
from hostile_server import FIELDS, HEADER, Server, in_set, item, mailbox  # noqa: E402


def status(text):
    return {"STATUS": lambda s, tag, rest: text + DONE}


# Odd but legal (or harmless): these must give all messages. None: as ever.
DIALECTS = [
    ("no answer but the ones needed", {}),
    ("capabilities in the greeting and after login",
     {"": b"* OK [CAPABILITY IMAP4rev1 AUTH=] hi\r\n",
      "AUTHENTICATE": lambda s, tag, rest: s.on_authenticate(tag, rest).replace(
          b"OK", b"OK [CAPABILITY IMAP4rev1 X\x22]")}),
    ("exchange: empty line, unknown line, still here",
     {"LIST": lambda s, tag, rest: b"\r\n* OK Still here\r\n* XFOO {3}\r\nabc d\r\n"
      + s.on_list(tag, rest)}),
    ("davmail: spaces while it works",
     {"EXAMINE": lambda s, tag, rest: s.on_examine(tag, rest).replace(b"* 3", b"*    3"),
      "FETCH": lambda s, tag, rest: s.on_fetch(tag, rest).replace(b"* 2", b"*  2")}),
    ("courier: names as atoms, INBOX flat, in lower case",
     {"LIST": b"* LIST (\\Unmarked) NIL inbox\r\n" + DONE,
      "STATUS": b"* STATUS inbox (UIDVALIDITY 7 MESSAGES 3 UIDNEXT 4)\r\n" + DONE,
      "EXAMINE": lambda s, tag, rest: s.on_examine(tag, b'"INBOX"')}),
    ("cyrus: names as literals, extended data",
     {"LIST": b'* LIST () "/" {5}\r\nINBOX ("CHILDINFO" ("SUBSCRIBED"))\r\n' + DONE,
      "STATUS": b"* STATUS {5}\r\nINBOX (MESSAGES 3 X-A (1 (2)) SIZE 9)\r\n" + DONE}),
    ("gmail: items and lines never asked for",
     {"FETCH": lambda s, tag, rest: b"* 9 EXISTS\r\n* 1 FETCH (FLAGS (\\Seen) MODSEQ (5))\r\n"
      b"* 2 FETCH (UID 2 FLAGS ())\r\n* FLAGS (a)\r\n"
      + s.on_fetch(tag, rest).replace(b"(UID", b'(X-GM-LABELS ("\\\\Sent" x) UID')}),
    ("items in another order, names quoted, NIL",
     {"FETCH": lambda s, tag, rest: b"".join(
         b'* %d FETCH (BODY[HEADER.FIELDS ("From" "date")] %s RFC822.SIZE 5 uid %d)\r\n'
         % (m[0], [b"NIL", b'""', b'"Subject: x\ty"'][m[0] % 3], m[1])
         for m in s.wanted(rest)) + DONE}),
    ("dates of one digit, of none, of 31 February",
     {"FETCH": lambda s, tag, rest: s.on_fetch(tag, rest).replace(
         b'" 1-Jan-2024', b'"1-Jan-2024', 1).replace(
         b'" 1-Jan-2024 00:00:00 +0000"', b"NIL", 1).replace(b" 1-Jan", b"31-Feb")}),
    ("newest first", {"FETCH": lambda s, tag, rest: b"".join(
        item(*m) for m in reversed(s.wanted(rest))) + DONE}),
    ("no STATUS for this folder", {"STATUS": b"%t NO not now\r\n"}),
    ("STATUS without UIDNEXT, wrong count", status(b'* STATUS "INBOX" (MESSAGES 99)\r\n')),
    ("EXAMINE without UIDNEXT and UIDVALIDITY",
     {"EXAMINE": lambda s, tag, rest: s.on_examine(tag, rest) and b"* 3 EXISTS\r\n" + DONE}),
    ("PREAUTH", {"": b"* PREAUTH hi\r\n"}),
    ("SEARCH in several lines, unsorted, out of range",
     {"SEARCH": b"* SEARCH 3 1\r\n* SEARCH 2 2 99999999999 0\r\n* SEARCH\r\n" + DONE}),
    ("keywords that are no atoms",
     {"FETCH": lambda s, tag, rest: s.on_fetch(tag, rest).replace(b"(\\Seen)",
                                                                  b'(\\Seen a]b "c" \\*)')}),
]

NOISE = (b"* OK [ALERT] disk full\r\n* 9 EXISTS\r\n* 1 RECENT\r\n* FLAGS (\\Seen a)\r\n* NO slow\r\n"
         b"* BAD what\r\n* XLIST (\\Inbox) \"/\" x\r\n* ID NIL\r\n* ESEARCH (TAG \"9\") ALL 1\r\n"
         b"* OK [HIGHESTMODSEQ 9]\r\n* CAPABILITY IMAP4rev1 \r\n* METADATA \"\" (a {1}\r\nb)\r\n"
         b"* OK [INPROGRESS (\"9\" 5 NIL)] 5 so far\r\n* OK [INPROGRESS] still here\r\n")


def noisy(verb, behind=b""):
    """Lines that nobody asked for, before and behind the answer."""
    def run(s, tag, rest):
        head, _, tail = getattr(s, "on_" + verb.lower())(tag, rest).rpartition(b"%t OK")
        return NOISE + head + behind + NOISE + b"%t OK" + tail
    return run


# The same with capabilities or folders of their own.
EXTENSIONS = [
    ("lines nobody asked for, everywhere",
     {**{verb: noisy(verb) for verb in ("AUTHENTICATE", "LIST", "STATUS")},
      "EXAMINE": noisy("EXAMINE", b"* 3 EXISTS\r\n"),
      "SEARCH": noisy("SEARCH", b"* 3 FETCH (FLAGS () UID 3)\r\n"),
      "FETCH": noisy("FETCH", b"* 1 FETCH (FLAGS (\\Flagged))\r\n* VANISHED 77\r\n")}, {}),
    ("BAD to STATUS", {"STATUS": b"%t BAD no such command\r\n"}, {}),
    ("CONDSTORE, HIGHESTMODSEQ 0 and NOMODSEQ",
     {"STATUS": lambda s, tag, rest: s.on_status(tag, rest).replace(b"(", b"(HIGHESTMODSEQ 0 ", 1),
      "EXAMINE": lambda s, tag, rest: b"* OK [NOMODSEQ]\r\n" + s.on_examine(tag, rest)},
     {"capabilities": b"IMAP4rev1 AUTH=PLAIN CONDSTORE"}),
    ("ENABLE and nothing to enable, COMPRESS",
     {}, {"capabilities": b"IMAP4rev1 IMAP4 AUTH=PLAIN ENABLE UTF8=ACCEPT COMPRESS=DEFLATE LITERAL-"}),
    ("QRESYNC that ENABLE does not confirm (iCloud)", {"ENABLE": DONE},
     {"capabilities": b"IMAP4rev1 AUTH=PLAIN ENABLE CONDSTORE QRESYNC"}),
    ("no sizes, no dates", {"FETCH": lambda s, tag, rest: b"".join(
        b"* %d FETCH (%s {%d}\r\n%s UID %d)\r\n" % (m[0], FIELDS, len(m[2]), m[2], m[1])
        for m in s.wanted(rest)) + DONE}, {}),
    ("folders named NIL, 200, [Gmail]/x, a\"b\\, and in 8 bits, one that is not there",
     {"LIST": b'* LIST (\\HasNoChildren) "/" INBOX\r\n* LIST () NIL NIL\r\n* LIST () "/" 200\r\n'
              b'* LIST (\\Noselect) "/" a\r\n* LIST (\\NonExistent \\HasChildren) "/" b\r\n'
              b'* LIST () "/" [Gmail]/x\r\n* LIST () "/" {4}\r\na"b\\\r\n* LIST () "/" ""\r\n'
              b'* LIST () "/" "Entw\xfcrfe & Co"\r\n* LIST () "/" Gar\xc3\xa4ten\r\n' + DONE,
      "STATUS": DONE,
      "EXAMINE": lambda s, tag, rest: s.on_examine(tag, b'"INBOX"') if rest == b'"INBOX"'
      else b"* 0 EXISTS\r\n" + DONE}, {}),
]


def check_two_poisoned():
    """Two neighbours, as Twisted hangs up on each header that is not ASCII."""
    def fetch(s, tag, rest):
        at = [m[1] for m in s.wanted(rest)]
        if b"BODY" in rest and {5, 6} & set(at):
            return None
        return s.on_fetch(tag, rest)
    _, records = check("two neighbours end the connection", {"FETCH": fetch},
                       ("unreadable", ""), [1, 2, 3, 4, 7, 8, 9], mail=mailbox(9))
    bad = [r["uid"] for kind, r in records if kind == "problem"]
    report("  and they alone are told", [] if bad == [5, 6] else [str(bad)], records)


def login_lines(s, tag, rest):
    """AUTH=LOGIN: asks twice, and says OK to the right words."""
    got = []
    for prompt in (b"+ VXNlcm5hbWU6\r\n", b"+ UGFzc3dvcmQ6\r\n"):
        s.send(prompt)
        got.append(s.file.readline().strip())
    is_right = rest == b"LOGIN" and got == [b"YWRh", b"c2VjcmV0"]
    return b"%t OK done\r\n" if is_right else b"%t NO " + b" ".join(got) + b"\r\n"


def login_cram(s, tag, rest):
    """RFC 2195 section 2 with our user and password; the digest by Python."""
    challenge = b"<1896.697170952@postoffice.reston.mci.net>"
    s.send(b"+ " + base64.b64encode(challenge) + b"\r\n")
    got = base64.b64decode(s.file.readline())
    want = b"ada " + hmac.new(b"secret", challenge, "md5").hexdigest().encode()
    return b"%t OK done\r\n" if rest == b"CRAM-MD5" and got == want else b"%t NO " + got + b"\r\n"


ODD = 'p "a\\ss w\xf6rd'


def login_literals(s, tag, rest):
    """The command LOGIN of Perdition, which does not know \\ in a string."""
    words = [rest]
    for _ in range(2 if rest.endswith(b"}") else 0):
        s.send(b"+ OK ready for additional input\r\n")
        words.append(s.file.readline().rstrip(b"\r\n"))
    is_right = words == [b"{3}", b"ada {%d}" % len(ODD.encode()), ODD.encode()]
    return b"%t OK You are so in\r\n" if is_right else b"%t BAD Mate, try LOGIN\r\n"


def check_logins():
    check("perdition: LOGIN with an odd password", {"LOGIN": login_literals}, None, [1, 2, 3],
          capabilities=b"IMAP4 IMAP4REV1", password=ODD)
    check("LOGIN with a plain one", {"LOGIN": lambda s, tag, rest: b"%t OK done\r\n"
                                     if rest in (b"ada secret", b'"ada" "secret"')
                                     else b"%t NO " + rest + b"\r\n"}, None, [1, 2, 3],
          capabilities=b"IMAP4 IMAP4REV1")
    check("AUTH=LOGIN alone", {"AUTHENTICATE": login_lines}, None, [1, 2, 3],
          capabilities=b"IMAP4rev1 AUTH=LOGIN LOGINDISABLED")
    check("AUTH=LOGIN, refused", {"AUTHENTICATE": lambda s, tag, rest:
                                  login_lines(s, tag, rest) and b"%t NO not you\r\n"},
          ("auth", "NO not you"), [], capabilities=b"IMAP4rev1 AUTH=LOGIN LOGINDISABLED")
    check("AUTH=CRAM-MD5 alone", {"AUTHENTICATE": login_cram}, None, [1, 2, 3],
          capabilities=b"IMAP4rev1 AUTH=CRAM-MD5 LOGINDISABLED")
    check("AUTH=CRAM-MD5, refused", {"AUTHENTICATE": lambda s, tag, rest:
                                     login_cram(s, tag, rest) and b"%t NO not you\r\n"},
          ("auth", "NO not you"), [], capabilities=b"IMAP4rev1 AUTH=CRAM-MD5 LOGINDISABLED")
    check("AUTH=CRAM-MD5 beside PLAIN: the one that all users have", {"AUTHENTICATE":
          lambda s, tag, rest: s.on_authenticate(tag, rest) if rest == b"PLAIN" else b"%t NO no\r\n"},
          None, [1, 2, 3], capabilities=b"IMAP4rev1 AUTH=CRAM-MD5 AUTH=PLAIN")
    check("NO to CAPABILITY: LOGIN all the same", {"CAPABILITY": b"%t NO not here\r\n"}, None,
          [1, 2, 3])
    check("NO to CAPABILITY and to LOGIN: what LOGIN says counts",
          {"CAPABILITY": b"%t NO not here\r\n", "LOGIN": b"%t NO IMAP is switched off\r\n"},
          ("auth", "IMAP is switched off"), [])
    check("AUTH=PLAIN that goes on asking",
          {"AUTHENTICATE": lambda s, tag, rest: [
              (s.send(b"+\r\n"), s.file.readline()) for _ in range(2)][1][1] == b"*\r\n"
              and b"%t BAD given up\r\n"}, ("auth", "BAD given up"), [])
    check("no way to log in", {}, ("config", "no way to log in"), [],
          capabilities=b"IMAP4rev1 AUTH=GSSAPI LOGINDISABLED")


def check_id():
    """163.com wants to know who it is before it opens a folder."""
    def name(s, tag, rest):
        s.is_known = rest.startswith(b'("name" "riposte"')
        return b'* ID ("name" {3}\r\nfoo "x" NIL)\r\n%t OK done\r\n'

    def examine(s, tag, rest):
        if getattr(s, "is_known", False):
            return s.on_examine(tag, rest)
        return b"%t NO EXAMINE Unsafe Login. Please contact us\r\n"
    check("163: ID before EXAMINE", {"ID": name, "EXAMINE": examine}, None, [1, 2, 3],
          capabilities=b"IMAP4rev1 XLIST ID LITERAL+ UIDPLUS")
    check("ID refused", {"ID": b"%t BAD what\r\n"}, None, [1, 2, 3],
          capabilities=b"IMAP4rev1 ID ENABLE QRESYNC AUTH=PLAIN")


def check_namespaces():
    """What others have sent is not mine, whatever their folders are called."""
    for what, namespaces, folders in (
            ("cyrus", b'(("INBOX." ".")) (("user." ".")) (("" "."))',
             {b"INBOX.Sent": "sent", b"user.bob.Sent": "other", b"team.Sent": "other"}),
            ("courier", b'(("INBOX." ".")) NIL (("#shared." ".")("shared." "."))',
             {b"INBOX.Sent": "sent", b"#shared.bob.Sent": "other"}),
            ("dovecot", b'(("" "/")) (({6}\r\nusers/ "/" "X" ("Y"))) NIL',
             {b"Sent": "sent", b"users/bob/Sent": "other", b"users/bob/Trash": "trash"}),
            ("without any", b"NIL NIL NIL", {b"a/Sent": "sent"}),
            ("broken", b'(("" "/" (', {b"a/Sent": "sent"})):
        server, records = check(
            "namespaces: " + what, {"NAMESPACE": b"* NAMESPACE " + namespaces + b"\r\n" + DONE,
                                    "UNSELECT": DONE},
            ("protocol", "syntax") if what == "broken" else None, None,
            capabilities=b"IMAP4rev1 AUTH=PLAIN NAMESPACE",
            delimiter=b"." if what in ("cyrus", "courier") else b"/",
            mail={b"INBOX": {}, **{name: {} for name in folders}})
        roles = {r["folder"].encode(): r["role"] for kind, r in records if kind == "folder"}
        wrong = {name: role for name, role in roles.items()
                 if name in folders and folders[name] != role}
        report("  roles", [str(wrong)] if wrong else [], records)


def check_vanished():
    """iCloud tells of messages as vanished that are there: numbers decide."""
    seq = b"* OK [HIGHESTMODSEQ 6] ok\r\n"
    known = {"folder": "INBOX", "uid_validity": 7, "low": 1, "high": 4, "mod_seq": 5,
             "n_messages": 3, "is_complete": True}
    for what, mail, vanished, told in (
            ("none that is lost", (1, 2, 3), b"1:3", [("present", [1, 2, 3])]),
            ("the one that is lost", (1, 3), b"2", [("gone", [2])]),
            ("more than are lost", (1, 3), b"1:2", [("present", [1, 3])]),
            ("what was never there", (1, 3), b"2,9", [("gone", [2])])):
        answers = {
            "ENABLE": b"* ENABLED QRESYNC\r\n" + DONE,
            "STATUS": lambda s, tag, rest: s.on_status(tag, rest).replace(
                b"MESSAGES", b"HIGHESTMODSEQ 6 MESSAGES"),
            "EXAMINE": lambda s, tag, rest: seq + s.on_examine(tag, rest),
            "FETCH": lambda s, tag, rest, v=vanished: b"* VANISHED (EARLIER) " + v
            + b"\r\n" + DONE if b"CHANGEDSINCE" in rest else s.on_fetch(tag, rest)}
        server, records = check(
            "VANISHED tells of " + what, answers, None, [], states=[known],
            mail={b"INBOX": {uid: HEADER % (uid, uid) for uid in mail}},
            capabilities=b"IMAP4rev1 AUTH=PLAIN ENABLE CONDSTORE QRESYNC")
        lost = [(kind, r["uids"]) for kind, r in records if kind in ("gone", "present")]
        report("  and only what is lost is dropped", [] if lost == told else [str(lost)],
               records)


def asked_for(server, uid):
    """The FETCH commands that name it."""
    return [line for line in server.log if b" UID FETCH " in line and b"BODY" in line
            and in_set(line.split(b" ")[3], uid, uid)]


def check_passed():
    """Messages that others have died with are told and left alone."""
    for what, more in (("", b""), (", one at a time", record(CAREFUL))):
        server, records = check(
            "messages to be passed over" + what, {}, ("unreadable", "ended riposte-fetch"),
            [1, 3, 5], mail=mailbox(5), more=more + passed("INBOX", 7, [2, 4]))
        bad = [r["uid"] for kind, r in records if kind == "problem"]
        report("  they alone are told, and not asked for",
               [] if bad == [2, 4] and not asked_for(server, 2) + asked_for(server, 4)
               else [str(bad), str(server.log)], records)
        reading = [r["uids"] for kind, r in records if kind == "reading"]
        at = [(kind, r.get("uid") or r["uids"][0]) for kind, r in records
              if kind in ("reading", "envelope")]
        wanted = [(kind, uid) for uid in (1, 3, 5) for kind in ("reading", "envelope")]
        report("  each other one is announced" if more else "  none is announced",
               [] if (at == wanted if more else not reading) else [str(at)], records)
    check("all of them passed over", {}, ("unreadable", "ended riposte-fetch"), [],
          more=passed("INBOX", 7, [1, 2, 3]))
    check("passed over under another UIDVALIDITY: read", {}, None, [1, 2, 3],
          more=passed("INBOX", 8, [2]))


class Socks:
    """Leads whoever asks to that server, whatever the name; by_name has what was asked for."""

    def __init__(self, server):
        self.server, self.by_name = server, []
        self.socket = socket.create_server(("127.0.0.1", 0))
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        client, _ = self.socket.accept()
        client.recv(100)
        client.sendall(b"\x05\x00")
        request = client.recv(300)
        self.by_name.append(request[5:5 + request[4]].decode())
        client.sendall(b"\x05\x00\x00\x01\x7f\x00\x00\x01\x00\x01")
        there = socket.create_connection(("127.0.0.1", self.server.port))
        threading.Thread(target=self.copy, args=(there, client), daemon=True).start()
        self.copy(client, there)

    @staticmethod
    def copy(source, target):
        while True:
            data = source.recv(4096)
            if not data:
                return target.shutdown(socket.SHUT_WR)
            target.sendall(data)


def check_proxy():
    """As the environment says; the server is no further than STARTTLS, which it does not know."""
    name = "imap.example.invalid"
    for what, variable, scheme, more, is_used in (
            ("all_proxy", "all_proxy", "socks5", {}, True),
            ("as of curl", "ALL_PROXY", "socks5h", {}, True),
            ("no_proxy for another domain", "all_proxy", "socks5", {"no_proxy": "ample.invalid"}, True),
            ("no_proxy for its domain", "all_proxy", "socks5", {"no_proxy": "x.org, example.invalid"}, False),
            ("no_proxy for it", "all_proxy", "socks5", {"NO_PROXY": name}, False),
            ("no_proxy for all", "all_proxy", "socks5", {"no_proxy": "*"}, False),
            ("for the web alone", "http_proxy", "socks5", {}, False)):
        server = Server({"STARTTLS": b"%t NO not yet\r\n"})
        proxy = Socks(server)
        more[variable] = "%s://127.0.0.1:%d" % (scheme, proxy.socket.getsockname()[1])
        os.environ.update(more)
        records, faults = run(server, host=name, security="starttls")
        for key in more:
            del os.environ[key]
        if (proxy.by_name, len(server.sessions)) != (([name], 1) if is_used else ([], 0)):
            faults.append("asked for %s" % proxy.by_name)
        if is_used and not any(line.endswith(b"STARTTLS") for line in server.log):
            faults.append("not by IMAP: %s" % server.log)
        server.stop()
        report("a proxy, %s: %s" % (what, "used" if is_used else "not used"), faults, records)


def main():
    for what, answers in DIALECTS:
        check(what, answers, None, [1, 2, 3])
    for what, answers, more in EXTENSIONS:
        check(what, answers, None, [1, 2, 3], **more)
    check_two_poisoned()
    check_logins()
    check_id()
    check_namespaces()
    check_vanished()
    check_passed()
    check_proxy()
    return finish()


if __name__ == "__main__":
    sys.exit(main())
