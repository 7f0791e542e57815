# SPDX-License-Identifier: GPL-3.0-or-later
"""hostile - riposte-fetch against servers that lie, crash, hang or only talk oddly

Each case ends in the records named or in a named problem, never by a signal, within
its time and memory. What libetpan 1.9.4 makes of the hostile ones stands beside them.
"""
import itertools
import os
import sys
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from fetch_client import Client, job, secret  # noqa: E402
from hostile_server import FIELDS, HEADER, Server, item, mailbox  # noqa: E402

PROGRAM = os.path.join(os.environ["top_builddir"], "riposte-fetch")
with open(PROGRAM, "rb") as program:
    IS_ASAN = b"__asan_init" in program.read()
SUPPRESSIONS = os.path.join(os.path.dirname(os.path.abspath(__file__)), "lsan.supp")
TIMEOUT_S, MAX_S, MAX_MB = (8, 120, 0) if IS_ASAN else (2, 40, 120)
DONE = b"%t OK done\r\n"
SLOW = "the server did not answer in time"


def body(data):
    """FETCH for headers gets data; other FETCHes are answered well."""
    return lambda s, tag, rest: data + DONE if b"BODY" in rest else s.on_fetch(tag, rest)


def forever(data, delay=0.0):
    def run(s, tag, rest):
        while True:
            s.send(data)
            if delay:
                time.sleep(delay)
    return run


def repeat(data, n):
    def run(s, tag, rest):
        for _ in range(n):
            s.send(data)
        return DONE
    return run


def drip(s, tag, rest):
    for i in itertools.count():
        s.send(b"* OK drip drip drip drip drip"[i % 29:i % 29 + 1])
        time.sleep(0.05)


def stall(data):
    def run(s, tag, rest):
        s.send(data.replace(b"%t", tag))
        time.sleep(3 * MAX_S)
    return run


def cut(data):
    def run(s, tag, rest):
        s.send(data.replace(b"%t", tag))
    return run


def poison(uid, data):
    """One message breaks every answer that it is in."""
    def run(s, tag, rest):
        messages = [item(*m) if m[1] != uid else data for m in s.wanted(rest)]
        if b"BODY" in rest and None in messages:
            s.send(b"".join(messages[:messages.index(None)]))
            return None
        return b"".join(messages) + DONE if b"BODY" in rest else s.on_fetch(tag, rest)
    return run


F1 = b"* 1 FETCH (UID 1 " + FIELDS

# what, answers, problem (code, part of its text) or None, UIDs read or None
HOSTILE = [
    # SIGSEGV: a list without members
    ("PERMANENTFLAGS in the greeting", {"": b"* OK [PERMANENTFLAGS (\1)] hi\r\n"},
     ("protocol", "control byte"), []),
    ("empty PERMANENTFLAGS in the greeting", {"": b"* OK [PERMANENTFLAGS ((a))] hi\r\n"},
     None, [1, 2, 3]),
    ("empty PERMANENTFLAGS when opening",
     {"EXAMINE": lambda s, tag, rest: b"* OK [PERMANENTFLAGS ((a))] x\r\n"
      + s.on_examine(tag, rest)}, None, [1, 2, 3]),
    # SIGSEGV: NULL read
    ("OK without capabilities", {"CAPABILITY": DONE}, ("protocol", "missing data"), []),
    # use after free
    ("BADCHARSET twice", {"AUTHENTICATE": b"* OK [BADCHARSET (a)]\r\n* OK [BADCHARSET (a)]"
                                          b"\r\n" + DONE}, None, [1, 2, 3]),
    ("BADCHARSET while logging in", {"AUTHENTICATE": b'+ [BADCHARSET ("x")]\r\n'
                                                     b"%t NO no\r\n"}, ("auth", "NO no"), []),
    ("literal in a code", {"AUTHENTICATE": b"* OK [BADCHARSET ({60}a)] b\r\n" + DONE}, None,
     [1, 2, 3]),
    # SIGSEGV: the stack
    ("structure 200,000 deep", {"FETCH": body(b"* 1 FETCH (BODYSTRUCTURE " + b"(" * 200000)},
     ("protocol", "nesting"), []),
    ("list 200,000 deep", {"LIST": b"* LIST " + b"(" * 200000}, ("protocol", "nesting"), []),
    # over-read
    ("NAMESPACE", {"LIST": b'* NAMESPACE (("" "xx")) NIL NIL\r\n* LIST () "/" INBOX\r\n'
                           + DONE}, None, [1, 2, 3]),
    # a loop without end at the end of file
    ("end within a literal", {"FETCH": cut(F1 + b" {50}\r\nabc")},
     ("network", "the server closed the connection"), []),
    ("end within a line", {"LIST": cut(b"* LIST (")},
     ("network", "the server closed the connection"), []),
    ("end instead of a greeting", {"": cut(b"")},
     ("network", "the server closed the connection"), []),
    # 4 GB; a length of 3
    ("literal of 4294967295", {"FETCH": body(F1 + b" {4294967295}\r\n")},
     ("protocol", "literal too long"), []),
    ("literal of 4294967299", {"FETCH": body(F1 + b" {4294967299}\r\nabc)\r\n")},
     ("protocol", "literal too long"), []),
    ("literal of -5", {"FETCH": body(F1 + b" {-5}\r\n)\r\n")}, ("protocol", "literal"),
     []),
    # wraps to 1215752191
    ("UID 99999999999", {"FETCH": body(b"* 1 FETCH (UID 99999999999 " + FIELDS
                                       + b" NIL)\r\n")}, ("protocol", "number"), []),
    ("UID 0", {"FETCH": body(b"* 1 FETCH (UID 0 " + FIELDS + b" NIL)\r\n")},
     ("protocol", "does not send"), []),
    ("UIDs never asked for", {"FETCH": body(item(1, 77, HEADER % (77, 77)))},
     ("protocol", "does not send"), []),
    # memory without limit
    ("endless line", {"LIST": forever(b"x" * 65536)}, ("protocol", ""), []),
    ("endless human text", {"LIST": forever(b"* OK " + b"x" * 65536)}, ("protocol", "too long"),
     []),
    ("endless capabilities", {"CAPABILITY": forever(b"* CAPABILITY" + b" A" * 4000 + b"\r\n")},
     ("protocol", "too many"), []),
    ("endless untagged lines", {"FETCH": forever(b"* OK x\r\n" * 1000)},
     ("protocol", "too many"), []),
    ("endless folders", {"LIST": forever(b"".join(b'* LIST () "/" f%d\r\n' % i
                                                  for i in range(1000)))},
     ("protocol", "too many"), []),
    ("endless numbers", {"SEARCH": forever(b"* SEARCH" + b" 4" * 30000 + b"\r\n")},
     ("protocol", "too many"), []),
    ("endless messages", {"FETCH": forever(item(1, 1, HEADER % (1, 1)) * 100)},
     ("unreadable", "too many lines"), [1]),
    ("200 headers of 1 MB", {"FETCH": repeat(item(1, 1, b"Subject: x\r\nX: %s\r\n"
                                                  % (b"y" * 1048500)), 200)},
     ("unreadable", "does not send"), [1]),
    ("literal of 10 MB", {"FETCH": body(F1 + b" {10000000}\r\n")},
     ("protocol", "literal too long"), []),
    # a timeout for every read, not for the command
    ("drip in a line", {"LIST": drip}, ("network", SLOW), []),
    ("drip in the greeting", {"": drip}, ("network", SLOW), []),
    ("stall in a literal", {"FETCH": stall(F1 + b" {50}\r\nabc")}, ("network", SLOW), []),
    ("stall instead of a greeting", {"": stall(b"")}, ("network", SLOW), []),
    ("endless still here", {"LIST": forever(b"* OK still here\r\n", 0.05)},
     ("network", SLOW), []),
    # out of step
    ("another tag", {"LIST": b"9999 OK done\r\n"}, ("protocol", "tag"), []),
    ("answer twice", {"LIST": b'* LIST () "/" INBOX\r\n' + DONE + DONE}, ("protocol", "tag"),
     []),
    ("LIST when fetching", {"FETCH": body(b'* LIST () "/" a\r\n')},
     ("protocol", "unasked response"), []),
    ("messages before a folder is open", {"LIST": b"* 1 FETCH (UID 1)\r\n" + DONE},
     ("protocol", "unasked response"), []),
    ("go on, unasked", {"LIST": b"+ go\r\n"}, ("protocol", "unasked response"), []),
    ("NUL in a line", {"LIST": b'* LIST () "/" "a\0b"\r\n' + DONE}, ("protocol", "control"), []),
    ("lines end in LF", {"": b"* OK hi\n"}, ("protocol", "line end"), []),
    ("not IMAP at all", {"": b"220 mail.example.org ESMTP\r\n"}, ("protocol", "tag"), []),
    # taken at its word, all that is known of the folder would be dropped
    ("messages that no SEARCH finds", {"SEARCH": b"* SEARCH\r\n" + DONE},
     ("folder", "finds none"), []),
    # a name that would end the command it is put in
    ("folder name with a line end",
     {"LIST": b'* LIST () "/" INBOX\r\n* LIST () "/" {18}\r\nx"\r\n9 DELETE INBOX\r\n' + DONE},
     ("folder", "cannot be sent"), [1, 2, 3]),
    ("exchange: folder name with TAB, not quoted",
     {"LIST": b'* LIST () "/" INBOX/a\tb\tc\r\n* LIST () "/" INBOX\r\n' + DONE},
     ("folder", "cannot be sent"), [1, 2, 3]),
    ("password refused", {"AUTHENTICATE": b"%t NO [AUTHENTICATIONFAILED] bad\r\n"},
     ("auth", "[AUTHENTICATIONFAILED] bad"), []),
    ("login not possible now", {"AUTHENTICATE": b"%t NO [UNAVAILABLE] later\r\n"},
     ("network", "[UNAVAILABLE] later"), []),
    ("greeting BYE", {"": b"* BYE overloaded\r\n"}, ("network", "BYE overloaded"), []),
    ("BYE midway", {"FETCH": cut(b"* BYE going down\r\n")}, ("network", "BYE going down"), []),
    ("escape sequences in an answer", {"AUTHENTICATE": b"%t NO \xc2\x9b31m\xff no\r\n"},
     ("auth", "NO ??31m? no"), []),
]

# One bad message of nine: it alone is passed over.
POISON = [
    ("answer that is refused", poison(5, b"* 5 FETCH (UID 5 " + FIELDS + b" {x}\r\n)\r\n")),
    ("item of the whole text", poison(5, b"* 5 FETCH (UID 5 BODY[] {1}\r\nx)\r\n")),
    ("connection closed", poison(5, None)),
    ("answer NO", lambda s, tag, rest: b"%t NO [SERVERBUG] cannot\r\n"
     if b"BODY" in rest and 5 in [m[1] for m in s.wanted(rest)] else s.on_fetch(tag, rest)),
    ("answer OK without it", poison(5, b"")),
    ("answer OK without its header", poison(5, b"* 5 FETCH (UID 5 FLAGS ())\r\n")),
]


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

n_done, n_failed = 0, 0


def report(what, faults, records=()):
    global n_done, n_failed
    n_done += 1
    for fault in faults:
        print("#", fault)
    if faults:
        n_failed += 1
        for kind, r in list(records)[-6:]:
            print("#   ", kind, str(r)[:160])
    print("%s %d - %s" % ("not ok" if faults else "ok", n_done, what))
    sys.stdout.flush()


def run(server, states=(), **kw):
    # libetpan leaks a little where an answer is not as expected.
    env = dict(os.environ, RIPOSTE_FETCH_TIMEOUT_S=str(TIMEOUT_S),
               GIO_USE_PROXY_RESOLVER="dummy",
               LSAN_OPTIONS="print_suppressions=0:suppressions=" + SUPPRESSIONS)
    client = Client(PROGRAM, job(server.port, **kw), secret("secret"), states, env=env)
    status_, records = client.finish(MAX_S)
    faults = []
    if os.environ.get("VERBOSE"):
        print("# %.1f s, %d MB" % (client.seconds, client.rss_mb))
    if status_ not in (0, 1, 75):
        faults.append("status %s %s" % (status_, client.stderr[-2000:]))
    if client.stderr:
        faults.append(client.stderr[-2000:])
    if client.rss_mb > MAX_MB and not IS_ASAN:
        faults.append("%d MB" % client.rss_mb)
    return records, faults


def uids(records):
    return sorted({r["uid"] for kind, r in records if kind == "envelope"})


def problems(records):
    return [(r["code"], r["text"]) for kind, r in records if kind == "problem"]


def check(what, answers, problem, expected, **kw):
    server = Server(answers, **{k: kw.pop(k) for k in ("mail", "capabilities", "delimiter") if k in kw})
    records, faults = run(server, **kw)
    server.stop()
    found = problems(records)
    if problem is None and found:
        faults.append("problem %s" % found)
    if problem is not None and not any(c == problem[0] and problem[1] in t for c, t in found):
        faults.append("problem %s, not %s" % (found, problem))
    if expected is not None and uids(records) != expected:
        faults.append("messages %s" % uids(records))
    report(what, faults, records)
    return server, records


def check_poison(what, answer):
    _, records = check("one message breaks the session: " + what, {"FETCH": answer},
                       ("unreadable", ""), [1, 2, 3, 4, 6, 7, 8, 9], mail=mailbox(9))
    bad = [r["uid"] for kind, r in records if kind == "problem"]
    ends = [r for kind, r in records if kind == "checkpoint"]
    report("  and it alone is told, and the folder is complete",
           [] if bad == [5] and ends and ends[-1]["is_complete"] else [str(bad)], records)


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


def check_folder_gone():
    mail = {**mailbox(), b"Gone": {}}
    answers = {"EXAMINE": lambda s, tag, rest: b"%t NO gone\r\n" if b"Gone" in rest
               else s.on_examine(tag, rest)}
    check("a folder vanishes between LIST and EXAMINE", answers, ("folder", "NO gone"),
          [1, 2, 3], mail=mail)


def login_lines(s, tag, rest):
    """AUTH=LOGIN: asks twice, and says OK to the right words."""
    got = []
    for prompt in (b"+ VXNlcm5hbWU6\r\n", b"+ UGFzc3dvcmQ6\r\n"):
        s.send(prompt)
        got.append(s.file.readline().strip())
    is_right = rest == b"LOGIN" and got == [b"YWRh", b"c2VjcmV0"]
    return b"%t OK done\r\n" if is_right else b"%t NO " + b" ".join(got) + b"\r\n"


def check_logins():
    check("AUTH=LOGIN alone", {"AUTHENTICATE": login_lines}, None, [1, 2, 3],
          capabilities=b"IMAP4rev1 AUTH=LOGIN LOGINDISABLED")
    check("AUTH=LOGIN, refused", {"AUTHENTICATE": lambda s, tag, rest:
                                  login_lines(s, tag, rest) and b"%t NO not you\r\n"},
          ("auth", "NO not you"), [], capabilities=b"IMAP4rev1 AUTH=LOGIN LOGINDISABLED")
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


def check_gone_meanwhile():
    """What is gone before it is read is no message that cannot be read."""
    def fetch(s, tag, rest):
        s.folder.pop(2, None)
        return s.on_fetch(tag, rest)
    check("a message vanishes between SEARCH and FETCH", {"FETCH": fetch}, None, [1, 3])


def check_sparse():
    mail = {b"INBOX": {uid: HEADER % (uid, uid) for uid in (1, 4000000000, 4294967295)}}
    server, records = check("few messages, UIDs up to 2^32 - 1", {}, None,
                            [1, 4000000000, 4294967295], mail=mail)
    report("  take few commands", [] if len(server.log) < 20 else [str(len(server.log))])


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


def check_starttls():
    """What is sent in clear text after STARTTLS must not count as said under TLS."""
    capabilities = b"IMAP4rev1 STARTTLS AUTH=PLAIN"
    for what, answer, text in (
            ("injection after STARTTLS", b"%t OK go\r\n* CAPABILITY INJECTED\r\n",
             "clear text after STARTTLS"),
            ("injection with the next tag", b"%t OK go\r\n3 OK injected\r\n",
             "clear text after STARTTLS"),
            ("STARTTLS refused", b"%t NO no\r\n", "NO no"),
            ("no TLS after STARTTLS", stall(b"%t OK go\r\n"), "")):
        check(what, {"STARTTLS": answer}, ("network" if text == "" else "tls", text), [],
              capabilities=capabilities, security="starttls")
    check("PREAUTH before STARTTLS", {"": b"* PREAUTH hi\r\n"}, ("tls", "before STARTTLS"),
          [], capabilities=capabilities, security="starttls")


def check_read_only():
    """Nothing that could change the mailbox is ever sent."""
    server, _ = check("a plain round", {}, None, [1, 2, 3])
    allowed = {b"CAPABILITY", b"AUTHENTICATE", b"LOGIN", b"LIST", b"STATUS", b"EXAMINE",
               b"SEARCH", b"FETCH", b"NOOP"}
    faults = []
    for line in server.log:
        words = [w for w in line.split(b" ")[1:3] if w != b"UID"]
        if line.split(b" ")[0].isdigit() and words and words[0] not in allowed:
            faults.append(repr(line))
        if b"BODY[" in line:
            faults.append(repr(line))
    report("  sends only what reads", faults)


def main():
    for case in HOSTILE:
        check(*case)
    for case in POISON:
        check_poison(*case)
    for what, answers in DIALECTS:
        check("dialect: " + what, answers, None, [1, 2, 3])
    check_two_poisoned()
    check_folder_gone()
    check_logins()
    check_id()
    check_namespaces()
    check_gone_meanwhile()
    check_sparse()
    check_vanished()
    check_starttls()
    check_read_only()
    print("1..%d" % n_done)
    return 1 if n_failed else 0


if __name__ == "__main__":
    sys.exit(main())
