#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A recording, and where asked for harmful, proxy before an IMAP server on loopback.

usage: imap-proxy.py [OPTION...] HOST PORT

Prints the port it listens on, then serves until it is killed. Options:
  --log FILE          every line a client sends: "N C LINE", N the connection's number;
                      "N + LINE" for what continues a command (SASL, literals)
  --cut-after BYTES   closes each connection once the server has sent so many
  --hold FIFO --hold-after BYTES
                      then, once, tells through FIFO and waits for a line from it
  --shuffle SEED      puts LIST and STATUS answers into another order
  --inject TEXT       follows the answer to STARTTLS at once; \\r\\n as in Python
  --hide WORD         takes WORD out of capabilities; may come again
"""
import argparse
import random
import re
import socket
import sys
import threading

LITERAL = re.compile(rb"\{(\d+)\+?\}\r\n$")
LISTED = (b"* LIST ", b"* STATUS ")


class Wire:
    """One client, its server, and what is known of their talk."""

    def __init__(self, proxy, number, client, server):
        self.proxy, self.number = proxy, number
        self.client, self.server = client, server
        self.tag = b""  # of the AUTHENTICATE whose continuation may come
        self.in_command = False  # a literal was sent, the command's rest follows
        self.starttls = b""  # the tag of STARTTLS while it is not answered
        self.encrypted = False
        self.left = proxy.options.cut_after

    def start(self):
        for work in (self.from_client, self.from_server):
            threading.Thread(target=self.guarded, args=(work,), daemon=True).start()

    def guarded(self, work):
        try:
            work()
        except OSError:
            pass
        self.close()

    def close(self):
        for end in (self.client, self.server):
            try:
                end.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass

    # --- from the client ---

    def from_client(self):
        reader = self.client.makefile("rb")
        while not self.encrypted:
            line = reader.readline()
            if not line:
                return
            self.note(line)
            self.server.sendall(line)
            literal = LITERAL.search(line)
            self.in_command = literal is not None
            if literal:
                self.server.sendall(reader.read(int(literal.group(1))))
            if self.starttls:
                break
        self.pump(reader, self.server.sendall)

    def note(self, line):
        words = line.split()
        continues = self.in_command or bool(self.tag)
        if not continues and len(words) > 1:
            command = words[1].upper()
            self.tag = words[0] if command == b"AUTHENTICATE" else b""
            self.starttls = words[0] if command == b"STARTTLS" else b""
        self.proxy.write_log(self.number, "+" if continues else "C", line)

    # --- from the server ---

    def from_server(self):
        reader = self.server.makefile("rb")
        held_back = []  # LIST and STATUS lines that wait for their order
        while not self.encrypted:
            line = reader.readline()
            if line.startswith(LISTED) and self.proxy.random and not LITERAL.search(line):
                held_back.append(line)
                continue
            self.proxy.shuffle(held_back)
            self.to_client(b"".join(held_back) + self.changed(line))
            held_back.clear()
            if not line:
                return
            literal = LITERAL.search(line)
            if literal:
                self.to_client(reader.read(int(literal.group(1))))
        self.pump(reader, self.to_client)

    def changed(self, line):
        if self.tag and line.startswith(self.tag + b" "):
            self.tag = b""
        if b"CAPABILITY" in line:
            for word in self.proxy.options.hide:
                line = re.sub(rb" " + re.escape(word.encode()) + rb"(?=[ \]\r])", b"", line)
        if self.starttls and line.startswith(self.starttls + b" "):
            self.encrypted = line.startswith(self.starttls + b" OK")
            self.starttls = b""
            line += self.proxy.options.inject.encode().decode("unicode_escape").encode("latin-1")
        return line

    def to_client(self, data):
        if self.left is not None and len(data) >= self.left:
            self.client.sendall(data[:self.left])
            raise OSError("cut")
        if self.left is not None:
            self.left -= len(data)
        self.proxy.count(len(data))
        self.client.sendall(data)

    @staticmethod
    def pump(reader, send):
        while True:
            data = reader.read1(65536)
            if not data:
                return
            send(data)


class Proxy:
    def __init__(self, options):
        self.options = options
        self.log = open(options.log, "ab", buffering=0) if options.log else None
        self.random = None if options.shuffle is None else random.Random(options.shuffle)
        self.until_hold = options.hold_after
        self.lock = threading.Lock()

    def write_log(self, number, kind, line):
        if self.log:
            with self.lock:
                self.log.write(b"%d %s %s\n" % (number, kind.encode(), line.rstrip(b"\r\n")))

    def shuffle(self, lines):
        if self.random and lines:
            self.random.shuffle(lines)

    def count(self, n_bytes):
        """Once so many bytes have passed, waits to be told to go on."""
        if self.until_hold is None:
            return
        self.until_hold -= n_bytes
        if self.until_hold > 0:
            return
        self.until_hold = None
        with open(self.options.hold, "w") as fifo:
            fifo.write("held\n")
        with open(self.options.hold) as fifo:
            fifo.readline()

    def serve(self):
        listener = socket.create_server(("127.0.0.1", 0))
        print(listener.getsockname()[1], flush=True)
        number = 0
        while True:
            client = listener.accept()[0]
            number += 1
            server = socket.create_connection((self.options.host, self.options.port))
            Wire(self, number, client, server).start()


def main():
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument("--log")
    parser.add_argument("--cut-after", type=int)
    parser.add_argument("--hold")
    parser.add_argument("--hold-after", type=int)
    parser.add_argument("--shuffle", type=int)
    parser.add_argument("--inject", default="")
    parser.add_argument("--hide", action="append", default=[])
    parser.add_argument("host")
    parser.add_argument("port", type=int)
    Proxy(parser.parse_args()).serve()
    return 0


if __name__ == "__main__":
    sys.exit(main())
