#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Compares two exports (riposte.export/1) and prints what differs.

usage: compare.py EXPECTED.jsonl GOT.jsonl

Compared are conversations (as partitions), what is told of each message, and
every follow-up by direction, address and opening message. Ids made for
messages without one may differ: they are matched by the rest of the message.
Prints at most 50 differences, then a count; exits with 1 if there are any.
"""
import json
import sys

MESSAGE_KEYS = "kind effective_at own_at time_source mine".split()
FOLLOWUP_KEYS = ("state opened_at closed_at closed_by released_at latency_s waiting_s warn_at due_at overdue "
                 "stranger lapsed rule").split()
AT_MOST = 50


def read(path):
    """(messages by id, follow-ups, complaints) of an export."""
    messages, followups, complaints = {}, [], []
    with open(path, encoding="utf-8", errors="surrogateescape") as fh:
        for n, line in enumerate(fh, 1):
            if not line.strip():
                continue
            row = json.loads(line)
            if n == 1 and (row.get("type"), row.get("schema")) != ("meta", "riposte.export/1"):
                complaints.append("%s: the first line is no meta line of riposte.export/1" % path)
            if row.get("type") == "message":
                if row["message_id"] in messages:
                    complaints.append("%s: message %s is there twice" % (path, row["message_id"]))
                messages[row["message_id"]] = row
            elif row.get("type") == "followup":
                followups.append(row)
    return messages, followups, complaints


def address_of(value):
    """An address, however it is written: text or an object with address."""
    return value.get("address") if isinstance(value, dict) else value


def likeness(message):
    """What two rows of the same message share when its id was made."""
    return (message["own_at"], message.get("subject") or "", message["mine"],
            tuple(sorted(filter(None, map(address_of, message.get("to") or [])))))


def same_ids(expected, got):
    """{id in got: id in expected} for made ids that can be told apart."""
    def unmatched(messages, others):
        rows = {}
        for message_id in messages.keys() - others.keys():
            rows.setdefault(likeness(messages[message_id]), []).append(message_id)
        return rows
    mine, theirs = unmatched(expected, got), unmatched(got, expected)
    return {theirs[k][0]: mine[k][0] for k in mine.keys() & theirs.keys() if len(mine[k]) == len(theirs[k]) == 1}


def partition(messages, name):
    """{message id: the set of ids in its conversation}"""
    groups = {}
    for message_id, message in messages.items():
        groups.setdefault(message["conversation"], set()).add(name(message_id))
    return {message_id: frozenset(group) for group in groups.values() for message_id in group}


def short(group):
    ids = sorted(group)
    return " ".join(ids[:4]) + (" ... (%d)" % len(ids) if len(ids) > 4 else "")


def compare_messages(expected, got, name):
    out = []
    renamed = {name(message_id): row for message_id, row in got.items()}
    out += ["message %s: missing" % i for i in sorted(expected.keys() - renamed.keys())]
    out += ["message %s: not expected" % i for i in sorted(renamed.keys() - expected.keys())]
    for i in sorted(expected.keys() & renamed.keys()):
        for key in MESSAGE_KEYS:
            want, have = expected[i].get(key), renamed[i].get(key)
            if want != have:
                why = " (%s; %s)" % (expected[i].get("why"), renamed[i].get("why")) if key == "kind" else ""
                out.append("message %s: %s is %s, not %s%s" % (i, key, have, want, why))
    want, have, told = partition(expected, lambda i: i), partition(got, name), set()
    for i in sorted(want.keys() & have.keys()):
        if want[i] != have[i] and (want[i], have[i]) not in told:
            told.add((want[i], have[i]))
            out.append("conversation of %s: %s, not %s" % (i, short(have[i]), short(want[i])))
    return out


def compare_followups(expected, got, name):
    out = []

    def table(rows, rename, which):
        by_key = {}
        for row in rows:
            key = (row["direction"], row["person"]["address"], rename(row["opened_by"]))
            if key in by_key:
                out.append("follow-up %s %s %s: twice in %s" % (*key, which))
            by_key[key] = row
        return by_key

    mail = [f for f in got if f.get("channel", "mail") == "mail"]
    want, have = table(expected, lambda i: i, "EXPECTED"), table(mail, name, "GOT")
    out += ["follow-up %s %s %s: missing (%s)" % (*k, want[k]["state"]) for k in sorted(want.keys() - have.keys())]
    out += ["follow-up %s %s %s: not expected (%s)" % (*k, have[k]["state"])
            for k in sorted(have.keys() - want.keys())]
    for k in sorted(want.keys() & have.keys()):
        for key in FOLLOWUP_KEYS:
            a, b = want[k].get(key), have[k].get(key)
            if key == "closed_by":
                b = name(b)
            if a != b:
                out.append("follow-up %s %s %s: %s is %s, not %s" % (*k, key, b, a))
    return out


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    expected, expected_followups, out = read(sys.argv[1])
    got, got_followups, more = read(sys.argv[2])
    out += more
    made = same_ids(expected, got)

    def name(message_id):
        return made.get(message_id, message_id)

    out += compare_messages(expected, got, name)
    out += compare_followups(expected_followups, got_followups, name)
    for line in out[:AT_MOST]:
        print(line.encode("utf-8", "backslashreplace").decode("utf-8"))
    if len(out) > AT_MOST:
        print("... and %d more" % (len(out) - AT_MOST))
    if out:
        print("%d differences" % len(out))
    return 1 if out else 0


if __name__ == "__main__":
    sys.exit(main())
