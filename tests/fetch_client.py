# SPDX-License-Identifier: GPL-3.0-or-later
"""fetch_client - speaks stream/record.h to a real riposte-fetch

Client starts the program with a job and reads its records as tuples
(type, dict). Meant for tests: it checks nothing that the program must not do.
"""
import os
import select
import subprocess
import time

JOB, SECRET, STATE, KNOWN, GO, CAREFUL, PASSED = range(1, 8)
(FOLDER, ENVELOPE, FLAGS, GONE, PRESENT, CHECKPOINT, PROGRESS, PROBLEM, ROUND,
 READING, CERTIFICATE) = range(32, 43)
NAMES = {32: "folder", 33: "envelope", 34: "flags", 35: "gone", 36: "present",
         37: "checkpoint", 38: "progress", 39: "problem", 40: "round", 41: "reading",
         42: "certificate"}
PROBLEMS = ["unreadable", "folder", "network", "auth", "tls", "protocol", "config"]
ROUNDS = ["begin", "end", "idle", "told"]
SECURITY = {"tls": 0, "starttls": 1, "none": 2}
ROLES = ["other", "inbox", "sent", "archive", "drafts", "junk", "trash", "all", "flagged"]
NEVER = 2**63 - 1


def uint(n):
    out = bytearray()
    while n >= 0x80:
        out.append(n & 0x7f | 0x80)
        n >>= 7
    out.append(n)
    return bytes(out)


def sint(n):
    return uint((n << 1) ^ (n >> 63) if n < 0 else n << 1)


def text(s):
    b = s if isinstance(s, bytes) else s.encode()
    return uint(len(b)) + b


def texts(list_):
    return uint(len(list_)) + b"".join(text(s) for s in list_)


def record(type_, payload=b""):
    return len(payload).to_bytes(4, "little") + bytes([type_]) + payload


def job(port, host="127.0.0.1", security="none", user="ada", account="test", folders=("*",),
        sent=(), watch=False, idle=True, only_list=False, poll_s=600, since=NEVER,
        ca_file="", pin="", path="", source=0):
    return record(JOB, uint(source) + uint(SECURITY[security]) + uint(port) + uint(watch)
                  + uint(idle) + uint(only_list) + uint(poll_s) + sint(since)
                  + text(account) + text(host) + text(user) + text(ca_file) + text(pin)
                  + text(path) + texts(folders) + texts(sent))


def secret(password, is_token=False):
    return record(SECRET, uint(is_token) + text(password))


def state(s):
    return record(STATE, text(s["folder"]) + uint(s["uid_validity"]) + uint(s["low"])
                  + uint(s["high"]) + uint(s["mod_seq"]) + uint(s["n_messages"])
                  + uint(s["is_complete"]) + text(""))


def passed(folder, uid_validity, uids):
    """uids ascend."""
    steps = b"".join(uint(b - a) for a, b in zip([0, *uids], uids))
    return record(PASSED, text(folder) + uint(uid_validity) + uint(0) + uint(0)
                  + uint(len(uids)) + steps + uint(0))


class Reader:
    """The payload of one record."""

    def __init__(self, payload):
        self.bytes, self.at = payload, 0

    def uint(self):
        n = shift = 0
        while True:
            b = self.bytes[self.at]
            self.at += 1
            n |= (b & 0x7f) << shift
            shift += 7
            if b < 0x80:
                return n

    def sint(self):
        n = self.uint()
        return n >> 1 ^ -(n & 1)

    def text(self):
        n = self.uint()
        self.at += n
        return self.bytes[self.at - n:self.at].decode("utf-8", "surrogateescape")

    def texts(self):
        return [self.text() for _ in range(self.uint())]

    def mailboxes(self):
        return [(self.text(), self.text()) for _ in range(self.uint())]


def parse_uids(r):
    d = {"folder": r.text(), "uid_validity": r.uint(), "low": r.uint(), "high": r.uint()}
    uid, d["uids"] = 0, []
    for _ in range(r.uint()):
        uid += r.uint()
        d["uids"].append(uid)
    d["flags"] = [r.uint() for _ in range(r.uint())]
    return d


def parse_envelope(r):
    d = {"folder": r.text(), "uid_validity": r.uint()}
    for key in ("uid", "flags", "signs", "cuts", "size"):
        d[key] = r.uint()
    d["internal_at"], d["date_at"] = r.sint(), r.sint()
    for key in ("message_id", "subject", "list_id"):
        d[key] = r.text()
    if r.uint():
        r.at += 22
    for key in ("from", "reply_to", "to", "cc"):
        d[key] = r.mailboxes()
    for key in ("in_reply_to", "references", "list_posts", "delivered_to"):
        d[key] = r.texts()
    return d


def parse(type_, payload):
    r = Reader(payload)
    if type_ == FOLDER:
        d = {"folder": r.text(), "name": r.text(), "role": ROLES[r.uint()],
             "delimiter": chr(r.uint()), "is_read": bool(r.uint())}
    elif type_ == ENVELOPE:
        d = parse_envelope(r)
    elif type_ in (FLAGS, GONE, PRESENT, READING):
        d = parse_uids(r)
    elif type_ == CHECKPOINT:
        d = {"folder": r.text(), "uid_validity": r.uint(), "low": r.uint(),
             "high": r.uint(), "mod_seq": r.uint(), "n_messages": r.uint(),
             "is_complete": bool(r.uint()), "token": r.text()}
    elif type_ == PROGRESS:
        d = {"folder": r.text(), "n_done": r.uint(), "n_total": r.uint()}
    elif type_ == PROBLEM:
        d = {"code": PROBLEMS[r.uint()], "folder": r.text(), "uid": r.uint(),
             "text": r.text()}
    elif type_ == ROUND:
        d = {"phase": ROUNDS[r.uint()]}
    elif type_ == CERTIFICATE:
        d = {"expires_at": r.sint()}
    else:
        raise ValueError("record type %d" % type_)
    if r.at != len(payload):
        raise ValueError("rest in a record of type %d" % type_)
    return NAMES[type_], d


class Client:
    """One run of the program. Records not yet taken are in self.records."""

    def __init__(self, program, job_record, secret_record=b"", states=(), env=None,
                 preexec=None, more=b""):
        self.start = time.monotonic()
        self.process = subprocess.Popen([program], stdin=subprocess.PIPE,
                                        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                        env=env, preexec_fn=preexec)
        self.buffer, self.records, self.is_eof = b"", [], False
        os.set_blocking(self.process.stdout.fileno(), False)
        self.process.stdin.write(job_record + secret_record
                                 + b"".join(state(s) for s in states) + more
                                 + record(GO))
        self.process.stdin.flush()

    def _split(self):
        while len(self.buffer) >= 5:
            n = int.from_bytes(self.buffer[:4], "little")
            if len(self.buffer) < 5 + n:
                return
            self.records.append(parse(self.buffer[4], self.buffer[5:5 + n]))
            self.buffer = self.buffer[5 + n:]

    def read(self, timeout):
        """Waits for more records; False at the end or when the time is over."""
        fd = self.process.stdout.fileno()
        if self.is_eof or not select.select([fd], [], [], max(timeout, 0))[0]:
            return False
        chunk = os.read(fd, 1 << 20)
        self.is_eof = not chunk
        self.buffer += chunk
        self._split()
        return not self.is_eof

    def wait_for(self, wanted, timeout=30):
        """Reads until wanted(type, dict) of a record not yet looked at; that record."""
        until = time.monotonic() + timeout
        at = 0
        while True:
            while at < len(self.records):
                at += 1
                if wanted(*self.records[at - 1]):
                    self.seen, self.records = self.records[:at], self.records[at:]
                    return self.seen[-1]
            if not self.read(until - time.monotonic()):
                raise AssertionError("no such record: " + repr(self.records[-5:]))

    def command(self, byte=b"s"):
        self.process.stdin.write(byte)
        self.process.stdin.flush()

    def finish(self, timeout=30, close=False):
        """Reads to the end; (exit status, records). Status None: it hung, and is
        killed."""
        until = time.monotonic() + timeout
        if close:
            self.process.stdin.close()
        while not self.is_eof and time.monotonic() < until:
            self.read(until - time.monotonic())
        hung = not self.is_eof
        if hung:
            self.process.kill()
        self.process.stdout.close()
        self.stderr = self.process.stderr.read().decode("utf-8", "replace")
        self.process.stderr.close()
        if not self.process.stdin.closed:
            self.process.stdin.close()
        _, status, usage = os.wait4(self.process.pid, 0)
        status = self.process.returncode = os.waitstatus_to_exitcode(status)
        self.rss_mb = usage.ru_maxrss // 1024
        self.seconds = time.monotonic() - self.start
        return (None if hung else status), self.records
