# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads what the rules need from a Maildir++ tree: headers, addresses, ids, dates, subjects.

Part of the oracle: plain, slow and independent of the C program. Instants are
seconds since 1970 UTC. Every choice the rules leave open is marked "CHOICE".
"""
import base64
import binascii
import calendar
import os
import re
import urllib.parse

# ---------------------------------------------------------------- headers


def read_headers(path):
    """The header fields of a file: list of (lower-case name, raw bytes, unfolded)."""
    with open(path, "rb") as fh:
        data = fh.read()
    fields = []
    keep = False  # does a continuation line belong to a field we kept?
    for n, line in enumerate(data.split(b"\n")):
        if line.endswith(b"\r"):
            line = line[:-1]
        if line == b"":
            break
        if line[:1] in (b" ", b"\t"):
            if keep:
                fields[-1][1] += line
            continue
        match = re.match(rb"([!-9;-~]+)[ \t]*:", line)
        keep = match is not None
        if keep:
            fields.append([match.group(1).decode("ascii").lower(), line[match.end():]])
        # CHOICE: a line that is no field (mbox "From ", garbage) is skipped.
    return [(name, value) for name, value in fields]


def text_of(raw):
    """Raw 8-bit is UTF-8 if it can be, else Latin-1."""
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("latin-1")


def squeeze(text):
    """White space collapsed to single spaces, none at the ends."""
    return re.sub(r"[ \t\r\n\f\v]+", " ", text).strip(" ")


ENCODED = re.compile(r"=\?([^?\s]+)\?([bBqQ])\?([^?]*)\?=")


def decode_word(match):
    """(charset, bytes) of an encoded word, or None if it is broken."""
    charset = match.group(1).split("*")[0].lower()
    try:
        "".encode(charset)
    except (LookupError, UnicodeError):
        return None
    body = match.group(3)
    if match.group(2) in "qQ":
        body = body.replace("_", " ").encode("utf-8", "replace")
        data = re.sub(rb"=([0-9A-Fa-f]{2})", lambda m: bytes([int(m.group(1), 16)]), body)
    else:
        body = re.sub(r"\s", "", body)
        try:
            data = base64.b64decode(body + "=" * (-len(body) % 4), validate=True)
        except (binascii.Error, ValueError):
            return None
    return charset, data


def decode_text(raw):
    """A header value as text: encoded words decoded (RFC 2047), white space collapsed."""
    text = text_of(raw)
    out = []  # str, or (charset, bytes)
    at = 0
    for match in ENCODED.finditer(text):
        word = decode_word(match)
        if word is None:
            continue
        between = text[at:match.start()]
        if not (out and isinstance(out[-1], tuple) and between.strip() == ""):
            if between:
                out.append(between)
        if out and isinstance(out[-1], tuple) and out[-1][0] == word[0]:
            out[-1] = (word[0], out[-1][1] + word[1])  # a character cut in two
        else:
            out.append(word)
        at = match.end()
    out.append(text[at:])
    parts = []
    for part in out:
        if isinstance(part, tuple):
            try:
                parts.append(part[1].decode(part[0], "replace"))
            except (LookupError, UnicodeError):
                parts.append(part[1].decode("latin-1"))
        else:
            parts.append(part)
    return squeeze("".join(parts))


# ---------------------------------------------------------------- addresses

PLUS_TAGS = {"gmail.com", "googlemail.com", "outlook.com", "hotmail.com", "live.com", "icloud.com",
             "me.com", "mac.com", "fastmail.com", "fastmail.fm", "proton.me", "protonmail.com", "pm.me"}


def normal_address(spec):
    """Lower case, IDN domain as A-labels; None if it is no local@domain."""
    spec = re.sub(r"\s", "", spec).replace("\0", " ")
    local, at, domain = spec.rpartition("@")
    if not at or not local or not domain:
        return None  # CHOICE: what has no local part or no domain is no address
    local, domain = local.lower(), domain.lower()
    if not domain.isascii():
        try:
            domain = domain.encode("idna").decode("ascii").lower()
        except UnicodeError:
            pass
    return local + "@" + domain


def person_key(address):
    """What makes two addresses one person's: Gmail dots and plus-tags ignored."""
    local, _, domain = address.rpartition("@")
    if domain in PLUS_TAGS and "+" in local and not local.startswith("+"):
        local = local.split("+", 1)[0]
    if domain in ("gmail.com", "googlemail.com"):
        domain = "gmail.com"
        local = local.replace(".", "") or local
    return local + "@" + domain


def local_part(address):
    return address.rpartition("@")[0]


def closing(text, start, opener, closer):
    """Index of the closer of what opens at start, or -1; a backslash quotes."""
    depth, i = 0, start
    while i < len(text):
        if text[i] == "\\":
            i += 1
        elif opener != closer and text[i] == opener:
            depth += 1
        elif text[i] == closer and (opener != closer or i > start):
            depth -= 1
            if depth <= 0:
                return i
        i += 1
    return -1


def parse_addresses(text):
    """The addresses of a To-like value, in order: angles, bare ones, groups, comments."""
    found = []
    bare, angle, in_angle = "", None, False

    def flush():
        nonlocal bare, angle, in_angle
        if angle is not None:
            spec = angle.strip()
            if spec.startswith("@") and ":" in spec:
                spec = spec.split(":", 1)[1]  # an old source route
        else:
            joined = re.sub(r"\s*([@.])\s*", r"\1", bare)
            with_at = [word for word in joined.split() if "@" in word]
            spec = with_at[-1] if with_at else ""
        address = normal_address(spec)
        if address:
            found.append(address)
        bare, angle, in_angle = "", None, False

    i = 0
    while i < len(text):
        char = text[i]
        if char == '"' and closing(text, i, '"', '"') > 0:
            end = closing(text, i, '"', '"')
            if text[end + 1:].lstrip()[:1] == "@":  # a quoted local part, not a name
                inner = re.sub(r"\\(.)", r"\1", text[i + 1:end]).replace(" ", "\0")
                if in_angle:
                    angle += inner
                else:
                    bare += inner
            i = end
        elif char == "(" and closing(text, i, "(", ")") > 0:
            i = closing(text, i, "(", ")")
        elif in_angle:
            if char == ">":
                in_angle = False
            elif char in ",;" and not angle.strip().startswith("@"):
                flush()  # "<bob@x.org, ann@y.org": the closing > was forgotten
            else:
                angle += char
        elif char == "<":
            if angle is None:
                angle, in_angle = "", True
        elif char in ",;":
            flush()
        elif char == ":" and angle is None:
            bare = ""  # the name of a group
        elif angle is None:
            bare += char
        i += 1
    flush()
    return found


# ---------------------------------------------------------------- ids


def parse_ids(text):
    """An id is what stands between < and >, without white space (R2)."""
    ids = []
    for inner in re.findall(r"<([^<>]*)>", text):
        inner = re.sub(r"\s", "", inner)
        if inner:  # CHOICE: <> is no id
            ids.append(inner)
    return ids


# ---------------------------------------------------------------- dates

MONTHS = {m: n for n, m in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), 1)}
ZONES = {"est": -300, "edt": -240, "cst": -360, "cdt": -300, "mst": -420, "mdt": -360, "pst": -480, "pdt": -420}
DATE = re.compile(r"(?:[a-z]+\.?,?\s*)?(\d{1,2})[\s-]+([a-z]{3,9})\.?[\s-]+(\d{2,4})\s+"
                  r"(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?\s*([+-]\d{4}|[a-z]+)?\s*$", re.I)
ASCTIME = re.compile(r"[a-z]{3}\s+([a-z]{3})\s+(\d{1,2})\s+(\d{1,2}):(\d{2}):(\d{2})\s+(\d{4})()\s*$", re.I)


def parse_date(text):
    """Seconds since 1970 of a Date value, or None if it is not a real date."""
    text = text.strip()
    while "(" in text and closing(text, text.index("("), "(", ")") > 0:
        start = text.index("(")
        text = text[:start] + " " + text[closing(text, start, "(", ")") + 1:]
    text = text.strip()
    match = DATE.match(text)
    if match:
        day, month, year, hour, minute, second, zone = match.groups()
    else:
        match = ASCTIME.match(text)
        if not match:
            return None
        month, day, hour, minute, second, year, zone = match.groups()
    month = MONTHS.get(month[:3].lower())
    year_digits, year = len(year), int(year)
    if year_digits == 2:
        year += 2000 if year < 50 else 1900  # RFC 5322 4.3
    elif year_digits == 3:
        year += 1900
    day, hour, minute, second = int(day), int(hour), int(minute), int(second or 0)
    if month is None or not 1 <= year <= 9999:
        return None
    if not 1 <= day <= calendar.monthrange(year, month)[1]:
        return None
    if hour > 23 or minute > 59 or second > 60:
        return None
    # CHOICE: no zone, or one of an unknown name, is UTC (RFC 5322 4.3).
    offset = 0
    if zone and zone[0] in "+-":
        if int(zone[3:]) > 59 or int(zone[1:3]) > 23:
            return None  # CHOICE: no zone on Earth is a day away
        offset = (int(zone[1:3]) * 60 + int(zone[3:])) * (1 if zone[0] == "+" else -1)
    elif zone:
        offset = ZONES.get(zone.lower(), 0)
    return calendar.timegm((year, month, day, hour, minute, second, 0, 0, 0)) - offset * 60


# ---------------------------------------------------------------- subjects

REPLY = "re aw sv vs antw rif r odp ynt".split()
FORWARD = "fw fwd wg tr enc rv".split()
TAG = r"\[[^\[\]]*\]"
PREFIX = re.compile(r"(?:%s\s*)*(%s)\s*(?:\[[^\[\]]*\]|\([0-9]+\)|\^?[0-9]+)?\s*:" % (TAG, "|".join(REPLY + FORWARD)),
                    re.I | re.A)


def base_subject(subject):
    """(base subject of RFC 5256 2.1 with the prefixes of R2 b, has it a reply prefix?)

    CHOICE: a subject has a reply prefix if one of the prefixes that are stripped
    is one, so "Fwd: Re: x" is a reply, "Fwd: x" none ("only stripped").
    """
    text, reply = squeeze(subject), False
    while True:
        before = text
        while re.search(r"\(fwd\)$", text, re.I):  # step 2, subj-trailer
            text = text[:-5].rstrip()
        while True:
            inner = text
            text = text.lstrip()
            match = PREFIX.match(text)  # step 3, subj-leader
            if match:
                reply = reply or match.group(1).lower() in REPLY
                text = text[match.end():].lstrip()
            match = re.match(TAG + r"\s*", text)  # step 4, subj-blob
            if match and text[match.end():].strip():
                text = text[match.end():]
            if text == inner:
                break  # step 5
        if re.match(r"\[fwd:", text, re.I) and text.endswith("]"):  # step 6
            text = text[5:-1].strip()
        if text == before:
            return text, reply


# ---------------------------------------------------------------- Maildir++

SENT_NAMES = {"sent", "sent items", "sent messages", "sent mail", "sent-mail", "sentmail", "sent_mail",
              "gesendet", "gesendete elemente", "gesendete objekte", "envoyés", "éléments envoyés",
              "enviados", "elementos enviados", "posta inviata", "inviati", "verzonden", "verzonden items"}
SKIPPED = {"spam", "trash"}  # folders=*;!Spam;!Trash of contract.md


def utf7_name(name):
    """A folder's name, of modified UTF-7 (RFC 3501 5.1.3)."""
    def one(match):
        if match.group(1) == "":
            return "&"
        data = match.group(1).replace(",", "/")
        try:
            return base64.b64decode(data + "=" * (-len(data) % 4)).decode("utf-16-be")
        except (binascii.Error, UnicodeError):
            return match.group(0)
    return re.sub(r"&([^-]*)-", one, name)


class Copy:
    """One file of the tree: raw facts only."""


def first(fields, name):
    """The first field of that name, raw, or None."""
    for key, value in fields:
        if key == name:
            return value
    return None


def joined(fields, name, glue=b" "):
    """All fields of that name, raw. CHOICE: several To, Cc, ... count as one long one."""
    return glue.join(value for key, value in fields if key == name)


def addresses(fields, name):
    return parse_addresses(text_of(joined(fields, name, b",")))


def posting_addresses(raw):
    """List-Post: the addresses of <mailto:...>, or bare ones; NO and web addresses are none."""
    text = text_of(raw)
    out = []
    for part in re.findall(r"<([^<>]*)>", text) or text.split(","):
        part = re.sub(r"\s", "", part)
        if part.lower().startswith("mailto:"):
            part = urllib.parse.unquote(part[7:].split("?", 1)[0])
        elif ":" in part:
            continue
        out += [a for a in map(normal_address, part.split(",")) if a]
    return out


def list_id(raw):
    """What stands in the last < > of List-Id, lower case; without any, the whole value."""
    text = text_of(raw)
    inner = re.findall(r"<([^<>]*)>", text)
    return re.sub(r"\s", "", inner[-1] if inner else text).lower()


def read_copy(path, folder, is_sent, uid):
    fields = read_headers(path)
    copy = Copy()
    copy.path, copy.folder, copy.in_sent, copy.uid = path, folder, is_sent, uid
    name = os.path.basename(path)
    seconds = re.match(r"[0-9]+", name)
    copy.delivered_at = int(seconds.group()) if seconds else int(os.stat(path).st_mtime)
    copy.flags = sorted(set(name.partition(":2,")[2]))
    copy.size = os.path.getsize(path)
    copy.fields = fields
    date = first(fields, "date")
    copy.date_at = None if date is None else parse_date(text_of(date))
    copy.from_ = addresses(fields, "from")
    copy.to = addresses(fields, "to")
    copy.cc = addresses(fields, "cc")
    copy.reply_to = addresses(fields, "reply-to")
    copy.subject = decode_text(first(fields, "subject") or b"")
    ids = parse_ids(text_of(first(fields, "message-id") or b""))
    copy.message_id = ids[0] if ids else None
    copy.in_reply_to = parse_ids(text_of(joined(fields, "in-reply-to")))
    copy.references = parse_ids(text_of(joined(fields, "references")))
    copy.thread_index = None
    index = first(fields, "thread-index")
    if index is not None:
        data = re.sub(rb"\s", b"", index)
        try:
            data = base64.b64decode(data + b"=" * (-len(data) % 4), validate=True)
        except (binascii.Error, ValueError):
            data = b""
        if len(data) >= 22:  # CHOICE: what is shorter joins nothing
            copy.thread_index = data[:22]
    copy.posting = [a for key, value in fields if key == "list-post" for a in posting_addresses(value)]
    copy.posting += addresses(fields, "x-mailing-list")
    copy.list_ids = {list_id(value) for key, value in fields if key == "list-id"} - {""}
    return copy


def read_maildir(root):
    """Every copy in the tree, by folder and file name (which stands in for the UID)."""
    folders = [("INBOX", root)]
    for entry in sorted(os.listdir(root)):
        path = os.path.join(root, entry)
        if entry.startswith(".") and entry not in (".", "..") and os.path.isdir(path):
            folders.append((utf7_name(entry[1:]), path))
    copies = []
    for folder, path in folders:
        last = re.split(r"[./]", folder)[-1].lower()
        if folder.lower() in SKIPPED:
            continue
        files = []
        for sub in ("cur", "new"):
            where = os.path.join(path, sub)
            if os.path.isdir(where):
                files += [os.path.join(where, n) for n in os.listdir(where) if not n.startswith(".")]
        for uid, file in enumerate(sorted(files, key=lambda p: os.fsencode(os.path.basename(p))), 1):
            if os.path.isfile(file):
                copies.append(read_copy(file, folder, last in SENT_NAMES, uid))
    return copies
