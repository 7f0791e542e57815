#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes the demonstration mailbox (Maildir/) and expected.json beside itself.

Nothing is drawn by lot and no clock is read: the same bytes every time. Each story
stands here with its mail and, worked out by hand from the rules, the follow-ups that
must come of it (owe: I owe the reply, wait: they do). This script knows none of the
rules but one: in talk(), two persons take turns, and each turn answers the one before.
"""
import base64
import datetime
import json
import os
import shutil

HERE = os.path.dirname(os.path.abspath(__file__))
MAILDIR = os.path.join(HERE, "Maildir")
AS_OF = "2026-03-16 10:00"
SUMMER_ENDS = datetime.datetime(2025, 10, 26, 3)  # Europe/Berlin, local
LAPSE = datetime.timedelta(days=30)
GARDEN = "garten@lists.beet.example"
BOARD = "Vorstand <vorstand@beet.example>"
NURSERY = "gärtnerei-öller.example"
NURSERY_A = "xn--grtnerei-ller-bfb2z.example"
JUNE = "june.marlow.sample.person.without.mailbox@gmail.com"
JUNE_PLAIN = JUNE.replace(".", "", 5)


def word(text, charset="utf-8", how="B"):
    """text as encoded words (RFC 2047) of at most 75 characters each."""
    size = 12 if how == "B" else 18
    words = []
    for i in range(0, len(text), size):
        data = text[i:i + size].encode(charset)
        if how == "B":
            coded = base64.b64encode(data).decode()
        else:
            coded = "".join(
                chr(b) if chr(b).isalnum() and b < 128 else "_" if b == 32 else f"={b:02X}"
                for b in data)
        words.append(f"=?{charset}?{how}?{coded}?=")
    return "\n ".join(words)


def in_ascii(subject):
    return subject if subject.isascii() else word(subject, "utf-8", "Q")


# key: how they write themselves, reply prefix, mail program, what they say
PEOPLE = {
    "robin": ("Robin Vale <robin@vale.example>", "Re", "Thunderbird", "de"),
    "alias": ("Robin Vale <robin.vale@oldmail.example>", "Re", "Thunderbird", "de"),
    "hanna": ("Hanna Vogel <hanna.vogel@beet.example>", "Re", "K-9 Mail", "de"),
    "bob": ("Bob Anders <bob@anders.example>", "Re", "Thunderbird", "de"),
    "ann": ("Ann Lindqvist <ann@lindqvist.example>", "Re", "Evolution 3.46", "de"),
    "otto": ("Otto Brandt <otto@brandt.example>", "Re", "Webmail 4", "de"),
    "priya": ("Priya Raman <priya@raman.example>", "Re", "iPhone Mail", "en"),
    "lotte": ("Lotte Vale <lotte@familie-vale.example>", "Re", "iPhone Mail", "de"),
    "walter": ("Walter Kunz <walter@kunz.test>", "Re", "mh-e 8.6", "de"),
    "mirjam": ("Mirjam Klee <m.klee@uebersetzungen-klee.example>", "AW",
               "Microsoft Outlook 16.0", "work"),
    "gerd": ("Gerd Matthes <g.matthes@uebersetzungen-klee.example>", "AW",
             "Microsoft Outlook 16.0", "work"),
    "tomas": (word("Tomás Ferreira", "utf-8", "Q") + " <tomas@samenhandel.example>", "RE",
              "Webmail 4", "work"),
    "sylvie": (word("Sylvie Bérard", "utf-8", "Q") + " <sylvie@atelier-berard.example>",
               "Re", "Apple Mail", "fr"),
    "ken": (word("高橋健", "iso-2022-jp") + " <ken@takahashi.example>", "Re",
            "Sylpheed 3.7", "en"),
    "noa": (word("נועה לוי") + " <noa@levi.example>", "Re", "Thunderbird", "en"),
    "jorgen": (word("Jørgen Bakke", "iso-8859-1", "Q") + " <jorgen@fjordpost.example>", "SV",
               "Apple Mail", "en"),
    "kaethe": (f"Käthe Öller <kaethe@{NURSERY}>", "Re", "K-9 Mail", "de"),
    "kaethe-a": (word("Käthe Öller", "utf-8", "Q") + f" <kaethe@{NURSERY_A}>", "Re",
                 "K-9 Mail", "de"),
    "june": (f"June Marlow <{JUNE}>", "Re", "Android Mail", "en"),
    "june-plain": (f"June Marlow <{JUNE_PLAIN}>", "Re", "Android Mail", "en"),
    "june-garden": (f"June Marlow <{JUNE_PLAIN.replace('@', '+garden@')}>", "Re",
                    "Android Mail", "en"),
    "emil": ("Emil Sorge <emil@verlag-sorge.example>", "AW", "Microsoft Outlook 16.0",
             "work"),
    "gustav": ("Gustav Tiedemann <gustav@tiedemann.example>", "Re", "Webmail 4", "de"),
    "maja": ("Maja Horn <maja@horn.example>", "Re", "Thunderbird", "de"),
    "ruth": ("Ruth Ahrens <ruth@ahrens.example>", "Re", "Webmail 4", "de"),
    "clara": ("Clara Roth <clara@roth.example>", "Re", "Apple Mail", "de"),
    "viktor": ("Viktor Lang <viktor.lang@volkshochschule.example>", "AW",
               "Microsoft Outlook 16.0", "work"),
    "irene": ('"Vogt, Dr. Irene (\\"Ira\\")" (Sprechstunde Mo-Fr)'
              " <irene.vogt@praxis-vogt.example>", "Re", "Praxis 2.1", "de"),
    "lena": ("Lena Quast <lena@quast.example>", "Re", "Webmail 4", "de"),
    "all": (GARDEN, "", "", ""),
    "board": (BOARD, "", "", ""),
}
SAYINGS = {
    "de": ("Hast du dazu eine Meinung?", "Passt so, danke dir.", "Ich sehe es mir an.",
           "Viele Grüße, bis bald!"),
    "en": ("What do you think?", "Sounds good, thanks.", "Let me check and tell you.",
           "Talk soon!"),
    "fr": ("Qu'en penses-tu ?", "Parfait, merci.", "Je regarde cela demain.", "A bientôt !"),
    "work": ("Könnten Sie uns das bestätigen?", "Vielen Dank, ist notiert.",
             "Anbei der aktuelle Stand.", "Mit freundlichen Grüßen"),
}
PREFIXES = ("Re: ", "AW: ", "RE: ", "SV: ", "WG: ")

ids, at, bases, refs, answered, files, follow_ups = {}, {}, {}, {}, set(), [], []
stories, kinds, effective = {}, {}, {}
story = None


def begin(name):
    global story
    story = stories.setdefault(name, [])


def address(person):
    text = PEOPLE[person][0]
    return text[text.rindex("<") + 1:-1].replace(NURSERY, NURSERY_A) if "<" in text else text


def everybody(who):
    """Keys of PEOPLE, or ready-made header text (anything with an @ or a colon)."""
    if "@" in who or ":" in who:
        return who
    return ", ".join(PEOPLE[p][0] for p in who.split())


def local(text):
    return datetime.datetime.strptime(text, "%Y-%m-%d %H:%M")


def offset(when):
    return 2 if when < SUMMER_ENDS else 1


def utc(when):
    return when - datetime.timedelta(hours=offset(when))


def seconds(when):
    return int(utc(when).replace(tzinfo=datetime.timezone.utc).timestamp())


def iso(when):
    return utc(when).strftime("%Y-%m-%dT%H:%M:%SZ")


def date_header(when):
    day, month = "Mon Tue Wed Thu Fri Sat Sun".split(), (
        "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split())
    return (f"{day[when.weekday()]}, {when.day:02} {month[when.month - 1]} {when.year}"
            f" {when:%H:%M:%S} +0{offset(when)}00")


def base(subject):
    while subject.startswith(PREFIXES):
        subject = subject.split(": ", 1)[1]
    return subject


def list_headers():
    return {"List-Id": "Gartenverein Beet <garten.lists.beet.example>",
            "List-Post": f"<mailto:{GARDEN}>", "Precedence": "list",
            "List-Unsubscribe": "<mailto:garten-leave@lists.beet.example>"}


def headers_of(key, when, who, to, cc, subject, parent, mine):
    """The header as a well-kept mail program writes it; None leaves a field out."""
    lines = {} if mine else {
        "Return-Path": f"<{address(who)}>", "Delivered-To": "robin@vale.example"}
    lines.update({
        "Date": date_header(when), "From": PEOPLE[who][0], "To": everybody(to),
        "Cc": everybody(cc) if cc else None, "Subject": in_ascii(subject),
        "Message-ID": f"<{ids[key]}>"})
    if parent:
        lines["In-Reply-To"] = f"<{ids[parent]}>"
        lines["References"] = "\n ".join(f"<{ids[r]}>" for r in refs[key])
    lines.update({
        ("User-Agent" if mine else "X-Mailer"): PEOPLE[who][2], "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=utf-8", "Content-Transfer-Encoding": "8bit"})
    return lines


def put(folder, when, flags, lines, body):
    files.append((folder, when, flags, lines, body))


def mail(key, when, who, to, subject=None, cc="", re=None, folder=None, body=None, flags="S",
         imported=None, delivered=None, copies=(), headers=None):
    """One message and its copies: (folder, minutes later, header changes).

    key names it in the story; re is the key of the one it answers. imported is when an
    old message was copied into the mailbox, delivered when its Date is not to be trusted.
    """
    mine = who in ("robin", "alias")
    when = local(when) if isinstance(when, str) else when
    ids[key] = f"{key}@{address(who).split('@')[1]}"
    at[key] = local(delivered) if delivered else when
    refs[key] = refs[re] + [re] if re else []
    if subject is None:
        subject = f"{PEOPLE[who][1]}: {bases[re]}"
    bases[key] = base(subject)
    stories[story_of(key)].append(key)
    if re and mine:
        answered.add(re)
    lines = headers_of(key, when, who, to, cc, subject, re, mine)
    lines.update(headers or {})
    body = body or SAYINGS[PEOPLE[who][3]][len(files) % 4]
    arrival = local(imported) if imported else at[key]
    folder = folder if folder is not None else ".Sent" if mine else ""
    put(folder, arrival, (key, flags), lines, body)
    for where, minutes, changes in copies:
        later = arrival + datetime.timedelta(minutes=minutes)
        put(where, later, (None, "S"), dict(lines, **changes), body)


def story_of(key):
    stories.setdefault(key.rsplit(".", 1)[0], [])
    return key.rsplit(".", 1)[0]


def row(direction, person, opened, state, closed, closed_at, values):
    answered_s = None
    if state == "answered":
        answered_s = int((closed_at - at[opened]).total_seconds())
        answered_s += 3600 * (offset(at[opened]) - offset(closed_at))
    follow_ups.append(dict({
        "direction": direction, "person": {"address": address(person)},
        "opened_by": ids[opened], "opened_at": iso(at[opened]), "state": state,
        "closed_by": ids[closed] if closed else None,
        "closed_at": iso(closed_at) if closed_at else None,
        "latency_s": answered_s, "stranger": False}, **values))


def follow_up(direction, person, opened, by, how, values):
    if how == "elsewhere":
        row(direction, person, opened, "answered_elsewhere", None, None, values)
        del follow_ups[-1]["closed_at"]  # unknown to the mailbox
    elif how == "superseded":
        lapse = at[opened] + LAPSE
        row(direction, person, opened, how, by, lapse, dict({"lapsed": True}, **values))
    elif by:
        row(direction, person, opened, how or "answered", by, at[by], values)
    else:
        row(direction, person, opened, "open", None, None, dict({"lapsed": False}, **values))


def owe(person, opened, by=None, how=None, **values):
    follow_up("mine", person, opened, by, how, values)


def wait(person, opened, by=None, how=None, **values):
    follow_up("theirs", person, opened, by, how, values)


def due(opened, due_at, overdue):
    """When the follow-up that a talk() left open falls due."""
    next(f for f in follow_ups if f["opened_by"] == ids[opened]).update(
        due_at=due_at, overdue=overdue)


def later(when, gap):
    """gap: "2d3h", "40m"."""
    number = ""
    for c in gap:
        if c.isdigit():
            number += c
            continue
        when += datetime.timedelta(**{{"d": "days", "h": "hours", "m": "minutes"}[c]:
                                      int(number)})
        number = ""
    return when


def talk(name, person, subject, start, turns, lapsed=True, end_to=None, **rest):
    """Two persons in turn, gaps between: "me 2h 1d" is mine, theirs 2 h later, mine ...

    The last turn stays unanswered; end_to sends it, theirs, to another person with me
    in Cc: it closes what I wait for and opens nothing. rest: options of the first mail.
    """
    first, *gaps = turns.split()
    when, mine, last = local(start), first == "me", None
    for n in range(1, len(gaps) + 2):
        key = f"{name}.{n}"
        aside = end_to is not None and n == len(gaps) + 1
        mail(key, when, "robin" if mine else person,
             person if mine else end_to if aside else "robin",
             subject if n == 1 else None, cc="robin" if aside else "", re=last, **rest)
        if last:
            (owe if mine else wait)(person, last, by=key)
        rest, last, mine = {}, key, not mine
        when = later(when, gaps[n - 1]) if n <= len(gaps) else when
    if end_to is None:
        (owe if mine else wait)(person, last, lapsed=lapsed)


# 1. Everyday correspondence ------------------------------------------------------------

def old_address():
    """Until November Robin wrote from another address; the mail was copied over."""
    copied = {"imported": "2025-11-15 20:00"}
    to_alias = dict(copied, headers={"Delivered-To": "robin.vale@oldmail.example"})
    mail("old-photos.1", "2025-10-14 20:15", "alias", "otto", "Alte Fotos vom Schulhof",
         **copied)
    mail("old-photos.2", "2025-10-22 18:00", "otto", "alias", re="old-photos.1",
         **to_alias)
    mail("old-photos.3", "2025-10-23 21:00", "alias", "otto", re="old-photos.2", **copied)
    mail("old-photos.4", "2025-10-29 19:30", "otto", "alias", re="old-photos.3",
         **to_alias)
    mail("old-photos.5", "2025-10-31 17:45", "alias", "otto", re="old-photos.4", **copied)
    mail("old-photos.6", "2025-11-09 16:00", "otto", "alias", re="old-photos.5",
         **to_alias)
    mail("old-photos.7", "2025-11-16 11:00", "robin", "otto", re="old-photos.6",
         body="Bitte ab jetzt an diese Adresse hier.")
    mail("old-photos.8", "2025-11-25 20:10", "otto", "robin", re="old-photos.7")
    mail("old-photos.9", "2025-11-26 19:00", "robin", "otto", re="old-photos.8")
    mail("old-photos.10", "2025-12-04 21:30", "otto", "robin", re="old-photos.9")
    mail("old-photos.11", "2025-12-06 10:00", "robin", "otto", re="old-photos.10")
    for n in range(1, 11):
        (wait if n % 2 else owe)("otto", f"old-photos.{n}", by=f"old-photos.{n + 1}")
    wait("otto", "old-photos.11", lapsed=True)

    mail("tandem.1", "2025-10-15 08:00", "alias", "priya", "Tandem for the lake tour?",
         **copied)
    mail("tandem.2", "2025-10-16 22:10", "priya", "alias", re="tandem.1", **to_alias)
    mail("tandem.3", "2025-10-18 09:00", "alias", "priya", re="tandem.2", **copied)
    wait("priya", "tandem.1", by="tandem.2")
    owe("priya", "tandem.2", by="tandem.3")
    wait("priya", "tandem.3", lapsed=True)
    mail("ladder-old.1", "2025-10-20 18:00", "alias", "walter", "Leiter für die Kirschen",
         **copied)
    wait("walter", "ladder-old.1", lapsed=True)


def everyday():
    talk("compost", "hanna", "Komposttonnen bestellen", "2025-10-15 10:00",
         "me 2h 20h 1h 1d2h")
    talk("autumn-clean", "hanna", "Laub: wer, wann, womit", "2025-11-03 09:30",
         "me 5h 3d 1h30m 6h")
    talk("plum", "hanna", "Pflaume am Zaun schneiden?", "2025-12-01 16:00", "me 4h 26h")
    talk("seed-order", "hanna", "Sammelbestellung Saatgut", "2026-01-28 11:00",
         "me 40m 5h 3h 6d4h 2h", end_to="bob")
    talk("greenhouse", "hanna", "Scheibe im Gewächshaus", "2026-02-17 08:30",
         "me 9h 8d5h 2h", end_to="bob")
    talk("cashbox", "bob", "Kassenbuch 2025", "2025-10-17 12:00", "me 2h 1d 3h")
    talk("receipts", "bob", "Belege vom Baumarkt", "2026-02-24 18:20", "they 5h 20h",
         lapsed=False)
    talk("hedge", "ann", "Hecke zum Nachbarn", "2025-11-04 19:00", "me 8h 2d2h 15h")
    talk("rain-barrel", "ann", "Regentonne gesucht", "2026-02-19 07:50", "they 1d6h 3h",
         end_to="hanna")
    talk("band", "otto", "Bandprobe wie früher", "2025-12-10 21:00",
         "me 10d 1d 5d 22h 11d 1d")
    talk("hiking", "otto", "Wanderung im Mai", "2026-01-20 19:00",
         "me 9d 2d 7d 1d 10d 2d 10d 7d", lapsed=False)
    talk("brochure", "mirjam", "Broschüre Wanderwege DE-EN",
         "2025-10-13 09:00", "me 3h 1d 2h 5h")
    talk("invoice", "mirjam", "Rechnung 2025-118", "2025-12-03 14:00", "they 12d 5h")
    talk("manual", "mirjam", "Handbuch Kapitel 4", "2026-01-14 09:40",
         "they 2d 3h 5h 4h 11d")
    talk("deadline", "mirjam", "Abgabetermin verschieben?", "2026-02-19 11:00",
         "they 30h 2h 3d5h 4h", end_to="gerd")
    talk("catalogue", "tomas", "Katalog und Preisliste", "2025-10-27 10:30",
         "me 26h 12d3h 40h")
    talk("potatoes", "tomas", "Saatkartoffeln", "2026-02-24 08:00",
         "me 28h 4d 14d20h50m", lapsed=False)
    talk("reliure", "sylvie", "Reliure du carnet de jardin", "2025-11-06 17:00",
         "me 2d 13d 1d")
    talk("onsen", "ken", "Onsen guide: page proofs", "2025-10-30 09:00",
         "me 14h 8h 15h 10h")
    talk("figures", "ken", "Figures 3 and 4", "2026-02-03 01:20", "they 25h 13h 9h")
    talk("recipe", "noa", "Quince recipe", "2025-11-18 18:00", "me 3h 2h 5h 1d")
    talk("visit", "noa", "Visit in April", "2026-02-10 12:00", "me 1h 5d20h 2h 3h 4h",
         end_to="lotte")
    talk("tide", "jorgen", "Tide tables", "2026-03-06 09:00", "me", lapsed=False)
    talk("trees", "kaethe-a", "Obstbäume im Topf", "2025-10-21 09:00",
         "me 2d 3h 1d 8h")
    talk("slip", "kaethe-a", "Lieferschein vom Februar", "2026-02-25 10:00", "me 1d3h 6h",
         lapsed=False)
    talk("mower", "gustav", "Rasenmäher ausleihen", "2025-10-18 15:00",
         "me 2d 1d 4d")
    talk("preface", "emil", "Vorwort", "2025-11-06 09:00", "me 3d 13d")
    talk("sister", "lotte", "Adventskaffee", "2025-11-24 20:00", "me 30m 2h 20m 14h")
    talk("train", "lotte", "Zug oder Auto?", "2026-02-21 09:00", "they 4d2h 35m",
         end_to="noa")


# 2. Replies owed and released ----------------------------------------------------------

def replies_owed():
    talk("answered-in-time", "hanna", "Beetplan für das Frühjahr",
         "2026-01-12 09:10", "they 6h30m")
    talk("answered-late", "priya", "Do you still have the slides?", "2026-01-19 21:00",
         "they 12d 1d")
    mail("overdue-1d.1", "2026-03-13 09:40", "kaethe", "robin",
         "Lieferung der Obstbäume: Samstag oder Montag?")
    owe("kaethe", "overdue-1d.1", due_at="2026-03-15T08:40:00Z", overdue=True)
    mail("overdue-3d.1", "2026-03-11 08:30", "ann", "robin",
         "Wer kann im April das Tor streichen?")
    mail("overdue-3d.2", "2026-03-14 12:00", "ann", "robin", re="overdue-3d.1",
         body="Hast du meine Frage gesehen?")
    owe("ann", "overdue-3d.1", due_at="2026-03-13T07:30:00Z", overdue=True)
    mail("overdue-9d.1", "2026-03-05 09:15", "priya", "robin",
         "Long time no see: coffee in May?")
    owe("priya", "overdue-9d.1", due_at="2026-03-07T08:15:00Z", overdue=True)
    mail("due-soon.1", "2026-03-14 17:00", "mirjam", "robin", "Rückfrage zu Seite 12",
         flags="")
    owe("mirjam", "due-soon.1", warn_at="2026-03-15T16:00:00Z",
        due_at="2026-03-16T16:00:00Z", overdue=False)
    mail("due-later.1", "2026-03-15 19:00", "lotte", "robin", "Mamas Geburtstag",
         flags="")
    owe("lotte", "due-later.1", due_at="2026-03-17T18:00:00Z", overdue=False)
    # Thanks in the talk "receipts" that nobody needs to answer.
    stories["probably-done"] = ["receipts.3"]
    due("receipts.3", "2026-02-27T18:20:00Z", True)
    # The talk "potatoes" went on this morning, with an answer two weeks in coming.
    stories["due-wednesday"] = ["potatoes.4"]
    due("potatoes.4", "2026-03-18T07:50:00Z", False)


def releases():
    mail("released.1", "2026-02-02 10:00", "ann", "robin bob", "Schlüssel zum Schuppen?")
    mail("released.2", "2026-02-02 12:20", "bob", "ann", cc="robin", re="released.1",
         body="Hängt bei mir, ich bringe ihn vorbei.")
    owe("ann", "released.1", by="released.2", how="released")

    mail("released-answered.1", "2026-02-09 09:00", "ann", "robin bob",
         "Wann kommt der Container?")
    mail("released-answered.2", "2026-02-09 11:00", "bob", "ann", cc="robin",
         re="released-answered.1")
    mail("released-answered.3", "2026-02-10 09:00", "robin", "ann",
         re="released-answered.1",
         body="Bob hat recht, und er bleibt bis Freitag.")
    mail("released-answered.4", "2026-02-10 13:30", "ann", "bob", cc="robin",
         re="released-answered.3")
    owe("ann", "released-answered.1", by="released-answered.3",
        released_at="2026-02-09T10:00:00Z")
    wait("ann", "released-answered.3", by="released-answered.4")

    mail("opened-anew.1", "2025-12-01 09:00", "ann", "robin bob",
         "Frostschutz für die Pumpe")
    mail("opened-anew.2", "2025-12-02 09:00", "ann", "robin", re="opened-anew.1",
         body="Und hast du noch den Plan der Leitungen?")
    mail("opened-anew.3", "2025-12-02 11:00", "bob", "ann", cc="robin",
         re="opened-anew.1",
         body="Pumpe ist leer und abgedeckt.")
    mail("opened-anew.4", "2025-12-03 12:00", "robin", "ann", re="opened-anew.2",
         body="Der Plan liegt im Ordner im Schuppen.")
    mail("opened-anew.5", "2025-12-03 18:00", "ann", "bob", cc="robin",
         re="opened-anew.4")
    owe("ann", "opened-anew.1", by="opened-anew.3", how="released")
    owe("ann", "opened-anew.2", by="opened-anew.4")
    wait("ann", "opened-anew.4", by="opened-anew.5")

    mail("released-theirs.1", "2026-01-26 17:00", "robin", "ann bob",
         "Wer hat den Häcksler?")
    mail("released-theirs.2", "2026-01-26 20:00", "bob", "robin", cc="ann",
         re="released-theirs.1", body="Steht bei mir in der Garage.")
    mail("released-theirs.3", "2026-01-26 21:00", "robin", "bob", re="released-theirs.2")
    wait("bob", "released-theirs.1", by="released-theirs.2")
    wait("ann", "released-theirs.1", by="released-theirs.2", how="released")
    owe("bob", "released-theirs.2", by="released-theirs.3")
    wait("bob", "released-theirs.3", lapsed=True)


def lapses():
    mail("lapsed.1", "2026-01-05 18:00", "gustav", "robin", "Laubsauger zu verschenken")
    owe("gustav", "lapsed.1", lapsed=True)

    mail("superseded.1", "2025-11-20 11:00", "emil", "robin",
         "Titelvorschlag für das Gartenbuch")
    mail("superseded.2", "2026-01-08 09:30", "emil", "robin", re="superseded.1",
         body="Darf ich noch einmal nach dem Titel fragen?")
    mail("superseded.3", "2026-01-09 08:00", "robin", "emil", re="superseded.2")
    owe("emil", "superseded.1", by="superseded.2", how="superseded")
    owe("emil", "superseded.2", by="superseded.3")
    wait("emil", "superseded.3", lapsed=True)

    mail("superseded-theirs.1", "2025-10-28 10:00", "robin", "emil",
         "Abrechnung Auflage 1")
    mail("superseded-theirs.2", "2025-12-10 10:00", "robin", "emil",
         re="superseded-theirs.1",
         body="Kam meine Frage an?")
    wait("emil", "superseded-theirs.1", by="superseded-theirs.2", how="superseded")
    wait("emil", "superseded-theirs.2", lapsed=True)

    mail("answered-after-lapse.1", "2025-12-29 10:00", "robin", "emil", "Zweite Auflage?")
    mail("answered-after-lapse.2", "2026-02-06 10:00", "emil", "robin",
         re="answered-after-lapse.1", body="Entschuldigen Sie die lange Stille: ja!")
    mail("answered-after-lapse.3", "2026-02-07 09:00", "robin", "emil",
         re="answered-after-lapse.2")
    wait("emil", "answered-after-lapse.1", by="answered-after-lapse.2")
    owe("emil", "answered-after-lapse.2", by="answered-after-lapse.3")
    wait("emil", "answered-after-lapse.3", lapsed=True)

    mail("answered-elsewhere.1", "2026-03-03 19:00", "lotte", "robin",
         "Bahnkarten schon gekauft?", flags="RS")
    owe("lotte", "answered-elsewhere.1", how="elsewhere")


def waiting():
    mail("waiting-fast.1", "2026-03-13 11:00", "robin", "hanna",
         "Schlüssel für den neuen Pächter")
    wait("hanna", "waiting-fast.1", due_at="2026-03-14T10:00:00Z", overdue=True)
    mail("waiting-soon.1", "2026-03-15 10:00", "robin", "ken", "Cover of the onsen guide")
    wait("ken", "waiting-soon.1", due_at="2026-03-17T09:00:00Z", overdue=False)
    # The talk "hiking" ends with my mail of 2026-03-09 19:00 to slow Otto.
    stories["waiting-slow"] = ["hiking.9"]
    due("hiking.9", "2026-03-19T18:00:00Z", False)
    stories["waiting-long"] = ["slip.3", "tide.1"]
    due("slip.3", "2026-02-28T18:00:00Z", True)
    due("tide.1", "2026-03-08T08:00:00Z", True)

    mail("six-recipients.1", "2026-01-10 12:00", "robin",
         "hanna bob ann june priya lotte",
         "Winterfest im Schuppen am 24. Januar")
    mail("six-recipients.2", "2026-01-11 10:00", "priya", "robin", re="six-recipients.1",
         body="I will be there, with cake.")
    mail("six-recipients.3", "2026-01-11 18:30", "lotte", "robin", re="six-recipients.1",
         body="Wir kommen zu dritt!")
    mail("six-recipients.4", "2026-01-12 08:00", "robin", "priya lotte",
         re="six-recipients.3",
         body="Das freut mich sehr.")
    owe("priya", "six-recipients.2", by="six-recipients.4")
    owe("lotte", "six-recipients.3", by="six-recipients.4")
    wait("priya", "six-recipients.4", lapsed=True)
    wait("lotte", "six-recipients.4", lapsed=True)


# 3. Machines, lists, calendars ---------------------------------------------------------

def absences():
    mail("absence.1", "2026-01-07 10:00", "robin", "jorgen", "Proof prints")
    mail("absence.2", "2026-01-07 10:01", "jorgen", "robin",
         "Automatic reply: Proof prints",
         re="absence.1", headers={"Auto-Submitted": "auto-replied", "Return-Path": "<>"})
    mail("absence.3", "2026-01-14 09:00", "jorgen", "robin", re="absence.1")
    wait("jorgen", "absence.1", by="absence.3")
    owe("jorgen", "absence.3", lapsed=True)
    mail("abwesenheitsnotiz.1", "2025-12-22 16:00", "robin", "mirjam",
         "Glossar Forstwirtschaft")
    mail("abwesenheitsnotiz.2", "2025-12-22 16:02", "mirjam", "robin",
         "Abwesenheitsnotiz: Glossar Forstwirtschaft", re="abwesenheitsnotiz.1",
         headers={"X-Auto-Response-Suppress": "All"}, body="Ich bin ab dem 5. Januar zurück.")
    mail("abwesenheitsnotiz.3", "2026-01-05 09:30", "mirjam", "robin",
         re="abwesenheitsnotiz.1")
    mail("abwesenheitsnotiz.4", "2026-01-05 11:00", "robin", "mirjam",
         re="abwesenheitsnotiz.3")
    wait("mirjam", "abwesenheitsnotiz.1", by="abwesenheitsnotiz.3")
    owe("mirjam", "abwesenheitsnotiz.3", by="abwesenheitsnotiz.4")
    wait("mirjam", "abwesenheitsnotiz.4", lapsed=True)
    mail("absence-open.1", "2026-03-10 09:00", "robin", "emil",
         "Korrekturfahnen bis Freitag?")
    mail("absence-open.2", "2026-03-10 09:00", "emil", "robin",
         "Automatic reply: Korrekturfahnen bis Freitag?", re="absence-open.1",
         delivered="2026-03-10 09:01", headers={"Auto-Submitted": "auto-replied"})
    wait("emil", "absence-open.1", due_at="2026-03-12T08:00:00Z", overdue=True)
    for key in ("absence.2", "abwesenheitsnotiz.2", "absence-open.2"):
        kinds[ids[key]] = "robot"


def on_the_list(key, when, who, subject=None, re=None, **rest):
    mail(key, when, who, rest.pop("to", "all"), subject or f"[Garten] Re: {bases[re]}",
         re=re,
         folder=".Lists.garden", headers=list_headers(), **rest)
    bases[key] = bases[key].replace("[Garten] Re: ", "").replace("[Garten] ", "")


def lists():
    back = (".Lists.garden", 2, list_headers())
    on_the_list("list.1", "2025-11-12 08:00", "bob",
                "[Garten] Wasser wird Samstag abgestellt")
    on_the_list("list.2", "2025-11-12 09:30", "ann", re="list.1")
    on_the_list("list.3", "2025-11-13 07:20", "hanna", re="list.2", cc="robin")
    mail("list.4", "2025-11-13 18:00", "robin", "all", re="list.3", copies=[back])
    on_the_list("list.5", "2025-11-14 12:00", "gustav", re="list.4")
    for key in ("list.1", "list.2", "list.3", "list.5"):
        kinds[ids[key]] = "list"
    kinds[ids["list.4"]] = "personal"

    mail("list-and-me.1", "2026-01-16 19:00", "robin", "all", "Erfahrung mit Hochbeeten?",
         copies=[back])
    mail("list-and-me.2", "2026-01-17 10:00", "maja", "robin", cc="all",
         re="list-and-me.1",
         body="Ja, seit drei Jahren. Was möchtest du wissen?",
         copies=[(".Lists.garden", 3, list_headers())])
    mail("list-and-me.3", "2026-01-18 09:00", "robin", "maja", cc="all",
         re="list-and-me.2")
    on_the_list("list-and-me.4", "2026-01-20 20:00", "maja", re="list-and-me.3")
    owe("maja", "list-and-me.2", by="list-and-me.3", stranger=True)
    wait("maja", "list-and-me.3", by="list-and-me.4")
    kinds.update({ids["list-and-me.2"]: "personal", ids["list-and-me.4"]: "list"})

    mail("board-alias.1", "2025-11-05 20:00", "hanna", "board", "Haushalt 2026")
    mail("board-alias.2", "2025-11-06 08:00", "robin", "board", re="board-alias.1")
    mail("board-alias.3", "2025-11-06 12:00", "bob", "board", re="board-alias.2")
    mail("board-alias.4", "2025-11-08 17:00", "ann", "board", re="board-alias.3")
    mail("board-alias.5", "2025-11-09 10:00", "robin", "board", re="board-alias.4")
    mail("board-alias.6", "2026-01-30 18:00", "robin", "board", "Kassenprüfung im März")


def machines():
    begin("newsletter")
    letter = {"List-Unsubscribe": "<https://blattwerk.example/off>"}
    for n, (when, what) in enumerate((
            ("2025-11-01 06:00", "Blattwerk im November: Rosen abdecken"),
            ("2026-01-01 06:00", "Blattwerk im Januar: Saatgut sichten"),
            ("2026-03-01 06:00", "Blattwerk im März: es geht los")), 1):
        plain(f"newsletter.{n}", when, "Blattwerk <post@blattwerk.example>", what, letter,
              "list")
    plain("machine.1", "2025-12-12 13:00", "Paketdienst <no-reply@paketdienst.example>",
          "Ihre Sendung kommt morgen", {"Auto-Submitted": "auto-generated"}, "robot")
    plain("machine.2", "2026-02-01 03:00", "Cron Daemon <root@nas.vale.example>",
          "Cron <root@nas> backup-photos", {}, "robot")
    plain("machine.3", "2026-03-08 07:00", "Samenhandel <newsletter@samenhandel.example>",
          "Neu: 14 Tomatensorten", {"List-Unsubscribe": "<https://samenhandel.example/x>"},
          "robot")
    mail("machine-reply-to.1", "2026-01-21 15:00", "ruth", "robin",
         "Nachricht über das Kontaktformular: Führung im Mai?", headers={
             "From": "Kontaktformular <noreply@formular.example>",
             "Reply-To": PEOPLE["ruth"][0],
             "Return-Path": "<www-data@formular.example>"})
    mail("machine-reply-to.2", "2026-01-22 09:00", "robin", "ruth",
         re="machine-reply-to.1",
         body="Gern, im Mai sind zwei Termine frei.")
    owe("ruth", "machine-reply-to.1", by="machine-reply-to.2", stranger=True)
    wait("ruth", "machine-reply-to.2", lapsed=True)
    kinds[ids["machine-reply-to.1"]] = "personal"

    mail("bounce.1", "2025-12-15 10:00", "robin", "hausmeister@alte-schule.example",
         "Schlüssel für den Musikraum")
    plain("bounce.2", "2025-12-15 10:02",
          "Mail Delivery System <mailer-daemon@mail.vale.example>",
          "Undelivered Mail Returned to Sender",
          {"Return-Path": "<>", "Auto-Submitted": "auto-replied",
           "In-Reply-To": f"<{ids['bounce.1']}>"}, "robot")
    PEOPLE["hausmeister"] = ("<hausmeister@alte-schule.example>", "", "", "")
    wait("hausmeister", "bounce.1", lapsed=True)

    mail("invitation.1", "2026-02-26 10:00", "hanna", "robin",
         "Einladung: Frühjahrsputz am 21. März",
         headers={"Content-Type": "text/calendar; method=REQUEST; charset=utf-8"},
         body="BEGIN:VCALENDAR\nEND:VCALENDAR")
    mail("invitation.2", "2026-02-26 12:00", "robin", "hanna",
         "Zugesagt: Frühjahrsputz am 21. März", re="invitation.1",
         headers={"Content-Type": "text/calendar; method=REPLY; charset=utf-8"},
         body="BEGIN:VCALENDAR\nEND:VCALENDAR")
    kinds.update({ids["invitation.1"]: "calendar", ids["invitation.2"]: "calendar"})


def plain(key, when, sender, subject, more, kind, folder=""):
    """A received message from nobody in PEOPLE that opens and closes nothing."""
    PEOPLE[key] = (sender, "", "Mailer 1.0", "work")
    mail(key, when, key, "robin", subject, headers=more, folder=folder)
    if kind:
        kinds[ids[key]] = kind


# 4. People: strangers, other addresses -------------------------------------------------

def strangers():
    mail("stranger.1", "2026-03-12 14:00", "viktor", "robin",
         "Ihr Vortrag über alte Apfelsorten", flags="")
    owe("viktor", "stranger.1", stranger=True, due_at="2026-03-14T13:00:00Z")
    mail("stranger-answered.1", "2026-01-20 11:00", "clara", "robin",
         "Ist noch eine Parzelle frei?")
    mail("stranger-answered.2", "2026-01-21 09:00", "robin", "clara",
         re="stranger-answered.1")
    mail("stranger-answered.3", "2026-01-21 20:00", "clara", "robin",
         re="stranger-answered.2")
    mail("stranger-answered.4", "2026-01-23 20:00", "robin", "clara",
         re="stranger-answered.3")
    owe("clara", "stranger-answered.1", by="stranger-answered.2", stranger=True)
    wait("clara", "stranger-answered.2", by="stranger-answered.3")
    owe("clara", "stranger-answered.3", by="stranger-answered.4")
    wait("clara", "stranger-answered.4", lapsed=True)

    # Mail to an address of mine that the configuration does not name.
    for n, (who, when, what) in enumerate((
            ("lena", "2025-12-02 10:00", "Anfrage Gartenführung"),
            ("Uwe Reif <uwe@reif.example>", "2025-12-19 10:00", "Anfrage Schnittkurs"),
            ("Ida Moos <ida@moos.example>", "2026-01-13 10:00", "Anfrage Schulgarten")), 1):
        key = f"missed-alias.{n}"
        PEOPLE.setdefault(who, (who, "Re", "Webmail 4", "de"))
        mail(key, when, who, "info@vale.example", what,
             headers={"X-Original-To": "info@vale.example"})
    mail("missed-alias.4", "2025-12-03 09:00", "robin", "lena", re="missed-alias.1")
    wait("lena", "missed-alias.4", lapsed=True)


def addresses():
    mail("gmail-dots.1", "2025-12-05 20:00", "robin", "june", "Cousins' weekend")
    mail("gmail-dots.2", "2025-12-06 08:00", "june-plain", "robin", re="gmail-dots.1")
    mail("gmail-dots.3", "2025-12-07 10:00", "robin", "june", re="gmail-dots.2")
    wait("june", "gmail-dots.1", by="gmail-dots.2")
    owe("june-plain", "gmail-dots.2", by="gmail-dots.3")
    wait("june", "gmail-dots.3", lapsed=True)

    mail("idn.1", "2025-11-27 09:00", "kaethe", "robin", "Wintersalat: Jungpflanzen")
    mail("idn.2", "2025-11-28 10:00", "robin", "kaethe-a", re="idn.1")
    mail("idn.3", "2025-11-28 15:00", "kaethe", "robin", re="idn.2")
    mail("idn.4", "2025-11-30 09:00", "robin", f"kaethe@{NURSERY_A.upper()}", re="idn.3")
    owe("kaethe", "idn.1", by="idn.2")
    wait("kaethe", "idn.2", by="idn.3")
    owe("kaethe", "idn.3", by="idn.4")
    wait("kaethe", "idn.4", lapsed=True)

    mail("sent-from-phone.1", "2025-11-15 09:00", "robin", "ann",
         "Gartenschlauch vergessen",
         folder="", headers={"User-Agent": "Phone 1"})
    mail("sent-from-phone.2", "2025-11-15 13:00", "ann", "bob", cc="robin",
         re="sent-from-phone.1")
    wait("ann", "sent-from-phone.1", by="sent-from-phone.2")
    mail("note-to-self.1", "2026-02-18 22:00", "robin", "robin", "Dahlien reinholen!",
         copies=[("", 0, {})])
    mail("cc-only.1", "2026-03-12 10:00", "hanna", "bob", "Neue Schlösser", cc="robin")

    begin("left-out")
    plain("left-out.1", "2026-03-09 04:00", "Glueck GmbH <win@glueck.test>",
          "Sie haben gewonnen", {}, None, ".Junk")
    mail("left-out.2", "2026-03-15 22:00", "robin", "ann", "Tor streichen (Entwurf)",
         folder=".Drafts", flags="DS")
    mail("left-out.3", "2026-03-04 12:00", "gustav", "robin", "Altes Sofa?",
         folder=".Trash")


def outlook():
    index = bytes([1, 0xdc, 0x84, 0x6b]) + bytes(range(0x31, 0x31 + 18))  # 22 bytes
    code = [base64.b64encode(index + more).decode() for more in (b"", b"\x80\0\0\x12\x30")]
    lost = {"In-Reply-To": None, "References": None}
    mail("outlook-subject.1", "2025-11-20 09:00", "robin", "gerd", "Termin Korrektorat")
    mail("outlook-subject.2", "2025-11-21 10:00", "gerd", "robin",
         "AW: [EXTERN] Termin Korrektorat", headers=lost)
    mail("outlook-subject.3", "2025-11-22 09:00", "robin", "gerd", re="outlook-subject.2",
         subject="Re: Termin Korrektorat")
    mail("outlook-subject.4", "2025-11-24 09:00", "gerd", "robin",
         "WG: Termin Korrektorat",
         headers=lost, body="Zur Kenntnis, von der Druckerei.")
    mail("outlook-subject.5", "2025-11-25 09:00", "robin", "gerd", re="outlook-subject.4")
    wait("gerd", "outlook-subject.1", by="outlook-subject.2")
    owe("gerd", "outlook-subject.2", by="outlook-subject.3")
    wait("gerd", "outlook-subject.3", lapsed=True)
    owe("gerd", "outlook-subject.4", by="outlook-subject.5")
    wait("gerd", "outlook-subject.5", lapsed=True)

    mail("outlook-index.1", "2026-01-13 09:05", "gerd", "robin",
         "Angebot Technisches Handbuch",
         headers={"Thread-Index": code[0], "Thread-Topic": "Angebot Technisches Handbuch"})
    mail("outlook-index.2", "2026-01-13 14:00", "robin", "gerd", re="outlook-index.1")
    mail("outlook-index.3", "2026-01-14 08:30", "gerd", "robin",
         "AW: Handbuch, neue Fassung",
         headers={"Thread-Index": code[1], "Thread-Topic": "Angebot Technisches Handbuch"})
    mail("outlook-index.4", "2026-01-15 10:00", "robin", "gerd", re="outlook-index.3")
    owe("gerd", "outlook-index.1", by="outlook-index.2")
    wait("gerd", "outlook-index.2", by="outlook-index.3")
    owe("gerd", "outlook-index.3", by="outlook-index.4")
    wait("gerd", "outlook-index.4", lapsed=True)


# 5. Broken headers ---------------------------------------------------------------------

def broken_ids():
    mail("no-message-id.1", "2026-01-15 17:00", "robin", "walter", "Leiter ausleihen")
    mail("no-message-id.2", "2026-01-17 11:00", "walter", "bob", cc="robin",
         re="no-message-id.1", headers={"Message-ID": None},
         body="Die Leiter hat Bob.", copies=[(".Archive", 30, {})])
    wait("walter", "no-message-id.1", by="no-message-id.2")
    del follow_ups[-1]["closed_by"]  # its id is made up by the program

    mail("reply-to-address.1", "2025-12-08 10:00", "robin", "walter", "Schneeräumplan")
    mail("reply-to-address.2", "2025-12-09 18:00", "walter", "robin",
         "Re: Schneeräumplan",
         headers={"In-Reply-To": 'Your message of "Mon, 08 Dec 2025 10:00:00 +0100."\n'
                                 " <robin@vale.example>"})
    mail("reply-to-address.3", "2025-12-10 08:00", "robin", "walter",
         re="reply-to-address.2")
    wait("walter", "reply-to-address.1", by="reply-to-address.2")
    owe("walter", "reply-to-address.2", by="reply-to-address.3")
    wait("walter", "reply-to-address.3", lapsed=True)

    loop = "<reference-loop.%d@tiedemann.example>"
    mail("reference-loop.1", "2025-12-16 10:00", "gustav", "robin", "Zaunlatten",
         headers={
        "In-Reply-To": loop % 2, "References": f"{loop % 1} {loop % 2}"})
    mail("reference-loop.2", "2025-12-17 09:00", "gustav", "robin", "Re: Zaunlatten",
         headers={
        "In-Reply-To": loop % 1, "References": f"{loop % 2} {loop % 1}"})
    mail("reference-loop.3", "2025-12-18 09:00", "robin", "gustav", re="reference-loop.2")
    owe("gustav", "reference-loop.1", by="reference-loop.3")
    wait("gustav", "reference-loop.3", lapsed=True)

    talk("duplicate", "bob", "Kasse: zweimal zugestellt", "2026-01-27 08:00", "they 1d4h",
         copies=[("", 1, {}), (".Archive", 2, {})])


def broken_dates():
    mail("no-date.1", "2026-01-22 10:00", "gustav", "robin", "Schubkarre",
         headers={"Date": None})
    mail("no-date.2", "2026-01-23 11:00", "robin", "gustav", re="no-date.1")
    owe("gustav", "no-date.1", by="no-date.2")
    wait("gustav", "no-date.2", lapsed=True)
    mail("bad-date.1", "2026-02-02 07:00", "gustav", "robin", "Schubkarre, die zweite",
         headers={"Date": "Mon, 30 Feb 2026 25:61:00 +0100"})
    mail("bad-date.2", "2026-02-03 07:00", "robin", "gustav", re="bad-date.1")
    owe("gustav", "bad-date.1", by="bad-date.2")
    wait("gustav", "bad-date.2", lapsed=True)
    mail("date-2038.1", "2026-02-04 10:00", "walter", "robin",
         "Uhr am Rechner geht wohl falsch",
         headers={"Date": "Tue, 19 Jan 2038 04:14:07 +0100"})
    mail("date-2038.2", "2026-02-05 12:00", "robin", "walter", re="date-2038.1")
    owe("walter", "date-2038.1", by="date-2038.2")
    wait("walter", "date-2038.2", lapsed=True)
    # My clock was two hours slow: an answer dated before its question.
    mail("slow-clock.1", "2026-01-08 12:00", "noa", "robin", "Which train do you take?")
    mail("slow-clock.2", "2026-01-08 11:10", "robin", "noa", re="slow-clock.1",
         imported="2026-01-08 13:10")
    at["slow-clock.2"] = at["slow-clock.1"]
    owe("noa", "slow-clock.1", by="slow-clock.2")
    wait("noa", "slow-clock.2", lapsed=True)
    for key in ("no-date.1", "bad-date.1", "date-2038.1", "slow-clock.2", "old-photos.2"):
        effective[ids[key]] = iso(at[key])


def broken_addresses():
    mail("odd-from.1", "2025-12-09 08:00", "irene", "robin",
         "Bescheinigung für den Verein")
    mail("odd-from.2", "2025-12-09 17:00", "robin", "irene.vogt@praxis-vogt.example",
         re="odd-from.1")
    mail("odd-from.3", "2025-12-10 08:00", "irene", "robin", re="odd-from.2",
         headers={"From": "irene.vogt@praxis-vogt.example (Praxis Dr. Vogt)"})
    mail("odd-from.4", "2025-12-11 08:00", "robin", "irene.vogt@praxis-vogt.example",
         re="odd-from.3")
    owe("irene", "odd-from.1", by="odd-from.2", stranger=True)
    wait("irene", "odd-from.2", by="odd-from.3")
    owe("irene", "odd-from.3", by="odd-from.4")
    wait("irene", "odd-from.4", lapsed=True)
    mail("group.1", "2025-11-19 19:00", "hanna",
         'Vorstand: robin@vale.example, bob@anders.example,\n "Lindqvist, Ann"'
         " <ann@lindqvist.example>;", "Protokoll der Sitzung")
    mail("group.2", "2025-11-20 20:00", "robin", "hanna", re="group.1")
    owe("hanna", "group.1", by="group.2")
    wait("hanna", "group.2", lapsed=True)
    mail("group.3", "2025-12-20 09:00", "hanna", "undisclosed-recipients:;",
         "Frohe Feiertage an alle")
    mail("no-from.1", "2026-02-11 09:00", "gustav", "robin", "Gruß vom Zaun",
         headers={"From": None})


def broken_subjects():
    raw = "Jungpflanzen: Kürbis, Möhre, Rübe"
    talk("raw-utf8", "kaethe", raw, "2026-01-24 09:00", "they 12d8h",
         headers={"Subject": raw})
    mail("raw-latin1.1", "2026-01-26 10:00", "sylvie", "robin", "x",
         headers={"Subject": "Reliure terminée, à bientôt".encode("latin-1")})
    bases["raw-latin1.1"] = "Reliure"
    mail("raw-latin1.2", "2026-02-06 22:00", "robin", "sylvie", re="raw-latin1.1")
    owe("sylvie", "raw-latin1.1", by="raw-latin1.2")
    wait("sylvie", "raw-latin1.2", lapsed=True)
    mail("broken-words.1", "2026-02-11 11:00", "june-garden", "robin",
         "=?utf-8?q?Gr=C3=BC=DFe_vom_?= =?utf-8?b?V2FsZ!?=\n"
         " =?x-unknown?q?See?= =?utf-8?q?=E2=82?= =?utf-8?q?=AC_and_more?= =?utf-8?q?open")
    bases["broken-words.1"] = "greetings"
    mail("broken-words.2", "2026-02-12 09:00", "robin", "june", re="broken-words.1")
    owe("june-garden", "broken-words.1", by="broken-words.2")
    wait("june", "broken-words.2", lapsed=True)
    wishes = "\n ".join(f"{n} Glas Quittengelee, {n + 3} Eier, etwas Petersilie vom Beet {n};"
                        for n in range(1, 76))
    mail("long-subject.1", "2026-02-05 18:00", "lotte", "robin",
         f"Einkaufszettel:\n {wishes}")
    bases["long-subject.1"] = "Einkaufszettel"
    mail("long-subject.2", "2026-02-05 19:00", "robin", "lotte", re="long-subject.1")
    owe("lotte", "long-subject.1", by="long-subject.2")
    wait("lotte", "long-subject.2", lapsed=True)
    talk("no-subject", "lotte", "", "2026-01-29 20:00", "they 2d1h",
         headers={"Subject": None})
    talk("formula-subject", "bob", "=SUMME(B2:B14) ergibt Unsinn", "2026-02-12 08:00",
         "they 1h")
    PEOPLE["hostile"] = ("Nora <b>Preis</b> <nora@preis.test>", "", "Mailer 1.0", "de")
    mail("hostile-subject.1", "2026-03-14 20:10", "hostile", "robin",
         '=?utf-8?q?=3Cb=3EIhr_Gewinn=3C/b=3E_=3Cimg_src=3Dx_onerror=3Dalert=281=29=3E?=\n'
         " =?utf-8?q?_=1B=5B31mrot=1B=5B0m_=07_=C2=9B2J_=E2=80=AEgpj=2Eexe=E2=80=AC?=\n"
         " \x1b]0;raw\x07 & co", flags="", headers={"From": '"Nora <b>Preis</b>" <nora@preis.test>'})
    owe("hostile", "hostile-subject.1", stranger=True)


# 6. Writing it down --------------------------------------------------------------------

def write_file(number, folder, when, flags, lines, body):
    key, mark = flags
    if key in answered and "R" not in mark:
        mark = "R" + mark
    where = os.path.join(MAILDIR, folder, "cur")
    os.makedirs(where, exist_ok=True)
    name = f"{seconds(when)}.{number}.demo:2,{mark}"
    with open(os.path.join(where, name), "wb") as out:
        for field, value in lines.items():
            if value is not None:
                value = value if isinstance(value, bytes) else value.encode()
                out.write(field.encode() + b": " + value + b"\n")
        out.write(b"\n" + body.encode() + b"\n")


def one_a_line(value):
    """JSON with each member of an outer list or object on a line of its own."""
    if isinstance(value, list) and value and isinstance(value[0], dict):
        return "[\n  " + ",\n  ".join(map(json.dumps, value)) + "]"
    if isinstance(value, dict):
        return "{\n  " + ",\n  ".join(
            f"{json.dumps(k)}: {json.dumps(v)}" for k, v in value.items()) + "}"
    return json.dumps(value)


def write_expected():
    expected = {
        "about": "The stories of README.md, and the everyday correspondence around them",
        "owner": ["robin@vale.example"], "as_of": iso(local(AS_OF)),
        "policy": ["learn_addresses=true"],
        "followups": sorted(follow_ups, key=lambda f: (f["opened_at"], f["opened_by"])),
        "kinds": kinds, "effective_at": effective,
        "stories": {s: [ids[k] for k in keys] for s, keys in stories.items()}}
    with open(os.path.join(HERE, "expected.json"), "w", encoding="utf-8") as out:
        out.write("{" + ",\n ".join(f"{json.dumps(k)}: {one_a_line(v)}"
                                    for k, v in expected.items()) + "}\n")



def main():
    for part in (old_address, everyday, replies_owed, releases, lapses, waiting, absences,
                 lists, machines, strangers, addresses, outlook, broken_ids, broken_dates,
                 broken_addresses, broken_subjects):
        part()
    shutil.rmtree(MAILDIR, ignore_errors=True)
    for number, (folder, when, *rest) in enumerate(sorted(files, key=lambda f: f[1]), 1):
        write_file(number, folder, when, *rest)
    write_expected()


if __name__ == "__main__":
    main()
