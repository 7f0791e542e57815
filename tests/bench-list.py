#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""How long the list is over a year, and how many notices it makes, by the default settings.

usage: bench-list.py YEAR RIPOSTE-COMMAND...

RIPOSTE-COMMAND is riposte with --config and --db of a mailbox that was synced. Prints the
list's sections week by week (`list --json` as of noon UTC of each Monday), medians and
maxima, and the notices a day: the reminders at the limit and at twice that (R11) of those
that R12 lets through, grouping and the budget a day aside.
"""
import collections
import datetime
import json
import statistics
import subprocess
import sys

DAY = 86400
SECTIONS = "owed new waiting probably_done".split()


def seconds(text):
    return text and datetime.datetime.fromisoformat(text.replace("Z", "+00:00")).timestamp()


def listing(command, now, *options):
    run = subprocess.run(command + ["--now", now, "list", "--json", *options], capture_output=True, check=True)
    return json.loads(run.stdout)["followups"]


def print_weeks(command, year):
    first = datetime.date.fromisocalendar(year, 1, 1)
    weeks = []
    for week in range(52):
        day = first + datetime.timedelta(weeks=week)
        rows = listing(command, "%sT12:00:00Z" % day)
        weeks.append((collections.Counter(r["section"] for r in rows),
                      collections.Counter(r["section"] for r in rows if r["overdue"])))
        print(day, *("%s %d (%d overdue)" % (s, weeks[-1][0][s], weeks[-1][1][s]) for s in SECTIONS), sep="  ")
    for section in SECTIONS:
        for i, what in enumerate(("entries", "overdue")):
            counts = [w[i][section] for w in weeks]
            print("%s, %s: median %g, most %d" % (section, what, statistics.median(counts), max(counts)))


def notices_of(row):
    """When there is one, if it is still open then."""
    opened, due = seconds(row["opened_at"]), seconds(row["due_at"])
    ends = [t for t in (seconds(row["closed_at"]), seconds(row["released_at"])) if t]
    is_wanted = not row["stranger"] and row["expectation"] >= (0.1 if row["direction"] == "mine" else 0.5)
    return [at for at in (due, 2 * due - opened) if is_wanted and at < min(ends + [opened + 30 * DAY])]


def print_notices(command, year):
    start, end = (datetime.datetime(y, 1, 1, tzinfo=datetime.timezone.utc) for y in (year, year + 1))
    days = collections.Counter(at // DAY for row in listing(command, end.strftime("%Y-%m-%dT%H:%M:%SZ"), "--all")
                               for at in notices_of(row) if start.timestamp() <= at < end.timestamp())
    n_days = (end - start).days
    print("notices a day: mean %.2f, most %d, none on %d days of %d"
          % (sum(days.values()) / n_days, max(days.values(), default=0), n_days - len(days), n_days))


print_weeks(sys.argv[2:], int(sys.argv[1]))
print_notices(sys.argv[2:], int(sys.argv[1]))
