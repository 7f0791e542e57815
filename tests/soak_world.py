# SPDX-License-Identifier: GPL-3.0-or-later
"""What riposted lives in during the soak: clock, network, server, desktop, and itself."""
import email.utils
import glob
import os
import random
import re
import signal
import socket
import subprocess
import threading
import time

HERE = os.path.dirname(os.path.abspath(__file__))
PATIENCE_S = int(os.environ.get("RIPOSTE_SOAK_PATIENCE_S", 300))  # for anything that has to come; a slow machine is not a fault


def await_that(what, is_so, patience_s=PATIENCE_S, step_s=0.02):
    """Until is_so(); the seconds it took. False: it never was."""
    begin = time.monotonic()
    while not is_so():
        if time.monotonic() - begin > patience_s:
            raise TimeoutError(f"in {patience_s} s it did not come: {what}")
        time.sleep(step_s)
    return time.monotonic() - begin


def find_faketime():
    found = glob.glob("/usr/lib/*/faketime/libfaketime.so.1") + \
        glob.glob("/usr/lib*/faketime/libfaketime.so.1")
    return found[0] if found else None


class Clock:
    """The wall clock that riposted sees: the machine's, and hours that were slept."""

    def __init__(self, path):
        self.path = path
        self.ahead_s = 0
        self.write()

    def write(self):
        with open(self.path + ".new", "w", encoding="ascii") as file:
            file.write(f"+{self.ahead_s}\n")
        os.rename(self.path + ".new", self.path)

    def jump(self, seconds):
        self.ahead_s += int(seconds)
        self.write()

    def now(self):
        return time.time() + self.ahead_s

    def environment(self, times=1):
        """Of a process that sees it; times as fast, timers and all, if not 1: it does
        not jump then."""
        environment = {"LD_PRELOAD": find_faketime(), "NO_FAKE_STAT": "1"}
        if times != 1:
            return {**environment, "FAKETIME": f"+{self.ahead_s} x{times}"}
        return {**environment, "FAKETIME_TIMESTAMP_FILE": self.path, "FAKETIME_NO_CACHE": "1",
                "FAKETIME_DONT_FAKE_MONOTONIC": "1", "DONT_FAKE_MONOTONIC": "1"}


class Network(threading.Thread):
    """Between riposte-fetch and the server: up, refusing, or a hole that swallows all."""

    def __init__(self, server_port):
        super().__init__(daemon=True)
        self.server_port = server_port
        self.listener = socket.create_server(("127.0.0.1", 0), backlog=100)
        self.port = self.listener.getsockname()[1]
        self.state = "up"
        self.n_connections = 0
        self.lock = threading.Lock()
        self.pairs = []  # [client, server or None, is_lost]
        self.start()

    def run(self):
        while True:
            client = self.listener.accept()[0]
            self.n_connections += 1
            threading.Thread(target=self.serve, args=(client,), daemon=True).start()

    def serve(self, client):
        pair = [client, None, False]
        with self.lock:
            self.pairs.append(pair)
            state = self.state
        if state == "hole":
            return
        try:
            if state != "up":
                raise ConnectionRefusedError
            pair[1] = socket.create_connection(("127.0.0.1", self.server_port))
        except OSError:
            self.close(pair)
            return
        back = threading.Thread(target=self.pump, args=(pair, pair[1], client), daemon=True)
        back.start()
        self.pump(pair, client, pair[1])

    def pump(self, pair, source, target):
        try:
            while data := source.recv(65536):
                if not pair[2]:
                    target.sendall(data)
        except OSError:
            pass
        if source is pair[0] or not pair[2]:
            self.close(pair)

    def close(self, pair):
        with self.lock:
            if pair in self.pairs:
                self.pairs.remove(pair)
        for end in pair[:2]:
            if end is not None:
                try:
                    end.shutdown(socket.SHUT_RDWR)
                except OSError:
                    pass
                end.close()

    def cut(self):
        """All connections, and both ends see it."""
        for pair in list(self.pairs):
            self.close(pair)

    def lose(self):
        """All connections, and the client is told nothing; the server is."""
        for pair in list(self.pairs):
            pair[2] = True
            try:
                if pair[1] is not None:
                    pair[1].shutdown(socket.SHUT_RDWR)
            except OSError:
                pass  # it has just ended

    def set(self, state):
        if state == "up" and self.state == "hole":
            self.cut_unserved()
        self.state = state

    def cut_unserved(self):
        for pair in list(self.pairs):
            if pair[1] is None:
                self.close(pair)


class Server:
    """Dovecot, started by a script that becomes it."""

    def __init__(self, script, port, root):
        self.script, self.port, self.root = script, port, root
        self.log_file = open(os.path.join(root, "log"), encoding="ascii", errors="replace")
        self.log_lock = threading.Lock()
        self.logins = self.refused = 0
        self.process = None
        self.n_starts = 0

    def start(self):
        for _ in range(100):
            self.process = subprocess.Popen([self.script], start_new_session=True,
                                            stdin=subprocess.DEVNULL)
            if self.answers():
                self.n_starts += 1
                return
            self.stop(signal.SIGKILL)
            time.sleep(0.2)
        raise TimeoutError("Dovecot does not start")

    def answers(self):
        begin = time.monotonic()
        while self.process.poll() is None and time.monotonic() - begin < 60:
            try:
                with socket.create_connection(("127.0.0.1", self.port), timeout=30) as probe:
                    return probe.recv(4) == b"* OK"
            except OSError:
                time.sleep(0.03)
        return False

    def stop(self, how=signal.SIGTERM):
        if how == signal.SIGTERM:
            self.process.terminate()
            try:
                self.process.wait(20)
            except subprocess.TimeoutExpired:
                pass
        try:
            os.killpg(self.process.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
        self.process.wait()

    def read_log(self):
        """What is new in it."""
        with self.log_lock:
            line = self.log_file.readline()
            while line.endswith("\n"):
                self.logins += bool(re.search(r"(?:Login|Logged in): ", line))
                refused = re.search(r"auth failed, (\d+) attempts", line)
                self.refused += int(refused[1]) if refused else 0
                line = self.log_file.readline()
            self.log_file.seek(self.log_file.tell() - len(line.encode()))

    def n_logins(self):
        self.read_log()
        return self.logins

    def n_refused(self):
        self.read_log()
        return self.refused

    def set_password(self, password):
        path = os.path.join(self.root, "users")
        with open(path + ".new", "w", encoding="ascii") as file:
            file.write(f"ada:{{PLAIN}}{password}\n")
        give_to(path + ".new", self.root)
        os.rename(path + ".new", path)


def give_to(path, like):
    """The owner of like becomes path's."""
    if os.getuid() == 0:
        status = os.stat(like)
        os.chown(path, status.st_uid, status.st_gid)


class Mailbox:
    """A Maildir that Dovecot serves; each mail is delivered once."""

    def __init__(self, root):
        self.root = root
        self.ids = []
        self.n = 0
        self.lock = threading.Lock()

    def deliver(self, folder, at, sender, to, subject, parent=None):
        """Its Message-ID."""
        with self.lock:
            self.n += 1
            message_id = f"soak-{self.n}@x.example"
            text = f"From: <{sender}>\nTo: <{to}>\nSubject: {subject}\n" \
                   f"Date: {email.utils.formatdate(at)}\nMessage-ID: <{message_id}>\n"
            if parent:
                text += f"In-Reply-To: <{parent}>\nReferences: <{parent}>\n"
            name = f"{int(at)}.M{self.n}.soak"
            base = os.path.join(self.root, folder)
            path = os.path.join(base, "tmp", name)
            with open(path, "w", encoding="ascii") as file:
                file.write(text + "\nBody.\n")
            os.utime(path, (int(at), int(at)))
            give_to(path, base)
            self.ids.append(message_id)
            os.rename(path, os.path.join(base, "new", name))
        return message_id


class Desktop:
    """A notification daemon that comes and goes: dunst where there is a screen, or ours."""

    def __init__(self, python, work, has_screen):
        self.python, self.work, self.has_screen = python, work, has_screen
        self.process = None
        self.kinds = {"dunst": 0, "ours": 0}
        self.dunstrc = os.path.join(work, "dunstrc")
        with open(self.dunstrc, "w", encoding="ascii") as file:
            file.write("[urgency_normal]\ntimeout = 1\n")

    def start(self, kind):
        if kind == "dunst" and self.has_screen:
            command = ["dunst", "-conf", self.dunstrc]
        else:
            kind = "ours"
            command = [self.python, os.path.join(HERE, "soak_desktop.py"), "serve", "0.3"]
        environment = {k: v for k, v in os.environ.items() if k != "G_DEBUG"}
        self.process = subprocess.Popen(command, env=environment, stdin=subprocess.DEVNULL,
                                        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.kinds[kind] += 1

    def stop(self):
        self.process.send_signal(random.choice((signal.SIGTERM, signal.SIGKILL)))
        self.process.send_signal(signal.SIGCONT)
        self.process.wait()


class Daemon:
    """riposted and its children."""

    def __init__(self, build, work, clock):
        self.build, self.work, self.clock = build, work, clock
        self.config = os.path.join(work, "config")
        self.db = os.path.join(work, "riposte.db")
        self.log_path = os.path.join(work, "riposted.log")
        self.process = None

    def write_config(self, port, password):
        with open(self.config + ".new", "w", encoding="ascii") as file:
            file.write(f"""[me]
addresses=me@x.example
timezone=UTC
[account work]
type=imap
host=127.0.0.1
port={port}
security=none
user=ada
password_command=echo {password}
[policy]
expect_mine=0
expect_theirs=1
[notify]
quiet=00:00-00:00
per_day=1000
open_command=true
""")
        os.utime(self.config + ".new", (self.clock.now(), self.clock.now()))
        os.rename(self.config + ".new", self.config)

    def start(self, times=1):
        environment = {**os.environ, **self.clock.environment(times)}
        with open(self.log_path, "a", encoding="utf-8") as log:
            self.process = subprocess.Popen(
                [os.path.join(self.build, "riposted"), "--config", self.config, "--db", self.db],
                env=environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log)

    def stop(self, how=signal.SIGTERM):
        """Its exit status."""
        self.process.send_signal(how)
        return self.process.wait(PATIENCE_S)

    def is_alive(self):
        return self.process.poll() is None

    def tree(self):
        """{pid: name}"""
        found = {self.process.pid: "riposted"}
        for path in glob.glob("/proc/[0-9]*/stat"):
            try:
                with open(path, encoding="ascii", errors="replace") as file:
                    pid, name, parent = re.match(r"(\d+) \((.*)\) \S (\d+)", file.read()).groups()
            except OSError:
                continue
            if int(parent) == self.process.pid:
                found[int(pid)] = name
        return found

    def send_all(self, number):
        for pid in self.tree():
            try:
                os.kill(pid, number)
            except ProcessLookupError:
                pass

    def riposte(self, *arguments):
        """What it prints, as of the clock."""
        now = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(self.clock.now()))
        return subprocess.run(
            [os.path.join(self.build, "riposte"), "--config", self.config, "--db", self.db,
             "--now", now, *arguments], capture_output=True, text=True, check=True).stdout
