# SPDX-License-Identifier: GPL-3.0-or-later
"""imap-notify - riposte-fetch that is told of news in all folders (RFC 5465)"""
import os
import sys
import threading
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from fetch_watch import IDLE, await_idling, ok, phase, run, uids, watch  # noqa: E402
from hostile_server import HEADER, Server, mailbox  # noqa: E402

NOTIFY = IDLE + b" NOTIFY"
FLOOD_S = 5
N_SETTLE = 3


def new_server(answers=None, capabilities=NOTIFY, **more):
    mail = {**mailbox(3), **{name: {9: HEADER % (9, 9)} for name in (b"Sent", b"Lists", b"Junk")}}
    return Server(answers or {}, {**mail, **more}, capabilities)


def commands(server, verb):
    return [line for line in server.log if line.split(b" ")[1:2] == [verb]]


def add(server, folder):
    """A new message that nobody is told of; its UID."""
    uid = max(server.mail[folder]) + 1
    server.mail[folder][uid] = HEADER % (uid, uid)
    return uid


def settle(client):
    """The rounds that come by themselves after NOTIFY, and after news of INBOX."""
    for _ in range(N_SETTLE):
        client.wait_for(phase("told"))


def start(server, **kw):
    client = watch(server, **kw)
    settle(client)
    return client


def read_after(client, act):
    """What the round reads that follows act; the phase after it."""
    act()
    client.wait_for(phase("end"))
    found = uids(client.seen)
    return found, client.wait_for(lambda kind, r: kind == "round")[1]["phase"]


def end(client, server):
    status, _ = client.finish(20, close=True)
    server.stop()
    return status


def test_told():
    server = new_server()
    client = start(server)
    ok("one session asks to be told, another reads", len(server.sessions) == 2
       and len(server.told) == 1 and len(commands(server, b"NOTIFY")) == 1, server.log)
    ok("nobody waits in IDLE", not commands(server, b"IDLE"), server.log)
    for folder, uid in ((b"Lists", 10), (b"INBOX", 4), (b"Sent", 10), (b"Lists", 11)):
        got = read_after(client, lambda f=folder, u=uid: server.deliver(f, u))
        ok("a new message in %s is read at once" % folder.decode(), got == ([uid], "told"), got)
        if folder == b"INBOX":
            settle(client)
    session = server.told[0]
    for what, line in (("a folder that is not read", server.status(b"Junk").replace(b"10", b"99")),
                       ("what is known", server.status(b"Lists")),
                       ("nothing", b"* OK Still here\r\n* STATUS Lists (UNSEEN 3)\r\n")):
        session.send(line)
        ok("no round for %s" % what, client.read(0.5) is False, client.records)
    server.sessions[0].sendall(b"* 2 FETCH (FLAGS (\\Answered))\r\n* 9 EXISTS\r\n")
    ok("no round for what the session that reads is told of its folder",
       client.read(0.5) is False, client.records)
    server.mail[b"New"] = {}
    for what, line in (("a new folder", b"* STATUS New (MESSAGES 0)\r\n"),
                       ("what may have been lost", b"* NO some events may be lost\r\n"),
                       ("a folder that is closed to us",
                        b'* LIST (\\NoAccess) "/" Lists\r\n')):
        got = read_after(client, lambda text=line: session.send(text))
        ok("a round for %s" % what, got == ([], "told"), got)
    ok("the parent can ask for a round", read_after(client, client.command) == ([], "told"))
    ok("end of input ends it", end(client, server) == 0)


def test_pieces():
    server = new_server()
    client = start(server)

    def send():
        add(server, b"Lists")
        for piece in (b"* STA", b"TUS {5}\r\nLi", b"sts (MESSAGES 2 UIDN", b"EXT 11)\r", b"\n* OK x"):
            server.told[0].send(piece)
            time.sleep(0.1)
        server.told[0].send(b"\r\n")
    got = read_after(client, send)
    ok("news that come in pieces, the name as a literal", got == ([10], "told"), got)
    end(client, server)


def test_flags():
    server = new_server()
    client = start(server)
    server.told[0].send(b"* 2 FETCH (UID 2 FLAGS (\\Answered))\r\n")
    client.wait_for(phase("end"))
    told = [r["folder"] for kind, r in client.seen if kind == "flags"]
    ok("new flags in INBOX are read at once", told == ["INBOX"], client.seen)
    end(client, server)


def test_gap():
    """Dovecot does not watch the open folder for a second after a command and after news."""
    server = new_server()

    def notify(session, tag, rest):
        session.send(session.on_notify(tag, rest).replace(b"%t", tag))
        add(server, b"INBOX")
        return b""

    server.answers["NOTIFY"] = notify
    client = watch(server)
    client.wait_for(phase("idle"))
    client.wait_for(phase("end"))
    ok("what the server overlooks when it begins to tell is read", uids(client.seen) == [4],
       client.seen)
    got = read_after(client, lambda: server.deliver(b"INBOX", 5))
    ok("so is what it tells of", got == ([5], "told"), got)
    got = read_after(client, lambda: add(server, b"INBOX"))
    ok("and what it overlooks right after that", got == ([6], "told"), got)
    end(client, server)


def test_refused():
    for what, answer in (("BAD", b"%t BAD what?\r\n"),
                         ("NO, it does not know an event", b"%t NO [BADEVENT (FlagChange)] no\r\n"),
                         ("NO, too much", b"%t NO [NOTIFICATIONOVERFLOW] no\r\n")):
        server = new_server({"NOTIFY": answer})
        client = watch(server)
        client.wait_for(phase("idle"))
        ok("%s: it waits in INBOX and in Sent" % what, await_idling(server, 2), server.log)
        server.deliver(b"Sent", 10)
        client.wait_for(phase("end"))
        ok("%s: IDLE tells" % what, uids(client.seen) == [10], client.seen)
        end(client, server)
    server = new_server({"NOTIFY": lambda *a: None})
    client = watch(server)
    client.wait_for(phase("idle"))
    ok("hung up on: it waits in INBOX", await_idling(server, 1), server.log)
    end(client, server)


def test_not_asked():
    server = new_server(capabilities=NOTIFY + b" NAMESPACE", **{"x": {}})
    server.mail[b"user/bob"] = server.mail.pop("x")
    server.answers["NAMESPACE"] = b'* NAMESPACE (("" "/")) (("user/" "/")) NIL\r\n%t OK done\r\n'
    client = watch(server)
    client.wait_for(phase("idle"))
    ok("where others' folders are read they must be polled", await_idling(server, 2)
       and not commands(server, b"NOTIFY"), server.log)
    end(client, server)
    server = new_server()
    client = watch(server, idle=False)
    client.wait_for(phase("idle"))
    ok("idle=false: nobody is asked to tell", client.read(0.5) is False
       and len(server.sessions) == 1, server.log)
    end(client, server)
    server = new_server(capabilities=b"IMAP4rev1 AUTH=PLAIN NOTIFY")
    client = start(server)
    got = read_after(client, lambda: server.deliver(b"Lists", 10))
    ok("IDLE is not needed", got == ([10], "told"), got)
    end(client, server)


def test_overflow():
    server = new_server()
    client = start(server)
    add(server, b"Lists")
    got = read_after(client, lambda: server.told[0].send(b"* OK [NotificationOverflow] bye\r\n"))
    ok("a server that tells no more is asked at once", got == ([10], "idle"), got)
    ok("  and waited for in INBOX and in Sent", await_idling(server, 2)
       and commands(server, b"NOTIFY")[-1].endswith(b"NOTIFY NONE"), server.log)
    end(client, server)


def test_forgetful():
    """The poll interval is a second: five while the server tells, one after the first miss."""
    server = new_server()
    client = start(server, poll_s=1)
    got = read_after(client, lambda: None)
    ok("now and then all folders are looked at", got == ([], "told"), got)
    ok("  and the session that is told is kept alive", len(commands(server, b"NOOP")) == 1,
       server.log)
    got = read_after(client, lambda: add(server, b"Lists"))
    ok("what nobody told of is found", got == ([10], "idle"), got)
    ok("  which may be by chance", len(server.told) == 1, server.log)
    got = read_after(client, lambda: add(server, b"Lists"))
    ok("a second time it is none", got == ([11], "idle"), got)
    ok("  and it waits in INBOX and in Sent", await_idling(server, 2) and not server.told,
       server.log)
    end(client, server)


def phases(client, n):
    return [client.wait_for(lambda kind, r: kind == "round" and r["phase"] not in ("begin", "end"))
            [1]["phase"] for _ in range(n)]


def test_forgiven():
    server = new_server()
    client = start(server, poll_s=1)
    got = read_after(client, lambda: add(server, b"Lists"))
    ok("news that nobody told of", got == ([10], "idle"), got)
    client.command()
    ok("  are not forgiven by the look at all flags", phases(client, 3) == ["idle"] * 3, server.log)
    time.sleep(0.5)  # NOOP is answered
    got = read_after(client, lambda: server.deliver(b"Lists", 11))
    ok("  unless it has told of others since", got == ([11], "idle"), got)
    client.command()
    ok("  that it does so", "told" in phases(client, 3), server.log)
    end(client, server)


def test_mute():
    """OK to NOTIFY, and then not a word, or only when it is asked."""
    told = [3]

    def exists(session, tag, rest):
        told.append(len(session.folder))
        return (b"* %d EXISTS\r\n" % told[-1] if told[-1] != told[-2] else b"") + b"%t OK done\r\n"

    for what, folder, answers in (("without a word", b"Lists", {}),
                                  ("that NOOP must be asked for", b"INBOX", {"NOOP": exists})):
        server = new_server({"NOTIFY": b"%t OK done\r\n", **answers})
        client = start(server, poll_s=1)
        uid = add(server, folder)
        client.wait_for(phase("end"))
        ok("news %s are found by a look" % what, uids(client.seen) == [uid], client.seen)
        client.command()
        ok("  and polled for, also after the look at all flags", phases(client, 5) == ["idle"] * 5, server.log)
        uid = add(server, folder)
        client.wait_for(lambda kind, r: kind == "envelope" and r["uid"] == uid)
        ok("  the second time it waits in INBOX and in Sent", await_idling(server, 2)
           and commands(server, b"NOTIFY")[-1].endswith(b"NOTIFY NONE"), server.log)
        client.command()
        phases(client, 2)
        ok("  and does not ask to be told again", len(commands(server, b"NOTIFY")) == 2
           and await_idling(server, 2), server.log)
        end(client, server)


def test_always_different():
    """STATUS counts one message of Lists that EXAMINE does not."""
    server = new_server()

    def status(session, tag, rest):
        return session.on_status(tag, rest).replace(b'"Lists" (MESSAGES 1', b'"Lists" (MESSAGES 2')

    server.answers["STATUS"] = status
    client = start(server, poll_s=1)
    got = read_after(client, lambda: None)
    ok("a folder that always differs in the same way is no news", got == ([], "told"), got)
    got = read_after(client, lambda: add(server, b"Lists"))
    ok("  but when it differs in another way it is", got == ([10], "idle"), got)
    end(client, server)


def test_many():
    server = new_server()
    client = start(server)
    many = b"* STATUS Junk (MESSAGES 9)\r\n" * 12000
    server.told[0].send(many)
    time.sleep(11)
    server.told[0].send(many)
    got = read_after(client, lambda: server.deliver(b"Lists", 10))
    ok("a server that tells of many folders for long goes on to tell", got == ([10], "told"), got)
    end(client, server)


def test_flood():
    server = new_server()
    client = start(server)
    n_before = len(commands(server, b"LIST"))
    until = time.monotonic() + FLOOD_S

    def flood():
        while time.monotonic() < until:
            server.told[0].send(b"* STATUS Lists (MESSAGES 99)\r\n")
            time.sleep(0.001)
    thread = threading.Thread(target=flood)
    thread.start()
    while client.read(until - time.monotonic()):
        pass
    thread.join()
    n = len(commands(server, b"LIST")) - n_before
    ok("a server that always tells of news is asked now and then", 1 <= n <= 5, n)
    end(client, server)


def test_hostile():
    runs = []
    for what, data in (
            ("an answer to nothing", b"5 OK done\r\n"),
            ("go on", b"+ go on\r\n"),
            ("SEARCH", b"* SEARCH 1\r\n"),
            ("a deep STATUS", b"* STATUS ((((((((((\r\n"),
            ("a line without end", b"* STATUS " + b"x" * 100000),
            ("lines without end", b"* STATUS Junk (MESSAGES 9)\r\n" * 20001),
            ("BYE", b"* BYE tired\r\n")):
        server = new_server()
        runs.append((what, data, server, watch(server)))
    for what, data, server, client in runs:
        settle(client)
        server.told[0].send(data)
        if what == "BYE":
            server.sessions[1].shutdown(2)
        client.wait_for(phase("end"))
        client.wait_for(phase("idle"))
        problems = [(r["code"], r["text"]) for kind, r in client.records if kind == "problem"]
        ok("%s ends the session that is told, alone" % what,
           problems == [] and await_idling(server, 1), problems)
        server.told.clear()
        server.deliver(b"INBOX", 4)
        client.wait_for(phase("end"))
        ok("  and the other one waits in INBOX", uids(client.seen) == [4], client.seen)
        end(client, server)


def test_busy():
    """The server hangs up on who says nothing, whatever it has to say itself."""
    server = new_server()
    client = start(server, poll_s=1)
    until = time.monotonic() + 12
    uid = 10
    while time.monotonic() < until:
        server.deliver(b"Lists", uid)
        client.wait_for(phase("end"))
        uid += 1
        time.sleep(2)
    ok("the session that is told always something is kept alive, too",
       len(commands(server, b"NOOP")) >= 1, server.log)
    end(client, server)


def test_loss():
    server = new_server()
    client = start(server)
    server.sessions[0].shutdown(2)
    status, records = client.finish(20)
    ok("the loss of the session that reads is told", status == 75 and
       [r["code"] for kind, r in records if kind == "problem"] == ["network"],
       (status, records))
    server.stop()
    server = new_server()
    client = start(server)
    server.sessions[1].shutdown(2)
    client.wait_for(phase("end"))
    client.wait_for(phase("idle"))
    ok("without the one that is told the other one waits in INBOX", await_idling(server, 1),
       server.log)
    end(client, server)


run(test_told, test_pieces, test_flags, test_gap, test_refused, test_not_asked, test_overflow,
    test_forgetful, test_forgiven, test_mute, test_always_different, test_many, test_flood, test_hostile, test_busy, test_loss)
