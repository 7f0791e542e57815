# SPDX-License-Identifier: GPL-3.0-or-later
"""shell.py - types at a shell's prompt and says what its completion made of it

shell.py bash|zsh FILE TEXT...: the shell reads FILE first. Each TEXT is typed, the
tabulator with it, and the line that stands there then is printed.
"""
import os
import pty
import re
import select
import signal
import sys

PATIENCE_S = 60
START = {
    "bash": ["bash", "--norc", "--noprofile", "-i"],
    "zsh": ["zsh", "-f", "-i"],
}
# Control-T tells the line, Control-U empties it.
TELL = {
    "bash": r"""bind -x '"\C-t": printf "\n<%s>\n" "$READLINE_LINE"'; bind 'set bell-style none'""",
    "zsh": r"""tell() { zle -I; print -r -- "<$BUFFER>"; BUFFER= }; zle -N tell; """
           r"""bindkey -e; bindkey '^T' tell; unsetopt beep prompt_sp; PS1='%% '""",
}


class Shell:
    def __init__(self, name, path):
        self.shown = b""
        self.child, self.terminal = pty.fork()
        if self.child == 0:
            os.execvp(START[name][0], START[name])
        self.type(f". '{path}'; {TELL[name]}; echo rea''dy\n")
        self.await_text(rb"ready\r?\n")

    def type(self, text):
        os.write(self.terminal, text.encode())

    def await_text(self, pattern):
        while not (found := re.search(pattern, self.shown, re.S)):
            if not select.select([self.terminal], [], [], PATIENCE_S)[0]:
                os.kill(self.child, signal.SIGKILL)
                sys.exit(f"nothing more came after: {self.shown!r}")
            self.shown += os.read(self.terminal, 65536)
        self.shown = self.shown[found.end():]
        return found

    def complete(self, text):
        self.type(text + "\t\x14")
        line = self.await_text(rb"<(riposte[^\r\n]*)>\r?\n")[1].decode()
        self.type("\x15")
        return line


def main():
    shell = Shell(sys.argv[1], sys.argv[2])
    for text in sys.argv[3:]:
        print(shell.complete(text))
    os.kill(shell.child, signal.SIGKILL)


main()
