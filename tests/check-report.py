#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Recompute every figure of a report from the list of all follow-ups.

usage: check-report.py LIST REPORT [EXPORT]

LIST is what `riposte list --all --json` wrote, REPORT `riposte report --json`, both as of
the same instant; with EXPORT, of `riposte export`, the kinds and guessed times are counted
too. Written from rule R13 alone, with exact fractions, and shares no code with riposte.
Prints each difference; exit status 1 if there is one.
"""
import datetime
import fractions
import json
import math
import sys
import zoneinfo

DAY = 86400
UTC = datetime.timezone.utc
STATES = ("answered", "open", "released", "superseded", "answered_elsewhere", "done", "dismissed")


def seconds(text):
    """An instant of the documents, or None."""
    if text is None:
        return None
    moment = datetime.datetime.strptime(text, "%Y-%m-%dT%H:%M:%SZ")
    return int(moment.replace(tzinfo=UTC).timestamp())


class FollowUp:
    def __init__(self, row, as_of):
        self.row, self.id, self.state = row, row["id"], row["state"]
        self.direction, self.person = row["direction"], row["person"]["id"]
        self.opened, self.closed = seconds(row["opened_at"]), seconds(row["closed_at"])
        self.released = seconds(row["released_at"])
        self.is_answer = self.state in ("answered", "done")
        seen = seconds(row["censored_at"]) if self.state == "answered_elsewhere" else None
        ends = [t for t in (self.released, self.closed, seen, as_of) if t is not None]
        self.wait = max(ends[0] - self.opened, 0)
        self.is_event = self.is_answer and self.released is None
        self.latency = row["latency_s"]


def half_up(fraction):
    return math.floor(fraction + fractions.Fraction(1, 2))


def product_limit(samples, t):
    """S(t) of (wait, is_event) pairs, and Greenwood's sum."""
    survival, greenwood = fractions.Fraction(1), fractions.Fraction(0)
    for time in sorted({w for w, is_event in samples if is_event and w <= t}):
        at_risk = sum(1 for w, _ in samples if w >= time)
        events = sum(1 for w, is_event in samples if is_event and w == time)
        survival *= fractions.Fraction(at_risk - events, at_risk)
        if events < at_risk:
            greenwood += fractions.Fraction(events, at_risk * (at_risk - events))
    return survival, greenwood


def share(samples, t):
    survival, greenwood = product_limit(samples, t)
    if survival > 0 and not any(w >= t for w, _ in samples):
        return None, None
    error = None if survival == 0 else float(survival) * math.sqrt(greenwood)
    return float(1 - survival), error


def quantile(samples, p):
    """The shortest wait t with 1 - S(t) >= p; None if it is not reached."""
    survival = fractions.Fraction(1)
    for time in sorted({w for w, is_event in samples if is_event}):
        at_risk = sum(1 for w, _ in samples if w >= time)
        events = sum(1 for w, is_event in samples if is_event and w == time)
        survival *= fractions.Fraction(at_risk - events, at_risk)
        if 1 - survival >= p:
            return time
    return None


def estimate(rows):
    samples = [(f.wait, f.is_event) for f in rows if f.state != "dismissed"]
    in_24h, error_24h = share(samples, DAY)
    in_48h, error_48h = share(samples, 2 * DAY)
    return {"n": len(samples), "events": sum(1 for s in samples if s[1]),
            "median_s": quantile(samples, fractions.Fraction(1, 2)),
            "p90_s": quantile(samples, fractions.Fraction(9, 10)),
            "within_24h": in_24h, "within_48h": in_48h, "within_7d": share(samples, 7 * DAY)[0],
            "se_24h": error_24h, "se_48h": error_48h}


def answered_only(rows):
    waits = sorted(f.latency for f in rows if f.is_answer)
    n = len(waits)
    if n == 0:
        return dict.fromkeys(("median_s", "mean_s", "p90_s", "within_24h", "within_48h"), None) | \
            {"n": 0, "n_24h": 0, "n_48h": 0}
    middle = fractions.Fraction(waits[(n - 1) // 2] + waits[n // 2], 2)
    return {"n": n, "median_s": half_up(middle), "mean_s": half_up(fractions.Fraction(sum(waits), n)),
            "p90_s": waits[math.ceil(fractions.Fraction(9 * n, 10)) - 1],
            "n_24h": sum(w <= DAY for w in waits), "n_48h": sum(w <= 2 * DAY for w in waits),
            "within_24h": sum(w <= DAY for w in waits) / n,
            "within_48h": sum(w <= 2 * DAY for w in waits) / n}


def figures(rows, start, end):
    opened = [f for f in rows if start <= f.opened < end]
    result = {state: sum(f.state == state for f in opened) for state in STATES}
    result["opened"] = len(opened)
    result["lapsed"] = sum(f.state == "open" and f.row["lapsed"] for f in opened)
    result["answers_sent"] = sum(f.is_answer and start <= f.closed < end for f in rows)
    ever = sum(f.released is not None for f in opened)
    result["share_released"] = ever / len(opened) if opened else None
    result["answered_only"] = answered_only(opened)
    result["estimate"] = estimate(opened)
    return result


def band(share, error):
    """The 95 % bounds by Greenwood's variance of log(-log S)."""
    if error is None or not 0 < share < 1:
        return None, None
    theta = math.exp(1.959963984540054 * error / ((1 - share) * math.log(1 - share)))
    return 1 - (1 - share) ** theta, 1 - (1 - share) ** (1 / theta)


def curve(rows, start, end):
    """The curve at each full hour of a week at which it has a step, and at the marks of tables."""
    opened = [f for f in rows if start <= f.opened < end]
    samples = [(f.wait, f.is_event) for f in opened if f.state != "dismissed"]
    waits = [f.latency for f in opened if f.is_answer]
    result, before = [], None
    for hour in range(169):
        t = hour * 3600
        answered, error = share(samples, t)
        low, high = band(answered, error)
        only = sum(w <= t for w in waits) / len(waits) if waits else None
        if (answered, only) != before or hour in (0, 1, 4, 8, 24, 48, 96, 168):
            result.append({"wait_s": t, "answered": answered, "low": low, "high": high,
                           "at_risk": sum(w >= t for w, _ in samples), "answered_only": only})
        before = answered, only
    return result


def waiting(rows, start, end):
    rows = [f for f in rows if f.state == "open" and not f.row["lapsed"] and f.opened < end]
    oldest = min(rows, key=lambda f: (f.opened, f.id), default=None)
    return {"n": len(rows), "overdue": sum(f.row["overdue"] for f in rows),
            "new": sum(f.opened >= start for f in rows), "oldest": oldest and oldest.id,
            "oldest_waiting_s": oldest and oldest.row["waiting_s"]}


def by_side(function, rows, start, end):
    return {side: function([f for f in rows if f.direction == side], start, end)
            for side in ("mine", "theirs")}


def both(rows, start, end):
    return by_side(figures, rows, start, end)


def people(rows, start, end):
    ids = {f.person for f in rows if start <= f.opened < end or (f.is_answer and start <= f.closed < end)}
    result = [(i, both([f for f in rows if f.person == i], start, end)) for i in ids]
    return sorted(result, key=lambda p: (-p[1]["mine"]["opened"] - p[1]["theirs"]["opened"], p[0]))


def ratio(sides):
    """My median wait by theirs."""
    mine, theirs = (sides[side]["estimate"]["median_s"] for side in ("mine", "theirs"))
    return mine / theirs if mine is not None and theirs else None


def weeks(rows, end, zone):
    """The twelve ISO weeks up to the one in which the window ends."""
    last = datetime.datetime.fromtimestamp(end - 1, zone).date()
    monday = last - datetime.timedelta(days=last.weekday())
    result = []
    for back in range(11, -1, -1):
        day = monday - datetime.timedelta(weeks=back)
        start, stop = (int(datetime.datetime(d.year, d.month, d.day, tzinfo=zone).timestamp())
                       for d in (day, day + datetime.timedelta(weeks=1)))
        year, week, _ = day.isocalendar()
        result.append({"week": f"{year:04}-W{week:02}"} | both(rows, start, stop))
    return result


def silence(rows, end):
    result = []
    for side in ("mine", "theirs"):
        for days in (1, 2, 4, 7, 14, 30):
            silent = [f for f in rows if f.direction == side and f.opened < end
                      and f.state != "dismissed" and f.wait > days * DAY]
            later = sum(f.is_event for f in silent)
            result.append({"direction": side, "silent_s": days * DAY, "n": len(silent),
                           "answered_later": later, "share": later / len(silent) if silent else None})
    return result


def heatmap(rows, start, end, zone):
    result = {side + "_sent": [[0] * 24 for _ in range(7)] for side in ("mine", "theirs")}
    for f in rows:
        if f.is_answer and start <= f.closed < end:
            local = datetime.datetime.fromtimestamp(f.closed, zone)
            result[f.direction + "_sent"][local.weekday()][local.hour] += 1
    return result


def still_open(rows, end):
    rows = [f for f in rows if f.state == "open" and not f.row["lapsed"] and f.opened < end]
    return [f.row for f in sorted(rows, key=lambda f: (f.row["due_at"] or "~", f.id))]


def compare(expected, actual, path, found):
    """Appends the path of each value of expected that actual does not have."""
    if isinstance(expected, dict) and isinstance(actual, dict):
        for key, value in expected.items():
            compare(value, actual.get(key, "missing"), f"{path}.{key}", found)
    elif isinstance(expected, list) and isinstance(actual, list):
        if len(expected) != len(actual):
            found.append(f"{path}: {len(actual)} members, not {len(expected)}")
        for i, (one, other) in enumerate(zip(expected, actual)):
            compare(one, other, f"{path}[{i}]", found)
    elif isinstance(expected, float) and isinstance(actual, (int, float)):
        if abs(expected - actual) > 1e-9:
            found.append(f"{path}: {actual}, not {expected}")
    elif expected != actual or isinstance(expected, bool) != isinstance(actual, bool):
        found.append(f"{path}: {actual}, not {expected}")


def coverage(export):
    messages = [row for row in export if row["type"] == "message"]
    return {"messages": len(messages), "kinds": {kind: sum(m["kind"] == kind for m in messages)
                                                 for kind in ("personal", "list", "calendar", "robot")},
            "guessed_times": sum(m["time_source"] == "guess" for m in messages),
            "clock_anomalies": sum(m["own_at"] != m["effective_at"] for m in messages)}


def check(listing, report, export):
    as_of, zone = seconds(listing["as_of"]), zoneinfo.ZoneInfo(report["zone"])
    start, end = seconds(report["from"]), seconds(report["to"])
    rows = [FollowUp(row, as_of) for row in listing["followups"]]
    if report["person"] is not None:
        rows = [f for f in rows if f.person == report["person"]["id"]]
    expected = {"as_of": listing["as_of"], **both(rows, start, end),
                "weeks": weeks(rows, end, zone), "silence": silence(rows, end),
                "heatmap": heatmap(rows, start, end, zone), "open": still_open(rows, end),
                "people": [{"person": {"id": i}, **f, "ratio": ratio(f)}
                           for i, f in people(rows, start, end)]}
    expected["waiting"] = by_side(waiting, rows, start, end)
    expected["curves"] = by_side(curve, rows, start, end)
    if report["before"] is not None:
        before = seconds(report["before"]["from"])
        expected["before"] = {"to": report["from"], **both(rows, before, start)}
    if export is not None:
        expected["coverage"] = coverage(export)
    found = []
    compare(expected, report, "report", found)
    return found, len(rows)


def main():
    if len(sys.argv) not in (3, 4):
        sys.exit(__doc__)
    documents = []
    for path in sys.argv[1:3]:
        with open(path, encoding="utf-8") as file:
            documents.append(json.load(file))
    export = None
    if len(sys.argv) == 4:
        with open(sys.argv[3], encoding="utf-8") as file:
            export = [json.loads(line) for line in file]
    found, n = check(*documents, export)
    for line in found:
        print(line)
    print(f"{n} follow-ups, {len(found)} differences")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
