# SPDX-License-Identifier: GPL-3.0-or-later
"""imap-watch - riposte-fetch that stays: IDLE, polling, commands, and its end"""
import os
import sys
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from fetch_client import CAREFUL, record  # noqa: E402
from fetch_watch import IDLE, await_idling, ok, phase, run, uids, watch  # noqa: E402
from hostile_server import HEADER, Server, mailbox  # noqa: E402


def test_idle():
    server = Server(capabilities=IDLE, mail={**mailbox(3), b"Sent": {9: HEADER % (9, 9)}})
    client = watch(server)
    client.wait_for(phase("idle"))
    ok("after a round it waits in INBOX and in Sent", await_idling(server, 2), server.log)
    server.deliver(b"INBOX", 4)
    client.wait_for(phase("end"))
    ok("a new message in INBOX is read at once", uids(client.seen) == [4], client.seen)
    client.wait_for(phase("idle"))
    await_idling(server, 2)
    server.deliver(b"Sent", 10)
    client.wait_for(phase("end"))
    ok("one in Sent too", uids(client.seen) == [10], client.seen)
    client.wait_for(phase("idle"))
    await_idling(server, 2)
    client.command(b"s")
    client.wait_for(phase("end"))
    ok("the parent can ask for a round", uids(client.seen) == [], client.seen)
    client.wait_for(phase("idle"))
    await_idling(server, 2)
    status, records = client.finish(20, close=True)
    ok("end of input ends it", status == 0 and not records, (status, records))
    logins = [line for line in server.log if b"AUTHENTICATE" in line]
    ok("two sessions served it all", len(logins) == 2, server.log)
    ok("by two connections", len(server.sessions) == 2, len(server.sessions))
    server.stop()


def test_loss():
    server = Server(capabilities=IDLE)
    client = watch(server)
    client.wait_for(phase("idle"))
    await_idling(server, 1)
    server.stop()
    status, records = client.finish(20)
    ok("a connection lost while waiting is told", status == 75 and
       [r["code"] for kind, r in records if kind == "problem"] == ["network"],
       (status, records))


def test_between():
    """IDLE tells of nothing that came after the round had looked."""
    server = Server(capabilities=IDLE, mail={**mailbox(3), b"Sent": {9: HEADER % (9, 9)}})
    opened = []

    def examine(session, tag, rest):
        name = rest.split(b'"')[1]
        opened.append(name)
        if opened.count(name) == 2:
            uid = max(server.mail[name]) + 1
            server.mail[name][uid] = HEADER % (uid, uid)
        return session.on_examine(tag, rest)

    server.answers["EXAMINE"] = examine
    client = watch(server)
    client.wait_for(phase("idle"))
    client.wait_for(phase("end"))
    ok("what comes between a round and IDLE is read at once", sorted(uids(client.seen)) == [4, 10],
       client.seen)
    client.wait_for(phase("idle"))
    ok("  and then it waits", await_idling(server, 2), server.log)
    client.finish(20, close=True)
    server.stop()

    server = Server(capabilities=IDLE)
    opened.clear()

    def count(session, tag, rest):
        opened.append(rest)
        return session.on_examine(tag, rest).replace(b"* 3 EX", b"* %d EX" % len(opened))

    server.answers["EXAMINE"] = count
    client = watch(server)
    client.wait_for(phase("idle"))
    ok("a server that counts differently each time keeps nobody running",
       await_idling(server, 1), server.log)
    client.finish(20, close=True)
    server.stop()


def test_row():
    """Mail that comes in a row is read mail by mail; news that are none are not."""
    server = Server(capabilities=IDLE)
    client = watch(server)
    begin = time.monotonic()
    for uid in range(4, 16):
        client.wait_for(phase("idle"))
        await_idling(server, 1)
        server.deliver(b"INBOX", uid)
        client.wait_for(phase("end"))
    ok("twelve mails in a row do not wait for one another", uids(client.seen) == [15] and
       time.monotonic() - begin < 90, (client.seen, time.monotonic() - begin))
    client.finish(20, close=True)
    server.stop()

    def idle(session, tag, rest):
        session.send(b"+ idling\r\n* 3 EXISTS\r\n")
        session.file.readline()
        return b"%t OK done\r\n"

    def count_one_more(session, tag, rest):
        return session.on_status(tag, rest).replace(b"MESSAGES 3", b"MESSAGES 4")

    for what, answers in (("", {}), (", and always counts differently", {"STATUS": count_one_more})):
        server = Server({"IDLE": idle, **answers}, capabilities=IDLE)
        client = watch(server)
        client.wait_for(phase("idle"))
        until = time.monotonic() + 5
        while client.read(until - time.monotonic()):
            pass
        n_idle = sum(line.endswith(b"IDLE") for line in server.log)
        ok("a server that always says that there are news%s is asked now and then" % what,
           2 <= n_idle <= 5, n_idle)
        client.finish(20, close=True)
        server.stop()


def test_careful():
    server = Server(capabilities=IDLE)
    client = watch(server, more=record(CAREFUL))
    client.wait_for(phase("end"))
    n = sum(kind == "reading" for kind, r in client.seen)
    ok("after one that died the first round is careful", n == 3, client.seen)
    await_idling(server, 1)
    server.deliver(b"INBOX", 4)
    client.wait_for(phase("end"))
    n = sum(kind == "reading" for kind, r in client.seen)
    ok("  and no other", uids(client.seen) == [4] and n == 0, client.seen)
    client.finish(20, close=True)
    server.stop()


def test_flags():
    """Without CONDSTORE only what IDLE says, or a look at all of them, tells of flags."""
    server = Server(capabilities=IDLE, mail={**mailbox(3), b"Sent": {9: HEADER % (9, 9)}})
    client = watch(server)
    client.wait_for(phase("idle"))
    await_idling(server, 2)
    for session in server.idling:
        if len(session.folder) == 3:
            session.send(b"* 2 FETCH (FLAGS (\\Answered))\r\n")
    client.wait_for(phase("end"))
    told = [r["folder"] for kind, r in client.seen if kind == "flags"]
    ok("new flags in INBOX are read at once", told == ["INBOX"], client.seen)
    client.wait_for(phase("idle"))
    await_idling(server, 2)
    server.deliver(b"Sent", 10)
    client.wait_for(phase("end"))
    told = [r["folder"] for kind, r in client.seen if kind == "flags"]
    ok("  once, not in each round", told == ["Sent"], client.seen)
    client.wait_for(phase("idle"))
    await_idling(server, 2)
    client.command(b"s")
    client.wait_for(phase("end"))
    told = [r["folder"] for kind, r in client.seen if kind == "flags"]
    ok("a round that is asked for reads all flags", sorted(told) == ["INBOX", "Sent"],
       client.seen)
    client.finish(20, close=True)
    server.stop()


def test_no_star():
    """GNU Mailutils finds nothing when it is asked for "4:*"."""
    server = Server(capabilities=IDLE)
    server.answers["SEARCH"] = lambda s, tag, rest: b"* SEARCH\r\n%t OK done\r\n" \
        if b"*" in rest else s.on_search(tag, rest)
    client = watch(server)
    client.wait_for(phase("idle"))
    ok("a server that knows no * in SEARCH: all are read", uids(client.seen) == [1, 2, 3],
       client.seen)
    await_idling(server, 1)
    server.deliver(b"INBOX", 4)
    client.wait_for(phase("end"))
    ok("  and the new one", uids(client.seen) == [4], client.seen)
    client.wait_for(phase("idle"))
    await_idling(server, 1)
    ok("without a sent folder one connection waits", len(server.sessions) == 1,
       len(server.sessions))
    client.finish(20, close=True)
    server.stop()


def test_refused():
    """A server that says NO to IDLE is polled."""
    server = Server({"IDLE": b"%t NO not here\r\n"}, capabilities=IDLE)
    client = watch(server, poll_s=600)
    client.wait_for(phase("idle"))
    client.wait_for(phase("idle"))
    ok("IDLE refused: one round, then it waits without", True)
    client.command(b"s")
    client.wait_for(phase("end"))
    ok("  and still obeys", True)
    status, _ = client.finish(20, close=True)
    ok("  and ends", status == 0, status)
    server.stop()


def test_interrupt():
    """A server that never answers does not keep the parent waiting."""
    hang = [False]

    def hold(session, tag, rest):
        hang[0] = True
        time.sleep(60)

    server = Server({"LIST": hold})
    client = watch(server)
    until = time.monotonic() + 20
    while not hang[0] and time.monotonic() < until:
        client.read(0.05)
    client.command(b"s")
    ok("a command does not end a call", client.read(0.3) is False and not client.is_eof)
    status, _ = client.finish(20, close=True)
    ok("end of input ends a call at once", status == 0 and client.seconds < 30, status)
    server.stop()


run(test_idle, test_between, test_row, test_careful, test_flags, test_no_star, test_loss, test_refused,
    test_interrupt)
