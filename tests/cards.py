#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""cards.py - do other programs read the vCards that riposte writes, without loss?

cards.py vobject|ebook FILE: a line a property, as that library understands it, in
an order of its own; the same lines are expected of riposte's own JSON (cards.py
json FILE, the output of `riposte --json contact list`).
"""
import json
import sys


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


def main():
    readers = {"vobject": by_vobject, "ebook": by_ebook, "json": by_json}
    for line in sorted({repr(line) for line in readers[sys.argv[1]](sys.argv[2])}):
        print(line)


main()
