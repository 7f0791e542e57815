#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes a random Maildir++ mailbox that stresses the rules, the same for the same seed.

usage: generate.py SEED DIR

DIR is made; it holds INBOX, .Sent, .Archive, .lists.talk and expect.json:
{"owner": [...], "as_of": "...", "policy": ["key=value", ...]}. Prints nothing.
Some files have no delivery time in their name: keep the mtimes when copying.
"""
import base64
import datetime
import json
import os
import random
import sys

MINUTE, HOUR, DAY = 60, 3600, 86400
START = 1704704400  # Mon, 08 Jan 2024 09:00:00 +0000
ME = "me@example.org"
CATCH_ALL = "shop@my.example"      # of *@my.example, where configured
ALIAS = "me@work.example"          # 3 and more in Sent: to be learned
HALF_ALIAS = "old@work.example"    # in Sent too, but as often or more elsewhere
PEOPLE = ["ann@example.org", "bob@example.org", "Cat@Example.Net", "dan@example.com", "eve@bücher.example",
          "first.last@gmail.com", "kim+a@fastmail.com", "abbot@example.org", "guy@example.org", "zoë@example.org"]
VARIANTS = {"first.last@gmail.com": ["firstlast@gmail.com", "f.irst.last+x@googlemail.com", "First.Last@Gmail.com"],
            "kim+a@fastmail.com": ["kim@fastmail.com", "Kim+b@Fastmail.com"],
            "Cat@Example.Net": ["cat@example.net", "CAT@EXAMPLE.NET"],
            "eve@bücher.example": ["eve@xn--bcher-kva.example", "EVE@BÜCHER.example"]}
QUIET = "team@example.org"         # a list by the second clause: many write to it, it never writes
LISTS = ["talk@lists.example.net", "dev@lists.example.net"]
MACHINES = ["noreply@shop.example", "no.reply@shop.example", "ci-bot@example.org", "do_not-reply@x.example",
            "alerts+x@example.org", "news@example.org", "web.notifications.eu@x.example", "bot.net@example.org",
            "bounces-1@x.example", "jira@example.org", "my-root@example.org", "mailer-daemon@example.org"]
SUBJECTS = ["Plan", "Budget 2024", "Überraschung für Ann", "見積もり", "Straße", "Tea on Friday?", "[team] Roadmap",
            "Re-use of parts", "Invitation to tea", "R and D", "Café: the list"]
REPLY_PREFIXES = ["Re: ", "RE: ", "AW: ", "Sv: ", "VS: ", "Antw: ", "RIF: ", "R: ", "Odp: ", "YNT: ", "Re[2]: ", "Re(3): ",
                  "re^2: ", "Re2: ", "Re : ", "AW: [ext] ", "[ext] Re: ", "[a] [b] Aw: RE: ", "Re:", "Re: Fwd: "]
FORWARD_PREFIXES = ["Fw: ", "Fwd: ", "WG: ", "TR: ", "ENC: ", "RV: ", "[x] FWD: ", "Fwd[2]: "]
ABSENCES = ["Automatic reply: %s", "Out of office: %s", "Abwesend: %s", "Réponse automatique : %s", "Automatic reply",
            "自動返信：%s", "Otomatik yanıt: %s"]
NO_ABSENCES = ["Out of office on Friday?", "Abwesend heute", "Re: Automatic reply: %s"]
CALENDARS = ["Accepted: %s", "Zugesagt: %s", "Invitation: %s", "Updated invitation: %s", "Invitación : %s",
             "Canceled event: %s"]
DAYS = "Mon Tue Wed Thu Fri Sat Sun".split()
MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
BAD_DATES = ["Mon, 32 Jan 2024 10:00:00 +0000", "yesterday", "Thu, 31 Feb 2024 10:00:00 +0000",
             "Mon, 08 Jan 2024 25:61:00 +0000", ""]
ABSURD_DATES = [0, 631151999, 631152000, 631152001, 4102444800, 1000000000]


def iso(at):
    return datetime.datetime.fromtimestamp(at, datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


class Mail:
    """One message as it was made; to_, cc are written as in the header."""

    def __init__(self, number, at, sender, to, cc, subject):
        self.number, self.at, self.sender, self.to, self.cc, self.subject = number, at, sender, to, cc, subject
        self.id = "m%d@t.example.net" % number
        self.parent = None
        self.headers = []        # more of them: (name, value)
        self.date = at           # seconds, text as it is, or None
        self.delivered_at = at
        self.folder = ""
        self.no_id = False
        self.in_reply_to = None  # header text; None: made from parent
        self.references = None


class Generator:
    def __init__(self, seed, path):
        self.rng = random.Random("riposte %d" % seed)
        self.path, self.mails, self.files = path, [], 0
        self.at = START + self.rng.randrange(DAY)
        rng = self.rng
        self.people = rng.sample(PEOPLE, rng.randint(4, 8))
        self.lapse_after = rng.choice([30, 30, 30, 29, 32]) * DAY
        self.policy = {"learn_addresses": rng.choice(["true", "true", "false"])}
        if rng.random() < 0.3:
            self.policy["count_cc"] = rng.choice(["true", "true", "false"])
        if rng.random() < 0.4:
            self.policy["waiting_max_recipients"] = str(rng.choice([1, 2, 3, 5, 8]))
        if rng.random() < 0.25:
            self.policy["group_answer_releases"] = rng.choice(["false", "false", "true"])
        if self.lapse_after != 30 * DAY or rng.random() < 0.2:
            self.policy["lapse_after"] = "%dd" % (self.lapse_after // DAY)
        self.owner = [ME] + (["*@my.example"] if rng.random() < 0.4 else [])
        self.from_me = [ME] * 5 + [ALIAS] * rng.randint(0, 4) + [HALF_ALIAS] * rng.randint(0, 1) + \
            [CATCH_ALL] * rng.randint(0, 1)

    # -- small choices

    def chance(self, p):
        return self.rng.random() < p

    def person(self):
        """One of the people, now and then by another of their addresses."""
        address = self.rng.choice(self.people)
        return self.rng.choice(VARIANTS.get(address, [address])) if self.chance(0.3) else address

    def some(self, low, high):
        return [self.person() for _ in range(self.rng.randint(low, high))]

    def me(self):
        return self.rng.choice([ME] * 8 + ["Me@Example.ORG", ALIAS, HALF_ALIAS, CATCH_ALL])

    def shown(self, address):
        """An address as it may stand in a header."""
        style = self.rng.randrange(9)
        name = address.split("@")[0].split("+")[0]
        if style < 4:
            return address
        if style == 4:
            return "%s <%s>" % (name.replace(".", " ").title(), address)
        if style == 5:
            return '"%s, Dr. (x)" <%s>' % (name, address)
        if style == 6:
            return "=?utf-8?q?D=C3=B6_%s?= <%s>" % (name.encode("ascii", "ignore").decode().replace(".", "_"), address)
        if style == 7:
            return "%s (a comment, (nested))" % address
        return "<%s>" % address

    def addresses(self, list_):
        text = ", ".join(self.shown(a) for a in list_)
        if list_ and self.chance(0.04):
            text = "The Group: %s;" % text
        return text

    def date_text(self, at):
        if at is None or isinstance(at, str):
            return at
        offset = self.rng.choice([0, 0, 0, 60, 120, -300, 330, -480])
        t = datetime.datetime(1970, 1, 1) + datetime.timedelta(seconds=at + offset * 60)
        sign = "-" if offset < 0 else "+"
        return "%s, %02d %s %d %02d:%02d:%02d %s%02d%02d" % (
            DAYS[t.weekday()], t.day, MONTHS[t.month - 1], t.year, t.hour, t.minute, t.second, sign,
            abs(offset) // 60, abs(offset) % 60)

    def subject_text(self, subject):
        """As sent: encoded, raw 8-bit, or folded."""
        if subject.isascii():
            return subject
        style = self.rng.randrange(3)
        if style == 0:
            return subject
        data = subject.encode("utf-8")
        if style == 1:
            return "=?UTF-8?B?%s?=" % base64.b64encode(data).decode()
        return "=?utf-8?q?%s?=" % "".join(chr(b) if chr(b).isascii() and chr(b).isalnum() else "=%02X" % b for b in data)

    # -- time

    def advance(self):
        rng = self.rng
        self.at += rng.choice([rng.randrange(1, 10 * MINUTE), rng.randrange(HOUR), rng.randrange(12 * HOUR),
                               rng.randrange(DAY), rng.randrange(3 * DAY), rng.randrange(6 * DAY)])
        if self.chance(0.04):
            self.at += rng.randrange(10 * DAY, 40 * DAY)
        return self.at

    def skew(self, mail):
        """Clocks that go wrong, mail that comes late, dates that are missing or absurd."""
        rng, style = self.rng, self.rng.randrange(40)
        if style == 0:
            mail.date = mail.at + rng.choice([15 * MINUTE, 15 * MINUTE + 1, HOUR, 3 * DAY])
        elif style == 1:
            mail.delivered_at = mail.at + rng.choice([5 * DAY, 5 * DAY + 1, 9 * DAY, 100 * DAY])
        elif style == 2:
            mail.date = mail.at - rng.choice([HOUR, DAY, 5 * DAY, 5 * DAY + 1, 7 * DAY])
        elif style == 3:
            mail.date = None
        elif style == 4:
            mail.date = rng.choice(BAD_DATES)
        elif style == 5:
            mail.date = rng.choice(ABSURD_DATES)
        elif style < 20:
            mail.delivered_at = mail.at + rng.randrange(0, 10 * MINUTE)

    # -- making and writing a message

    def make(self, sender, to, cc, subject, at=None):
        mail = Mail(len(self.mails) + 1, self.advance() if at is None else at, sender, to, cc, subject)
        self.mails.append(mail)
        return mail

    def id_headers(self, mail):
        """(In-Reply-To, References) from the parent, in many forms."""
        parent, rng = mail.parent, self.rng
        if parent is None:
            return mail.in_reply_to, mail.references
        chain, up = [], parent
        while up is not None and len(chain) < 12:
            chain.insert(0, "<%s>" % up.id)
            up = up.parent
        style = rng.randrange(14)
        irt, refs = "<%s>" % parent.id, " ".join(chain)
        if style == 0:
            irt = None
        elif style == 1:
            refs = None
        elif style == 2:
            irt, refs = "Your message of %s <%s>" % (iso(parent.at), parent.id), None
        elif style == 3:
            irt = "<gone%d@t.example.net>" % mail.number
        elif style == 4:  # an address instead of an id
            irt = "<%s>" % rng.choice([mail.to[0] if mail.to else ME, mail.sender or ME])
        elif style == 5:  # its own id among them
            irt, refs = "<%s> <%s>" % (mail.id, parent.id), "%s <%s>" % (refs, mail.id)
        elif style == 6:
            irt, refs = "<%s>\n <other%d@t.example.net>" % (parent.id, rng.randrange(3)), refs.replace(" ", "\n\t")
        elif style == 7:
            irt = "< %s >" % parent.id.replace("@", "\n @")
        elif style == 8:
            refs = "<>" + refs.replace("> <", "><") + " garbage>"
        if mail.in_reply_to is not None:
            irt = mail.in_reply_to
        if mail.references is not None:
            refs = mail.references
        return irt, refs

    def write(self, mail, sent=None):
        """Into its folder; a copy of mine for Sent if it is from me."""
        lines = []
        if not mail.no_id:
            lines.append(("Message-ID", "<%s>" % mail.id))
        lines.append(("Date", self.date_text(mail.date)))
        if mail.sender is not None:
            lines.append(("From", mail.sender if "," in mail.sender else self.shown(mail.sender)))
        if mail.to:
            lines.append(("To", self.addresses(mail.to)))
        elif self.chance(0.5):
            lines.append(("To", "undisclosed-recipients:;"))
        if mail.cc:
            lines.append(("Cc", self.addresses(mail.cc)))
        lines.append(("Subject", self.subject_text(mail.subject)))
        irt, refs = self.id_headers(mail)
        lines += [("In-Reply-To", irt), ("References", refs)] + mail.headers
        self.rng.shuffle(lines)
        self.put(lines, mail.folder if sent is None else sent, mail.delivered_at)
        return lines

    def put(self, lines, folder, delivered_at):
        self.files += 1
        sub = "new" if self.chance(0.1) else "cur"
        name = "%d.%d.h" % (delivered_at, self.files)
        if self.chance(0.02):
            name = "h.%d" % self.files  # no seconds: its mtime
        if sub == "cur":
            name += ":2," + self.rng.choice(["S", "", "F"])
        path = os.path.join(self.path, folder, sub, name)
        with open(path, "w", encoding="utf-8", newline="") as fh:
            for key, value in lines:
                if value is not None:
                    key = key.upper() if self.chance(0.05) else key
                    fh.write("%s: %s\n" % (key, value))
            fh.write("\ntext\n")
        os.utime(path, (delivered_at, delivered_at))

    def finish(self, mail):
        """Writes it, and now and then a second copy somewhere."""
        if mail.date == mail.at and mail.delivered_at == mail.at:
            self.skew(mail)
        lines = self.write(mail)
        if self.chance(0.07):
            self.copy_of(mail, lines)

    def copy_of(self, mail, lines):
        """The same Message-ID elsewhere, with headers and a time of its own."""
        rng = self.rng
        changed = [(k, v) for k, v in lines]
        style = rng.randrange(6)
        if mail.no_id:
            style = 0  # the same message only while its headers are the same
        if style == 1:
            changed += [("List-Id", "<talk.lists.example.net>"), ("Precedence", "list")]
        elif style == 2:
            changed = [(k, self.addresses([rng.choice(LISTS)]) if k == "To" else v) for k, v in changed]
            changed += [("List-Post", "<mailto:%s>" % rng.choice(LISTS))]
        elif style == 3 and len(self.mails) > 1:
            changed = [(k, v) for k, v in changed if k not in ("In-Reply-To", "References")]
            changed += [("References", "<%s>" % rng.choice(self.mails).id)]
        elif style == 4:
            changed = [(k, self.addresses(self.some(1, 2) + [ME]) if k in ("To", "Cc") else v) for k, v in changed]
        elif style == 5:
            changed += [("Auto-Submitted", "auto-replied")]
        # Another folder: what decides between two of one time in one folder is the
        # UID, which a Maildir has not.
        folder = rng.choice([f for f in (".Archive", ".lists.talk", "") if f != mail.folder])
        later = rng.choice([0, 1, -1, 30, HOUR, -HOUR, -4 * MINUTE, 10 * DAY])
        self.put(changed, folder, mail.delivered_at + later)

    # -- what may happen

    def subject(self):
        return self.rng.choice(SUBJECTS)

    def reply_subject(self, mail):
        if mail.subject.lower().startswith("re: "):
            return mail.subject
        return "Re: " + mail.subject

    def recent(self):
        """A message to go on from: mostly a late one."""
        if not self.mails or self.chance(0.1):
            return self.rng.choice(self.mails) if self.mails else None
        return self.mails[-1 - min(int(self.rng.expovariate(0.3)), len(self.mails) - 1)]

    def others_of(self, mail):
        return [a for a in mail.to + mail.cc + [mail.sender] if a and "," not in a]

    def to_me(self):
        mail = self.make(self.person(), [self.me()] + self.some(0, 2), self.some(0, 2), self.subject())
        self.rng.shuffle(mail.to)
        if self.chance(0.2):
            mail.to, mail.cc = self.some(1, 2), [self.me()]
        self.finish(mail)
        return mail

    def from_me_new(self):
        mail = self.make(self.rng.choice(self.from_me), self.some(1, 6) if self.chance(0.4) else self.some(1, 2),
                         self.some(0, 2), self.subject())
        for extra in (QUIET, self.rng.choice(LISTS), self.rng.choice(MACHINES), ME):
            if self.chance(0.2):
                mail.to.append(extra)
        mail.folder = ".Sent" if self.chance(0.93) else ""
        self.finish(mail)
        return mail

    def my_reply(self, to=None):
        parent = to or self.recent()
        if parent is None:
            return self.from_me_new()
        mail = self.make(self.rng.choice(self.from_me), [a for a in [parent.sender] if a and "," not in a] or self.some(1, 1),
                         [a for a in parent.to + parent.cc if self.chance(0.5)], self.reply_subject(parent))
        if self.chance(0.15):  # to somebody else, the asker in Cc only
            mail.to, mail.cc = self.some(1, 2), mail.to
        mail.parent, mail.folder = parent, ".Sent"
        if self.chance(0.15):
            mail.in_reply_to = "<gone%d@t.example.net>" % mail.number
            mail.references = "<%s> <gone%d@t.example.net>" % (parent.id, mail.number)
        self.finish(mail)
        return mail

    def reply(self, to=None, sender=None):
        parent = to or self.recent()
        if parent is None:
            return self.to_me()
        asked = [a for a in parent.to if a in self.people]
        sender = sender or (self.rng.choice(asked) if asked and self.chance(0.6) else self.person())
        mail = self.make(sender, [parent.sender or ME] + [a for a in parent.to if self.chance(0.5)],
                         [a for a in parent.cc if self.chance(0.6)], self.reply_subject(parent))
        mail.to = [a for a in mail.to if "," not in a] or [ME]
        if self.chance(0.3):
            mail.to = self.some(1, 2)
        mail.parent = parent
        self.finish(mail)
        return mail

    def group_answer(self):
        """A question to several, more of the same, answers by others: R8 and its reopening."""
        rng = self.rng
        people = rng.sample(self.people, 3)
        mine = self.chance(0.5)
        sender, to = (ME, people[:2]) if mine else (people[0], [ME, people[1]])
        first = self.make(sender, to, [], self.subject())
        first.folder = ".Sent" if mine else ""
        self.finish(first)
        later = [first]
        for _ in range(rng.randint(0, 3)):
            again = self.make(sender, to if self.chance(0.8) else to[:1], [], self.reply_subject(first))
            again.folder, again.parent = first.folder, rng.choice(later)
            again.in_reply_to, again.references = "<%s>" % again.parent.id, ""
            self.finish(again)
            later.append(again)
            if self.chance(0.4):
                self.answer(rng.choice(later), people)
        for _ in range(rng.randint(1, 3)):
            self.answer(first if self.chance(0.5) else rng.choice(later), people)
        if self.chance(0.4):
            self.my_reply(rng.choice(later)) if not mine else self.reply(rng.choice(later), people[0])

    def answer(self, to, people):
        mail = self.make(self.rng.choice(people), [to.sender], [], self.reply_subject(to))
        mail.parent, mail.in_reply_to = to, "<%s>" % to.id
        if self.chance(0.2):
            mail.headers = [("List-Id", "<talk.lists.example.net>")]
        self.finish(mail)

    def nudge_at_lapse(self):
        """Another one of the same sender, at the lapse to the second, or before or after."""
        rng = self.rng
        at = self.advance()
        mine = self.chance(0.5)
        who, sender = self.person(), rng.choice(self.from_me[:5])
        first = self.make(*((sender, [who]) if mine else (who, [ME])), [], self.subject(), at)
        first.folder = ".Sent" if mine else ""
        self.write(first)
        last = first
        for _ in range(rng.randint(1, 3)):
            at += rng.choice([self.lapse_after, self.lapse_after, self.lapse_after - 1, self.lapse_after + 1,
                              rng.randrange(29 * DAY, 40 * DAY), 3 * DAY])
            mail = self.make(first.sender, first.to, [], self.reply_subject(first), at)
            mail.folder, mail.parent = first.folder, last
            self.write(mail)
            last = mail
            if self.chance(0.3):
                other = self.make(rng.choice(self.people), [who], [], self.reply_subject(first), at + rng.randrange(1, DAY))
                other.parent = rng.choice([first, last])
                self.write(other)
        self.at = at if self.chance(0.3) else self.at
        if self.chance(0.5):
            closing = self.make(*((who, [ME]) if mine else (ME, [who])), [], self.reply_subject(first),
                                at + rng.choice([HOUR, self.lapse_after, 2 * self.lapse_after]))
            closing.parent, closing.folder = last, "" if mine else ".Sent"
            self.write(closing)

    def list_mail(self):
        rng = self.rng
        which = rng.choice(LISTS)
        mail = self.make(self.person(), [which], self.some(0, 1), "[talk] " + self.subject())
        where = rng.randrange(4)
        if where == 0:
            mail.cc.append(ME)
        elif where == 1:
            mail.to.append(ME)
        if self.chance(0.6) and self.recent():
            mail.parent = self.recent() if self.recent() is not mail else None
        signs = [("List-Id", "The talk <%s>" % which.replace("@", ".")), ("List-Post", "<mailto:%s>" % which),
                 ("X-Mailing-List", which), ("Precedence", rng.choice(["list", "bulk", "junk", "List"])),
                 ("List-Unsubscribe", "<mailto:off@lists.example.net>"), ("Feedback-ID", "1:2:3")]
        mail.headers = rng.sample(signs, rng.randint(1, 3))
        if self.chance(0.1):
            mail.headers.append(("Reply-To", rng.choice([which, self.person()])))
        mail.folder = ".lists.talk" if self.chance(0.6) else ""
        self.finish(mail)

    def list_sender(self):
        """From a list address, the human in Reply-To; or a list that writes to me plainly."""
        mail = self.make(self.rng.choice(LISTS), [ME] + self.some(0, 1), [], self.subject())
        if self.chance(0.7):
            mail.headers = [("Reply-To", self.rng.choice([self.person(), self.person() + ", " + self.person(), ME]))]
        if self.chance(0.7):
            mail.headers.append(("List-Id", "<talk.lists.example.net>"))
        self.finish(mail)

    def to_quiet(self):
        """A list without any sign: others and I write to it, it never writes."""
        mine = self.chance(0.45)
        mail = self.make(ME if mine else self.person(), [QUIET] + self.some(0, 1), [ME] if self.chance(0.3) and not mine else [],
                         self.subject())
        mail.folder = ".Sent" if mine else ""
        self.finish(mail)

    def quiet_speaks(self):
        mail = self.make(QUIET, [ME], [], self.subject())
        self.finish(mail)

    def newsletter(self):
        mail = self.make(self.rng.choice(["shop@shop.example", "letter@shop.example"]), [ME], [], "Sale")
        mail.headers = [self.rng.choice([("List-Unsubscribe", "<mailto:off@shop.example>"), ("Precedence", "bulk"),
                                         ("Feedback-ID", "a:b"), ("List-Id", "<sale.shop.example>")])]
        self.finish(mail)

    def machine(self):
        rng = self.rng
        mail = self.make(rng.choice(MACHINES), [ME] + self.some(0, 1), [], self.subject())
        if self.chance(0.6):
            mail.headers = [("Reply-To", rng.choice([self.person(), self.person() + ", " + self.person(), ME,
                                                     rng.choice(MACHINES), rng.choice(LISTS)]))]
        if self.chance(0.4):
            mail.parent = self.recent() if self.recent() is not mail else None
        self.finish(mail)

    def automatic(self):
        """Absence replies and other robots by header, from them and from me; some that only look like it."""
        rng, parent = self.rng, self.recent()
        mine = self.chance(0.25)
        who = self.person()
        subject = rng.choice(ABSENCES + NO_ABSENCES)
        subject = subject % self.subject() if "%s" in subject else subject
        mail = self.make(ME if mine else who, [who] if mine else [ME], [], subject)
        if self.chance(0.5):
            mail.subject = self.subject()
            mail.headers = [rng.choice([("Auto-Submitted", "auto-replied"), ("Auto-Submitted", "auto-generated; x=y"),
                                        ("Auto-Submitted", "No"), ("Auto-Submitted", "no; a=b"), ("X-Autoreply", "yes"),
                                        ("X-Autorespond", "x"), ("Return-Path", "<>"), ("Return-Path", "<a@b.example>")])]
        mail.parent, mail.folder = parent, ".Sent" if mine else ""
        self.finish(mail)

    def calendar(self):
        rng, mine = self.rng, self.chance(0.25)
        who = self.person()
        mail = self.make(ME if mine else who, [who] if mine else [ME], [], self.subject())
        style = rng.randrange(3)
        if style == 0:
            mail.subject = rng.choice(CALENDARS) % mail.subject
        elif style == 1:
            mail.headers = [("Content-Type", "text/calendar; method=REPLY; charset=utf-8")]
        else:
            mail.headers = [("Content-Class", "urn:content-classes:calendarmessage")]
        mail.parent, mail.folder = self.recent(), ".Sent" if mine else ""
        if mail.parent is mail:
            mail.parent = None
        self.finish(mail)

    def by_subject(self):
        """A reply without ids: prefixes, tags, counters, forwards, 1 s to 14 d and a second more."""
        rng, parent = self.rng, self.recent()
        if parent is None:
            return
        prefix = rng.choice(REPLY_PREFIXES if self.chance(0.8) else FORWARD_PREFIXES)
        base = parent.subject
        if self.chance(0.2):
            base = base.swapcase()
        if self.chance(0.1):
            base += " (fwd)"
        who = [a for a in self.others_of(parent) if a not in (ME, ALIAS, HALF_ALIAS)] if self.chance(0.8) else []
        who = who or self.some(1, 1)
        at = parent.at + rng.choice([0, 1, 14 * DAY, 14 * DAY + 1, HOUR, rng.randrange(14 * DAY), DAY])
        mine = self.chance(0.3)
        mail = self.make(ME if mine else rng.choice(who), who[:2] if mine else [ME], [], prefix + base, at)
        mail.folder = ".Sent" if mine else ""
        self.write(mail)

    def by_index(self):
        """Thread-Index, with and without ids beside it."""
        rng = self.rng
        index = bytes(rng.randrange(256) for _ in range(22))
        for n in range(rng.randint(2, 3)):
            mine = self.chance(0.4)
            who = self.person()
            mail = self.make(ME if mine else who, [who] if mine else [ME], [], self.subject())
            tail = bytes(rng.randrange(256) for _ in range(5 * n))
            cut = index[:21] if self.chance(0.1) else index + tail
            mail.headers = [("Thread-Index", base64.b64encode(cut).decode())]
            mail.folder = ".Sent" if mine else ""
            if self.chance(0.3):
                mail.parent = self.recent() if self.recent() is not mail else None
            self.finish(mail)

    def cycle(self):
        """Each says the other, or itself, was first; something hangs below."""
        a = self.make(self.person(), [ME], [], self.subject())
        b = self.make(self.person(), [ME], [], a.subject)
        a.in_reply_to, b.in_reply_to = "<%s>" % b.id, "<%s>" % a.id
        if self.chance(0.3):
            a.in_reply_to, a.references = None, "<%s> <%s>" % (b.id, a.id)
        if self.chance(0.3):
            c = self.make(self.person(), [ME], [], a.subject)
            c.in_reply_to, b.in_reply_to = "<%s>" % a.id, "<%s>" % c.id
            self.finish(c)
        self.finish(a)
        self.finish(b)
        if self.chance(0.7):
            below = self.make(ME, [b.sender], [], a.subject, self.at - self.rng.choice([0, 5 * DAY]))
            below.in_reply_to, below.folder = "<%s>" % b.id, ".Sent"
            self.write(below)

    def guess(self):
        """A message of a guessed, late time and its answers with times of their own."""
        rng = self.rng
        who, mine = self.person(), self.chance(0.3)
        mail = self.make(ME if mine else who, [who] if mine else [ME], [], self.subject())
        mail.date, mail.folder = rng.choice([None] + BAD_DATES + [mail.at + 30 * DAY]), ".Sent" if mine else ""
        mail.delivered_at = mail.at + rng.choice([0, HOUR, 6 * DAY])
        if self.chance(0.4):
            mail.parent = self.recent() if self.recent() is not mail else None
        self.write(mail)
        for _ in range(rng.randint(1, 3)):
            self.my_reply(mail) if self.chance(0.5) else self.reply(mail)

    def lifted(self):
        """An answer dated before its parent, and one more below."""
        parent = self.recent()
        if parent is None:
            return
        before = self.at
        self.at = parent.at - self.rng.choice([1, HOUR, 3 * DAY])
        child = self.my_reply(parent) if self.chance(0.5) else self.reply(parent)
        if self.chance(0.5):
            self.my_reply(child) if self.chance(0.5) else self.reply(child)
        self.at = max(before, self.at)

    def odd_from(self):
        rng, style = self.rng, self.rng.randrange(4)
        who = self.person()
        mail = self.make(who, [ME], [], self.subject())
        if style == 0:
            mail.sender = None
        elif style == 1:
            mail.sender = "%s, %s" % (who, rng.choice([ME, self.person()]))
            mail.headers = [("Sender", who)]
        elif style == 2:
            mail.sender = "%s, %s" % (ME, who)
        else:
            mail.to = []
        mail.parent = self.recent() if self.recent() is not mail else None
        self.finish(mail)

    def without_id(self):
        mine = self.chance(0.3)
        who = self.person()
        mail = self.make(ME if mine else who, [who] if mine else [ME], [],
                         "%s %d" % (self.subject(), len(self.mails)))  # told apart by its subject
        mail.no_id, mail.folder = True, ".Sent" if mine else ""
        if self.chance(0.5):
            mail.parent = self.recent() if self.recent() is not mail else None
        lines = self.write(mail)
        if self.chance(0.5):
            self.put(lines, ".Archive", mail.delivered_at + self.rng.choice([1, MINUTE, HOUR]))

    def half_alias_elsewhere(self):
        """Mail from an address of mine that comes from outside, too: not learned if often."""
        mail = self.make(self.rng.choice([HALF_ALIAS, ALIAS]), self.some(1, 1), [], self.subject())
        self.finish(mail)

    def alias_burst(self):
        """Three in Sent from an address that is not configured, and an answer to it."""
        last = None
        for _ in range(self.rng.randint(2, 4)):
            last = self.make(ALIAS, self.some(1, 2), [], self.subject())
            last.folder = ".Sent"
            self.finish(last)
        self.reply(last)

    def many_answers(self):
        """One who answers often, so that the limit is their own."""
        rng = self.rng
        who = self.rng.choice(self.people)
        slow = rng.choice([HOUR, 2 * DAY, 9 * DAY])
        for _ in range(rng.randint(7, 10)):
            at = self.advance()
            ask = self.make(ME, [who], [], self.subject(), at)
            ask.folder = ".Sent"
            self.write(ask)
            got = self.make(who, [ME], [], self.reply_subject(ask), at + rng.randrange(1, 3 * slow))
            got.parent, got.in_reply_to = ask, "<%s>" % ask.id
            self.write(got)

    def run(self):
        rng = self.rng
        for folder in ("", ".Sent", ".Archive", ".lists.talk"):
            for sub in ("cur", "new", "tmp"):
                os.makedirs(os.path.join(self.path, folder, sub), exist_ok=True)
        actions = [(self.to_me, 8), (self.from_me_new, 7), (self.my_reply, 12), (self.reply, 14), (self.group_answer, 8),
                   (self.nudge_at_lapse, 4), (self.list_mail, 7), (self.list_sender, 2), (self.to_quiet, 5),
                   (self.quiet_speaks, 0.3), (self.newsletter, 2), (self.machine, 4), (self.automatic, 5),
                   (self.calendar, 3), (self.by_subject, 7), (self.by_index, 2), (self.cycle, 1.5), (self.guess, 2),
                   (self.lifted, 3), (self.odd_from, 3), (self.without_id, 3), (self.half_alias_elsewhere, 1),
                   (self.alias_burst, 0.5), (self.many_answers, 0.2)]
        # every mailbox has its own mix
        weights = [w * rng.choice([0.3, 1, 1, 2]) for _, w in actions]
        target = rng.randint(30, 135)
        while len(self.mails) < target:
            rng.choices(actions, weights)[0][0]()
        last = max(m.at for m in self.mails)
        some = rng.choice(sorted(self.mails, key=lambda m: m.at)[len(self.mails) // 2:])
        as_of = rng.choice([last + rng.randrange(1, 3 * DAY), last + rng.randrange(40 * DAY), last + 200 * DAY,
                            some.at, some.at + self.lapse_after, some.at + 48 * HOUR - rng.randrange(2)])
        with open(os.path.join(self.path, "expect.json"), "w", encoding="utf-8") as fh:
            json.dump({"owner": self.owner, "as_of": iso(as_of),
                       "policy": ["%s=%s" % kv for kv in sorted(self.policy.items())]}, fh, indent=1)
            fh.write("\n")


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    Generator(int(sys.argv[1]), sys.argv[2]).run()


if __name__ == "__main__":
    main()
