#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Does a command say the same whether a view was kept or not? A random walk.

usage: saved_walk.py SEED STEPS MAILBOX WORK RIPOSTE

MAILBOX is what generate.py wrote; it comes in bit by bit. A step is one write and some
instants; at each, what was kept right after the write (of an earlier instant, perhaps)
must say what is derived anew where no view can be kept: a folder lies in its place.
Prints one line, or what differs and how it came to it; exit status 1 then.
"""
import datetime
import difflib
import json
import os
import random
import shutil
import subprocess
import sys

DAY = 86400
FAR_AT = 4070908800  # 2099: by then \Answered was seen, which a reading notes by the real clock
INSTANTS = ("opened_at", "due_at", "closed_at", "taken_at", "at", "logged_at", "effective_at",
            "since_at", "snoozed_until_at", "undone_at")


def iso(at):
    return datetime.datetime.fromtimestamp(at, datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


def seconds(text):
    return int(datetime.datetime.fromisoformat(text.replace("Z", "+00:00")).timestamp())


class Walk:
    def __init__(self, seed, mailbox, work, riposte):
        self.rng = random.Random("walk %d" % seed)
        self.work, self.riposte = work, riposte
        self.db = os.path.join(work, "riposte.db")
        self.view, self.aside = self.db + ".view", os.path.join(work, "kept")
        with open(os.path.join(mailbox, "expect.json"), encoding="utf-8") as file:
            expect = json.load(file)
        self.last_at = seconds(expect["as_of"])
        self.now = self.last_at - 30 * DAY
        self.mailbox, self.arriving = mailbox, os.path.join(work, "mail")
        self.rest = self.messages(mailbox)
        self.rng.shuffle(self.rest)
        for folder in sorted({m[0] for m in self.rest} | {".Archive"}):
            for part in ("cur", "new", "tmp"):
                os.makedirs(os.path.join(self.arriving, folder, part))
        policy = expect["policy"] + ["working_hours=Mon-Fri 09:00-17:00",
                                     "clock=%s" % self.rng.choice(["wall", "working"])]
        with open(os.path.join(work, "config"), "w", encoding="utf-8") as file:
            file.write("[me]\naddresses=%s\ntimezone=Europe/Berlin\n[account mail]\ntype=maildir\npath=%s\n"
                       "[policy]\n%s\n" % (";".join(expect["owner"]), self.arriving, "\n".join(policy)))
        self.n_kept = self.n_compared = 0
        self.log, self.lines = [], []

    @staticmethod
    def messages(maildir):
        """(folder, its part of the tree, file name) of each, "" the INBOX."""
        found = []
        for folder in [""] + sorted(d for d in os.listdir(maildir) if d.startswith(".")):
            for part in ("cur", "new"):
                place = os.path.join(maildir, folder, part)
                if os.path.isdir(place):
                    found += [(folder, part, name) for name in sorted(os.listdir(place))]
        return found

    def run(self, *words, at=None):
        command = [self.riposte, "--config", os.path.join(self.work, "config"), "--db", self.db,
                   "--now", iso(self.now if at is None else at), *words]
        done = subprocess.run(command, capture_output=True, stdin=subprocess.DEVNULL, check=False)
        if done.returncode not in (0, 1, 2, 3):
            raise SystemExit("%s: exit status %d\n%s" % (command, done.returncode, done.stderr.decode()))
        return "%d\n%s%s" % (done.returncode, done.stdout.decode("utf-8", "replace"),
                             done.stderr.decode("utf-8", "replace"))

    def write(self, *words):
        said = self.run(*words)
        self.log.append("%s  --now %s %s: %s" % (len(self.log), iso(self.now), " ".join(words), said.splitlines()[:2]))

    # -- what there is to decide about

    def look(self):
        """The lines of an export, derived anew."""
        self.forbid()
        lines = [json.loads(line) for line in self.run("export").splitlines()[1:] if line.startswith("{")]
        self.allow()
        return lines

    def forbid(self):
        if os.path.exists(self.view):
            os.rename(self.view, self.view + "-hidden")
        os.mkdir(self.view)

    def allow(self):
        os.rmdir(self.view)
        if os.path.exists(self.view + "-hidden"):
            os.rename(self.view + "-hidden", self.view)

    # -- writes

    def arrive(self):
        for _ in range(min(len(self.rest), self.rng.choice([1, 5, 40]))):
            folder, part, name = self.rest.pop()
            shutil.copy2(os.path.join(self.mailbox, folder, part, name), os.path.join(self.arriving, folder, part))
        self.write("sync")

    def waiting(self):
        """The mail that opened what waits for me."""
        ids = {"<%s>" % x["opened_by"] for x in self.lines
               if x["type"] == "followup" and x["state"] == "open" and x["direction"] == "mine"}
        for folder, part, name in self.messages(self.arriving):
            with open(os.path.join(self.arriving, folder, part, name), encoding="utf-8") as file:
                if ids.intersection(file.read().split()):
                    yield folder, part, name

    def change_mail(self):
        """\\Answered, \\Seen; gone; moved."""
        here = list(self.waiting()) if self.rng.random() < 0.5 else []
        if here:
            folder, part, name = self.rng.choice(here)
            os.rename(os.path.join(self.arriving, folder, part, name),
                      os.path.join(self.arriving, folder, "cur", name.split(":")[0] + ":2,R"))
            self.write("sync")
            return
        here = self.messages(self.arriving)
        for folder, part, name in self.rng.sample(here, min(len(here), self.rng.choice([1, 4]))):
            path = os.path.join(self.arriving, folder, part, name)
            base = os.path.join(self.arriving, folder, "cur", name.split(":")[0])
            what = self.rng.randrange(8)
            if what == 0:
                os.remove(path)
            elif what == 1:
                os.rename(path, os.path.join(self.arriving, ".Archive", "cur", os.path.basename(base) + ":2,S"))
            else:
                os.rename(path, base + ":2," + self.rng.choice(["R", "RS", "S", "F", ""]))
        self.write("sync")

    def decide(self, followup):
        rng, id_ = self.rng, followup["id"]
        self.write(*rng.choice([
            ["done", id_], ["done", id_, "--at", iso(self.now - rng.randrange(2 * DAY))],
            ["dismiss", id_], ["dismiss", id_, "--conversation"],
            ["snooze", id_, rng.choice(["3h", "2d", "1w"])], ["snooze", id_, "1d"], ["undo", id_]]))

    def contact(self, persons):
        """Cards, merging and the like, by random persons."""
        rng = self.rng
        one, other = (rng.choice(persons) for _ in range(2))
        if rng.random() < 0.3:
            with open(os.path.join(self.work, "cards.vcf"), "w", encoding="utf-8") as file:
                for i, who in enumerate((one, other)):
                    file.write("BEGIN:VCARD\r\nVERSION:4.0\r\nUID:%d\r\nFN:Card %d\r\nEMAIL:%s\r\nEMAIL:second%d@x.example\r\n"
                               "TEL:+4930123%d\r\nCATEGORIES:t%d\r\nEND:VCARD\r\n"
                               % (i, rng.randrange(9), who, i, rng.randrange(3), i))
            self.write("contact", "import", os.path.join(self.work, "cards.vcf"), "--source", "book")
            return
        self.write(*rng.choice([
            ["contact", "add", "Somebody New", "new%d@x.example" % rng.randrange(5), "--phone", "+49 30 1231"],
            ["contact", "edit", one, "--name", "Named %d" % rng.randrange(9), "--phone", "+49 30 1232"],
            ["contact", "merge", one, other], ["contact", "split", one], ["contact", "ignore", one],
            ["contact", "ignore", one, "--undo"], ["contact", "tag", one, "t1"], ["contact", "tag", one, "t1", "--remove"],
            ["contact", "limit", one, "3h"], ["contact", "limit", "--tag", "t1", rng.choice(["1h", "30d", "none"])],
            ["keep", one, "every", "1w"], ["keep", "--tag", "t1", "every", "2w"], ["keep", one, "never"],
            ["forget", one, "--yes"], ["forget", one, "--allow"]]))

    def event(self, persons):
        rng = self.rng
        who = rng.choice(persons + ["+49301230", "030 1231"])
        at = ["--at", iso(self.now - rng.choice([0, 1, DAY, 20 * DAY]))]
        self.write(*rng.choice([
            ["log", who, "call", "--missed", *at], ["log", who, "call", "--promised", *at], ["log", who, "met", *at],
            ["log", who, "letter", "--in", *at], ["favour", who, "received", "referral", *at],
            ["favour", who, "thanked", "referral", *at], ["log", "--undo", "1"], ["undo"], ["undo"]]))

    def move_house(self):
        """What an export holds comes back: of another clock, perhaps."""
        path = os.path.join(self.work, "export")
        self.forbid()
        with open(path, "w", encoding="utf-8") as file:
            for line in self.run("export").splitlines()[1:]:
                if self.rng.random() < 0.2:
                    line = line.replace(iso(self.now)[:8], iso(self.now + 9 * DAY)[:8])
                file.write(line + "\n")
        self.allow()
        self.write("import-export", path)

    def step(self):
        lines = self.lines
        followups = [x for x in lines if x["type"] == "followup"]
        persons = [x["addresses"][0] for x in lines if x["type"] == "person" and x["addresses"]]
        what = self.rng.randrange(20)
        if not persons or what < 4:
            self.arrive()
        elif what < 7:
            self.change_mail()
        elif what < 11 and followups:
            self.decide(self.rng.choice(followups[-30:]))
        elif what < 15:
            self.contact(persons)
        elif what < 18:
            self.event(persons)
        elif what < 19:
            self.move_house()
        else:
            self.write("sync", "--rebuild")

    # -- comparing

    def instants(self):
        """Right after the write, and later: whatever happens next, before, behind, or far away."""
        known = {seconds(x[key]) for x in self.lines for key in INSTANTS if isinstance(x.get(key), str)}
        later = sorted(at for at in known if at > self.now)
        at = self.now + self.rng.randrange(20 * DAY)
        if later and self.rng.random() < 0.8:
            at = self.rng.choice(later[:6]) + self.rng.choice([-1, 0, 0, 1])
        if self.rng.random() < 0.3:
            at = FAR_AT
        return self.now, at

    def commands(self):
        followups = [x["id"] for x in self.lines if x["type"] == "followup"]
        persons = [x["addresses"][0] for x in self.lines if x["type"] == "person" and x["addresses"]]
        found = [["list"], ["people", "--json", "--all"], ["keep", "--json"], ["path", "--made", "--json"],
                 ["report", "--json", "--from", iso(self.now - 60 * DAY), "--to", iso(self.now)]]
        found += [["show", self.rng.choice(persons)]] if persons else []
        found += [["explain", self.rng.choice(followups)]] if followups else []
        return [["export"], ["list", "--json", "--all"]] + self.rng.sample(found, 3)

    def compare(self, at, commands):
        """True if all that was kept was taken and nothing kept anew."""
        before = os.stat(self.view).st_ino if os.path.exists(self.view) else 0
        kept = [self.run(*words, at=at) for words in commands]
        is_taken = before != 0 and os.stat(self.view).st_ino == before
        self.forbid()
        anew = [self.run(*words, at=at) for words in commands]
        self.allow()
        for words, one, other in zip(commands, anew, kept):
            if one != other:
                print("\n".join(self.log))
                print("riposte --now %s %s: without a kept view, and with one" % (iso(at), " ".join(words)))
                print("\n".join(list(difflib.unified_diff(one.splitlines(), other.splitlines(), lineterm="", n=0))[:40]))
                raise SystemExit(1)
        self.n_compared += 1
        self.n_kept += is_taken

    def compare_all(self):
        self.lines = self.look()
        commands, (first, later) = self.commands(), self.instants()
        # The write took what was kept before it away; whoever puts it back gets nothing of it.
        if os.path.exists(self.aside):
            shutil.copy2(self.aside, self.view)
        self.run("export", at=first)
        self.run("list", "--all", at=first)
        shutil.copy2(self.view, self.aside)
        self.compare(first, commands)
        shutil.copy2(self.aside, self.view)
        self.compare(later, commands)

    def check_folder(self):
        odd = [name for name in os.listdir(self.work) if name.startswith("riposte.db")
               and name not in ("riposte.db", "riposte.db.view", "riposte.db.lock")]
        if odd:
            raise SystemExit("left behind: %s" % odd)


def main():
    seed, n_steps = int(sys.argv[1]), int(sys.argv[2])
    walk = Walk(seed, *sys.argv[3:6])
    for _ in range(n_steps):
        walk.step()
        walk.compare_all()
        walk.check_folder()
        if walk.now < walk.last_at + 90 * DAY:
            walk.now += walk.rng.choice([0, 1, 3600, DAY, 5 * DAY])
    # Else nothing was compared with anything.
    if walk.n_kept < walk.n_compared // 3:
        raise SystemExit("of %d kept views only %d were taken" % (walk.n_compared, walk.n_kept))
    print("%d writes, %d instants, %d by what was kept alone" % (n_steps, walk.n_compared, walk.n_kept))


if __name__ == "__main__":
    main()
