# SPDX-License-Identifier: GPL-3.0-or-later
"""terminal.py - runs a program on a terminal of its own and answers its questions

terminal.py [QUESTION ANSWER]... -- PROGRAM [ARGUMENT]...: each ANSWER is typed once
its QUESTION has appeared. Prints all that the terminal showed; ends with the
program's exit status, or 98 if a question never came or was another one.
"""
import os
import pty
import re
import select
import signal
import sys

PATIENCE_S = 60  # with a program that waits for an answer nobody foresaw


def read_some(terminal, child):
    if not select.select([terminal], [], [], PATIENCE_S)[0]:
        os.kill(child, signal.SIGKILL)
    try:
        return os.read(terminal, 65536)
    except OSError:  # the program is gone
        return b""


def main():
    split = sys.argv.index("--")
    pairs = sys.argv[1:split]
    questions = list(zip(pairs[::2], pairs[1::2]))
    child, terminal = pty.fork()
    if child == 0:
        os.execvp(sys.argv[split + 1], sys.argv[split + 1:])
    shown = b""
    seen = 0
    while True:
        some = read_some(terminal, child)
        if not some:
            break
        shown += some
        while questions and re.search(questions[0][0].encode(), shown[seen:]):
            seen = len(shown)
            os.write(terminal, questions.pop(0)[1].encode() + b"\n")
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    sys.stdout.buffer.write(shown.replace(b"\r\n", b"\n"))
    sys.exit(98 if questions or status == -signal.SIGKILL else status)


main()
