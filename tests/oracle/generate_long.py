#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes a random Maildir++ mailbox of two years, the same for the same seed.

usage: generate_long.py SEED DIR

Some hundred conversations with people of different habits: enough follow-ups of both
directions for R12's model to be fitted. DIR gets INBOX, .Sent and expect.json, as
generate.py's.
"""
import datetime
import json
import os
import random
import sys

HOUR, DAY = 3600, 86400
START = 1672563600  # Sun, 01 Jan 2023 09:00:00 +0000
DAYS, CONVERSATIONS = 730, 420
ME = "me@example.org"
TOPICS = ["Plan", "[PATCH] fix the gate", "[team] Roadmap", "[PATCH v2 1/3] paint it", "Tea?", "", "Budget", "[x] [y] both"]


class Writer:
    def __init__(self, seed, folder):
        self.random, self.folder, self.n = random.Random(seed), folder, 0
        for name in (".", ".Sent"):
            for part in ("cur", "new", "tmp"):
                os.makedirs(os.path.join(folder, name, part), exist_ok=True)
        people = ["p%d@example.%s" % (i, self.random.choice(["net", "com"])) for i in range(14)]
        self.habits = {p: (self.random.uniform(0.1, 0.95), self.random.uniform(0.1, 0.95)) for p in people}
        # Who says nothing for long, or ever, may pass for a list's address until then (R3).
        self.silent_until = {"late%d@example.net" % i: START + self.random.randrange(DAYS) * DAY for i in range(6)}
        self.silent_until |= {"silent%d@example.net" % i: START + 10 * DAYS * DAY for i in range(3)}
        self.seen = []

    def write(self, at, sender, to, cc, subject, parents):
        self.n += 1
        own = "m%d@example.org" % self.n
        date = datetime.datetime.fromtimestamp(at, datetime.timezone.utc).strftime("%a, %d %b %Y %H:%M:%S +0000")
        lines = ["Message-ID: <%s>" % own, "Date: " + date, "From: " + sender, "To: " + ", ".join(to),
                 "Subject: " + subject]
        if cc:
            lines.append("Cc: " + ", ".join(cc))
        if parents:
            lines += ["In-Reply-To: <%s>" % parents[-1], "References: " + " ".join("<%s>" % p for p in parents)]
        folder = ".Sent" if sender == ME else "."
        path = os.path.join(self.folder, folder, "cur", "%d.%d.long:2,S" % (at, self.n))
        with open(path, "w", encoding="ascii") as file:
            file.write("\n".join(lines) + "\n\n")
        return own

    def recipients(self, person):
        """To and Cc of a mail of mine or theirs: the one asked, and others."""
        others = [p for p in [*self.habits, *self.silent_until] if p != person]
        to = self.random.sample(others, self.random.choice([0, 0, 0, 1]))
        return to, self.random.sample(others, self.random.choice([0, 0, 1, 3]))

    def conversation(self, start):
        person = self.random.choice([*self.habits, *self.silent_until])
        topic = self.random.choice(TOPICS)
        at, parents, asker = start, [], self.random.choice([ME, person])
        if start < self.silent_until.get(person, 0):
            asker = ME
        for turn in range(self.random.randint(1, 9)):
            asked = person if asker == ME else ME
            more, cc = self.recipients(person)
            to = [asked] + more if self.random.random() < 0.7 else more + [asked]
            subject = topic if turn == 0 else "Re: " + topic
            cited = parents if self.random.random() < 0.95 else []
            if self.seen and self.random.random() < 0.02:  # two conversations become one
                cited = [self.random.choice(self.seen[-40:])] + cited
            parents = parents + [self.write(at, asker, to, cc, subject, cited)]
            self.seen.append(parents[-1])
            if more and self.random.random() < 0.1:  # another answers instead
                self.write(at + 2 * HOUR, more[0], [asker], [asked], "Re: " + topic, parents)
            chance = self.habits.get(person, (0.5, 0.5))[0 if asked == ME else 1]
            if self.random.random() > chance:
                return
            at += int(HOUR * 2 ** self.random.uniform(-3, 8))
            if asked == person and at < self.silent_until.get(person, 0):
                return
            asker = asked

    def run(self):
        for i in range(CONVERSATIONS):
            start = START + i * DAYS * DAY // CONVERSATIONS + self.random.randrange(8 * HOUR)
            self.conversation(start)
            if self.random.random() < 0.15:  # several at once, from one person
                self.conversation(start + 600)
        expect = {"owner": [ME], "as_of": "2025-01-15T00:00:00Z", "policy": []}
        with open(os.path.join(self.folder, "expect.json"), "w", encoding="ascii") as file:
            json.dump(expect, file)


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    Writer(int(sys.argv[1]), sys.argv[2]).run()


if __name__ == "__main__":
    main()
