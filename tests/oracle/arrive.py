#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads a Maildir++ as it might have come in: in a random order, cut anywhere (R15).

usage: arrive.py SEED MAILDIR WORK COMMAND...

Copies the messages of MAILDIR, in an order and into one to five parts that SEED gives,
one part after the other into WORK/arriving, and runs COMMAND behind each.
"""
import os
import random
import shutil
import subprocess
import sys


def messages(maildir):
    """(folder, its part of the tree, file name) of each, "" the INBOX."""
    found = []
    for folder in [""] + sorted(d for d in os.listdir(maildir) if d.startswith(".")):
        for part in ("cur", "new"):
            place = os.path.join(maildir, folder, part)
            if os.path.isdir(place):
                found += [(folder, part, name) for name in sorted(os.listdir(place))]
    return found


def main():
    seed, maildir, work, command = int(sys.argv[1]), sys.argv[2], sys.argv[3], sys.argv[4:]
    rnd = random.Random(seed)
    rest = messages(maildir)
    target = os.path.join(work, "arriving")
    for folder in sorted({m[0] for m in rest}):
        for part in ("cur", "new", "tmp"):
            os.makedirs(os.path.join(target, folder, part))
    rnd.shuffle(rest)
    cuts = sorted(rnd.randrange(len(rest) + 1) for _ in range(rnd.randrange(5))) + [len(rest)]
    for first, end in zip([0] + cuts, cuts):
        for folder, part, name in rest[first:end]:
            shutil.copy2(os.path.join(maildir, folder, part, name), os.path.join(target, folder, part))
        subprocess.run(command, check=True)


main()
