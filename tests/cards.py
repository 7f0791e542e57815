#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""cards.py - do other programs read the vCards that riposte writes, without loss, and
the cards of their own test suites as riposte does?

cards.py vobject|ebook FILE: a line a property, as that library understands it, in
an order of its own; the same lines are expected of riposte's own JSON (cards.py
json FILE, the output of `riposte --json contact list`).

cards.py differ vobject|ebook|khard FOLDER: what that program reads otherwise than
riposte of FOLDER's suite-NAME.vcf: of "PROGRAM NAME: UID < FIELD: VALUE" reads the
program alone, of > riposte alone; "PROGRAM NAME: UID cannot be read" by the program.
What riposte reads is suite-NAME.vcf.expected, which test-cards proves.
"""
import glob
import json
import os
import re
import subprocess
import sys
import tempfile


def by_vobject(path):
    import vobject
    with open(path, encoding="utf-8", newline="") as file:
        for card in vobject.readComponents(file.read()):
            name = card.fn.value
            for line in card.getChildren():
                if line.name == "EMAIL":
                    yield name, "address", line.value
                elif line.name == "TEL":
                    yield name, "phone", line.value
                elif line.name == "ORG":
                    yield name, "organisation", line.value[0]
                elif line.name == "NOTE":
                    yield name, "note", line.value
                elif line.name == "CATEGORIES":
                    for value in line.value:
                        yield name, "tag", value
                elif line.name == "ADR":
                    yield name, "place", f"{line.value.street}/{line.value.city}"
                elif line.name == "TITLE":
                    yield name, "title", line.value
                elif line.name == "BDAY":
                    yield name, "birthday", line.value


def by_ebook(path):
    import gi
    gi.require_version("EBookContacts", "1.2")
    from gi.repository import EBookContacts
    with open(path, encoding="utf-8", newline="") as file:
        cards = file.read().split("BEGIN:VCARD")[1:]
    for text in cards:
        card = EBookContacts.VCard.new_from_string("BEGIN:VCARD" + text)
        values = [(a.get_name(), a.get_values()) for a in card.get_attributes()]
        name = dict(values)["FN"][0]
        words = {"EMAIL": "address", "TEL": "phone", "ORG": "organisation",
                 "NOTE": "note", "TITLE": "title", "BDAY": "birthday"}
        for property_, value in values:
            if property_ in words:
                yield name, words[property_], value[0]
            elif property_ == "CATEGORIES":
                for tag in value:
                    yield name, "tag", tag
            elif property_ == "ADR":
                yield name, "place", f"{value[2]}/{value[3]}"


def by_json(path):
    wanted = {"address", "phone", "organisation", "note", "tag", "place", "title",
              "birthday"}
    with open(path, encoding="utf-8") as file:
        people = json.load(file)["people"]
    for person in people:
        for fact in person["facts"]:
            value = fact["value"]
            if fact["name"] == "place":
                parts = value.split(";")
                value = f"{parts[2]}/{parts[3]}"
            if fact["name"] == "birthday" and value.startswith("--"):
                value = "--" + value[2:].replace("-", "")
            if fact["name"] in wanted:
                yield person["person"]["name"], fact["name"], value


# --- the suites: (UID, {(field, value)}) a card, in the form of riposte's own reading

def squeeze(text):
    return "\n".join(" ".join(line.split()) for line in text.strip().splitlines())


def date(text):
    text = text.split("T")[0].replace(".", "-")
    match = re.fullmatch(r"(\d{4}|-)-?(\d\d)-?(\d\d)", text)
    return f"{match[1]}-{match[2]}-{match[3]}" if match else text


def fact(field, values):
    """None if there is nothing to say of it."""
    if field in ("name_parts", "place"):
        lines = [", ".join(squeeze(v).splitlines()) for v in values]
        value = ";".join(lines).replace("\\", "").rstrip(";")
    elif field == "birthday":
        value = date(values[0])
    elif field == "address":
        value = values[0].lower()
    elif field == "phone":
        value = ";".join(values)
        value = value[4:] if value.lower().startswith("tel:") else value
    else:
        value = squeeze(",".join(values))
    return (field, value) if value else None


FIELDS = {"FN": "name", "N": "name_parts", "NICKNAME": "nickname", "EMAIL": "address",
          "TEL": "phone", "TITLE": "title", "ROLE": "role", "BDAY": "birthday",
          "ADR": "place", "URL": "url", "NOTE": "note"}


def facts(properties):
    """Of (NAME, [VALUE, ...]), in the order of the card."""
    for name, values in properties:
        if name == "ORG":
            yield fact("organisation", values[:1])
            yield fact("department", ["; ".join(v for v in values[1:] if v)])
        elif name == "CATEGORIES":
            yield from (fact("tag", [v]) for v in values)
        elif name == "NICKNAME":
            yield from (fact("nickname", [v]) for v in values)
        elif name in FIELDS:
            yield fact(FIELDS[name], values)


def cards_of(path):
    """The bytes of each card, as none of the programs reads several at once."""
    with open(path, "rb") as file:
        data = file.read().replace(b"\r\n", b"\n")
    for card in re.split(rb"(?im)^(?=(?:\w+\.)?begin:vcard)", data):
        if card.strip():
            uid = re.search(rb"(?im)^uid:(.*)", card)
            yield uid[1].decode().replace("\\", "") if uid else "", card


def name_values(name):
    parts = (name.family, name.given, name.additional, name.prefix, name.suffix)
    return [",".join(p) if isinstance(p, list) else p for p in parts]


def place_values(place):
    parts = (place.box, place.extended, place.street, place.city, place.region,
             place.code, place.country)
    return [",".join(p) if isinstance(p, list) else p for p in parts]


def vobject_properties(card):
    import vobject
    for line in vobject.readOne(card.decode(errors="replace")).getChildren():
        if line.name == "N":
            yield "N", name_values(line.value)
        elif line.name == "ADR":
            yield "ADR", place_values(line.value)
        else:
            yield line.name, line.value if isinstance(line.value, list) else [line.value]


def ebook_properties(card):
    import gi
    gi.require_version("EBookContacts", "1.2")
    from gi.repository import EBookContacts
    text = card.decode(errors="replace")
    for line in EBookContacts.VCard.new_from_string(text).get_attributes():
        name = line.get_name().upper()
        if name in FIELDS or name in ("ORG", "CATEGORIES"):
            yield name, [value.str for value in line.get_values_decoded()]


def khard_lists(cards):
    """What khard's lists have of {UID: card}, and the UIDs of those it refuses; it shows
    no more in a form for programs. Some cards end it: they are found by halving."""
    found, refused = set(), set()
    uids = sorted(cards)
    with tempfile.TemporaryDirectory() as folder:
        for i, uid in enumerate(uids):
            with open(os.path.join(folder, f"{i}.vcf"), "wb") as file:
                file.write(cards[uid])
        config = os.path.join(folder, "khard.conf")
        with open(config, "w", encoding="utf-8") as file:
            file.write(f"[addressbooks]\n[[a]]\npath = {folder}\n")
        for name, command in (("EMAIL", "email"), ("TEL", "phone"), ("BDAY", "birthdays")):
            done = subprocess.run(
                ["khard", "--skip-unparsable", "-c", config, command, "--parsable"],
                check=False, capture_output=True, text=True)
            if "Traceback" in done.stderr:
                break
            refused |= {uids[int(n)]
                        for n in re.findall(r"parse file .*/(\d+)\.vcf", done.stderr)}
            found |= {fact(FIELDS[name], [line.split("\t")[0]])
                      for line in done.stdout.splitlines() if "\t" in line}
        else:
            return found, refused
    if len(uids) == 1:
        return set(), set(uids)
    halves = [khard_lists({uid: cards[uid] for uid in half})
              for half in (uids[::2], uids[1::2])]
    return halves[0][0] | halves[1][0], halves[0][1] | halves[1][1]


def khard_differences(path):
    cards = list(asked_cards(path))
    theirs, refused = khard_lists({uid: card for uid, _, card in cards})
    mine = {f for uid, found, _ in cards if uid not in refused
            for f in found if f[0] in ("address", "phone", "birthday")}
    yield from (f"{uid} cannot be read" for uid in sorted(refused))
    yield from (f"< {f}: {v!r}" for f, v in sorted(theirs - mine))
    yield from (f"> {f}: {v!r}" for f, v in sorted(mine - theirs))


def read_expected(path):
    with open(path, encoding="utf-8") as file:
        for card in re.split(r"(?m)^(?=card )", file.read()):
            if not card.startswith("card "):
                continue
            uid = card.splitlines()[0][5:]
            found = re.findall(r"(?m)^  (\w+)(?: \[[^\]]*\])?: (.*(?:\n    .*)*)", card)
            yield uid, {fact(f, re.split(r"(?<!\\);", v) if f in ("name_parts", "place")
                             else [v]) for f, v in found}


def asked_cards(path):
    """(UID, what riposte reads, the card's bytes) of those about somebody and in UTF-8:
    Python's strings bring no other charset to the libraries."""
    ours = dict(read_expected(path + ".expected"))
    for uid, card in cards_of(path):
        if uid in ours and "\ufffd" not in card.decode(errors="replace"):
            yield uid, ours[uid], card


def library_differences(properties, path):
    asked = {*FIELDS.values(), "organisation", "department", "tag"}
    for uid, found, card in asked_cards(path):
        mine = {f for f in found if f[0] in asked}
        try:
            theirs = {f for f in facts(properties(card)) if f is not None}
        except Exception:  # pylint: disable=broad-exception-caught
            yield f"{uid} cannot be read"
            continue
        yield from (f"{uid} < {f}: {v!r}" for f, v in sorted(theirs - mine))
        yield from (f"{uid} > {f}: {v!r}" for f, v in sorted(mine - theirs))


def differ(program, folder):
    for path in sorted(glob.glob(os.path.join(folder, "suite-*.vcf"))):
        lines = khard_differences(path) if program == "khard" else library_differences(
            {"vobject": vobject_properties, "ebook": ebook_properties}[program], path)
        for line in lines:
            print(f"{program} {os.path.basename(path)[6:-4]}: {line}")


def main():
    if sys.argv[1] == "differ":
        differ(sys.argv[2], sys.argv[3])
        return
    readers = {"vobject": by_vobject, "ebook": by_ebook, "json": by_json}
    for line in sorted({repr(line) for line in readers[sys.argv[1]](sys.argv[2])}):
        print(line)


main()
