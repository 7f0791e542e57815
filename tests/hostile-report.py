#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""1,000 hostile messages, and whether any form of the report lets them out.

usage: hostile-report.py make MAILDIR
       hostile-report.py check FOLDER

make writes the Maildir. check reads from FOLDER the year's report as report.json,
report.html, report.eml, csv/, 80.txt, 60.txt, 40.txt (of so many columns) and ascii.txt;
prints what is wrong, a line each; exit status 1 if anything is.
"""
import base64
import csv
import email
import email.policy
import html.parser
import json
import pathlib
import random
import sys
import time
import unicodedata

N = 1000
NOW = 1773651600  # 2026-03-16T09:00:00Z
MARKUP = ["<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "</title><script>x()</script>",
          "</style><style>*{display:none}</style>", "\"><svg onload=alert(1)>", "' onmouseover='x()",
          "<!-- ", "-->", "]]>", "&lt;b&gt; &amp; &#60;script&#62;", "</td></tr></table>", "javascript:alert(1)",
          "<a href=https://x.example>click</a>", "<bdi>", "</bdi></main>", "<base href=//x.example>",
          "{{7*7}} ${7*7} <%= 7 %>", "--=_boundary", "=?utf-8?q?=3Cb=3E?="]
CONTROLS = ["\x1b[31mred\x1b[0m", "\x1b]0;title\x07", "\x1b[2J\x1b[H", "a\bb\rc", "\x9b31m", "nul\0byte",
            "\x85next\u2028line\u2029", "tab\there", "\u202eevil\u202c", "\u2066isolate", "\u2069\u2069out",
            "\u200f\u200emarks", "\u061c", "zero\u200bwidth\ufeff", "soft\u00adhyphen", "\U000e0041tag"]
FORMULAS = ["=1+1", "=HYPERLINK(\"http://x.example\",\"x\")", "+1+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)",
            "\t=1+1", "\r=1+1", " =1+1", "＝1+1", "＠SUM(A1)", "\"=1+1\"", "a,b;c|d\"e", "=\u202e1+1"]
SCRIPTS = ["דניאל כהן", "محمد بن عبد الله", "山田太郎", "한국어 이름", "👩‍👩‍👧‍👦 family 🏳️‍🌈", "Z̷̢͖̈́a̶͎̔l̵̬͐g̶̯̈o" + "\u0301" * 60,
           "ﷺ" * 5, "𝕋𝕙𝕖 𝕢𝕦𝕚𝕔𝕜", "ＦＵＬＬ ＷＩＤＴＨ", "e\u0301" * 20, "\ufffd", "I\u0307stanbul", "ǅ ß ﬁ"]
LONG = ["N" * 200, "名" * 200, "ש" * 200, "long word " * 400, "<b>" * 1300, "😀" * 1000, "W" * 4096]
RAW = [b"\xed\xa0\x80\xed\xb0\x80 surrogates", b"\xff\xfe\xfd", b"\xc0\xbcscript\xc0\xbe", b"\xf4\x90\x80\x80",
       b"caf\xe9", b"cut \xe2\x82"]
# U+200E stands beside what is written from right to left, so that columns hold.
BIDI = set("\u061c\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def encoded(rng, text):
    """As encoded words, or, where no line end is in it, as bytes without."""
    data = text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass")
    if rng.random() < .3 and not set(data) & set(b"\r\n\0"):
        return data
    words = [data[i:i + 45] for i in range(0, len(data), 45)]
    return b"\n ".join(b"=?utf-8?b?" + base64.b64encode(w) + b"?=" for w in words)


def pick(rng):
    pool = rng.choice((MARKUP, CONTROLS, FORMULAS, SCRIPTS, LONG, RAW))
    text = rng.choice(pool)
    if isinstance(text, str) and rng.random() < .2:
        text += " " + rng.choice(MARKUP + CONTROLS + SCRIPTS)
    return text


def write(folder, number, when, fields):
    raw = b"".join(b"%s: %s\n" % (name.encode(), value) for name, value in fields) + b"\n"
    name = f"{when}.{number}.x:2,S"
    (folder / name).write_bytes(raw)


def make(root):
    rng = random.Random(1)
    inbox, sent = root, root / ".Sent"
    for folder in (inbox, sent):
        for part in ("cur", "new", "tmp"):
            (folder / part).mkdir(parents=True)
    me = b"robin@vale.example"
    for number in range(N):
        when = NOW - rng.randrange(60, 70 * 86400)
        who = b"h%d@x.example" % (number % 300)
        name = encoded(rng, pick(rng))
        subject = encoded(rng, pick(rng))
        date = time.strftime("%a, %d %b %Y %H:%M:%S +0000", time.gmtime(when)).encode()
        ident = b"<q%d@x.example>" % number
        write(inbox / "cur", number, when, [
            ("Date", date), ("From", name + b" <" + who + b">"), ("To", me), ("Subject", subject),
            ("Message-ID", ident)])
        if number % 3 == 0:
            later = min(when + rng.randrange(60, 5 * 86400), NOW - 1)
            date = time.strftime("%a, %d %b %Y %H:%M:%S +0000", time.gmtime(later)).encode()
            write(sent / "cur", number, later, [
                ("Date", date), ("From", me), ("To", name + b" <" + who + b">"), ("Subject", b"Re: " + subject),
                ("In-Reply-To", ident), ("Message-ID", b"<a%d@vale.example>" % number)])


# --- check ---

found = []


def columns(line):
    return sum(0 if unicodedata.category(c) in ("Mn", "Me", "Cf") or "\u1160" <= c <= "\u11ff" else
               2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in line)


def clean(where, text, allowed=""):
    for c in set(text):
        if c in allowed:
            continue
        if unicodedata.category(c) in ("Cc", "Cs", "Zl", "Zp") or c in BIDI:
            found.append(f"{where}: holds {c!r}")


def check_text(path, width):
    text = path.read_bytes().decode()
    clean(path.name, text, "\n")
    lines = text.split("\n")
    for line in lines:
        if columns(line) > width:
            found.append(f"{path.name}: {columns(line)} columns: {line!r}")
    start = lines.index("People")
    rows = lines[start + 1:lines.index("", start)]
    ends = {columns(row) for row in rows if not row.startswith("  and ")}
    if len(rows) != 18 or len(ends) != 1:
        found.append(f"{path.name}: the people's columns end at {ends} in {len(rows)} rows")


def check_csv(folder):
    for path in sorted(folder.iterdir()):
        raw = path.read_bytes()
        clean(path.name, raw.decode(), "\r\n")
        rows = list(csv.reader(raw.decode().splitlines(keepends=True), strict=True))
        if len({len(row) for row in rows}) != 1:
            found.append(f"{path.name}: rows of {({len(row) for row in rows})} fields")
        for row in rows:
            for field in row:
                if field[:1] in tuple("=+-@＝＋－＠") or field != field.lstrip():
                    found.append(f"{path.name}: a formula {field!r}")
    people = (folder / "people.csv").read_text(encoding="utf-8")
    if "\"'=1+1\"" not in people or "'＝1+1" not in people:
        found.append("people.csv: the formulas are not there")


class Page(html.parser.HTMLParser):
    TAGS = set("html head meta title style body header main section footer h1 h2 h3 p div figure figcaption svg desc "
               "line path rect circle text table caption thead tbody tr th td bdi ul li".split())
    VOID = {"meta"}
    ATTRIBUTES = set("lang charset http-equiv content name class id role tabindex scope data-f aria-label "
                     "aria-labelledby viewbox x y x1 y1 x2 y2 cx cy r width height d text-anchor".split())

    def __init__(self, text):
        super().__init__()
        self.open, self.text = [], ""
        self.feed(text)
        self.close()
        if self.open:
            found.append(f"html: left open {self.open}")

    def handle_starttag(self, tag, attrs):
        self.handle_startendtag(tag, attrs)
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        if tag not in self.TAGS or any(name not in self.ATTRIBUTES for name, _ in attrs):
            found.append(f"html: <{tag} {attrs}>")

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            found.append(f"html: </{tag}> at {self.getpos()}")

    def handle_comment(self, data):
        found.append(f"html: a comment {data!r}")

    def handle_data(self, data):
        self.text += data


def check_html(where, text):
    clean(where, text, "\n")
    page = Page(text)
    for one in ("<script>alert(1)</script>", "</td></tr></table>", "&lt;b&gt;"):
        if one not in page.text:
            found.append(f"{where}: {one} is not there as text")


def check_mail(raw):
    message = email.message_from_bytes(raw, policy=email.policy.default)
    text, page = message.iter_parts()
    if message.defects or text.defects or page.defects or max(map(len, raw.split(b"\n"))) > 76:
        found.append("mail: defects")
    check_html("mail", page.get_content().replace("\r\n", "\n"))
    clean("mail", text.get_content().replace("\r\n", "\n"), "\n")


def main():
    root = pathlib.Path(sys.argv[2])
    if sys.argv[1] == "make":
        return make(root)
    report = json.loads((root / "report.json").read_bytes())
    opened = report["mine"]["opened"]
    if opened < 600 or len(report["people"]) < 250:
        found.append(f"only {opened} opened by {len(report['people'])} people")
    for width in (80, 60, 40):
        check_text(root / f"{width}.txt", width)
    check_text(root / "ascii.txt", 80)
    if not (root / "ascii.txt").read_bytes().isascii():
        found.append("ascii.txt is not ASCII")
    check_csv(root / "csv")
    check_html("html", (root / "report.html").read_bytes().decode())
    check_mail((root / "report.eml").read_bytes())
    for line in found[:40]:
        print(line)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
