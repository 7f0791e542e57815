#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""man.py - do the manual pages know what the programs know, and nothing else?

The programs are asked for their commands, options and settings; each claim is a
line of TAP, each offence a comment before it.
"""
import glob
import os
import re
import shutil
import subprocess
import sys
import tempfile

# Not the page's fault: whether other pages are installed where this runs.
NOT_LINT = re.compile(r"referenced manual not found|outdated mandoc\.db")
SECTIONS = {"ME": "me", "ACCOUNT": "account x", "POLICY": "policy", "NOTIFY": "notify",
            "SYNC": "sync", "CONTACTS": "contacts"}

results = {"n": 0, "failed": 0}


def claim(what, offences):
    offences = list(offences)
    results["n"] += 1
    for offence in offences:
        print(f"# {offence}")
    if offences:
        results["failed"] += 1
    print(f"{'not ok' if offences else 'ok'} {results['n']} - {what}")


def read(path):
    with open(path, encoding="utf-8") as file:
        return file.read()


def run(*argv):
    return subprocess.run(argv, capture_output=True, text=True, stdin=subprocess.DEVNULL)


def differences(of_program, of_page):
    for name in sorted(set(of_program) - set(of_page)):
        yield f"the page does not know {name}"
    for name in sorted(set(of_page) - set(of_program)):
        yield f"the program does not know {name}"


# --- the pages ---

def sections(page):
    """The lines below each .Sh, by its title."""
    found = {}
    title = None
    for line in page.splitlines():
        if line.startswith(".Sh "):
            title = line[4:].strip()
        found.setdefault(title, []).append(line)
    return found


def options_in(lines):
    """Long options that have an item of their own."""
    return {name for line in lines if line.startswith(".It ") and ".Ic" not in line
            for name in re.findall(r"\bFl \\-([a-z][a-z-]+)", line)}


def commands_in(lines):
    """The lines of each command's item; its first lines may name it twice."""
    found = {}
    name = None
    for line in lines:
        match = re.match(r"\.It Ic (\S+)", line)
        if match:
            name = match[1]
        elif name:
            found.setdefault(name, []).append(line)
    return found


def settings_in(lines):
    return {name for line in lines if line.startswith(".It Cm ") and "%" not in line
            for name in re.findall(r"[a-z_]+", line[len(".It Cm "):])}


# --- the programs ---

def own_options(text):
    """Of a command's --help: those before the options of every command."""
    part = re.split(r"^Options of every command:", text, flags=re.M)[0]
    return set(re.findall(r"^  (?:-\w, )?--([a-z-]+)", part, flags=re.M))


def known_commands(help_text):
    part = re.search(r"^Commands:\n(.*?)\n\n", help_text, flags=re.M | re.S)[1]
    return re.findall(r"^  (\S+)", part, flags=re.M)


def known_settings(srcdir):
    """By section, from the tables that the configuration is read by."""
    text = read(os.path.join(srcdir, "src/config/settings.c"))
    found = {}
    for name, table in re.findall(r"^const RpSetting RP_SETTINGS_(\w+)\[\] = \{(.*?)^\};",
                                  text, flags=re.M | re.S):
        section = "ME" if name.startswith("ME") else name
        found.setdefault(section, set()).update(re.findall(r'\{"(\w+)",', table))
    return found


def refused_settings(riposte, section, names):
    """Those that the program itself calls unknown."""
    with tempfile.TemporaryDirectory() as folder:
        config = os.path.join(folder, "config")
        for name in sorted(names):
            with open(config, "w", encoding="utf-8") as file:
                file.write(f"[{section}]\n{name}=\n")
            said = run(riposte, "--config", config, "--db", folder + "/db", "list").stderr
            if "has no setting" in said:
                yield f"[{section}] {name}: {said.strip()}"


# --- the claims ---

def check_lint(pages):
    if not shutil.which("mandoc"):
        results["n"] += 1
        print(f"ok {results['n']} - mandoc finds no fault # SKIP there is no mandoc")
        return
    said = run("mandoc", "-T", "lint", *pages)
    claim("mandoc finds no fault",
          [line for line in (said.stdout + said.stderr).splitlines()
           if not NOT_LINT.search(line)])


def check_riposte(page, riposte):
    text = run(riposte, "--help").stdout
    parts = sections(page)
    commands = commands_in(parts["COMMANDS"])

    claim("riposte(1) knows the commands", differences(known_commands(text), commands))
    for name in known_commands(text):
        known = own_options(run(riposte, name, "--help").stdout)
        claim(f"riposte(1) knows the options of {name}",
              differences(known, options_in(commands.get(name, []))))
    known = set(re.findall(r"^  (?:-\w, )?--([a-z-]+)", text, flags=re.M))
    claim("riposte(1) knows the options of every command",
          differences(known, options_in(parts["GLOBAL OPTIONS"])))
    known = re.findall(r"\b(\d+) ", re.search(r"Exit status: (.*)", text)[1])
    claim("riposte(1) knows the exit statuses",
          differences(known, re.findall(r"^\.It (\d+)", "\n".join(parts["EXIT STATUS"]),
                                        flags=re.M)))


def check_riposted(page, riposted):
    known = re.findall(r"^\s+(?:-\w, )?--([a-z-]+)", run(riposted, "--help").stdout,
                       flags=re.M)
    claim("riposted(8) knows the options", differences(
        known, options_in(sections(page)["DESCRIPTION"])))


def check_config(page, srcdir, riposte):
    known = known_settings(srcdir)
    claim("riposte.conf(5) knows the sections", differences(known, SECTIONS))
    for title, section in SECTIONS.items():
        names = settings_in(sections(page)[title])
        claim(f"riposte.conf(5) knows the settings of [{section}]",
              differences(known[title], names))
        claim(f"riposte takes the settings of [{section}] that it describes",
              refused_settings(riposte, section, names))


def check_fields(page, srcdir):
    """The header fields, which are all that is read of a mail."""
    table = re.search(r"^} fields\[\] = \{(.*?)^};",
                      read(os.path.join(srcdir, "src/fetch/header.c")), re.M | re.S)[1]
    told = re.search(r"^\.Bd -filled.*?\n(.*?)^\.Ed", "\n".join(
        sections(page)["WHAT IS READ, AND WHAT IS NEVER DONE"]), re.M | re.S)[1]
    claim("riposte(1) knows the fields that are read", differences(
        re.findall(r'\{"([\w-]+)",', table), re.findall(r"[\w-]+", told)))


def check_environment(pages, srcdir):
    asked = {name for path in glob.glob(os.path.join(srcdir, "src/**/*.c"), recursive=True)
             for name in re.findall(r'getenv\("(\w+)"\)', read(path))}
    told = {name for page in pages for line in page.splitlines() if line.startswith(".It Ev")
            for name in re.findall(r"[A-Z_]{2,}", line)}
    claim("the pages know the variables of the environment",
          [f"no page knows {name}" for name in sorted(asked - told)])


def main(srcdir, builddir):
    paths = [os.path.join(srcdir, "doc", name)
             for name in ("riposte.1", "riposted.8", "riposte.conf.5")]
    riposte, riposted = (os.path.join(builddir, name) for name in ("riposte", "riposted"))
    pages = [read(path) for path in paths]

    check_lint(paths)
    check_riposte(pages[0], riposte)
    check_riposted(pages[1], riposted)
    check_config(pages[2], srcdir, riposte)
    check_fields(pages[0], srcdir)
    check_environment(pages, srcdir)
    print(f"1..{results['n']}")
    return 1 if results["failed"] else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2]))
