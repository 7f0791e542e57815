#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A second implementation of R12: plain, slow, independent; and the comparison.

usage: expectation.py LIST DUMP

LIST is what `riposte list --all --json` wrote, DUMP what tests/expectation-dump wrote,
both as of the same instant; $MAILDIR, $OWNER, $AS_OF and $POLICY as for oracle.py. Every
feature, rate, p0 and p(t) is worked out anew from the mail, and the differences are
printed; exit status 1 if there is one, or nothing to compare.
"""
import copy
import datetime
import json
import math
import os
import re
import sys

import oracle
from mailread import PREFIX, person_key

DAY = 86400
HORIZON = 14 * DAY
FEATURES = ("f_hier", "f_conv", "nfrom", "nto", "since", "conv_n", "prefix", "starter", "burst", "first", "to_n", "cc_n")
TOLERANCE = 1e-9


def usual_share(seconds):
    """F0"""
    return min(1.0, (1 - (1 + seconds / 3600 / 2) ** -0.6) / 0.954)


def logit(p):
    p = min(max(p, 1e-6), 1 - 1e-6)
    return math.log(p / (1 - p))


def smooth(members, prior, strength):
    return (sum(y for _, y in members) + strength * prior) / (len(members) + strength)


# ---------------------------------------------------------------- subjects


def behind_prefixes(subject):
    text = subject.strip()
    while True:
        match = re.match(r"((?:re|aw|sv|vs|antw|rif|r|odp|ynt|fw|fwd|wg|tr|enc|rv)"
                         r"\s*(?:\[[^\[\]]*\]|\(\d+\)|\^?\d+)?\s*[:\uff1a])\s*", text, re.I)
        if not match:
            return text
        text = text[match.end():]


def tag_of(subject):
    """The words of two letters and more in the [..] behind the prefixes."""
    text = behind_prefixes(subject).casefold()
    match = re.match(r"\[([^\]]*)\]", text)
    return " ".join(re.findall(r"[^\W\d_]{2,}", match.group(1))) if match else ""


def has_prefix(subject):
    text = subject.strip()
    while True:
        match = re.match(r"\[[^\[\]]*\]\s*", text)
        if not match:
            break
        text = text[match.end():]
    return bool(PREFIX.match(text) or re.match(r"\[fwd:", text, re.I))


# ---------------------------------------------------------------- conversations as of then


class Joiner:
    """Components of the messages so far (R2)."""

    def __init__(self):
        self.root, self.by_index, self.by_base = {}, {}, {}
        self.gone = []  # what were roots

    def find(self, x):
        self.root.setdefault(x, x)
        while self.root[x] != x:
            x = self.root[x]
        return x

    def join(self, a, b):
        a, b = self.find(a), self.find(b)
        if a != b:
            self.root[a] = b
            self.gone.append(a)

    def add(self, m):
        for c in m.copies:
            for other in c.usable_irt + c.usable_refs:
                self.join(m.id, other)
        for index in m.indexes:
            line = self.by_index.setdefault(index, [])
            line.append(m)
            if any(not x.has_parent_id for x in line):
                for other in line:
                    self.join(m.id, other.id)
        if not m.has_parent_id and m.is_reply and m.base:
            for other in self.by_base.get(m.base, []):
                if 1 <= m.effective_at - other.effective_at <= HORIZON and m.correspondents & other.correspondents:
                    self.join(m.id, other.id)
        self.by_base.setdefault(m.base, []).append(m)


# ---------------------------------------------------------------- as it was then


def judge_as_then(messages, is_me):
    """Copies of the messages, each judged by the list addresses that were known with it."""
    finder, then = oracle.ListFinder(is_me), {}
    for m in messages:
        finder.add(m)
        known = then[m.id] = copy.copy(m)
        known.lists = finder.lists()
        oracle.find_kind(known, is_me, known.lists)
        oracle.find_correspondents(known, is_me, known.lists)
    for m in then.values():
        m.parent = m.parent and then[m.parent.id]
    return list(then.values())


def replay_as_then(messages, policy, is_me):
    """The follow-ups that were there when they opened, in conversations as of then."""
    replay, joiner = oracle.Replay(policy, is_me, None), Joiner()
    for m in messages:
        joiner.add(m)
        m.conversation, replay.lists = joiner.find(m.id), m.lists
        if {c for c, _, _ in replay.newest} & set(joiner.gone):
            moved = {}
            for f in replay.all:  # the newer ones overwrite
                key = (joiner.find(f.opening.id), f.direction, f.key)
                if f in replay.newest.values():
                    moved[key] = f
            replay.newest = moved
        joiner.gone.clear()
        replay.take(m)
    return replay


# ---------------------------------------------------------------- histories


class Mailbox:
    """messages, learned: as then; shown: the follow-ups as of now.

    The rows are those learned from, then those shown that were not there when they opened.
    """

    def __init__(self, messages, learned, shown, is_me):
        self.messages, self.is_me = messages, is_me
        self.position = {m.id: i for i, m in enumerate(messages)}
        self.learned, self.row_of = learned, {}
        rows = {(f.direction, f.key, f.opening.id): f for f in learned}
        for f in shown:
            key = (f.direction, f.key, f.opening.id)
            if key not in rows:
                rows[key] = copy.copy(f)
                rows[key].opening = messages[self.position[f.opening.id]]
            self.row_of[f] = rows[key]
        self.rows = sorted(rows.values(), key=lambda f: (self.position[f.opening.id], f.key))
        self.read()

    def outcome(self, f, now, g):
        """y~ of a member at that instant."""
        if f.state == "answered" and f.released_at is None and f.closed_at <= now:
            if f.closed_at - f.opened_at <= HORIZON:
                return 1.0
        if now - f.opened_at >= HORIZON:
            return 0.0
        usual = usual_share(now - f.opened_at)
        return g * (1 - usual) / (1 - g * usual)

    def members(self, f):
        """The follow-ups of its direction that were there at its opening, and not released."""
        now, place = f.opened_at, self.position[f.opening.id]
        return [o for o in self.learned
                if o.direction == f.direction and self.position[o.opening.id] < place and o.known_at <= now
                and not (o.released_at is not None and o.released_at <= now)]

    def kind(self, f):
        m = f.opening
        if not m.has_parent_id:
            return "starter"
        if m.parent is None:
            return "other"
        if f.direction == "mine":
            return "to me" if m.parent.mine else "other"
        return "to me" if m.parent.sender_key == f.key else "other"

    def read(self):
        opened = {}
        for f in self.rows:
            opened.setdefault(f.opening.id, []).append(f)
        joiner, before = Joiner(), []
        for m in self.messages:
            joiner.add(m)
            for f in opened.get(m.id, []):
                self.look(f, m, joiner, before)
            before.append(m)

    def look(self, f, m, joiner, before):
        members, now = self.members(f), f.opened_at
        f.kind, f.tag = self.kind(f), tag_of(m.subject)
        g = 0.5
        for _ in range(5):
            g = (2 + sum(self.outcome(o, now, g) for o in members)) / (4 + len(members))
        soft = [(o, self.outcome(o, now, g)) for o in members]
        root = joiner.find(m.id)
        r1 = smooth([s for s in soft if s[0].kind == f.kind], g, 10)
        r2 = smooth([s for s in soft if (s[0].kind, s[0].tag) == (f.kind, f.tag)], r1, 10)
        r3 = smooth([s for s in soft if s[0].key == f.key], r2, 5)
        h = smooth([s for s in soft if (s[0].key, s[0].kind) == (f.key, f.kind)], r3, 5)
        conversation = smooth([s for s in soft if joiner.find(s[0].opening.id) == root], g, 3)
        theirs = [x for x in before if x.sender is not None and x.sender_key == f.key]
        mine = [x for x in before if x.mine and f.key in x.to_keys + x.cc_keys]
        burst = [x for x in theirs if x.effective_at >= now - 1800] if f.direction == "mine" else []
        first = bool(m.to) and (self.is_me(m.to[0]) if f.direction == "mine" else m.to_keys[0] == f.key)
        f.g, f.h = g, h
        f.x = [logit(h) - logit(g), logit(conversation) - logit(g), math.log1p(len(theirs)), math.log1p(len(mine)),
               math.log1p((now - theirs[-1].effective_at) / 3600) if theirs else 12.0,
               math.log1p(sum(joiner.find(x.id) == root for x in before)),
               float(has_prefix(m.subject)), float(f.kind == "starter"), math.log1p(len(burst)), float(first),
               math.log1p(len(m.to)), math.log1p(len(m.cc))]
        for basis in (lambda o: (o.key, o.kind) == (f.key, f.kind), lambda o: o.key == f.key, lambda o: True):
            known = [s for s in soft if basis(s[0])]
            if known:
                break
        f.basis = (len(known), sum(y == 1.0 for _, y in known))


# ---------------------------------------------------------------- the model


def label(f, now):
    """1, 0, or None: not known then, or left out."""
    if f.opened_at + HORIZON > now or f.known_at > now:
        return None
    if f.released_at is not None and f.released_at - f.opened_at <= HORIZON:
        return None
    return int(f.state == "answered" and f.closed_at - f.opened_at <= HORIZON)


def solve(a, b):
    """Gauss with partial pivoting."""
    n = len(b)
    rows = [list(a[i]) + [b[i]] for i in range(n)]
    for i in range(n):
        pivot = max(range(i, n), key=lambda r: abs(rows[r][i]))
        rows[i], rows[pivot] = rows[pivot], rows[i]
        for r in range(i + 1, n):
            factor = rows[r][i] / rows[i][i]
            rows[r] = [x - factor * y for x, y in zip(rows[r], rows[i])]
    result = [0.0] * n
    for i in range(n - 1, -1, -1):
        result[i] = (rows[i][n] - sum(rows[i][j] * result[j] for j in range(i + 1, n))) / rows[i][i]
    return result


def fit(rows, ys, weights, ridge=20.0):
    """Newton from 0 until no coefficient moves."""
    n = len(rows[0]) + 1
    b = [0.0] * n
    for _ in range(60):
        gradient, hessian = [0.0] * n, [[0.0] * n for _ in range(n)]
        for row, y, w in zip(rows, ys, weights):
            full = [1.0] + row
            z = sum(x * c for x, c in zip(full, b))
            p = 1 / (1 + math.exp(-z)) if z >= 0 else math.exp(z) / (1 + math.exp(z))
            v = w * p * (1 - p)
            for i in range(n):
                gradient[i] += w * (y - p) * full[i]
                vi = v * full[i]
                line = hessian[i]
                for j in range(n):
                    line[j] += vi * full[j]
        for i in range(1, n):
            gradient[i] -= ridge * b[i]
            hessian[i][i] += ridge
        step = solve(hessian, gradient)
        b = [x + s for x, s in zip(b, step)]
        if max(abs(s) for s in step) < 1e-11:
            break
    return b


class Model:
    """Of one direction, as of the first of a month."""

    def __init__(self, followups, direction, begin):
        known = [f for f in followups if f.direction == direction and label(f, begin) is not None]
        ys = [label(f, begin) for f in known]
        self.n = len(known)
        self.waits = sorted(f.closed_at - f.opened_at for f, y in zip(known, ys) if y)
        if self.n < 20:
            return
        days = {}
        for f in known:
            key = (f.key, f.opened_at // DAY)
            days[key] = days.get(key, 0) + 1
        weights = [1 / math.sqrt(days[f.key, f.opened_at // DAY]) for f in known]
        columns = list(zip(*(f.x for f in known)))
        self.means = [sum(c) / self.n for c in columns]
        self.spreads = [math.sqrt(sum((x - m) ** 2 for x in c) / (self.n - 1)) for c, m in zip(columns, self.means)]
        self.spreads = [1.0 if s < 1e-9 else s for s in self.spreads]
        self.b = fit([self.standard(f.x) for f in known], ys, weights)

    def standard(self, x):
        return [(v - m) / s for v, m, s in zip(x, self.means, self.spreads)]

    def p0(self, f):
        p = f.g
        if self.n >= 20:
            z = self.b[0] + sum(c * x for c, x in zip(self.b[1:], self.standard(f.x)))
            share = min(1.0, self.n / 200)
            p = share / (1 + math.exp(-z)) + (1 - share) * f.h
        return min(max(p, 0.01), 0.99)

    def after(self, p, seconds):
        if seconds <= 0:
            return p
        if seconds >= HORIZON:
            return 0.0
        share = usual_share(seconds)
        if len(self.waits) >= 30:
            share = sum(w <= seconds for w in self.waits) / len(self.waits)
        return p * (1 - share) / (1 - p * share)


def month_of(at):
    moment = datetime.datetime(1970, 1, 1) + datetime.timedelta(seconds=at)
    return int((moment.replace(day=1, hour=0, minute=0, second=0) - datetime.datetime(1970, 1, 1)).total_seconds())


def expect(mailbox):
    models = {}
    for f in mailbox.rows:
        key = (f.direction, month_of(f.opened_at))
        if key not in models:
            models[key] = Model(mailbox.learned, *key)
        f.model = models[key]
        f.p0 = f.model.p0(f)


# ---------------------------------------------------------------- the comparison


def opening_name(message_id, opened_at):
    """Ids that are made for lack of one differ between the implementations."""
    is_made = message_id.startswith("made.") or message_id.endswith("made.riposte.invalid")
    return "made, %d" % opened_at if is_made else message_id


def compare(shown, f, as_of, got, found):
    still = f.model.after(f.p0, as_of - f.opened_at) if shown.state == "open" else -1.0
    expected = dict(zip(FEATURES, f.x)) | {"g": f.g, "h": f.h, "p0": f.p0, "p48": f.model.after(f.p0, 2 * DAY),
                                           "still": still, "n": f.model.n, "basis_n": f.basis[0],
                                           "basis_k": f.basis[1]}
    for name, value in expected.items():
        if abs(value - got[name]) > TOLERANCE:
            found.append("%s %s <%s>: %s is %r, not %r"
                         % (f.direction, f.key, f.opening.id, name, got[name], value))


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    with open(sys.argv[1], encoding="utf-8") as file:
        listed = {row["id"]: row for row in json.load(file)["followups"]}
    got, learned = {}, {}
    with open(sys.argv[2], encoding="utf-8") as file:
        for line in file:
            row = json.loads(line)
            if "learned" in row:
                name = opening_name(row["opened_by"], row["opened_at"])
                learned[row["learned"], person_key(row["address"]), name] = [
                    row["state"], *(t if t >= 0 else None for t in (row["closed_at"], row["released_at"]))]
                continue
            of = listed[row["id"]]
            name = opening_name(of["opened_by"], oracle.parse_iso(of["opened_at"]))
            got[row["direction"], person_key(of["person"]["address"]), name] = row
    owner = [a.strip().lower() for a in re.split(r"[,;]", os.environ["OWNER"]) if a.strip()]
    as_of = oracle.parse_iso(os.environ["AS_OF"])
    policy = oracle.Policy([p for p in os.environ.get("POLICY", "").splitlines() if p.strip()])
    messages, replay, is_me, _ = oracle.derive_all(os.environ["MAILDIR"], owner, as_of, policy)
    then = judge_as_then(messages, is_me)
    mailbox = Mailbox(then, replay_as_then(then, policy, is_me).all, replay.all, is_me)
    expect(mailbox)
    found = []
    for shown, f in mailbox.row_of.items():
        row = got.pop((f.direction, f.key, opening_name(f.opening.id, f.opened_at)), None)
        if row is None:
            found.append("%s %s <%s> is missing" % (f.direction, f.key, f.opening.id))
        else:
            compare(shown, f, as_of, row, found)
    found += ["%s %s <%s> is too much" % key for key in got]
    for f in mailbox.learned:
        row = learned.pop((f.direction, f.key, opening_name(f.opening.id, f.opened_at)), None)
        if row != [f.state, f.closed_at, f.released_at]:
            found.append("learned %s %s <%s>: %r, not %r" % (f.direction, f.key, f.opening.id, row,
                                                             [f.state, f.closed_at, f.released_at]))
    found += ["learned %s %s <%s> is too much" % key for key in learned]
    for line in found[:40]:
        print(line)
    shown = set(mailbox.row_of.values())
    fitted = sum(f.model.n >= 200 for f in shown)
    print("%d follow-ups, %d by a model alone, %d of all that were there then are shown no more, %d shown were not there; "
          "%d differences" % (len(shown), fitted, len(set(mailbox.learned) - shown), len(shown - set(mailbox.learned)),
                              len(found)))
    return 1 if found or not shown else 0


if __name__ == "__main__":
    sys.exit(main())
