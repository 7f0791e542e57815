#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""How long from new mail on the server until riposte list shows it, with IDLE.

usage: bench-latency.py BUILD CONFIG DB MAILDIR PORT [MAILS]

To be called by bench-latency.sh. One mail after the other is put into the Maildir that
Dovecot serves. Beside riposted a bare client waits in IDLE: what it needs to hear of a
mail is the server's own time. Then, once the database has changed, `riposte list --json`
is run until the follow-up is in it; its end counts.
"""
import json
import os
import random
import re
import socket
import sqlite3
import statistics
import subprocess
import sys
import threading
import time

from soak_world import Mailbox, await_that


class Idler(threading.Thread):
    """Notes when the server told it of the n-th message."""

    def __init__(self, port):
        super().__init__(daemon=True)
        self.told = {}
        self.socket = socket.create_connection(("127.0.0.1", port))
        self.lines = self.socket.makefile("rb")
        self.lines.readline()
        for text in (b"LOGIN ada secret", b"EXAMINE INBOX"):
            self.socket.sendall(b"a " + text + b"\r\n")
            while not self.lines.readline().startswith(b"a "):
                pass
        self.socket.sendall(b"b IDLE\r\n")
        self.lines.readline()
        self.start()

    def run(self):
        for line in self.lines:
            if found := re.match(rb"\* (\d+) EXISTS", line):
                self.told.setdefault(int(found[1]), time.monotonic())


def describe(what, seconds):
    seconds = sorted(seconds)
    print(f"{what}: median {statistics.median(seconds):.3f} s, "
          f"p90 {seconds[int(0.9 * (len(seconds) - 1))]:.3f} s, worst {seconds[-1]:.3f} s")


class Bench:
    def __init__(self, build, config, db, port):
        self.list = [os.path.join(build, "riposte"), "--config", config, "--db", db,
                     "list", "--json"]
        self.daemon = subprocess.Popen([os.path.join(build, "riposted"), "--config", config,
                                        "--db", db], stderr=subprocess.DEVNULL)
        await_that("the database", lambda: os.path.exists(db))
        time.sleep(3)
        self.database = sqlite3.connect(f"file:{db}?mode=ro", uri=True)
        self.idler = Idler(port)
        self.told, self.stored, self.listed = [], [], []

    def version(self):
        return self.database.execute("PRAGMA data_version").fetchone()[0]

    def is_listed(self, subject):
        said = subprocess.run(self.list, capture_output=True, text=True, check=True).stdout
        return any(f["subject"] == subject for f in json.loads(said)["followups"])

    def measure(self, mailbox, n):
        subject = f"Mail {n}."
        version = self.version()
        mailbox.deliver("", time.time(), f"friend{n % 20}@y.example", "robin@vale.example", subject)
        begin = time.monotonic()
        await_that("a change", lambda: self.version() != version, step_s=0.001)
        self.stored.append(time.monotonic() - begin)
        await_that(subject, lambda: self.is_listed(subject))
        self.listed.append(time.monotonic() - begin)
        await_that("EXISTS", lambda: n in self.idler.told)
        self.told.append(self.idler.told[n] - begin)


def main():
    build, config, db, maildir, port = sys.argv[1:6]
    n_mails = int(sys.argv[6]) if len(sys.argv) > 6 else 200
    bench = Bench(build, config, db, int(port))
    mailbox = Mailbox(maildir)
    try:
        for n in range(1, n_mails + 1):
            bench.measure(mailbox, n)
            time.sleep(random.uniform(0.2, 1.5))
    finally:
        bench.daemon.terminate()
    describe(f"a bare IDLE client is told of {n_mails} mails", bench.told)
    describe("riposted has stored them", bench.stored)
    describe("riposte list has shown them", bench.listed)
    ratios = [a / b for a, b in zip(bench.listed, bench.told)]
    added = [a - b for a, b in zip(bench.listed, bench.told)]
    describe("riposte's part", added)
    print(f"ratio to the bare client: median {statistics.median(ratios):.2f}, worst {max(ratios):.2f}")


if __name__ == "__main__":
    main()
