# SPDX-License-Identifier: GPL-3.0-or-later
"""bench-imap - a first sync by riposte-fetch against a bare socket reading the same

bench-imap.py PORT USER PASSWORD [RUNS]: interleaved runs over a plain IMAP server on
loopback, 4,000 UIDs a command on both sides; prints the medians and their ratio. Not
part of make check: times are no test.
"""
import os
import socket
import statistics
import sys
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from fetch_client import Client, job, secret  # noqa: E402

FIELDS = ("Message-ID Date From Reply-To To Cc Subject In-Reply-To References Thread-Index "
          "Auto-Submitted X-Autoreply X-Autorespond Return-Path Content-Type Content-Class "
          "List-Id List-Post List-Unsubscribe X-Mailing-List Feedback-ID Precedence "
          "Delivered-To X-Original-To Envelope-To")
CHUNK = 4000


def command(sock, tag, text, keep=True):
    """The answer; unless it is kept, only counted."""
    sock.sendall(b"%d %s\r\n" % (tag, text.encode()))
    end, tail, parts, n = b"\r\n%d " % tag, b"", [], 0
    while True:
        data = sock.recv(262144)
        n += len(data)
        parts.append(data) if keep else None
        tail = (tail + data)[-4096:]
        at = tail.rfind(end)
        if at >= 0 and b"\r\n" in tail[at + 2:] or n < 4096 and tail.startswith(end[2:]):
            return b"".join(parts) if keep else n


def raw(port, user, password, folders):
    start = time.monotonic()
    sock = socket.create_connection(("127.0.0.1", port))
    sock.recv(4096)
    command(sock, 1, 'LOGIN "%s" "%s"' % (user, password))
    tag = n = 1
    for name in folders:
        tag += 1
        command(sock, tag, 'EXAMINE "%s"' % name)
        tag += 1
        uids = command(sock, tag, "UID SEARCH ALL").split(b"\r\n")[0].split()[2:]
        for i in range(0, len(uids), CHUNK):
            chunk = uids[i:i + CHUNK]
            tag += 1
            n += command(sock, tag, "UID FETCH %s:%s (UID FLAGS INTERNALDATE RFC822.SIZE "
                         "BODY.PEEK[HEADER.FIELDS (%s)])"
                         % (chunk[0].decode(), chunk[-1].decode(), FIELDS), False)
    return time.monotonic() - start, n


def ours(port, user, password):
    """Seconds, and the records that tell of folders; none of the others is decoded."""
    program = os.path.join(os.environ["top_builddir"], "riposte-fetch")
    client = Client(program, job(port, user=user), secret(password))
    client.wait_for(lambda kind, r: kind in ("progress", "problem"), 60)
    client._split = lambda: setattr(client, "buffer", b"")
    folders = [r["folder"] for kind, r in client.seen if kind == "folder" and r["is_read"]]
    client.finish(600)
    return client.seconds, client.rss_mb, folders


def main():
    port, user, password = int(sys.argv[1]), sys.argv[2], sys.argv[3]
    n_runs = int(sys.argv[4]) if len(sys.argv) > 4 else 5
    seconds = {"raw": [], "riposte-fetch": []}
    _, rss, folders = ours(port, user, password)
    for _ in range(n_runs):
        one, n = raw(port, user, password, folders)
        seconds["raw"].append(one)
        one, rss, _ = ours(port, user, password)
        seconds["riposte-fetch"].append(one)
    for name, values in seconds.items():
        print("%-14s %.2f s (%.2f-%.2f)" % (name, statistics.median(values), min(values),
                                           max(values)))
    print("ratio %.2f; %.1f MB read, %d MB of memory" % (
        statistics.median(seconds["riposte-fetch"]) / statistics.median(seconds["raw"]),
        n / 1e6, rss))


if __name__ == "__main__":
    main()
