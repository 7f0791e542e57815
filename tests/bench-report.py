#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""How long list and report take, beside sqlite3 reading the rows they are made of.

usage: bench-report.py DB WEEK MONTH YEAR RIPOSTE-COMMAND...

RIPOSTE-COMMAND is riposte with --config, --db DB and --now. Prints processor seconds (the
least of three), peak of memory, bytes written, and the ratio to the time in which the
sqlite3 program prints every copy in the database; and how long it takes for those of the
year alone.
"""
import os
import subprocess
import sys
import tempfile

TURNS = 3


def measure(argv):
    best = None
    for _ in range(TURNS):
        with tempfile.TemporaryFile() as out:
            child = subprocess.Popen(argv, stdout=out, stdin=subprocess.DEVNULL)
            _, status, usage = os.wait4(child.pid, 0)
            if status:
                sys.exit(f"{argv} failed")
            seconds = usage.ru_utime + usage.ru_stime
            row = (seconds, usage.ru_maxrss // 1024, os.fstat(out.fileno()).st_size)
            best = min(best or row, row)
    return best


def main():
    db, week, month, year, *command = sys.argv[1:]
    columns = "id, message, internal_at, date_at, size, flags, signs, subject, hex(lists)"
    window = f"where internal_at between unixepoch('{year}-01-01') and unixepoch('{year}-12-31')"
    rows = [("sqlite3, every copy", ["sqlite3", db, f"select {columns} from copy"]),
            ("sqlite3, the copies of the year", ["sqlite3", db, f"select {columns} from copy {window}"]),
            ("list", [*command, "list"]), ("list --all --json", [*command, "list", "--all", "--json"]),
            ("report, text, a week", [*command, "report", "--period", week]),
            ("report, HTML, a week", [*command, "report", "--period", week, "--format", "html"]),
            ("report, HTML, a month", [*command, "report", "--period", month, "--format", "html"]),
            ("report, text, a year", [*command, "report", "--period", year]),
            ("report, HTML, a year", [*command, "report", "--period", year, "--format", "html"]),
            ("report, JSON, a year", [*command, "report", "--period", year, "--json"])]
    whole = None
    for name, argv in rows:
        seconds, peak, size = measure(argv)
        whole = whole or seconds
        print(f"{name:32} {seconds:7.2f} s  x {seconds / whole:5.2f}  {peak:6} MB  {size:10} bytes", flush=True)


main()
