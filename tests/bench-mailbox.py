#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes a large mailbox to measure with: always the same mail for the same number.

usage: bench-mailbox.py FOLDER [MESSAGES]

Writes a Maildir++ tree: INBOX 40 %, Sent 20, Archive 25, Lists 15 of 100,000
messages, headers of some 3.7 KB in some 45 lines, in threads; short bodies.
"""
import base64
import email.utils
import os
import random
import sys

ME = "robin@vale.example"
FIRST_AT = 1546300800  # 2019-01-01
SHARES = (("", 40), (".Sent", 20), (".Archive", 25), (".Lists", 15))
WORDS = ("plan offer minutes garden draft question invoice meeting trip seeds report review release bug patch idea "
         "order printer index proof train summer schedule budget contract figures notes photos").split()
NAMES = "Ada Ben Cleo Dora Emil Finn Greta Hugo Ida Jan Käthe Leo Mia Nils Olga Per Quinn Rosa Sven Tomás".split()
CHARS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"


class Maker:
    def __init__(self, n_messages):
        self.random = random.Random(1)
        self.n_messages = n_messages
        self.people = [self.person(i) for i in range(3000)]
        self.threads = []  # (subject, ids of the thread, people in it)
        # One signature's worth of noise, cut differently each time.
        self.noise = "".join(self.random.choices(CHARS, k=65536))

    def person(self, i):
        name = "%s %s" % (NAMES[i % len(NAMES)], WORDS[(i * 7) % len(WORDS)].capitalize())
        if not name.isascii():
            name = "=?utf-8?b?%s?=" % base64.b64encode(name.encode()).decode()
        return "%s <p%d@host%d.example>" % (name, i, i % 400)

    def cut(self, n):
        start = self.random.randrange(len(self.noise) - n)
        return self.noise[start:start + n]

    def folded(self, n_lines):
        return "".join("\n\t%s" % self.cut(70) for _ in range(n_lines))

    def thread(self):
        """A new one (38 %), or one of the last thousand."""
        if not self.threads or self.random.random() < 0.38:
            people = self.random.sample(self.people, self.random.choice((1, 1, 1, 2, 2, 3, 6)))
            subject = " ".join(self.random.sample(WORDS, self.random.randrange(1, 6)))
            self.threads.append((subject, [], people))
            return self.threads[-1]
        return self.random.choice(self.threads[-1000:])

    def received(self, when, i):
        out = []
        for hop in range(5):
            out.append("Received: from relay%d.host%d.example (relay%d.host%d.example [192.0.2.%d])\n"
                       "\tby mx%d.vale.example (Postfix) with ESMTPS id %s\n"
                       "\t(using TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits))\n"
                       "\tfor <%s>; %s" % (hop, i % 400, hop, i % 400, i % 250 + 1, hop, self.cut(12), ME,
                                           email.utils.formatdate(when - hop)))
        return out

    def head(self, i, folder, when):
        subject, ids, people = self.thread()
        message_id = "<%s.%d@host%d.example>" % (self.cut(20).replace("/", "-"), i, i % 400)
        sender = self.random.choice(people)
        to, cc = (people, []) if folder == ".Sent" else ([ME], [p for p in people if p != sender])
        lines = ["Return-Path: <%s>" % (ME if folder == ".Sent" else email.utils.parseaddr(sender)[1])]
        lines += self.received(when, i)
        lines += ["DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed; d=host%d.example; s=main;%s"
                  % (i % 400, self.folded(9)),
                  "ARC-Seal: i=1; a=rsa-sha256; cv=none; t=%d;%s" % (when, self.folded(8)),
                  "X-Spam-Status: No, score=-2.%d required=5.0%s" % (i % 10, self.folded(3)),
                  "Authentication-Results: mx.vale.example; dkim=pass header.d=host%d.example" % (i % 400),
                  "Date: %s" % email.utils.formatdate(when - 4),
                  "From: %s" % ("Robin Vale <%s>" % ME if folder == ".Sent" else sender),
                  "To: %s" % ",\n\t".join(to)]
        if cc:
            lines.append("Cc: %s" % ",\n\t".join(cc))
        lines.append("Subject: %s%s" % ("Re: " if ids else "", subject))
        lines.append("Message-ID: %s" % message_id)
        if ids:
            lines.append("In-Reply-To: %s" % ids[-1])
            lines.append("References: %s" % "\n\t".join(ids[-10:]))
        if folder == ".Lists":
            lines += ["List-Id: <list%d.host.example>" % (i % 20),
                      "List-Post: <mailto:list%d@host.example>" % (i % 20), "Precedence: list"]
        lines += ["MIME-Version: 1.0", "Content-Type: text/plain; charset=utf-8",
                  "User-Agent: Some Mail 1.%d" % (i % 30)]
        ids.append(message_id)
        return "\n".join(lines)

    def write(self, target):
        folders = [name for name, share in SHARES for _ in range(share)]
        for name, _ in SHARES:
            for sub in ("cur", "new", "tmp"):
                os.makedirs(os.path.join(target, name, sub), exist_ok=True)
        for i in range(self.n_messages):
            folder, when = self.random.choice(folders), FIRST_AT + i * 2000
            path = os.path.join(target, folder, "cur", "%d.%d.bench:2,S" % (when, i))
            with open(path, "w", encoding="utf-8") as file:
                file.write(self.head(i, folder, when) + "\n\nA short body.\n")
            os.utime(path, (when, when))


def main():
    if len(sys.argv) not in (2, 3) or sys.argv[1].startswith("-"):
        sys.exit(__doc__)
    Maker(int(sys.argv[2]) if len(sys.argv) == 3 else 100000).write(sys.argv[1])
    return 0


if __name__ == "__main__":
    sys.exit(main())
