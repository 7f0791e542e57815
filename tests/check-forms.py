#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Is every number of a report's text, CSV and HTML that of its JSON?

usage: check-forms.py FOLDER

FOLDER holds one report as report.json, report.txt (as wide as it gets), report.html and
csv/. Every number that is read there is compared with the JSON, in the words in which a
form shows it, and no form may hold a number that is not. Prints each difference; exit
status 1 if there is one.
"""
import csv
import datetime
import html.parser
import json
import pathlib
import re
import sys
import unicodedata
import zoneinfo

found = []
counts = {"text": 0, "csv": 0, "html": 0}
ESTIMATE = [("within 24 h", "within_24h"), ("within 48 h", "within_48h"), ("within 7 d", "within_7d"),
            ("half of them in", "median_s"), ("nine in ten in", "p90_s")]
PLAIN = [("answers", "n"), ("within 24 h", "within_24h"), ("within 48 h", "within_48h"), ("median", "median_s"),
         ("mean", "mean_s"), ("90th percentile", "p90_s")]
COUNTS = [("opened", "opened"), ("answered", "answered"), ("done otherwise", "done"),
          ("answered elsewhere", "answered_elsewhere"), ("answered by others", "released"),
          ("ever by others", "share_released"), ("dismissed", "dismissed"), ("lapsed, then new", "superseded"),
          ("still open", "open"), ("of them lapsed", "lapsed"), ("answers sent then", "answers_sent")]
DAYS = "Mon Tue Wed Thu Fri Sat Sun".split()


def same(where, expected, actual, form):
    counts[form] += 1
    if expected != actual:
        found.append(f"{where}: {actual!r}, not {expected!r}")


# --- the words of a figure ---

def share(value, error=None):
    if value is None:
        return "-"
    said = f"{value * 100:.0f} %"
    return f"{said} ± {error * 100:.0f}" if error else said


def duration(s):
    parts = [(s // 86400, "d"), (s // 3600 % 24, "h"), (s // 60 % 60, "min"), (s % 60, "s")]
    while len(parts) > 1 and parts[0][0] == 0:
        parts.pop(0)
    return " ".join(f"{n} {unit}" for n, unit in parts[:2] if n or len(parts) == 1) or "0 s"


def wait(s, n):
    return duration(s) if s is not None else "not reached" if n else "-"


def show(group, name):
    """A figure of FIGURES, its estimate or its answered_only."""
    value = group[name]
    if name in ("within_24h", "within_48h", "within_7d", "share_released"):
        return share(value, group.get("se_" + name[7:]))
    return wait(value, group["n"]) if name.endswith("_s") else str(value)


def one_many(n, one, many):
    return one if n == 1 else many


def sentences(report, names):
    """The lines that begin text and page; names[side] is whom the oldest wait is for."""
    for side, who, none in (("mine", "You", "No mail came up for you to answer."),
                            ("theirs", "They", "No mail of yours came up for them to answer.")):
        f, before, w = report[side], report["before"] and report["before"][side], report["waiting"][side]
        said = none if f["estimate"]["n"] == 0 else \
            (f"{who} answered {f['answered_only']['n_48h']} of {f['estimate']['n']} within 48 h, "
             f"{f['answered_only']['n_24h']} of them within 24 h.")
        if before and before["estimate"]["n"]:
            label = report["before"]["period"]
            said += (f" Before{f' ({label})' if label else ''}: {before['answered_only']['n_48h']} of "
                     f"{before['estimate']['n']}.")
        rest = f"({w['overdue']} overdue, {w['new']} new), the oldest for " \
               f"{w['n'] and duration(w['oldest_waiting_s'])}: {names[side]}."
        if side == "mine":
            yield said
            yield f"{w['n']} {one_many(w['n'], 'mail still waits', 'mails still wait')} for you {rest}" \
                if w["n"] else "Nothing from then or before waits for you." \
                if report["to"] <= report["as_of"] else "Nobody waits for you."
        else:
            yield said + (f" You still wait for {w['n']} {one_many(w['n'], 'answer', 'answers')} {rest}"
                          if w["n"] else " You wait for nothing from then or before." if report["to"] <= report["as_of"]
                          else " You wait for nobody.")
    c = report["coverage"]
    folders, accounts, gaps = c["n_folders"], c["n_accounts"], len(c["gaps"])
    read = f"all read by {local(report, c['read_at'])}" if c["read_at"] else "not all of it read yet"
    yield (f"This rests on {c['messages']} message{'s' * (c['messages'] != 1)} in {folders} "
           f"folder{'s' * (folders != 1)} of {accounts} account{'s' * (accounts != 1)}, {read}: "
           f"{gaps} gap{'s' * (gaps != 1)}, {c['unreadable']} unreadable, "
           f"{c['guessed_times']} guessed time{'s' * (c['guessed_times'] != 1)}.")


def local(report, instant):
    if instant is None:
        return "never"
    moment = datetime.datetime.fromisoformat(instant.replace("Z", "+00:00"))
    return moment.astimezone(zoneinfo.ZoneInfo(report["zone"])).strftime("%Y-%m-%d %H:%M")


def period(report):
    so_far = "so far, " if report["to"] > report["as_of"] else ""
    return (f"{local(report, report['from'])} to {local(report, report['to'])}, {report['zone']}; "
            f"{so_far}as of {local(report, report['as_of'])}")


def sides(report):
    """mine, before, theirs, before."""
    before = report["before"] or {}
    return [s for s in (report["mine"], before.get("mine"), report["theirs"], before.get("theirs")) if s]


def label(person, columns):
    """A name as text and page show it; None if cleaning it is not this program's affair."""
    name = person["name"] or person["address"]
    plain = all(unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Co", "Cn", "Mn", "Me", "Zl", "Zp") for c in name)
    return name if plain and name == " ".join(name.split()) and len(name) < columns and name.isascii() else None


# --- text ---

def text_tables(text):
    """The lines below each title, white space made single."""
    tables, title = {"": []}, ""
    for block in text.split("\n\n"):
        lines = [" ".join(line.split()) for line in block.strip("\n").split("\n")]
        if title == "" and not tables[""]:
            tables[""] = lines
        elif title == "" and "head" not in tables:
            tables["head"] = lines
        else:
            tables[lines[0]] = lines[1:]
            title = lines[0]
    return tables


def check_rows(title, expected, actual):
    same(f"text: rows of {title}", len(expected), len(actual), "text")
    for one, other in zip(expected, actual):
        same(f"text: {title}", one, other, "text")


def side_text(f):
    return f"{f['opened']} {share(f['estimate']['within_48h'])} " \
           f"{wait(f['estimate']['median_s'], f['estimate']['n'])}"


def check_people(report, rows):
    for person, row in zip(report["people"][:15], rows):
        figures = f"{side_text(person['mine'])} {side_text(person['theirs'])}"
        same("text: person", True, row.endswith(" " + figures), "text")
        name = label(person["person"], 18)
        if name:
            same("text: person", f"{name} {figures}", row, "text")


def check_hours(report, tables, title, side):
    hours = report["heatmap"][side]
    rows = tables.pop(title, None)
    if not any(map(any, hours)):
        return same(f"text: {title}", None, rows, "text")
    cell = lambda n: str(n or ".")
    if max(map(max, hours)) < 100:
        expected = [" ".join([DAYS[d], *map(cell, hours[d])]) for d in range(7)]
    else:
        expected = [" ".join([f"{h:02}", *(cell(hours[d][h]) for d in range(7))]) for h in range(24)]
    check_rows(title, expected, rows[1:])


def check_open(report, rows):
    for f, row in zip(report["open"][:20], rows):
        late = "!" if f["overdue"] else ""
        working = f" {duration(f['working_s'])}" if f["working_s"] is not None else ""
        same("text: open", True, f" {duration(f['waiting_s'])}{late}{working}" in row
             and row.startswith(f["direction"]), "text")


def check_text(report, text):
    tables = text_tables(text)
    same("text: period", period(report), tables.pop("")[1], "text")
    names = {side: re.search(r" the oldest for [^:]*: (.*)\.$", line) for side, line in
             zip(("mine", "theirs"), tables["head"][1:3])}
    names = {side: match and match[1] for side, match in names.items()}
    check_rows("the sentences", list(sentences(report, names)), tables.pop("head"))
    for title, rows, member in (("How fast, the unanswered counted", ESTIMATE, "estimate"),
                                ("The answered alone, as other tools count", PLAIN, "answered_only")):
        check_rows(title, [" ".join([name, *(show(s[member], key) for s in sides(report))]) for name, key in rows],
                   tables.pop(title)[1:])
    expected = [" ".join([name, *(show(s, key) for s in sides(report))]) for name, key in COUNTS
                if key == "opened" or any(figures[key] for figures in sides(report))]
    check_rows("How many", expected, tables.pop("How many")[1:])
    weeks = tables.pop("Week by week (the line: the share within 48 h)")
    check_rows("weeks", [f"{w['week']} {side_text(w['mine'])} {side_text(w['theirs'])}" for w in report["weeks"]],
               weeks[4:])
    if report["people"]:
        check_people(report, tables.pop("People")[2:])
    silent = {(r["direction"], r["silent_s"]): f"{r['n']} {r['answered_later']} {share(r['share'])}"
              for r in report["silence"]}
    silence = tables.pop("After a silence, how many were answered later", [])
    check_rows("silence", [] if report["silence"][0]["n"] + report["silence"][6]["n"] == 0 else
               [f"{d} d {silent['mine', d * 86400]} {silent['theirs', d * 86400]}"
                for d in (1, 2, 4, 7, 14, 30)], silence[2:])
    check_hours(report, tables, "When you answered (local hour)", "mine_sent")
    check_hours(report, tables, "When they answered (local hour)", "theirs_sent")
    for title in [t for t in tables if t.startswith("Still open")]:
        check_open(report, tables.pop(title))
    keeps = " ".join(tables.pop("People to get back in touch with", []))
    for q in [q for q in report["quiet"] if q["due_at"]][:10]:
        last = f"last contact {duration(q['silent_s'])} ago;" if q["silent_s"] is not None else "no contact yet;"
        same("text: keep", True, f"{last} every " in keeps, "text")
    for title in [t for t in tables if t.startswith("Who fell silent")]:
        for q, row in zip([q for q in report["quiet"] if not q["due_at"]][:10], tables.pop(title)[1:]):
            same("text: quiet", True, row.endswith(f"{duration(q['silent_s'])} {q['messages_in']}/{q['messages_out']}"),
                 "text")
    check_coverage(report, tables.pop("What this rests on"))
    same("text: tables left", [], list(tables), "text")


def check_coverage(report, rows):
    c = report["coverage"]
    same("text: kinds", "messages: " + ", ".join(f"{n} {kind}" for kind, n in c["kinds"].items()), rows[0], "text")
    same("text: times", f"times: {c['guessed_times']} guessed, {c['clock_anomalies']} lifted to their parent's; "
                        f"{c['unreadable']} message{'s' * (c['unreadable'] != 1)} unreadable", rows[1], "text")
    folders = [f for account in c["accounts"] for f in account["folders"] if f["read"]]
    for f, row in zip(folders, rows[2:]):
        same("text: folder", True, f"({f['role']}): {f['messages']} message" in row and
             row.endswith(local(report, f["last_sync_at"])), "text")
    same("text: gaps", len(c["gaps"]), sum(row.startswith("gap: ") for row in rows), "text")


# --- CSV ---

def at(value, path):
    for name in path.split("."):
        value = value[int(name) if isinstance(value, list) else name] if value is not None else None
    return value


def cell_of(value):
    return "" if value is None else str(value).lower() if isinstance(value, bool) else value


def check_cells(table, where, row, record):
    for column, text in record.items():
        value = cell_of(at(row, column))
        if column in ("person.name", "person.address", "subject", "account", "name"):
            continue  # cleaned and guarded: tests/hostile-report.py
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            same(f"csv: {table} {where} {column}", float(value), float(text or "nan"), "csv")
        else:
            same(f"csv: {table} {where} {column}", value, text, "csv")


def rows_of(report):
    coverage = [dict(f, account=a["name"]) for a in report["coverage"]["accounts"] for f in a["folders"]]
    curves = [dict(p, direction=side) for side in ("mine", "theirs") for p in report["curves"][side]]
    heat = [{"side": side, "weekday": day + 1, "hour": hour, "answers": report["heatmap"][side][day][hour]}
            for side in ("mine_sent", "theirs_sent") for day in range(7) for hour in range(24)]
    return {"people": report["people"], "weeks": report["weeks"], "silence": report["silence"],
            "heatmap": heat, "curves": curves, "open": report["open"], "quiet": report["quiet"],
            "coverage": coverage}


def check_csv(report, folder):
    tables = rows_of(report)
    for path in sorted(folder.iterdir()):
        raw = path.read_bytes()
        same(f"csv: {path.name} line ends", raw.count(b"\n"), raw.count(b"\r\n"), "csv")
        records = list(csv.DictReader(raw.decode().splitlines(keepends=True), strict=True))
        if path.stem == "figures":
            for r in records:
                check_cells("figures", r["figure"], {"figure": r["figure"], **{
                    side: at(report[side], r["figure"]) for side in ("mine", "theirs")},
                    "before": {side: at(report["before"] and report["before"][side], r["figure"])
                               for side in ("mine", "theirs")}}, r)
            continue
        rows = tables.pop(path.stem)
        same(f"csv: {path.name}", len(rows), len(records), "csv")
        for i, (row, record) in enumerate(zip(rows, records)):
            check_cells(path.stem, i, row, record)
    same("csv: tables left", [], list(tables), "csv")


# --- HTML ---

class Page(html.parser.HTMLParser):
    """figures: (path, text); plain: the other texts, by the elements around them; names,
    pictures and styles left out."""
    VOID = {"meta", "link", "br"}

    def __init__(self, text):
        super().__init__()
        self.open, self.figures, self.plain, self.path = [], [], [], None
        self.feed(text)
        same("html: elements left open", [], self.open, "html")

    def handle_starttag(self, tag, attrs):
        if tag in self.VOID:
            return
        self.open.append(tag)
        self.path = dict(attrs).get("data-f", self.path)
        if "data-f" in dict(attrs):
            self.figures.append([self.path, ""])
        elif tag in ("p", "td", "th", "li", "caption", "h1", "h2", "h3", "figcaption", "title"):
            self.plain.append([tag, ""])

    def handle_startendtag(self, tag, attrs):
        pass

    def handle_endtag(self, tag):
        if self.open and self.open[-1] == tag:
            self.open.pop()
        if tag == "td":
            self.path = None

    def handle_data(self, data):
        if "svg" in self.open or "style" in self.open:
            return
        if self.path:
            self.figures[-1][1] += data
        elif data.strip():
            self.plain[-1][1] += "\N{OBJECT REPLACEMENT CHARACTER}" if "bdi" in self.open else data


def figure_text(report, path):
    if path.startswith("curves."):
        _, side, wait_s, name = path.split(".")
        point = next(p for p in report["curves"][side] if p["wait_s"] == int(wait_s))
        if name == "low":
            return "-" if point["low"] is None else f"{point['low'] * 100:.0f} to {point['high'] * 100:.0f} %"
        return str(point[name]) if name == "at_risk" else share(point[name])
    parent, _, name = path.rpartition(".")
    group = at(report, parent)
    if isinstance(group, dict) and name in group and ("estimate" in parent or "answered_only" in parent
                                                      or name == "share_released"):
        return show(group, name)
    value = at(report, path)
    if name == "share":
        return share(value)
    return duration(value) if name.endswith("_s") else str(value)


def check_html(report, text):
    page = Page(text)
    for path, said in page.figures:
        same(f"html: {path}", figure_text(report, path), said, "html")
    same("html: there are figures", True, len(page.figures) > 100, "html")
    names = {"mine": "\N{OBJECT REPLACEMENT CHARACTER}", "theirs": "\N{OBJECT REPLACEMENT CHARACTER}"}
    known = [*sentences(report, names), period(report)]
    for line in known:
        same("html: sentence", True, any(said == line for _, said in page.plain), "html")
    # Labels of ours; all else that holds a digit must be a figure.
    free = re.compile(r"(within |in |silent for )?\d+ [hd]|\d\d|\d{4}-W\d\d|riposte report .*|\d{4}-\d\d-\d\d \d\d:\d\d"
                      r"|.*(95 %|48 h, by ISO|none for 90 days|90th percentile).*|.*; every .* \(K3\)")
    for tag, said in page.plain:
        if re.search(r"\d", said) and said not in known and tag != "li":
            same(f"html: a number of no figure in <{tag}>", True, bool(free.fullmatch(said)), "html")


def main():
    folder = pathlib.Path(sys.argv[1])
    report = json.loads((folder / "report.json").read_text(encoding="utf-8"))
    check_text(report, (folder / "report.txt").read_text(encoding="utf-8"))
    check_csv(report, folder / "csv")
    check_html(report, (folder / "report.html").read_text(encoding="utf-8"))
    for line in found:
        print(line)
    print(", ".join(f"{n} of {form}" for form, n in counts.items()), f"compared, {len(found)} differences")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
