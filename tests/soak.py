#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A year of a laptop in half an hour: see soak.sh, which calls it.

usage: soak.py BUILD WORK SERVER-SCRIPT SERVER-PORT [OPTION...]

Mail comes all the time. Meanwhile the server is restarted, the machine sleeps (all of
riposted stands still, its clock goes on by hours), notification daemons come and go, the
password is changed at the server before it is in the configuration, and the network is
gone. At the end all mail must have been read once, each follow-up must have had its
notices and no other, and riposted's memory and descriptors must not have grown.
"""
import argparse
import collections
import json
import os
import random
import signal
import subprocess
import sys
import threading
import time

from soak_check import (Database, Sampler, Screen, check_kept, check_mail, check_screen,
                        memory_kb, n_descriptors, n_switches, processor_s)
from soak_world import (HERE, Clock, Daemon, Desktop, Mailbox, Network, Server, await_that,
                        find_faketime)

HOUR_S = 3600
DUE_S, REPEAT_S = 48 * HOUR_S, 96 * HOUR_S
PEOPLE = [f"friend{i}@y.example" for i in range(12)]
LOGIND = "org.freedesktop.login1"


class Letter:
    """Mail to me, and what becomes of it: answered within two days, late, or never."""

    def __init__(self, message_id, person, subject, at, fate):
        self.message_id, self.person, self.subject = message_id, person, subject
        self.at, self.fate = at, fate
        self.is_answered = False

    def stages(self, now):
        if self.fate == "soon":
            return []
        due = ["overdue"] if now >= self.at + DUE_S else []
        return due + (["repeat"] if now >= self.at + REPEAT_S and self.fate == "never" else [])


class Soak:
    def __init__(self, options):
        self.options = options
        self.random = random.Random(options.seed)
        work = options.work
        self.clock = Clock(os.path.join(work, "clock"))
        self.server = Server(options.script, options.port, os.path.join(work, "dovecot"))
        self.network = Network(options.port)
        self.mailbox = Mailbox(os.path.join(work, "dovecot", "mail"))
        self.daemon = Daemon(options.build, work, self.clock)
        self.desktop = Desktop(sys.executable, work, bool(os.environ.get("DISPLAY")))
        self.database = Database(self.daemon.db)
        self.screen = Screen(os.path.join(work, "screen.json"))
        self.letters = []
        self.watcher = None
        self.is_over = False
        self.server_lock = threading.Lock()
        self.password = 0
        self.lock = threading.RLock()  # of the letters and the clock
        self.may_restart, self.may_deliver = threading.Event(), threading.Event()
        self.counts = collections.Counter()
        self.delays = collections.defaultdict(list)
        self.offences = []

    # --- mail ---

    def send(self, ago_s=0, fate=None):
        with self.lock:
            person = self.random.choice(PEOPLE)
            fate = fate or self.random.choice(("soon", "soon", "late", "never"))
            at = self.clock.now() - ago_s
            subject = f"Letter {len(self.letters) + 1}."
            message_id = self.mailbox.deliver("", at, person, "me@x.example", subject)
            self.letters.append(Letter(message_id, person, subject, at, fate))

    def answer(self, letter):
        self.mailbox.deliver(".Sent", self.clock.now(), "me@x.example", letter.person,
                             "Re: " + letter.subject, letter.message_id)
        letter.is_answered = True

    def postman(self):
        while not self.is_over:
            if self.may_deliver.wait(1):
                self.send()
            time.sleep(self.random.uniform(0.2, 2 * self.options.mail_s))

    def read_all(self, what):
        """All that was delivered is in the database."""
        took_s = await_that(f"{what}: all mail is read",
                            lambda: self.database.n_copies() >= len(self.mailbox.ids))
        self.delays[what].append(took_s)

    def n_due(self):
        now = self.clock.now() - 2
        return sum(len(letter.stages(now)) for letter in self.letters)

    def notices_all(self, what):
        took_s = await_that(f"{what}: all notices are shown",
                            lambda: self.database.n_kept() >= self.n_due())
        self.delays[what + ", notices"].append(took_s)

    def settle(self, what):
        """Who was to be answered is, and all is known. Dovecot tells nothing of what other
        programs put into folders that are not open: riposted is asked to look."""
        self.read_all(what)
        with self.lock:
            now = self.clock.now()
            for letter in self.letters:
                is_late = letter.fate == "late" and now > letter.at + DUE_S + 60
                if not letter.is_answered and (letter.fate == "soon" or is_late):
                    self.answer(letter)
        subprocess.run(["gdbus", "call", "--session", "-d", "org.riposte.Daemon1", "-o",
                        "/org/riposte/Daemon1", "-m", "org.riposte.Daemon1.Sync",
                        self.daemon.db],
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
        self.read_all(what)

    # --- what happens ---

    def restart_server(self):
        n = self.server.n_logins()
        self.server.stop(self.random.choice((signal.SIGTERM, signal.SIGKILL)))
        time.sleep(self.random.choice((0, 0, 0.3)))
        self.server.start()
        self.counts["restarts"] += 1
        return n

    def has_restarted(self):
        """Often enough, or there is no time left."""
        return self.counts["restarts"] >= self.options.restarts or \
            time.monotonic() - self.begun > self.options.most_s

    def keep_restarting(self):
        """As soon as riposted is back, and a moment later; or before, after 10 s."""
        while not self.is_over and not self.has_restarted():
            if not self.may_restart.wait(1):
                continue
            with self.server_lock:
                n = self.restart_server()
            begin = time.monotonic()
            while self.server.n_logins() == n and time.monotonic() - begin < 10:
                time.sleep(0.05)
            self.counts["restarts seen"] += self.server.n_logins() > n
            time.sleep(self.random.uniform(0, 0.4))

    def tell_logind(self, is_beginning):
        subprocess.run(
            ["gdbus", "call", "--address", os.environ["DBUS_SYSTEM_BUS_ADDRESS"], "-d", LOGIND,
             "-o", "/org/freedesktop/login1", "-m", "org.freedesktop.DBus.Mock.EmitSignal",
             f"{LOGIND}.Manager", "PrepareForSleep", "b", f"[<{'true' if is_beginning else 'false'}>]"],
            check=True, stdout=subprocess.DEVNULL)

    def sleep(self, hours=None):
        """Everything of riposted stands still, and its clock goes on."""
        hours = hours or self.random.uniform(1, 18)
        self.tell_logind(True)
        self.daemon.send_all(signal.SIGSTOP)
        self.random.choice((self.network.lose, self.network.cut, lambda: None))()
        with self.lock:
            self.clock.jump(hours * HOUR_S)
            for _ in range(self.random.randrange(4)):
                self.send(ago_s=self.random.uniform(0, hours * HOUR_S - 1))
        self.daemon.send_all(signal.SIGCONT)
        self.tell_logind(False)
        self.counts["suspends"] += 1

    def suspend(self):
        self.settle("before a suspend")
        self.sleep()
        self.read_all("after a suspend")
        self.notices_all("after a suspend")

    def change_desktop(self):
        how = self.random.choice(("at once", "later", "hung"))
        if how == "hung":
            self.desktop.process.send_signal(signal.SIGSTOP)
            time.sleep(self.random.uniform(0.2, 1))
        self.desktop.stop()
        if how == "later":
            time.sleep(self.random.uniform(0.2, 2))
        self.counts["desktops"] += 1
        self.desktop.start("dunst" if self.counts["desktops"] % 2 else "ours")

    def change_password(self):
        """It is not tried again and again, and told of once."""
        self.settle("before a new password")
        n_refused, n_troubles = self.server.n_refused(), self.screen.n_troubles()
        self.password += 1
        with self.server_lock:
            self.server.set_password(f"secret{self.password}")
            self.restart_server()
        await_that("a refused password is told", lambda: self.screen.n_troubles() > n_troubles)
        with self.server_lock:
            self.restart_server()
        self.sleep(self.random.uniform(1, 6))
        self.network.cut()
        if self.random.random() < 0.3:
            time.sleep(1.5)  # it has been seen
            self.change_desktop()
        time.sleep(3)
        self.counts["passwords"] += 1
        self.counts["logins refused"] += self.server.n_refused() - n_refused
        self.note_if(self.screen.n_troubles() - n_troubles != 1,
                     f"{self.screen.n_troubles() - n_troubles} notices of a refused password")
        self.note_if(not 1 <= self.server.n_refused() - n_refused <= 2,
                     f"{self.server.n_refused() - n_refused} logins with a password once refused")
        self.daemon.write_config(self.network.port, f"secret{self.password}")
        self.read_all("after a new password")

    def lose_network(self):
        """For hours: refused or swallowed, with a sleep in it; and mail comes."""
        self.settle("before the network goes")
        state = self.random.choice(("gone", "hole"))
        self.network.set(state)
        self.random.choice((self.network.lose, self.network.cut))()
        for _ in range(2):
            with self.lock:
                self.clock.jump(self.random.uniform(1, 5) * HOUR_S)
                self.send()
            time.sleep(self.random.uniform(1, 4))
        self.sleep(self.random.uniform(1, 6))
        self.notices_all("with the network gone")
        self.network.set("up")
        self.counts["outages"] += 1
        # It is riposted's to try again by itself, within a quarter of an hour; a short one.
        self.read_all("after an outage")

    def lose_network_for_hours(self):
        """A new riposted whose time passes quickly, and that finds no network. It gives
        no sign of life but tries, fewer and fewer of them."""
        hours, times = self.options.gone_hours, 240
        self.network.set("gone")
        self.network.cut()
        n_before = self.network.n_connections
        self.daemon.start(times)
        await_that("it tries", lambda: self.network.n_connections > n_before)
        for _ in range(3):
            self.send()
            time.sleep(hours * HOUR_S / times / 3)
        n_tries = self.network.n_connections - n_before
        own, children = processor_s(self.daemon.process.pid)
        print(f"# network gone for {hours:g} h (a clock {times} times as fast): {n_tries} tries, "
              f"{own:.2f} s of processor time, {children:.2f} s of the children's")
        self.network.set("up")
        self.read_all("after hours without a network")
        self.note_if(n_tries > 20 + 8 * hours, f"{n_tries} tries in {hours:g} h")
        self.note_if(self.daemon.stop() != 0, "it does not end well")

    def note_if(self, is_wrong, text):
        if is_wrong:
            self.offences.append(text)
            print(f"# WRONG: {text}", flush=True)

    # --- the whole ---

    def begin(self):
        self.server.set_password("secret0")
        self.server.start()
        for person in PEOPLE:
            self.mailbox.deliver(".Sent", self.clock.now() - 40 * 24 * HOUR_S, "me@x.example",
                                 person, "Hello")
        self.watcher = subprocess.Popen([sys.executable, os.path.join(HERE, "soak_desktop.py"),
                                         "watch", self.screen.path])
        await_that("the bus is watched", lambda: os.path.exists(self.screen.path) and
                   any(e["what"] == "ready" for e in self.screen.events()))
        self.desktop.start("ours")
        self.daemon.write_config(self.network.port, "secret0")
        self.daemon.start()
        await_that("riposted has made its database", lambda: os.path.exists(self.daemon.db))
        time.sleep(1)
        self.read_all("first")
        self.sampler = Sampler(self.daemon)
        self.sampler.start()
        self.begun = time.monotonic()

    def run(self):
        options = self.options
        events = [self.suspend] * options.suspends + [self.change_desktop] * options.desktops + \
            [self.change_password] * options.passwords + [self.lose_network] * options.outages
        self.random.shuffle(events)
        self.may_deliver.set()
        self.may_restart.set()
        threads = [threading.Thread(target=work, daemon=True)
                   for work in (self.postman, self.keep_restarting)]
        for thread in threads:
            thread.start()
        for i, event in enumerate(events):
            if event in (self.change_password, self.lose_network):
                self.may_restart.clear()
            if self.options.verbose:
                print(f"# {time.monotonic() - self.begun:.0f} s: {event.__name__}", flush=True)
            event()
            self.may_restart.set()
            if i % 20 == 19:
                print(f"# {time.monotonic() - self.begun:.0f} s: {dict(self.counts)}, "
                      f"{len(self.mailbox.ids)} mails", flush=True)
        await_that("the last server restart",
                   lambda: self.has_restarted() or not threads[1].is_alive(), 2 * options.most_s)
        self.note_if(not self.has_restarted(), "the server's restarts have ended too early")
        self.is_over = True
        for thread in threads:
            thread.join()

    def end(self):
        """All that is due becomes due, and it is quiet."""
        for _ in range(6):
            self.settle("at the end")
            self.sleep(18)
            self.read_all("at the end")
            self.notices_all("at the end")
        self.settle("at the end")
        self.read_all("at the end")

    def clear_up(self):
        """Whatever became of it."""
        self.is_over = True
        if self.daemon.process is not None:
            self.daemon.send_all(signal.SIGCONT)
            self.daemon.send_all(signal.SIGKILL)
        for process in (self.watcher, self.desktop.process):
            if process is not None:
                process.kill()
        if self.server.process is not None:
            self.server.stop(signal.SIGKILL)

    def kept(self):
        """{subject: {stage: shown_at}}"""
        followups = json.loads(self.daemon.riposte("list", "--all", "--json"))["followups"]
        subjects = {f["id"]: f["subject"] for f in followups}
        return {subjects.get(key, key): value for key, value in self.database.stages().items()}

    def check(self):
        lines = self.daemon.riposte("export").splitlines()
        kept = self.kept()
        now = self.clock.now()
        expected = {letter.subject: letter.stages(now) for letter in self.letters}
        expected.update({s: [] for s in kept if s not in expected})
        results = {
            f"all {len(self.mailbox.ids)} mails are read, each once":
                check_mail(self.mailbox.ids, lines),
            f"each of {len(self.letters)} follow-ups has had the "
            f"{sum(map(len, expected.values()))} notices due, and no other":
                [*check_kept(expected, kept)],
            f"none of {self.screen.n_notices()} notices tells twice of the same":
                [*check_screen(kept, self.screen)],
            "refused passwords are told once and not tried again": self.offences,
        }
        return results


def parse_options():
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument("build")
    parser.add_argument("work")
    parser.add_argument("script")
    parser.add_argument("port", type=int)
    parser.add_argument("--restarts", type=int, default=1000)
    parser.add_argument("--suspends", type=int, default=200)
    parser.add_argument("--desktops", type=int, default=50)
    parser.add_argument("--passwords", type=int, default=20)
    parser.add_argument("--outages", type=int, default=6)
    parser.add_argument("--gone-hours", type=float, default=12)
    parser.add_argument("--mail-s", type=float, default=1.5, help="mean time between two mails")
    parser.add_argument("--most-s", type=float, default=7200, help="then no more restarts")
    parser.add_argument("--quiet-s", type=float, default=60, help="to measure wake-ups in")
    parser.add_argument("--verbose", action="store_true")
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args()


def measure(soak):
    """Figures, not checks."""
    options, daemon = soak.options, soak.daemon
    soak.sampler.stop()
    print(f"# {time.monotonic() - soak.begun:.0f} s, {(soak.clock.ahead_s) / 86400:.0f} days on "
          f"riposted's clock: {dict(soak.counts)}, {soak.desktop.kinds}, {soak.server.n_starts} "
          f"starts of the server, {soak.network.n_connections} connections")
    for name in ("riposted", "riposte-notify", "riposte-fetch"):
        print("# " + soak.sampler.describe(name))
    for what, took in soak.delays.items():
        print(f"# {what}: median {sorted(took)[len(took) // 2]:.1f} s, worst {max(took):.1f} s ({len(took)})")
    own, children = processor_s(daemon.process.pid)
    print(f"# processor time: riposted {own:.1f} s, children that ended {children:.1f} s")
    time.sleep(5)
    tree = daemon.tree()
    before = {pid: (n_switches(pid), sum(processor_s(pid))) for pid in tree}
    time.sleep(options.quiet_s)
    for pid, name in tree.items():
        try:
            n, s = n_switches(pid), sum(processor_s(pid))
        except OSError:
            print(f"# quiet: {name} ended")
            continue
        print(f"# quiet for {options.quiet_s:.0f} s: {name} woke {n - before[pid][0]} times, "
              f"{s - before[pid][1]:.2f} s of processor time")


def compare_with_fresh(soak):
    """A new riposted with the same mail: what of the memory is the mail's."""
    old = {name: (memory_kb(pid), n_descriptors(pid)) for pid, name in soak.daemon.tree().items()}
    n_logins = soak.server.n_logins()
    status = soak.daemon.stop()
    soak.daemon.start()
    await_that("the new riposted reads", lambda: soak.server.n_logins() > n_logins)
    time.sleep(8)
    new = {name: (memory_kb(pid), n_descriptors(pid)) for pid, name in soak.daemon.tree().items()}
    for name in sorted(old):
        if name in new:
            print(f"# {name}: {old[name][0] / 1024:.1f} MB and {old[name][1]} descriptors; one just "
                  f"started has {new[name][0] / 1024:.1f} MB and {new[name][1]}")
    return status, old, new


def live(soak):
    """{what must be so: offences}"""
    soak.begin()
    soak.run()
    soak.end()
    measure(soak)
    results = soak.check()
    status, old, new = compare_with_fresh(soak)
    grown = [f"{name} has {old[name][1]} descriptors, a new one {new[name][1]}"
             for name in old if name in new and old[name][1] > new[name][1]]
    results["no descriptors are left open"] = grown
    soak.settle("a new one")
    statuses = [status, soak.daemon.stop()]
    soak.offences = []
    soak.lose_network_for_hours()
    results["without a network for hours it tries now and then"] = soak.offences
    results["a new riposted shows nothing again, and both end well"] = \
        [*check_screen(soak.kept(), soak.screen)] + \
        [f"exit status {one}" for one in statuses if one != 0]
    return results


def report(results):
    print(f"1..{len(results)}")
    for i, (what, offences) in enumerate(results.items(), 1):
        for offence in offences[:40]:
            print(f"# {offence}")
        print(f"{'not ok' if offences else 'ok'} {i} - {what}")
    return 1 if any(results.values()) else 0


def main():
    options = parse_options()
    if find_faketime() is None:
        print("1..0 # SKIP libfaketime is not installed")
        return 0
    soak = Soak(options)
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda *_: sys.exit(1))
    try:
        return report(live(soak))
    finally:
        soak.clear_up()


if __name__ == "__main__":
    sys.exit(main())
