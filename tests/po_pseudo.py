# SPDX-License-Identifier: GPL-3.0-or-later
"""po_pseudo.py - a language for tests: whoever reads Latin letters in it, reads a
string that was not translated

po_pseudo.py po POT: a translation of POT, in which each Latin letter has become a
Cyrillic one, on standard output.
po_pseudo.py words DATA TEXT...: what is left of Latin words in the files TEXT, besides
those that stand in the file DATA, one text a line.
"""
import email
import email.policy
import html.parser
import re
import sys

# printf and g_date_time_format(); neither has a space among its flags here.
DIRECTIVE = re.compile(r"%(?:\d+\$)?[-+#0'_^]*(?:\d+|\*)?(?:\.(?:\d+|\*))?"
                       r"(?:hh?|ll?|[zjt])?[A-Za-z%]|\\.|%<[^>]*>")
LETTER = re.compile("[A-Za-z]")


def pseudo_letter(match):
    code = ord(match.group())
    return chr(0x410 + code - ord("A") if code < ord("a") else 0x430 + code - ord("a"))


def pseudo(text):
    """text as it stands between quotes in a .po."""
    done = []
    at = 0
    for directive in DIRECTIVE.finditer(text):
        done.append(LETTER.sub(pseudo_letter, text[at:directive.start()]))
        done.append(directive.group())
        at = directive.end()
    done.append(LETTER.sub(pseudo_letter, text[at:]))
    return "".join(done)


HEADER = r'''msgid ""
msgstr ""
"Language: xx\n"
"MIME-Version: 1.0\n"
"Content-Type: text/plain; charset=UTF-8\n"
"Content-Transfer-Encoding: 8bit\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\n"
'''


def unquote(lines):
    return "".join(line[line.index('"') + 1:line.rindex('"')] for line in lines)


def translate(block):
    """One entry of a .pot, its msgstr filled in."""
    parts = {}
    name = None
    for line in block.split("\n"):
        if line.startswith("msg"):
            name = line.split(" ", 1)[0]
            parts[name] = []
        if name is not None and '"' in line and not line.startswith("#"):
            parts[name].append(line)
    out = [line for line in block.split("\n") if line.startswith("#,")]
    for name in ("msgctxt", "msgid", "msgid_plural"):
        out += parts.get(name, [])
    one = pseudo(unquote(parts["msgid"]))
    if "msgid_plural" in parts:
        many = pseudo(unquote(parts["msgid_plural"]))
        return "\n".join(out + [f'msgstr[0] "{one}"', f'msgstr[1] "{many}"'])
    return "\n".join(out + [f'msgstr "{one}"'])


def write_po(pot):
    with open(pot, encoding="utf-8") as file:
        blocks = file.read().strip().split("\n\n")
    print(HEADER)
    for block in blocks[1:]:
        print(translate(block), end="\n\n")


class Page(html.parser.HTMLParser):
    """What of a page is read, or read out."""

    def __init__(self):
        super().__init__()
        self.texts = []
        self.hidden = 0

    def handle_starttag(self, tag, attrs):
        self.hidden += tag in ("style", "script")
        self.texts += [value for name, value in attrs
                       if name in ("alt", "title", "aria-label", "placeholder")]
        if dict(attrs).get("name") == "description":
            self.texts.append(dict(attrs)["content"])

    def handle_endtag(self, tag):
        self.hidden -= tag in ("style", "script")

    def handle_data(self, data):
        if not self.hidden:
            self.texts.append(data)


def text_of_page(text):
    page = Page()
    page.feed(text)
    return "\n".join(page.texts)


def text_of_mail(text):
    mail = email.message_from_string(text, policy=email.policy.default)
    texts = [mail["Subject"]]
    for part in mail.walk():
        if part.get_content_type() == "text/plain":
            texts.append(part.get_content())
        elif part.get_content_type() == "text/html":
            texts.append(text_of_page(part.get_content()))
        if part.get_filename():
            texts.append(part.get_filename())
    return "\n".join(texts)


# What stays Latin in every language, and why.
ALLOWED = [
    r"riposte( report --json)?(?![-a-z])",  # commands that a %s brings
    r"\briposte(d|-fetch|-notify)(?![-a-z])",  # programs
    r"(?<![^\s(\"«])/[^\s,:;)\"]+",  # paths
    r"\b[CFKR][0-9]+\b",  # rules
    r"\b[0-9]{4}-(W[0-9]{2}|Q[0-9])\b",  # ISO weeks, quarters
    r"\b[kMG]B\b",  # GLib's own words for sizes
    r"\b(mine|theirs)\.[a-z0-9_.]+",  # figures, as explain takes them
    r"\b(In-Reply-To|References|Thread-Index|Message-ID)\b",  # header fields
]
# In the help of commands, the words to be typed, and what stands for others: all of
# the first line, and the beginning of the others.
TYPED = r"^\S+: .*(?= \[\S+\.\.\.\])|^(  )?(-[hy], )?(-{0,2}[a-z][-a-z]*)[A-Z=.[\] ]*(?= |=)[^ ]*"
TOLD = 5  # lines


def without_cut(line, known):
    """A text that was cut: as much of it as stands before the dots goes too."""
    while "…" in line:
        before, behind = line.split("…", 1)
        n = max((n for whole in known for n in range(1, len(whole) + 1)
                 if before.endswith(whole[:n])), default=0)
        line = before[:len(before) - n] + " " + behind
    return line


def visible(name):
    with open(name, encoding="utf-8") as file:
        text = file.read()
    if name.endswith(".html"):
        text = text_of_page(text)
    elif name.endswith(".eml"):
        text = text_of_mail(text)
    return re.sub("\x1b\\[[0-9;]*m", "", text)


def find_words(known, name):
    known_re = re.compile("|".join(map(re.escape, known)) or "(?!)")
    allowed_re = re.compile("|".join(ALLOWED))
    for line in visible(name).split("\n"):
        rest = re.sub(TYPED, " ", line) if name.endswith(".help") else line
        rest = without_cut(known_re.sub(" ", rest), known)
        words = re.findall("[A-Za-z]+", allowed_re.sub(" ", rest))
        if words:
            yield " ".join(words), line


def tell_words(data, names):
    with open(data, encoding="utf-8") as file:
        known = sorted({line for line in file.read().split("\n") if len(line) > 1},
                       key=len, reverse=True)
    found = [pair for name in names for pair in find_words(known, name)]
    for words, line in found[:TOLD]:
        print(f"{words}  [{line.strip()}]")
    if len(found) > TOLD:
        print(f"and {len(found) - TOLD} more")


if __name__ == "__main__":
    if sys.argv[1] == "po":
        write_po(sys.argv[2])
    else:
        tell_words(sys.argv[2], sys.argv[3:])
