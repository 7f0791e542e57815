#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Are two exports (riposte.export/1) of the same mail the same, whatever it came through?

usage: compare-exports.py [--copies] [--times] EXPECTED GOT

Everything is compared but what a source may do differently: copies, where a time
came from (time_source) and the size; with --copies the copies too, without their
UIDs; with --times time_source and size too. Numbers that only one database knows
(of conversations and persons) are compared by what they stand for. Exit status 1,
and at most 50 differences on standard output, if they are not the same.
"""
import argparse
import json
import sys

AT_MOST = 50


def read(path, options):
    with open(path, encoding="utf-8") as file:
        rows = [json.loads(line) for line in file if line.strip()]
    if not rows or rows[0].get("type") != "meta" or rows[0].get("schema") != "riposte.export/1":
        sys.exit("%s: not an export" % path)
    return digest(rows, options)


def digest(rows, options):
    """{what: {key: value}} of an export, free of its own numbers."""
    groups = {}
    for row in rows:
        if row["type"] == "message":
            groups.setdefault(row["conversation"], []).append(row["message_id"])
    first = {number: min(ids) for number, ids in groups.items()}
    tables = {"message": {}, "conversation": {}, "followup": {}, "person": {}, "decision": {}, "contact_event": {}}
    for ids in groups.values():
        tables["conversation"][min(ids)] = sorted(ids)
    for row in rows[1:]:
        key, value = SHAPES.get(row["type"], plain)(dict(row), first, options)
        tables.setdefault(row["type"], {})[key] = value
    tables["meta"] = {"meta": {k: v for k, v in rows[0].items() if k in ("schema", "as_of")}}
    return tables


def message(row, first, options):
    row["conversation"] = first[row["conversation"]]
    copies = row.pop("copies", [])
    if options.copies:
        row["copies"] = sorted((c["folder"], sorted(c.get("flags", []))) for c in copies)
    if not options.times:
        row.pop("time_source", None)
        row.pop("size", None)
    return row["message_id"], row


def followup(row, first, _options):
    row["conversation"] = first.get(row["conversation"], row["conversation"])
    row["person"] = {k: v for k, v in row["person"].items() if k != "id"}
    return row["id"], row


def person(row, _first, _options):
    row.pop("id", None)
    addresses = [a["address"] if isinstance(a, dict) else a for a in row.get("addresses", [])]
    return " ".join(sorted(addresses)) or row.get("name"), row


def plain(row, _first, _options):
    return json.dumps(row, sort_keys=True), row


SHAPES = {"message": message, "followup": followup, "person": person}


def differences(expected, got):
    for what in sorted(expected.keys() | got.keys()):
        want, have = expected.get(what, {}), got.get(what, {})
        for key in sorted(want.keys() - have.keys()):
            yield "%s %s is missing" % (what, key)
        for key in sorted(have.keys() - want.keys()):
            yield "%s %s is new" % (what, key)
        for key in sorted(want.keys() & have.keys()):
            yield from in_row("%s %s" % (what, key), want[key], have[key])


def in_row(name, want, have):
    if want == have:
        return
    if not isinstance(want, dict):
        yield "%s: %s, not %s" % (name, have, want)
        return
    for field in sorted(want.keys() | have.keys()):
        if want.get(field) != have.get(field):
            yield "%s: %s is %s, not %s" % (name, field, have.get(field), want.get(field))


def main():
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument("--copies", action="store_true")
    parser.add_argument("--times", action="store_true")
    parser.add_argument("expected")
    parser.add_argument("got")
    options = parser.parse_args()
    found = list(differences(read(options.expected, options), read(options.got, options)))
    for line in found[:AT_MOST]:
        print(line)
    if found:
        print("%d differences" % len(found))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
