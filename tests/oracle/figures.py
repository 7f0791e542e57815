# SPDX-License-Identifier: GPL-3.0-or-later
"""The statistics of R13, from follow-ups as export prints them but with instants in seconds."""
import datetime
import math
import zoneinfo

HOUR, DAY = 3600, 86400
SILENCES = [1 * DAY, 2 * DAY, 4 * DAY, 7 * DAY, 14 * DAY, 30 * DAY]


def half_up(numerator, denominator):
    """numerator / denominator to whole numbers, half up; both >= 0."""
    return (2 * numerator + denominator) // (2 * denominator)


def nearest_rank(values, percent):
    ordered = sorted(values)
    return ordered[max(1, -(-percent * len(ordered) // 100)) - 1]


def sample(f, as_of):
    """(wait, is it an event?), or None for what is left out.

    "what was ever released is censored at its release, also if answered after all"
    """
    if f["state"] == "dismissed":
        return None
    if f["released_at"] is not None:
        return f["released_at"] - f["opened_at"], False
    if f["state"] in ("answered", "done"):
        return f["closed_at"] - f["opened_at"], True
    if f["state"] == "superseded":
        return f["closed_at"] - f["opened_at"], False
    return as_of - f["opened_at"], False


def kaplan_meier(samples):
    """[(t, S(t), Greenwood's sum or None where S is 0)] at each event time."""
    steps, s, greenwood = [], 1.0, 0.0
    for t in sorted({wait for wait, event in samples if event}):
        at_risk = sum(1 for wait, _ in samples if wait >= t)
        events = sum(1 for wait, event in samples if event and wait == t)
        if at_risk == events:
            s, greenwood = 0.0, None
        else:
            s *= (at_risk - events) / at_risk
            greenwood += events / (at_risk * (at_risk - events))
        steps.append((t, s, greenwood))
    return steps


def share_within(samples, steps, t):
    """(share answered within t, its standard error)"""
    s, greenwood = 1.0, 0.0
    for at, value, g in steps:
        if at <= t:
            s, greenwood = value, g
    if s > 0 and not any(wait >= t for wait, _ in samples):
        return None, None
    if s == 0:
        return 1.0, None
    return 1.0 - s, s * math.sqrt(greenwood)


def quantile(steps, p):
    for t, s, _ in steps:
        if 1 - s >= p - 1e-9:
            return t
    return None


def estimate(followups, as_of):
    samples = [x for x in (sample(f, as_of) for f in followups) if x is not None]
    steps = kaplan_meier(samples)
    out = {"n": len(samples), "events": sum(event for _, event in samples),
           "median_s": quantile(steps, 0.5), "p90_s": quantile(steps, 0.9)}
    for name, t in (("24h", 24 * HOUR), ("48h", 48 * HOUR), ("7d", 7 * DAY)):
        share, se = share_within(samples, steps, t)
        out["within_" + name] = share
        if name != "7d":
            out["se_" + name] = se
    return out


def answered_only(followups):
    waits = sorted(f["latency_s"] for f in followups if f["state"] in ("answered", "done"))
    n = len(waits)
    if n == 0:
        return {"n": 0, "median_s": None, "mean_s": None, "p90_s": None, "within_24h": None, "within_48h": None}
    return {"n": n,
            "median_s": half_up(waits[(n - 1) // 2] + waits[n // 2], 2),
            "mean_s": half_up(sum(waits), n),
            "p90_s": nearest_rank(waits, 90),
            "within_24h": sum(w <= 24 * HOUR for w in waits) / n,
            "within_48h": sum(w <= 48 * HOUR for w in waits) / n}


def figures(followups, start, end, as_of):
    """FIGURES of those opened in [start, end); answers_sent of those closed in it.

    CHOICE: from is inside the window, to is not.
    """
    inside = [f for f in followups if start <= f["opened_at"] < end]
    out = {"opened": len(inside)}
    for state in "answered open lapsed released superseded answered_elsewhere done dismissed".split():
        if state == "lapsed":
            out[state] = sum(f["lapsed"] for f in inside if f["state"] == "open")
        else:
            out[state] = sum(f["state"] == state for f in inside)
    out["answers_sent"] = sum(f["state"] in ("answered", "done") and start <= f["closed_at"] < end
                              for f in followups)
    out["answered_only"] = answered_only(inside)
    out["estimate"] = estimate(inside, as_of)
    return out


def week_start(at, zone):
    """Monday 00:00 in the zone of the ISO week an instant lies in: (date, instant)."""
    day = datetime.datetime.fromtimestamp(at, zone).date()
    monday = day - datetime.timedelta(days=day.weekday())
    return monday, midnight(monday, zone)


def midnight(day, zone):
    return int(datetime.datetime(day.year, day.month, day.day, tzinfo=zone).timestamp())


def last_full_week(as_of, zone):
    monday, end = week_start(as_of, zone)
    return midnight(monday - datetime.timedelta(days=7), zone), end


def silence(followups, direction, end, as_of):
    """CHOICE: of those opened before the window's end, however long ago."""
    samples = [sample(f, as_of) for f in followups if f["direction"] == direction and f["opened_at"] < end]
    rows = []
    for silent_s in SILENCES:
        left = [(wait, event) for wait, event in filter(None, samples) if wait > silent_s]
        later = sum(event for _, event in left)
        rows.append({"direction": direction, "silent_s": silent_s, "n": len(left),
                     "answered_later": later, "share": later / len(left) if left else None})
    return rows


def report(followups, start, end, zone_name, as_of, iso):
    zone = zoneinfo.ZoneInfo(zone_name)
    if start is None:
        start, end = last_full_week(as_of, zone)
    of = {d: [f for f in followups if f["direction"] == d] for d in ("mine", "theirs")}
    # people: CHOICE: those of a follow-up opened or answered in the window; ties by address.
    people = {}
    for f in followups:
        is_opened = start <= f["opened_at"] < end
        if is_opened or f["state"] in ("answered", "done") and start <= f["closed_at"] < end:
            people.setdefault(f["person_key"], []).append((f, is_opened))
    rows = []
    for key, theirs in sorted(people.items(), key=lambda kv: (-sum(is_opened for _, is_opened in kv[1]), kv[0])):
        rows.append({"person": theirs[0][0]["person"],
                     **{d: figures([f for f in of[d] if f["person_key"] == key], start, end, as_of) for d in of}})
    # weeks: CHOICE: the last 12 up to the one in which the window ends.
    weeks = []
    monday, _ = week_start(end - 1, zone)
    for back in range(11, -1, -1):
        day = monday - datetime.timedelta(days=7 * back)
        a, b = midnight(day, zone), midnight(day + datetime.timedelta(days=7), zone)
        weeks.append({"week": "%d-W%02d" % day.isocalendar()[:2],
                      **{d: figures(of[d], a, b, as_of) for d in of}})
    return {"schema": "riposte.report/1", "as_of": iso(as_of), "from": iso(start), "to": iso(end), "zone": zone_name,
            **{d: figures(of[d], start, end, as_of) for d in of},
            "people": rows, "weeks": weeks,
            "silence": [row for d in of for row in silence(followups, d, end, as_of)]}
