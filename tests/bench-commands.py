#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""How long what a person calls takes, beside sqlite3 printing the rows it is made of.

usage: bench-commands.py cards NUMBER >CARDS.vcf
       bench-commands.py run TURNS DB PERSON RIPOSTE-COMMAND...

cards: a vCard for each; every second one is of somebody in bench-mailbox.py's mail.
run: RIPOSTE-COMMAND is riposte with --config, --db DB and --now. All commands are run one
after the other, TURNS times; prints the least processor time of each, its ratio to the
sqlite3 program printing every copy and Message-ID, and its peak of memory.
"""
import os
import subprocess
import sys


def card(i):
    address = f"p{i}@host{i % 400}.example" if i % 2 else f"unknown{i}@nowhere.example"
    return "\r\n".join([
        "BEGIN:VCARD", "VERSION:4.0", f"UID:k{i}", f"FN:Card {i}", f"EMAIL:{address}", f"ORG:Org {i % 97}",
        f"TEL:+49 30 {i:07}", f"BDAY:19800{i % 9 + 1}12", f"CATEGORIES:t{i % 20}", f"NOTE:met at fair {i}",
        "END:VCARD", ""])


def measure(argv):
    child = subprocess.Popen(argv, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                             stdin=subprocess.DEVNULL)
    _, status, usage = os.wait4(child.pid, 0)
    if status:
        sys.exit(f"{argv} failed")
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss // 1024


def run(turns, db, person, *riposte):
    rows = [("sqlite3", ["sqlite3", db, "select * from copy; select * from message_id"]),
            ("list", [*riposte, "list"]),
            ("show", [*riposte, "show", person]), ("people", [*riposte, "people"]),
            ("path", [*riposte, "path", person]), ("explain 1", [*riposte, "explain", "1"]),
            ("report", [*riposte, "report"]), ("report, HTML", [*riposte, "report", "--format", "html"]),
            ("report --json", [*riposte, "report", "--json"]), ("export", [*riposte, "export"])]
    best = {}
    for _ in range(int(turns)):
        for name, argv in rows:
            found = measure(argv)
            best[name] = min(best.get(name, found), found)
    for name, (seconds, peak) in best.items():
        print(f"{name:14} {seconds:7.2f} s  x {seconds / best['sqlite3'][0]:6.1f}  {peak:5} MB", flush=True)


if sys.argv[1:2] == ["cards"]:
    sys.stdout.write("".join(card(i) for i in range(int(sys.argv[2]))))
else:
    run(*sys.argv[2:])
