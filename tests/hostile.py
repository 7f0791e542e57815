# SPDX-License-Identifier: GPL-3.0-or-later
"""hostile - riposte-fetch against servers that lie, crash or hang

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


def finish():
    print("1..%d" % n_done)
    return 1 if n_failed else 0


def run(server, states=(), password="secret", more=b"", **kw):
    # libetpan leaks a little where an answer is not as expected.
    env = dict(os.environ, RIPOSTE_FETCH_TIMEOUT_S=str(TIMEOUT_S),
               GIO_USE_PROXY_RESOLVER="dummy",
               LSAN_OPTIONS="print_suppressions=0:suppressions=" + SUPPRESSIONS)
    client = Client(PROGRAM, job(server.port, **kw), secret(password), states, env=env,
                    more=more)
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


def check_folder_gone():
    mail = {**mailbox(), b"Gone": {}}
    answers = {"EXAMINE": lambda s, tag, rest: b"%t NO gone\r\n" if b"Gone" in rest
               else s.on_examine(tag, rest)}
    check("a folder vanishes between LIST and EXAMINE", answers, ("folder", "NO gone"),
          [1, 2, 3], mail=mail)


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
    check_folder_gone()
    check_gone_meanwhile()
    check_sparse()
    check_starttls()
    check_read_only()
    return finish()


if __name__ == "__main__":
    sys.exit(main())
