# SPDX-License-Identifier: GPL-3.0-or-later
"""fetch_local - files change under a watching riposte-fetch (TAP)"""
import os
import sys
import tempfile

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import fetch_client  # noqa: E402

PROGRAM = sys.argv[1]
MAILDIR, MBOX = 1, 2
n_tests = n_failed = 0


def check(what, is_good):
    global n_tests, n_failed
    n_tests += 1
    n_failed += not is_good
    print("%s %d - %s" % ("ok" if is_good else "not ok", n_tests, what), flush=True)


def write(path, text):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path + ".part", "w") as file:
        file.write(text)
    os.rename(path + ".part", path)


def has(type_, **wanted):
    return lambda t, d: t == type_ and all(d.get(k) == v for k, v in wanted.items())


def watch(source, path):
    client = fetch_client.Client(PROGRAM, fetch_client.job(0, source=source, path=path,
                                                           watch=True, poll_s=600))
    client.wait_for(has("round", phase="idle"))
    return client


def maildir(home):
    root = os.path.join(home, "Maildir")
    write(root + "/tmp/1", "Subject: first\n\n")
    os.makedirs(root + "/cur")
    os.makedirs(root + "/new")
    client = watch(MAILDIR, root)

    os.rename(root + "/tmp/1", root + "/new/1600000001.1.h")
    _, envelope = client.wait_for(has("envelope", subject="first"))
    check("a message delivered is told", envelope["internal_at"] == 1600000001)

    os.rename(root + "/new/1600000001.1.h", root + "/cur/1600000001.1.h:2,S")
    _, flags = client.wait_for(has("flags"))
    check("a message read is told", flags["uids"] == [envelope["uid"]])

    write(root + "/.Sent/new/1600000002.1.h", "Subject: second\n\n")
    client.wait_for(has("envelope", subject="second", folder=".Sent"))
    check("a folder made is found", True)

    os.unlink(root + "/cur/1600000001.1.h:2,S")
    _, present = client.wait_for(has("present", folder="."))
    check("a message deleted is told", present["uids"] == [])

    client.wait_for(has("round", phase="idle"))
    client.command()
    client.wait_for(has("round", phase="begin"))
    check("a command begins a round", True)
    status, _ = client.finish(close=True)
    check("the end of its input ends it", status == 0)


def mbox(home):
    path = os.path.join(home, "mail", "Inbox")
    line = "From ada@x Sun Nov 22 21:40:02 2026\n"
    write(path, line + "Subject: first\n\n\n")
    client = watch(MBOX, path)

    with open(path, "a") as file:
        file.write(line + "Subject: second\n\n\n")
    client.wait_for(has("envelope", subject="second"))
    check("a message appended is told", True)

    write(path, line + "Subject: second\n\n\n")
    _, present = client.wait_for(has("present"))
    check("a file rewritten is read anew", len(present["uids"]) == 1)
    status, _ = client.finish(close=True)
    check("the end of its input ends it", status == 0)


with tempfile.TemporaryDirectory(prefix="riposte-") as home:
    maildir(home)
    mbox(home)
print("1..%d" % n_tests)
sys.exit(n_failed > 0)
