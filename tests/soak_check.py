# SPDX-License-Identifier: GPL-3.0-or-later
"""What the soak counts: mail, notices, memory, descriptors, processor time."""
import collections
import json
import os
import re
import sqlite3
import statistics
import threading
import time

EVERYTHING = "everything"  # what a summary may have told of
TICKS_S = os.sysconf("SC_CLK_TCK")


# --- processes ---

def read_proc(pid, name):
    with open(f"/proc/{pid}/{name}", encoding="ascii", errors="replace") as file:
        return file.read()


def memory_kb(pid):
    """What it has written to: the rest is shared with whoever runs the same programs."""
    for line in read_proc(pid, "smaps_rollup").splitlines():
        if line.startswith("Private_Dirty:"):
            return int(line.split()[1])
    return 0


def n_descriptors(pid):
    return len(os.listdir(f"/proc/{pid}/fd"))


def n_switches(pid):
    """How often it went to sleep of itself: as often it was woken up."""
    for line in read_proc(pid, "status").splitlines():
        if line.startswith("voluntary_ctxt_switches"):
            return int(line.split()[1])
    return 0


def processor_s(pid):
    """Its own time, and that of its children that have ended."""
    fields = read_proc(pid, "stat").rsplit(")", 1)[1].split()
    return [sum(map(int, fields[i:i + 2])) / TICKS_S for i in (11, 13)]


class Sampler(threading.Thread):
    """Memory and descriptors of riposted's tree, every few seconds."""

    def __init__(self, daemon, pause_s=2):
        super().__init__(daemon=True)
        self.daemon_, self.pause_s = daemon, pause_s
        self.samples = collections.defaultdict(list)  # name: (at, kb, descriptors)
        self.is_over = threading.Event()
        self.begin = time.monotonic()

    def run(self):
        while not self.is_over.wait(self.pause_s):
            for pid, name in self.daemon_.tree().items():
                try:
                    self.samples[name].append((time.monotonic() - self.begin, memory_kb(pid),
                                               n_descriptors(pid)))
                except (OSError, ValueError):
                    pass  # it has just ended

    def stop(self):
        self.is_over.set()
        self.join()

    def describe(self, name):
        samples = self.samples[name]
        if len(samples) < 8:
            return f"{name}: too few samples"
        later = samples[len(samples) // 4:]
        parts = [later[:len(later) // 4], later[-(len(later) // 4):]]
        kb = [statistics.median(s[1] for s in part) for part in parts]
        fds = [statistics.median(s[2] for s in part) for part in parts]
        hours = (later[-1][0] - later[0][0]) / 3600
        slope = statistics.linear_regression([s[0] / 3600 for s in later],
                                             [s[1] for s in later]).slope
        return f"{name}: memory {kb[0] / 1024:.1f} MB early, {kb[1] / 1024:.1f} MB late " \
               f"({slope:+.0f} KB an hour over {hours:.2f} h), most {max(s[1] for s in samples) / 1024:.1f} MB; " \
               f"descriptors {fds[0]:.0f} early, {fds[1]:.0f} late, at most {max(s[2] for s in samples)}"


# --- the database ---

class Database:
    def __init__(self, path):
        self.path = path

    def ask(self, sql):
        database = sqlite3.connect(f"file:{self.path}?mode=ro", uri=True, timeout=60)
        try:
            return database.execute(sql).fetchall()
        finally:
            database.close()

    def n_copies(self):
        try:
            return self.ask("SELECT COUNT(*) FROM copy")[0][0]
        except sqlite3.OperationalError:
            return 0  # it is just being made

    def n_kept(self):
        """Notices of follow-ups that stand as shown."""
        return self.ask("SELECT COUNT(*) FROM notice WHERE stage IN ('overdue', 'repeat')")[0][0]

    def stages(self):
        """{follow-up: {stage: shown_at}}"""
        found = collections.defaultdict(dict)
        for followup, stage, shown_at in self.ask("SELECT followup, stage, shown_at FROM notice"
                                                  " WHERE stage IN ('overdue', 'repeat')"):
            found[followup][stage] = shown_at
        return found


# --- what came to the screen ---

class Screen:
    """The notes of soak_desktop.py."""

    def __init__(self, path):
        self.path = path

    def events(self):
        with open(self.path, encoding="utf-8") as file:
            return [json.loads(line) for line in file if line.endswith("\n")]

    def n_troubles(self):
        return sum(e["what"] == "notify" and e["summary"].startswith("Mail account ")
                   for e in self.events())

    def told(self):
        """How often each subject came up in a notice of its person, and how often such a
        notice, or a summary, went with the notification daemon: then it may come again.
        A notice that takes the place of one is the same one."""
        told, lost = collections.Counter(), collections.Counter()
        calls, up = {}, {}  # serial: event; id: subjects
        for event in self.events():
            what = event["what"]
            if what == "notify":
                calls[event["serial"]] = event
            elif what == "shown":
                call = calls.pop(event["serial"])
                subjects = set(re.findall(r"Letter \d+\.", call["body"]))
                if " waits for " in call["summary"]:
                    told.update(subjects - set(up.get(event["id"], ())))
                elif subjects:
                    subjects = {EVERYTHING}
                up[event["id"]] = subjects
            elif what == "closed":
                up.pop(event["id"], None)
            elif what == "owner":
                lost.update(subject for subjects in up.values() for subject in subjects)
                up.clear()
        return told, lost

    def n_notices(self):
        return sum(e["what"] == "notify" for e in self.events())


def check_mail(expected, lines):
    """The offences of an export against the Message-IDs that were delivered."""
    seen = collections.Counter()
    n_copies = collections.Counter()
    for line in lines:
        item = json.loads(line)
        if item["type"] == "message":
            seen[item["message_id"]] += 1
            n_copies[item["message_id"]] += len(item["copies"])
    offences = [f"missed: {one}" for one in expected if one not in seen]
    offences += [f"{n} times in the export: {one}" for one, n in seen.items() if n != 1]
    offences += [f"{n} copies: {one}" for one, n in n_copies.items() if n != 1]
    return offences + [f"nobody sent it: {one}" for one in seen if one not in set(expected)]


def check_kept(expected, kept):
    """expected: {subject: stages}; kept: {subject: {stage: shown_at}}."""
    for subject, stages in expected.items():
        have = set(kept.get(subject, {}))
        if have != set(stages):
            yield f"{subject}: shown {sorted(have)}, due were {sorted(stages)}"


def check_screen(kept, screen):
    """No follow-up comes up more often than it stands as shown."""
    told, lost = screen.told()
    for subject, n in told.items():
        n_most = len(kept.get(subject, {})) + lost[subject] + lost[EVERYTHING]
        if n > n_most:
            yield f"{subject}: came up {n} times, {n_most} were due"
