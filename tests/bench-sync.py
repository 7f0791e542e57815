#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""How long a first sync takes beside a bare socket that reads the same answers.

usage: bench-sync.py PORT TLS-PORT CA-FILE RIPOSTE CONFIG-FOLDER [ROUNDS]

To be called by bench-sync.sh, which serves a large mailbox. A first sync through
imap-proxy.py warms the server up and records what is asked; the floor is a socket
that sends the same EXAMINE and FETCH commands, one after the other, and throws away
what comes. Rounds of all are interleaved; medians are printed, and the largest
memory of riposte and riposte-fetch together (PSS, sampled each 10 ms).
"""
import os
import socket
import ssl
import statistics
import subprocess
import sys
import threading
import time

HERE = os.path.dirname(os.path.abspath(__file__))


class Raw:
    """Sends commands, throws answers away."""

    def __init__(self, port, context):
        self.socket = socket.create_connection(("localhost", port))
        if context:
            self.socket = context.wrap_socket(self.socket, server_hostname="localhost")
        self.buffer = bytearray(1 << 18)
        self.n_bytes = 0
        self.read_until(b"\r\n")

    def read_until(self, start_of_line):
        """Until a line begins so, or, for the greeting, ends so."""
        tail = b"\r\n"
        while True:
            n = self.socket.recv_into(self.buffer)
            if not n:
                sys.exit("the server has closed the connection")
            self.n_bytes += n
            tail = (tail + self.buffer[max(0, n - 4000):n])[-4000:]
            if tail.endswith(b"\r\n") and (b"\r\n" + start_of_line in tail or start_of_line == b"\r\n"):
                return

    def command(self, text):
        self.socket.sendall(b"floor " + text + b"\r\n")
        self.read_until(b"floor ")


def run_raw(commands, port, context):
    begin = time.monotonic()
    raw = Raw(port, context)
    raw.command(b"LOGIN ada secret")
    for text in commands:
        raw.command(text)
    return time.monotonic() - begin, raw.n_bytes


def children_of(pid):
    with open("/proc/%d/task/%d/children" % (pid, pid), encoding="ascii") as file:
        return [int(child) for child in file.read().split()]


def pss_kb(pid):
    with open("/proc/%d/smaps_rollup" % pid, encoding="ascii") as file:
        return next(int(line.split()[1]) for line in file if line.startswith("Pss:"))


class Memory(threading.Thread):
    """The largest sum of PSS over a process and its children."""

    def __init__(self, pid):
        super().__init__(daemon=True)
        self.pid, self.peak_kb, self.each_kb = pid, 0, []

    def run(self):
        while True:
            try:
                each = [pss_kb(pid) for pid in [self.pid] + children_of(self.pid)]
            except (OSError, StopIteration):
                if not os.path.exists("/proc/%d/task" % self.pid):
                    return
                each = []
            if sum(each) > self.peak_kb:
                self.peak_kb, self.each_kb = sum(each), each
            time.sleep(0.01)


class Bench:
    def __init__(self, riposte, folder):
        self.riposte, self.folder = riposte, folder
        self.db = os.path.join(folder, "bench.db")

    def forget(self):
        for end in ("", "-wal", "-shm"):
            if os.path.exists(self.db + end):
                os.unlink(self.db + end)

    def config(self, account):
        path = os.path.join(self.folder, "bench.config")
        with open(path, "w", encoding="utf-8") as file:
            file.write("[me]\naddresses=robin@vale.example\n[account mail]\n%s\n" % account)
        return path

    def sync(self, account, fresh=True):
        """(seconds, peak of all processes in KB, of each)"""
        if fresh:
            self.forget()
        command = [self.riposte, "--config", self.config(account), "--db", self.db, "sync"]
        begin = time.monotonic()
        with subprocess.Popen(command, stdout=subprocess.DEVNULL,
                              stderr=subprocess.DEVNULL) as process:
            memory = Memory(process.pid)
            memory.start()
            if process.wait() != 0:
                sys.exit("riposte sync failed")
            seconds = time.monotonic() - begin
        memory.join()
        return seconds, memory.peak_kb, memory.each_kb

    def record(self, account, port):
        """The EXAMINE and FETCH commands of a first sync, which warms the server up too."""
        log = os.path.join(self.folder, "bench.wire")
        proxy = subprocess.Popen([sys.executable, os.path.join(HERE, "imap-proxy.py"), "--log", log, "127.0.0.1",
                                  str(port)], stdout=subprocess.PIPE, text=True)
        try:
            self.sync(account % int(proxy.stdout.readline()))
        finally:
            proxy.kill()
            proxy.wait()
        with open(log, "rb") as file:
            commands = [line.rstrip(b"\n").split(b" ", 3)[3] for line in file if line.count(b" ") > 3]
        return [c for c in commands if c.startswith((b"EXAMINE ", b"UID FETCH "))]


def account(security, port, ca_file):
    return ("type=imap\nhost=localhost\nport=%s\nsecurity=%s\nuser=ada\npassword_command=echo secret\nca_file=%s"
            % (port, security, ca_file))


def median(values):
    return statistics.median(values) if values else float("nan")


def report(label, floors, syncs):
    floor, sync = median(floors), median([s[0] for s in syncs])
    peak = max(syncs, key=lambda s: s[1])
    print("%-6s floor %.2f s (%s), first sync %.2f s (%s): %.2f times" % (
        label, floor, " ".join("%.2f" % f for f in floors), sync, " ".join("%.2f" % s[0] for s in syncs),
        sync / floor))
    print("       the least disturbed of each: %.2f times; peak %.1f MB together (%s)" % (
        min(s[0] for s in syncs) / min(floors), peak[1] / 1024,
        " + ".join("%.1f" % (kb / 1024) for kb in peak[2])))


def main():
    if len(sys.argv) not in (6, 7):
        sys.exit(__doc__)
    port, tls_port, ca_file = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
    bench, rounds = Bench(sys.argv[4], sys.argv[5]), int(sys.argv[6]) if len(sys.argv) == 7 else 5
    commands = bench.record(account("none", "%d", ca_file), port)
    ways = {"plain": (account("none", port, ca_file), port, None),
            "TLS": (account("tls", tls_port, ca_file), tls_port, ssl.create_default_context(cafile=ca_file))}
    floors, syncs, nothing = {w: [] for w in ways}, {w: [] for w in ways}, []
    for _ in range(rounds):
        for way, (lines, way_port, context) in ways.items():
            seconds, n_bytes = run_raw(commands, way_port, context)
            floors[way].append(seconds)
            syncs[way].append(bench.sync(lines))
            nothing.append(bench.sync(lines, fresh=False)[0])
    print("%d commands, %.1f MB of answers, database %.1f MB" % (
        len(commands), n_bytes / 1e6, os.path.getsize(bench.db) / 1e6))
    for way in ways:
        report(way, floors[way], syncs[way])
    print("nothing new: %.3f s" % median(nothing))
    return 0


if __name__ == "__main__":
    sys.exit(main())
