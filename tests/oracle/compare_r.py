#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Compares the estimates of a report with those of R's survival package (R13).

usage: compare_r.py samples LIST REPORT > SAMPLES
       compare_r.py LIST REPORT RESULT

LIST is `riposte list --all --json`, REPORT `riposte report --json` as of the same
instant, SAMPLES what compare.R reads, RESULT what it printed of them. Groups are the
whole report, its weeks and its people, each by direction. Differences over 1e-9 are
printed; exit status 1 if there is one, or nothing to compare.
"""
import datetime
import json
import math
import sys

DAY = 86400
TIMES = {"within_24h": DAY, "within_48h": 2 * DAY, "within_7d": 7 * DAY}


def seconds(text):
    moment = datetime.datetime.strptime(text, "%Y-%m-%dT%H:%M:%SZ")
    return int(moment.replace(tzinfo=datetime.timezone.utc).timestamp())


def sample(row, as_of):
    """(wait, 1 if it was answered); None if R13 leaves it out."""
    if row["state"] == "dismissed":
        return None
    opened = seconds(row["opened_at"])
    if row["released_at"]:
        return max(seconds(row["released_at"]) - opened, 0), 0
    if row["state"] == "open":
        return as_of - opened, 0
    if row["state"] == "answered_elsewhere":
        return seconds(row["censored_at"]) - opened, 0
    return max(seconds(row["closed_at"]) - opened, 0), int(row["state"] in ("answered", "done"))


def groups(listing, report):
    """(name, samples, the report's estimate)"""
    as_of = seconds(listing["as_of"])
    start, end = seconds(report["from"]), seconds(report["to"])

    def samples(direction, first, last, person=None):
        rows = [r for r in listing["followups"] if r["direction"] == direction
                and first <= seconds(r["opened_at"]) < last
                and (person is None or r["person"]["id"] == person)]
        return [s for s in (sample(r, as_of) for r in rows) if s is not None]

    for side in ("mine", "theirs"):
        yield side, samples(side, start, end), report[side]["estimate"]
        for week in report["weeks"]:
            yield ("%s-%s" % (side, week["week"]), samples(side, seconds(week["from"]), seconds(week["to"])),
                   week[side]["estimate"])
        for row in report["people"]:
            person = row["person"]["id"]
            yield "%s-%d" % (side, person), samples(side, start, end, person), row[side]["estimate"]


def number(text):
    return None if text in ("NA", "NaN") else float(text)


def expected(samples, fields):
    """The estimate's members out of R's: null where R13 says so."""
    shares, errors = [number(f) for f in fields[:3]], [number(f) for f in fields[3:6]]
    result = {"n": len(samples), "events": sum(e for _, e in samples),
              "median_s": number(fields[6]), "p90_s": number(fields[7])}
    for i, (name, time) in enumerate(TIMES.items()):
        known = shares[i] > 1 - 1e-12 or any(w >= time for w, _ in samples)
        result[name] = shares[i] if known else None
        if name != "within_7d":
            is_one = shares[i] > 1 - 1e-12
            result["se_" + name[7:]] = errors[i] if known and not is_one else None
    return result


def differs(value, other):
    if value is None or other is None:
        return value is not other
    return math.isnan(value) or abs(value - other) > 1e-9


def main():
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    names = sys.argv[2:4] if sys.argv[1] == "samples" else sys.argv[1:3]
    documents = []
    for name in names:
        with open(name, encoding="utf-8") as file:
            documents.append(json.load(file))
    found = {name: (samples, estimate) for name, samples, estimate in groups(*documents) if samples}
    if sys.argv[1] == "samples":
        for name, (samples, _) in found.items():
            for wait, event in samples:
                print(name, wait, event)
        return 0
    n_differences, lines = 0, 0
    with open(sys.argv[3], encoding="ascii") as file:
        for line in file:
            name, *fields = line.split()
            samples, estimate = found.pop(name)
            lines += 1
            for key, value in expected(samples, fields).items():
                if differs(value, estimate[key]):
                    print("%s.%s: %r, R says %r" % (name, key, estimate[key], value))
                    n_differences += 1
    print("%d estimates, %d differences" % (lines, n_differences))
    return 1 if n_differences or found or not lines else 0


if __name__ == "__main__":
    sys.exit(main())
