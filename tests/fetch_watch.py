# SPDX-License-Identifier: GPL-3.0-or-later
"""fetch_watch - what the tests of a riposte-fetch that stays share: TAP, and its rounds"""
import os
import sys
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from fetch_client import Client, job, secret  # noqa: E402

PROGRAM = os.path.join(os.environ["top_builddir"], "riposte-fetch")
IDLE = b"IMAP4rev1 IDLE AUTH=PLAIN UNSELECT"
N = 0


def ok(what, condition, detail=""):
    global N
    N += 1
    if not condition:
        print("#", detail)
    print("%s %d - %s" % ("ok" if condition else "not ok", N, what))
    sys.stdout.flush()
    return condition


def watch(server, more=b"", **kw):
    env = dict(os.environ, GIO_USE_PROXY_RESOLVER="dummy")
    return Client(PROGRAM, job(server.port, watch=True, **kw), secret("secret"), env=env,
                  more=more)


def phase(name):
    return lambda kind, r: kind == "round" and r["phase"] == name


def await_idling(server, n):
    until = time.monotonic() + 20
    while len(server.idling) < n and time.monotonic() < until:
        time.sleep(0.01)
    return len(server.idling) == n


def uids(records):
    return [r["uid"] for kind, r in records if kind == "envelope"]


def run(*tests):
    for test in tests:
        try:
            test()
        except (AssertionError, OSError) as error:
            ok(test.__name__, False, error)
    print("1..%d" % N)
