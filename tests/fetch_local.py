# SPDX-License-Identifier: GPL-3.0-or-later
"""fetch_local - files change under a watching riposte-fetch (TAP)"""
import ctypes
import os
import re
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import fetch_client  # noqa: E402

PROGRAM, IS_CONFINED = sys.argv[1], "--unconfined" not in sys.argv[2:]
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


def passed_over(source, path, folder):
    """A careful one announces each message; one that others died with is told alone."""
    def run(more):
        client = fetch_client.Client(PROGRAM, fetch_client.job(0, source=source, path=path),
                                     more=more)
        status, records = client.finish()
        return [(kind, r["uids"][0] if kind == "reading" else r["uid"])
                for kind, r in records if kind in ("reading", "envelope", "problem")]

    told = run(fetch_client.record(fetch_client.CAREFUL))
    uids = [uid for kind, uid in told if kind == "envelope"]
    check("a careful one says of each message that it begins", len(uids) == 3 and told == [
        (kind, uid) for uid in uids for kind in ("reading", "envelope")])
    check("one that others died with is passed over and told",
          run(fetch_client.passed(folder, 1, [uids[1]]))
          == [("envelope", uids[0]), ("problem", uids[1]), ("envelope", uids[2])])


def status_of(pid, name):
    with open("/proc/%d/status" % pid) as file:
        return re.search("^%s:\\s*(\\S+)" % name, file.read(), re.M)[1]


def confinement(home):
    """What it takes from itself (src/fetch/confine.h), and that mail is still read."""
    told = subprocess.run([PROGRAM, "--confinement"], capture_output=True, text=True,
                          env=dict(os.environ, HOME=home)).stdout
    abi, seccomp, holds = map(int, re.fullmatch(r"landlock (\d+) seccomp ([01]) holds ([01])\n",
                                                told).groups())
    check("what is in force refuses what it must: " + told.strip(), holds == 1)
    kernel = ctypes.CDLL(None).syscall(444, None, ctypes.c_size_t(0), 1)  # Landlock's ABI
    check("Landlock is in force where the kernel has it", abi == (max(kernel, 0) if IS_CONFINED else 0))

    linked = os.path.join(home, "elsewhere", "cur")
    write(linked + "/1600000003.1.h:2,", "Subject: third\n\n")
    root = os.path.join(home, "Linked")
    os.makedirs(root + "/cur")
    os.symlink(os.path.dirname(linked), root + "/.Far")
    client = watch(MAILDIR, root)
    check("a folder that is a link is read",
          any(t == "envelope" and d["subject"] == "third" for t, d in client.seen))
    pid = client.process.pid
    check("a running one has no new privileges",
          abi == 0 or status_of(pid, "NoNewPrivs") == "1")
    check("a running one has its system calls filtered",
          seccomp == 0 or status_of(pid, "Seccomp") == "2")
    client.finish(close=True)


def mishaps(home):
    line = "From ada@x Sun Nov 22 21:40:02 2026\n"
    write(home + "/three/Inbox", "".join("%sSubject: %s\n\n\n" % (line, i) for i in "abc"))
    passed_over(MBOX, home + "/three/Inbox", "Inbox")
    for i in range(3):
        write(home + "/Three/cur/160000000%d.1.h:2," % i, "Subject: %d\n\n" % i)
    os.makedirs(home + "/Three/new")
    passed_over(MAILDIR, home + "/Three", ".")


with tempfile.TemporaryDirectory(prefix="riposte-") as home:
    confinement(home)
    maildir(home)
    mbox(home)
    mishaps(home)
print("1..%d" % n_tests)
sys.exit(n_failed > 0)
