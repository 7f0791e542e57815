#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""How long what a person calls takes, beside sqlite3 printing the rows it is made of.

usage: bench-commands.py cards NUMBER >CARDS.vcf
       bench-commands.py run TURNS DB PERSON RIPOSTE-COMMAND...

cards: a vCard for each; every second one is of somebody in bench-mailbox.py's mail.
run: RIPOSTE-COMMAND is riposte with --config, --db DB and --now. All commands are run one
after the other, TURNS times, each without a view that was kept and then with one; prints
the least processor time of both, the ratio to the sqlite3 program printing every copy and
Message-ID, and the peak of memory.
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


def forget(path):
    try:
        os.remove(path)
    except FileNotFoundError:
        pass


def run(turns, db, person, *riposte):
    sqlite = ["sqlite3", db, "select * from copy; select * from message_id"]
    commands = ["list", "list --json", f"show {person}", "people", f"path {person}", "explain 1", "report",
                "report --format html", "report --json", "keep", "favour", "log", "contact list",
                "contact duplicates", "contact export --format vcard", "list --all", "export"]
    best = {"sqlite3": (float("inf"), 0)}
    for _ in range(int(turns)):
        best["sqlite3"] = min(best["sqlite3"], measure(sqlite))
        for command in commands:
            argv = [*riposte, *command.split()]
            forget(db + ".view")
            anew = measure(argv)
            known = measure(argv)
            best[command] = (min(best.get(command, (anew,))[0], anew),
                             min(best.get(command, (0, known))[1], known))
    unit = best["sqlite3"][0]
    print(f"{'sqlite3':30} {unit:6.2f} s")
    for command in commands:
        anew, known = best[command]
        print(f"{command:30} {anew[0]:6.2f} s  x {anew[0] / unit:5.1f}  {anew[1]:4} MB   kept"
              f" {known[0]:6.2f} s  x {known[0] / unit:5.1f}  {known[1]:4} MB", flush=True)


if sys.argv[1:2] == ["cards"]:
    sys.stdout.write("".join(card(i) for i in range(int(sys.argv[2]))))
else:
    run(*sys.argv[2:])
