#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs small mailboxes through riposte and compares with what was worked out by hand.

usage: rules-check.py WAY=COMMAND... -- FOLDER...

Each FOLDER holds expected.json and a Maildir++ tree, mail or Maildir. COMMAND is a
shell command that writes riposte.export/1; it finds MAILDIR (a copy of the tree),
OWNER (addresses, comma), AS_OF and POLICY (lines of the section) in its
environment. expected.json: owner, as_of, policy, and any of: followups (all of
them; only the keys named are compared), conversations, kinds, effective_at (by
Message-ID). Prints TAP.
"""
import json
import os
import shutil
import subprocess
import sys
import tempfile


def copy_of(folder, target):
    """A copy of the mailbox, with the empty folders that version control cannot keep."""
    for name in ("mail", "Maildir"):
        if os.path.isdir(os.path.join(folder, name)):
            shutil.copytree(os.path.join(folder, name), target)
    for part in ["", ".Sent"] + [name for name in os.listdir(target) if name.startswith(".")]:
        for sub in ("cur", "new", "tmp"):
            os.makedirs(os.path.join(target, part, sub), exist_ok=True)


def export(command, maildir, expected):
    policy = list(expected.get("policy", []))
    if "learn_addresses=true" not in policy:
        policy.insert(0, "learn_addresses=false")
    env = dict(os.environ, MAILDIR=maildir, OWNER=",".join(expected["owner"]), AS_OF=expected["as_of"],
               POLICY="\n".join(policy), PYTHON3=sys.executable)
    run = subprocess.run(command, shell=True, env=env, capture_output=True, text=True, check=False)
    if run.returncode:
        raise RuntimeError("exit status %d: %s" % (run.returncode, run.stderr))
    return [json.loads(line) for line in run.stdout.splitlines() if line.strip()]


def digest(rows):
    messages, groups = [row for row in rows if row["type"] == "message"], {}
    for message in messages:
        groups.setdefault(message["conversation"], []).append(message["message_id"])
    return {
        "followups": [row for row in rows if row["type"] == "followup"],
        "conversations": list(groups.values()),
        "kinds": {message["message_id"]: message["kind"] for message in messages},
        "effective_at": {message["message_id"]: message["effective_at"] for message in messages},
    }


def key_of(followup):
    return followup["direction"], followup["person"]["address"], followup["opened_by"]


def followup_differences(expected, got):
    want, have = {key_of(f): f for f in expected}, {key_of(f): f for f in got}
    for key in want.keys() - have.keys():
        yield "missing follow-up %s %s %s" % key
    for key in have.keys() - want.keys():
        yield "unexpected follow-up %s %s %s" % key
    for key in want.keys() & have.keys():
        if want[key].get("state") == "answered_elsewhere":
            continue  # known only from now on, when the flag is first seen (R9)
        for name, value in want[key].items():
            if name != "person" and have[key].get(name) != value:
                yield "%s %s %s: %s is %s, not %s" % (*key, name, have[key].get(name), value)


def differences(expected, got):
    out = list(followup_differences(expected["followups"], got["followups"])) if "followups" in expected else []
    groups = expected.get("conversations")
    if groups is not None and sorted(map(sorted, groups)) != sorted(map(sorted, got["conversations"])):
        out.append("conversations are %s" % got["conversations"])
    for what in ("kinds", "effective_at"):
        for message_id, value in expected.get(what, {}).items():
            if got[what].get(message_id) != value:
                out.append("%s of %s is %s, not %s" % (what, message_id, got[what].get(message_id), value))
    return sorted(out)


def run(command, folder):
    """What is not as expected, in lines."""
    with open(os.path.join(folder, "expected.json"), encoding="utf-8") as file:
        expected = json.load(file)
    with tempfile.TemporaryDirectory() as temporary:
        maildir = os.path.join(temporary, "mail")
        copy_of(folder, maildir)
        try:
            return differences(expected, digest(export(command, maildir, expected)))
        except (RuntimeError, ValueError, KeyError) as error:
            return str(error).splitlines()


def main():
    if "--" not in sys.argv:
        sys.exit(__doc__)
    middle = sys.argv.index("--")
    ways, folders = sys.argv[1:middle], sys.argv[middle + 1:]
    print("1..%d" % (len(ways) * len(folders)))
    for way in ways:
        label, _, command = way.partition("=")
        for folder in folders:
            wrong = run(command, folder)
            print("%sok - %s: %s" % ("not " if wrong else "", label, os.path.basename(folder.rstrip("/"))))
            for line in wrong:
                print("#", line)
    return 0


if __name__ == "__main__":
    sys.exit(main())
