#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A second implementation of the rules R1-R8, R11, R13 and R14: plain, slow, independent.

usage: oracle.py --maildir DIR --owner A,B --as-of ISO [--policy key=value ...]
                 [--report [--from I --to I] [--zone Z]]

Reads a Maildir++ tree and writes riposte.export/1 as JSON Lines, or with
--report the figures of riposte.report/1. Options that are missing come from
$MAILDIR, $OWNER, $AS_OF and $POLICY (lines). It follows the sentences of the
rules one by one and looks everything up anew: it is what the program is
compared with, so where the rules leave a choice it says "CHOICE".

Left out: R9 (flags are not looked at), R10, working hours, contacts, R12.
"""
import argparse
import datetime
import fnmatch
import hashlib
import json
import os
import re
import sys

import figures
from mailread import base_subject, first, joined, local_part, person_key, read_maildir, squeeze, text_of

MINUTE, HOUR, DAY = 60, 3600, 86400
YEAR_1990 = 631152000


def iso(at):
    if at is None:
        return None
    moment = datetime.datetime(1970, 1, 1) + datetime.timedelta(seconds=at)
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def parse_iso(text):
    moment = datetime.datetime.fromisoformat(text.replace("Z", "+00:00"))
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=datetime.timezone.utc)
    return int(moment.timestamp())


class Policy:
    def __init__(self, settings):
        self.overdue = 48 * HOUR
        self.count_cc = False
        self.waiting_max_recipients = 5
        self.group_answer_releases = True
        self.lapse_after = 30 * DAY
        self.learn_addresses = True
        for setting in settings:
            key, _, value = setting.partition("=")
            key, value = key.strip(), value.strip()
            if not hasattr(self, key):
                sys.exit("oracle: policy %s is not known here" % key)
            now = getattr(self, key)
            if isinstance(now, bool):
                setattr(self, key, value == "true")
            elif key == "waiting_max_recipients":
                setattr(self, key, int(value))
            else:
                unit = {"s": 1, "m": MINUTE, "h": HOUR, "d": DAY, "w": 7 * DAY}
                setattr(self, key, int(value[:-1]) * unit[value[-1]])


# ---------------------------------------------------------------- R1: time of a copy


def is_configured(address, owner):
    """Is this one of my configured addresses (a * stands for anything)?"""
    for mine in owner:
        if "*" in mine:
            if fnmatch.fnmatchcase(address, mine):
                return True
        elif person_key(address) == person_key(mine):
            return True
    return False


def time_of_copy(copy, owner):
    """(own time, source). CHOICE: the time is each copy's own, so whether it is
    mail of mine is asked of the copy: in a Sent folder, or its first From configured."""
    internal, date = copy.delivered_at, copy.date_at
    mine = copy.in_sent or (copy.from_ and is_configured(copy.from_[0], owner))
    date_is_usable = date is not None and date > YEAR_1990 and date <= internal + 15 * MINUTE
    if not mine and date is not None and -15 * MINUTE <= internal - date <= 5 * DAY:
        return internal, "internaldate"
    if date_is_usable:
        return date, "date"
    return internal, "guess"


# ---------------------------------------------------------------- R2: messages out of copies


def made_id(copy):
    """An id for a message without one. Ties of R1's order are broken by ids: so where the
    place does not come in, it is the program's, byte by byte."""
    digest = hashlib.sha256()
    for name in ("Date", "From", "To", "Cc", "Subject"):
        digest.update(name.encode() + b"\n")
        for key, value in copy.fields:
            if key == name.lower():
                value = value.strip(b" \t\r").replace(b"\0", b"\x80")
                digest.update(re.sub(rb"[ \t\r\n]+", b" ", value) + b"\n")
    # CHOICE: an empty Date or From is none
    if all(any(key == name and value.strip() for key, value in copy.fields) for name in ("date", "from")):
        return digest.hexdigest()[:32] + "@made.riposte.invalid"
    place = "mail", copy.folder, "0", str(copy.uid)
    return "made." + hashlib.sha256("\0".join(place).encode("utf-8", "surrogatepass")).hexdigest()[:24]


class Message:
    pass


def make_messages(copies):
    """One message for each Message-ID; its headers are those of the earliest copy."""
    by_id = {}
    for copy in copies:
        by_id.setdefault(copy.message_id or made_id(copy), []).append(copy)
    messages = []
    for message_id, group in by_id.items():
        group.sort(key=lambda c: (c.own_at, c.folder.encode(), c.uid))
        earliest = group[0]
        m = Message()
        m.id, m.copies = message_id, group
        m.id_bytes = message_id.encode("utf-8", "surrogatepass")
        m.own_at, m.source = earliest.own_at, earliest.source
        m.from_, m.reply_to, m.to, m.cc = earliest.from_, earliest.reply_to, earliest.to, earliest.cc
        m.subject = earliest.subject
        m.from_key = person_key(m.from_[0]) if m.from_ else None
        m.to_keys = [person_key(a) for a in m.to]
        m.cc_keys = [person_key(a) for a in m.cc]
        m.in_sent = any(c.in_sent for c in group)
        # CHOICE: "an address in From, To or Cc of the same message": the
        # message's own, which are those of its earliest copy.
        own_addresses = set(m.from_ + m.to + m.cc)
        for c in group:
            c.usable_irt = [i for i in c.in_reply_to if i != message_id and i.lower() not in own_addresses]
            c.usable_refs = [i for i in c.references if i != message_id]
        messages.append(m)
    return messages


def parent_id(m):
    for c in m.copies:
        if c.usable_irt:
            return c.usable_irt[0]
    for c in m.copies:
        if c.usable_refs:
            return c.usable_refs[-1]
    return None


def find_parents(messages):
    by_id = {m.id: m for m in messages}
    for m in messages:
        m.parent = by_id.get(parent_id(m))
        m.has_parent_id = parent_id(m) is not None
    for m in messages:  # is m one of a cycle of parents?
        seen, p = {m.id}, m.parent
        m.in_cycle = False
        while p is not None:
            if p is m:
                m.in_cycle = True
                break
            if p.id in seen:
                break
            seen.add(p.id)
            p = p.parent


def find_effective_times(messages):
    """CHOICE: the members of a cycle are topmost: depth 0, as if without a parent."""
    for m in messages:
        m.effective_at = None
    for m in messages:
        chain, at = [], m
        while at.effective_at is None:  # up to what is known already
            chain.append(at)
            if at.in_cycle or at.parent is None:
                break
            at = at.parent
        for x in reversed(chain):
            if x.in_cycle or x.parent is None:
                x.effective_at, x.depth = x.own_at, 0
                continue
            x.depth = x.parent.depth + 1
            x.effective_at = x.own_at
            if x.parent.source != "guess":
                x.effective_at = max(x.own_at, x.parent.effective_at)


# ---------------------------------------------------------------- me


def learn_me(messages, owner, policy):
    """My addresses: a predicate on addresses.

    CHOICE: From is the first From address; messages, not copies, are counted;
    addresses that are one person's count as one.
    """
    learned = set()
    if policy.learn_addresses:
        sent, elsewhere = {}, {}
        for m in messages:
            if m.from_key is not None:
                where = sent if m.in_sent else elsewhere
                where[m.from_key] = where.get(m.from_key, 0) + 1
        learned = {key for key, n in sent.items() if n >= 3 and n > elsewhere.get(key, 0)}
    memo = {}

    def is_me(address):
        if address not in memo:
            memo[address] = is_configured(address, owner) or person_key(address) in learned
        return memo[address]

    return is_me


# ---------------------------------------------------------------- R3: signs

MACHINE = [re.compile(r"(^|.*[-_.+])(no[-_.]?reply|do[-_.]?not[-_.]?reply|mailer-daemon|postmaster|bounces?|"
                      r"notifications?|alerts?|robot|daemon|cron|www-data|newsletter|marketing|syzbot)([-_.+].*)?$", re.S),
           re.compile(r"(^|.*[-_+])(bot|root|news|jira|github|lkp)([-_+].*)?$", re.S)]

ABSENCE = """out of office|out of the office|out of office autoreply|automatic reply|auto reply|auto-reply|autoreply|
vacation reply|abwesend|abwesenheit|abwesenheitsnotiz|automatische antwort|absence du bureau|absent du bureau|
réponse automatique|message d'absence|respuesta automática|fuera de la oficina|fuera de oficina|risposta automatica|
fuori ufficio|resposta automática|fora do escritório|automatisch antwoord|afwezig|autosvar|automatiskt svar|
automatisk svar|frånvaro|automaattinen vastaus|odpowiedź automatyczna|automatická odpověď|automatikus válasz|
otomatik yanıt|автоответ|автоматический ответ|自动回复|自動回覆|自動返信|자동 회신"""

CALENDAR = """accepted|declined|tentative|tentatively accepted|canceled|cancelled|canceled event|cancelled event|
invitation|updated invitation|new time proposed|zugesagt|abgesagt|abgelehnt|mit vorbehalt|einladung|
aktualisierte einladung|accepté|refusé|annulé|aceptado|aceptada|rechazado|rechazada|cancelado|cancelada|invitación|
accettato|rifiutato|annullato|invito|geaccepteerd|geweigerd|geannuleerd|uitnodiging|aceito|recusado|convite|
zaakceptowano|odrzucono|anulowano|zaproszenie"""


def phrases(text):
    return [p.strip().casefold() for p in text.split("|")]


def begins_with_phrase(subject, list_, whole_too):
    """With white space before the colon or not."""
    subject = subject.casefold().strip()
    for phrase in list_:
        if whole_too and subject == phrase:
            return True
        if subject.startswith(phrase) and subject[len(phrase):].lstrip()[:1] in (":", "\uff1a"):
            return True
    return False


def is_machine(address):
    return any(pattern.match(local_part(address)) for pattern in MACHINE)


def has(copy, name):
    return first(copy.fields, name) is not None


def token(raw):
    """A value lower case, without comments and parameters."""
    return re.sub(r"\([^()]*\)", "", text_of(raw)).split(";")[0].strip().lower()


def values(copy, name):
    return [value for key, value in copy.fields if key == name]


def automatic_sign(copy):
    """The robot signs that count for mail of mine too."""
    for value in values(copy, "auto-submitted"):
        if token(value) != "no":
            return "Auto-Submitted"
    for name in ("X-Autoreply", "X-Autorespond"):
        if has(copy, name.lower()):
            return name
    if begins_with_phrase(copy.subject, phrases(ABSENCE), True):
        return "absence subject"
    return None


def robot_sign(copy, sender):
    sign = automatic_sign(copy)
    if sign:
        return sign
    if any(re.fullmatch(r"\s*<\s*>\s*", text_of(v)) for v in values(copy, "return-path")):
        return "Return-Path"
    if sender is not None and is_machine(sender):
        return "machine"
    return None


def calendar_sign(copy):
    if any(token(v) == "text/calendar" for v in values(copy, "content-type")[:1]):
        return "Content-Type"
    if any("calendarmessage" in text_of(v).lower() for v in values(copy, "content-class")):
        return "Content-Class"
    if begins_with_phrase(copy.subject, phrases(CALENDAR), False):
        return "calendar subject"
    return None


def list_sign(copy):
    for name in ("List-Id", "List-Post", "List-Unsubscribe", "X-Mailing-List", "Feedback-ID"):
        if has(copy, name.lower()):
            return name
    if any(token(v) in ("bulk", "list", "junk") for v in values(copy, "precedence")):
        return "Precedence"
    return None


# ---------------------------------------------------------------- R3: list addresses


class ListFinder:
    """The list addresses of the messages so far: addresses, as the rule says, not persons.

    A sender's address depends on what is a list address, so (CHOICE) the first
    From address stands for the sender here, in the robot sign too. All my
    addresses are one sender. From, To, Cc are the message's (the earliest
    copy's), List-* are those of any of its copies. "In messages of at least 2
    senders" goes with all of the first clause, counted together.
    """

    def __init__(self, is_me):
        self.is_me = is_me
        self.seen_from = {}      # address seen as a list's -> senders of the messages
        self.others_to = {}      # address -> others who wrote to it (To or Cc)
        self.mine_to = {}        # address -> number of my messages to it
        self.wrote, self.came_to_me = set(), set()

    def add(self, m):
        sender = None
        if m.from_:
            sender = "me" if m.mine else m.from_[0]
        ids = set().union(*(c.list_ids for c in m.copies))
        marked = {a for c in m.copies for a in c.posting}
        marked |= {a for a in m.to + m.cc if a.replace("@", ".") in ids}
        for key in marked:
            self.seen_from.setdefault(key, set()).add(sender)
        for key in set(m.to + m.cc):
            if m.mine:
                self.mine_to[key] = self.mine_to.get(key, 0) + 1
            elif sender is not None:
                self.others_to.setdefault(key, set()).add(sender)
        self.wrote |= set(m.from_)
        if m.from_ and any(self.is_me(a) for a in m.to + m.cc):
            if any(not (robot_sign(c, m.from_[0]) or calendar_sign(c) or list_sign(c)) for c in m.copies):
                self.came_to_me.add(m.from_[0])

    def lists(self):
        lists = {key for key, senders in self.seen_from.items() if len(senders - {None}) >= 2}
        lists |= {key for key, n in self.mine_to.items()
                  if n >= 3 and len(self.others_to.get(key, ())) >= 3 and key not in self.wrote}
        return frozenset(lists - self.came_to_me)


def find_lists(messages, is_me):
    finder = ListFinder(is_me)
    for m in messages:
        finder.add(m)
    return finder.lists()


# ---------------------------------------------------------------- R3: sender and kind


def find_sender(from_, reply_to, is_me, lists):
    """The address of the sender, or None."""
    if not from_:
        return None
    sender = from_[0]
    if sender in lists or is_machine(sender):
        if len(set(reply_to)) == 1:  # CHOICE: the same address twice is one address
            other = reply_to[0]
            if not is_me(other) and other not in lists and not is_machine(other):
                return other
    return sender


def kind_of_copy(copy, mine, is_me, lists):
    """(kind, why), by the copy's own headers."""
    if mine:
        sign = automatic_sign(copy)
    else:
        sign = robot_sign(copy, find_sender(copy.from_, copy.reply_to, is_me, lists))
    if sign:
        return "robot", sign
    sign = calendar_sign(copy)
    if sign:
        return "calendar", sign
    sign = None if mine else list_sign(copy)
    if sign:
        in_to = any(is_me(a) for a in copy.to)
        beside = any(not is_me(a) for a in copy.to + copy.cc)  # CHOICE: another address is one not mine
        if not (in_to and beside):
            return "list", sign
    return "personal", "none"


RANK = {"personal": 0, "list": 1, "calendar": 2, "robot": 3}


def find_kind(m, is_me, lists):
    judged = [kind_of_copy(c, m.mine, is_me, lists) for c in m.copies]
    m.kind, m.why = min(judged, key=lambda kw: RANK[kw[0]])
    m.human = m.kind in ("personal", "list")
    m.sender = find_sender(m.from_, m.reply_to, is_me, lists)
    m.sender_key = None if m.sender is None else person_key(m.sender)


# ---------------------------------------------------------------- R2: conversations


def find_correspondents(m, is_me, lists):
    m.correspondents = {person_key(a) for a in m.from_ + m.to + m.cc if not is_me(a) and a not in lists}


def find_conversations(messages, is_me, lists):
    """Connected components; sets m.conversation to a number."""
    root = {}

    def find(x):
        root.setdefault(x, x)
        while root[x] != x:
            root[x] = root[root[x]]
            x = root[x]
        return x

    def join(a, b):
        root[find(a)] = find(b)

    for m in messages:
        find(m.id)
        for c in m.copies:
            for other in c.usable_irt + c.usable_refs:
                join(m.id, other)

    by_index, by_base = {}, {}
    for m in messages:
        m.base, m.is_reply = base_subject(m.subject)
        m.base = m.base.casefold()
        # CHOICE: every copy's Thread-Index counts, as every copy's ids do.
        m.indexes = {c.thread_index for c in m.copies} - {None}
        for index in m.indexes:
            by_index.setdefault(index, []).append(m)
        by_base.setdefault(m.base, []).append(m)
        find_correspondents(m, is_me, lists)
    for m in messages:
        if any(c.usable_irt or c.usable_refs for c in m.copies):
            continue
        for index in m.indexes:
            for other in by_index[index]:
                join(m.id, other.id)
        if m.is_reply and m.base:
            for other in by_base[m.base]:
                if 1 <= m.effective_at - other.effective_at <= 14 * DAY and m.correspondents & other.correspondents:
                    join(m.id, other.id)

    numbers = {}
    for m in messages:  # they come in R1's order
        m.conversation = numbers.setdefault(find(m.id), len(numbers) + 1)


# ---------------------------------------------------------------- R4-R8, R11: follow-ups


class FollowUp:
    def __init__(self, direction, address, opening, stranger, rule):
        self.direction, self.address, self.key = direction, address, person_key(address)
        self.opening, self.opened_at, self.stranger = opening, opening.effective_at, stranger
        self.known_at = self.opened_at  # since when there is one at all
        self.conversation = opening.conversation
        self.state, self.rule, self.lapsed = "open", rule, False
        self.closed_at = self.closed_by = self.released_at = None
        self.later = []  # messages that would have opened it: (message, address, stranger)


class Replay:
    """Takes the messages in R1's order, one by one."""

    def __init__(self, policy, is_me, lists):
        self.policy, self.is_me, self.lists = policy, is_me, lists
        self.all = []
        self.newest = {}      # (conversation, direction, person) -> follow-up
        self.written_to = set()  # persons in To or Cc of personal mail of mine so far
        self.answers = {}     # id of a message -> persons who answered it so far (parent of a human message)

    def take(self, m):
        self.conversation = m.conversation
        if m.sender is not None:  # no From: opens and closes nothing
            self.close(m)
            self.release(m)
            self.open(m)
        if m.mine and m.kind == "personal":
            self.written_to |= set(m.to_keys + m.cc_keys)

    # -- closing: R5, R7

    def answer(self, m, direction, key, rule):
        f = self.newest.get((m.conversation, direction, key))
        if f is not None and f.state in ("open", "released"):
            f.state, f.rule = "answered", rule
            f.closed_at, f.closed_by = m.effective_at, m

    def close(self, m):
        if m.mine:
            if m.kind == "personal":
                people = set(m.to_keys)
                if m.parent is not None:
                    if m.parent.sender_key is not None:
                        people.add(m.parent.sender_key)
                else:
                    people |= set(m.cc_keys)
                for key in people:
                    self.answer(m, "mine", key, "R5")
        elif m.human:
            # CHOICE: mail of mine is never a message "of that person", even if
            # it was sent from an address that is not known as mine.
            self.answer(m, "theirs", m.sender_key, "R7")

    # -- releasing: R8

    def answered_by_another(self, m, f):
        """Has somebody other than me, debtor and creditor answered m (so far)?"""
        return bool(self.answers.get(m.id, set()) - {f.key})

    def release(self, m):
        if m.mine or not m.human or m.sender in self.lists or m.parent is None:
            return
        self.answers.setdefault(m.parent.id, set()).add(m.sender_key)
        if not self.policy.group_answer_releases:
            return
        for f in list(self.all):
            if f.opening is m.parent and f.state == "open" and f.key != m.sender_key:
                f.state, f.rule = "released", "R8"
                f.released_at = f.closed_at = m.effective_at
                f.closed_by = m
                self.open_anew(f)

    def open_anew(self, f):
        for n, (later, address, stranger) in enumerate(f.later):
            if not self.answered_by_another(later, f):
                # CHOICE: R8 put it into its state, so that is its rule.
                anew = FollowUp(f.direction, address, later, stranger, "R8")
                anew.later = f.later[n + 1:]
                anew.known_at = f.released_at
                self.add(anew)
                return

    # -- opening: R4, R6, R11

    def add(self, f):
        self.all.append(f)
        self.newest[self.conversation, f.direction, f.key] = f

    def lapse_at(self, f):
        """CHOICE: group_answer_releases does not bear on "that nobody else answered"."""
        last = f.opened_at
        for later, _, _ in f.later:
            if not self.answered_by_another(later, f):
                last = max(last, later.effective_at)
        return last + self.policy.lapse_after

    def open_one(self, m, direction, address, stranger, rule):
        old = self.newest.get((m.conversation, direction, person_key(address)))
        if old is not None and old.state == "open":
            if m.effective_at < self.lapse_at(old):
                old.later.append((m, address, stranger))
                return
            old.state, old.rule, old.lapsed = "superseded", "R11", True
            old.closed_at, old.closed_by = self.lapse_at(old), m
        self.add(FollowUp(direction, address, m, stranger, rule))

    def open(self, m):
        if m.kind != "personal":
            return
        if not m.mine:
            asked = m.to + (m.cc if self.policy.count_cc else [])
            if any(self.is_me(a) for a in asked) and m.sender not in self.lists:
                self.open_one(m, "mine", m.sender, m.sender_key not in self.written_to, "R4")
            return
        people = {}  # person -> the first of their addresses in To
        for address in m.to:
            if not self.is_me(address) and address not in self.lists and not is_machine(address):
                people.setdefault(person_key(address), address)
        if len(people) <= self.policy.waiting_max_recipients:
            for address in people.values():
                self.open_one(m, "theirs", address, False, "R6")


# ---------------------------------------------------------------- R11: limits


def limit_of(f, everything, policy):
    if f.direction == "mine":
        return policy.overdue
    # CHOICE: "all their answered waits" are those of state answered, in any
    # conversation, also when once released.
    waits = [g.closed_at - g.opened_at for g in everything
             if g.direction == "theirs" and g.key == f.key and g.state == "answered"]
    if len(waits) < 8:
        return policy.overdue
    return min(max(figures.nearest_rank(waits, 90), 24 * HOUR), 14 * DAY)


def followup_row(f, replay, as_of, number, limits):
    """As export prints it, but instants in seconds."""
    name = "\0".join((f.direction, f.address, f.opening.id))
    if (f.direction, f.key) not in limits:
        limits[f.direction, f.key] = limit_of(f, replay.all, replay.policy)
    limit = limits[f.direction, f.key]
    is_open, answered = f.state == "open", f.state == "answered"
    return {
        "type": "followup", "id": hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:6],
        "direction": f.direction, "channel": "mail", "person_key": f.key,
        "person": {"id": number, "name": None, "address": f.address},
        "subject": f.opening.subject, "conversation": f.conversation,
        "opened_at": f.opened_at, "opened_by": f.opening.id, "state": f.state,
        "snoozed_until": None, "released_at": f.released_at, "closed_at": f.closed_at,
        "closed_by": None if f.closed_by is None else f.closed_by.id, "rule": f.rule,
        "latency_s": f.closed_at - f.opened_at if answered else None,
        "waiting_s": as_of - f.opened_at if is_open else None,
        "working_s": None,
        # CHOICE: every follow-up has its limits, overdue is for open ones only
        # (lapsed ones too). Half of an odd limit is rounded down.
        "warn_at": f.opened_at + limit // 2, "due_at": f.opened_at + limit,
        "overdue": is_open and as_of >= f.opened_at + limit,
        "stranger": f.stranger,
        "lapsed": f.lapsed or (is_open and as_of >= replay.lapse_at(f)),
        "expectation": None, "still_expected": None}


# ---------------------------------------------------------------- all together (R14)


def derive_all(maildir, owner, as_of, policy):
    """Messages in R1's order, the follow-ups' replay, my and the lists' addresses."""
    copies = read_maildir(maildir)
    for copy in copies:
        copy.own_at, copy.source = time_of_copy(copy, owner)
    messages = make_messages([c for c in copies if c.own_at <= as_of])
    find_parents(messages)
    find_effective_times(messages)
    messages.sort(key=lambda m: (m.effective_at, m.depth, m.id_bytes))
    is_me = learn_me(messages, owner, policy)
    for m in messages:  # CHOICE: the first From address decides
        m.mine = m.in_sent or bool(m.from_ and is_me(m.from_[0]))
    lists = find_lists(messages, is_me)
    for m in messages:
        find_kind(m, is_me, lists)
    find_conversations(messages, is_me, lists)
    replay = Replay(policy, is_me, lists)
    for m in messages:
        replay.take(m)
    return messages, replay, is_me, lists


def derive(maildir, owner, as_of, policy):
    messages, replay, _, _ = derive_all(maildir, owner, as_of, policy)
    people, limits = {}, {}
    rows = [followup_row(f, replay, as_of, people.setdefault(f.key, len(people) + 1), limits) for f in replay.all]
    rows.sort(key=lambda r: (r["opened_at"], r["id"]))
    return messages, rows


def message_row(m):
    return {"type": "message", "message_id": m.id, "conversation": m.conversation,
            "effective_at": iso(m.effective_at), "own_at": iso(m.own_at), "time_source": m.source,
            "from": m.from_[0] if m.from_ else None, "to": m.to, "cc": m.cc, "subject": m.subject,
            "size": m.copies[0].size, "mine": m.mine, "kind": m.kind, "why": m.why,
            "copies": [{"account": "mail", "folder": c.folder, "uid": c.uid, "flags": c.flags} for c in m.copies]}


def print_export(messages, rows, as_of):
    lines = [{"type": "meta", "schema": "riposte.export/1", "as_of": iso(as_of),
              "counts": {"message": len(messages), "followup": len(rows)}}]
    lines += [message_row(m) for m in messages]
    for row in rows:
        row = {key: iso(value) if key.endswith("_at") else value for key, value in row.items()}
        del row["person_key"]
        lines.append(row)
    for line in lines:
        print(json.dumps(line, ensure_ascii=True))


def main():
    parser = argparse.ArgumentParser(description="the rules, a second time")
    parser.add_argument("--maildir", default=os.environ.get("MAILDIR"))
    parser.add_argument("--owner", default=os.environ.get("OWNER"))
    parser.add_argument("--as-of", default=os.environ.get("AS_OF"))
    parser.add_argument("--policy", nargs="*", action="extend", default=None)
    parser.add_argument("--report", action="store_true")
    parser.add_argument("--from", dest="start")
    parser.add_argument("--to", dest="end")
    parser.add_argument("--zone", default="UTC")
    args = parser.parse_args()
    if not (args.maildir and args.owner and args.as_of):
        parser.error("--maildir, --owner and --as-of are needed")
    if args.policy is None:
        args.policy = os.environ.get("POLICY", "").splitlines()
    policy = Policy([p for p in args.policy if p.strip()])
    owner = [a.strip().lower() for a in re.split(r"[,;]", args.owner) if a.strip()]
    as_of = parse_iso(args.as_of)
    messages, rows = derive(args.maildir, owner, as_of, policy)
    if not args.report:
        print_export(messages, rows, as_of)
        return
    start, end = (parse_iso(t) if t else None for t in (args.start, args.end))
    if (start is None) != (end is None):
        parser.error("--from and --to go together")
    json.dump(figures.report(rows, start, end, args.zone, as_of, iso), sys.stdout, indent=1)
    print()


if __name__ == "__main__":
    main()
