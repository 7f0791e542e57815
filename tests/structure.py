#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""structure.py - do the sources keep to the borders and sizes of CONTRIBUTING.md?

Reads text alone; each claim is a line of TAP, each offence a comment before it.
"""
import glob
import os
import re
import shutil
import statistics
import subprocess
import sys

# What a folder of src may include of the others; its own headers always.
LAYERS = {
    "core": [],
    "stream": ["core"],
    "fetch": ["stream", "core"],
    "store": ["stream", "core"],
    "contacts": ["core"],
    "config": ["store", "stream", "core"],
    "sync": ["config", "store", "stream", "contacts", "core"],
    "view": ["sync", "config", "store", "stream", "contacts", "core"],
    "notify": ["report", "view", "sync", "config", "store", "stream", "core"],
    "report": ["view", "sync", "config", "store", "stream", "contacts", "core"],
    "cli": ["report", "notify", "view", "sync", "config", "store", "stream", "contacts", "core"],
    "daemon": ["report", "notify", "view", "sync", "config", "store", "stream", "contacts", "core"],
}
# What a program may include directly.
PROGRAMS = {
    "riposte": ["cli", "language.h"],
    "riposted": ["daemon", "language.h"],
    "riposte-fetch": ["fetch", "stream", "core", "language.h"],
    "riposte-notify": ["notify", "language.h"],
    "language": ["language.h"],    # of all four
}
# Foreign headers that belong to one layer, and the library behind them.
FOREIGN = {
    "libetpan/": "fetch",
    "gmime/": "fetch",
    "sasl/": "fetch",
    "sqlite3.h": "store",
    "libnotify/": "notify",
    "libsecret/": "config",
}
CORE_HEADERS = {"glib.h", "glib/gi18n.h", "ctype.h", "errno.h", "float.h", "inttypes.h", "limits.h",
                "math.h", "stdarg.h", "stdbool.h", "stddef.h", "stdint.h", "stdlib.h",
                "string.h"}
# What must not stand in a program that CONTRIBUTING.md keeps apart from it.
NOT_LINKED = {
    "riposte-fetch": ["libsqlite3.so", "libnotify.so"],
    "riposte-notify": ["libsqlite3.so", "libetpan.so", "libgmime-3.0.so"],
    "riposte": ["libetpan.so", "libgmime-3.0.so", "libnotify.so"],
    "riposted": ["libetpan.so", "libgmime-3.0.so", "libnotify.so"],
}
BANNED = r"\b(strcpy|strcat|stpcpy|sprintf|vsprintf|gets|strtok|atoi|atol|atof|system|" \
         r"popen|alloca|g_alloca|tmpnam|mktemp)\s*\(|\bgoto\b"

MAX_FUNCTION, MAX_MEDIAN, MAX_P90 = 60, 15, 45
MAX_FILE, MAX_HEADER = 400, 120
# Longer, and why: a header that others read from the beginning to the end.
LONGER = {
    "src/core/derive.h": 150,    # the result of all rules in one place
    "src/store/store.h": 140,    # all that can be asked of the database
    "src/stream/record.h": 211,  # the protocol, record by record
}

results = {"n": 0, "failed": 0}


def claim(what, offences):
    results["n"] += 1
    for offence in offences:
        print(f"# {offence}")
    if offences:
        results["failed"] += 1
    print(f"{'not ok' if offences else 'ok'} {results['n']} - {what}")


def read(path):
    with open(path, encoding="utf-8") as file:
        return file.read()


def blank_out(match):
    """Keeps the line breaks, so that line numbers stay."""
    return '""' if match[0].startswith('"') else re.sub(r"[^\n]", " ", match[0])


def without_comments_and_strings(text):
    pattern = r"""//[^\n]*|/\*.*?\*/|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])+'"""
    return re.sub(pattern, blank_out, text, flags=re.S)


def includes(text):
    """(line, name, is it ours) of each."""
    for number, line in enumerate(text.splitlines(), 1):
        match = re.match(r'\s*#\s*include\s*([<"])([^>"]+)[>"]', line)
        if match:
            yield number, match[2], match[1] == '"'


def layer_of(path):
    parts = path.split("/")
    return parts[1] if len(parts) > 2 else None


def functions(text):
    """(name, lines from its name to its end): the form is clang-format's, in which
    a body begins with a { at the first column and ends with a } there."""
    lines = without_comments_and_strings(text).splitlines()
    start = None
    for number, line in enumerate(lines):
        if line.rstrip() == "{":
            start = number - 1
            while start > 0 and re.match(r"\s", lines[start]):
                start -= 1
        elif line.startswith("}") and start is not None:
            names = re.findall(r"(\w+)\s*\(", lines[start]) or ["?"]
            yield names[-1], number - start + 1
            start = None


def wrong_includes(sources):
    for path, text in sources.items():
        layer = layer_of(path)
        program = os.path.basename(path)[:-2]
        allowed = LAYERS[layer] + [layer] if layer else PROGRAMS[program]
        for number, name, is_ours in includes(text):
            if is_ours and name not in ("config.h",) and name.split("/")[0] not in allowed:
                yield f"{path}:{number}: {layer or program} includes {name}"


def wrong_foreign(sources):
    for path, text in sources.items():
        for number, name, is_ours in includes(text):
            for prefix, layer in FOREIGN.items():
                if not is_ours and name.startswith(prefix) and layer_of(path) != layer:
                    yield f"{path}:{number}: {name} belongs to src/{layer}"


def wrong_core(sources):
    for path, text in sources.items():
        for number, name, is_ours in includes(text):
            if layer_of(path) == "core" and not is_ours and name not in CORE_HEADERS:
                yield f"{path}:{number}: core includes <{name}>"


def wrong_links(builddir):
    for program, libraries in NOT_LINKED.items():
        path = os.path.join(builddir, program)
        with open(path, "rb") as file:
            content = file.read()
        for library in libraries:
            if library.encode() in content:
                yield f"{program} needs {library}"


def long_files(sources):
    for path, text in sources.items():
        limit = LONGER.get(path, MAX_HEADER if path.endswith(".h") else MAX_FILE)
        n = text.count("\n")
        if n > limit:
            yield f"{path}: {n} lines, {limit} are enough"


def long_functions(sources):
    for path, text in sources.items():
        for name, n in functions(text):
            if n > MAX_FUNCTION:
                yield f"{path}: {name}() has {n} lines, {MAX_FUNCTION} are enough"


def check_spread(sources):
    sizes = sorted(n for path, text in sources.items() for _, n in functions(text))
    median = statistics.median(sizes)
    p90 = sizes[-(-len(sizes) * 9 // 10) - 1]
    print(f"# {len(sizes)} functions: median {median:g}, p90 {p90}, longest {sizes[-1]}")
    claim(f"half of the functions have at most {MAX_MEDIAN} lines",
          [f"the median is {median:g}"] if median > MAX_MEDIAN else [])
    claim(f"9 of 10 functions have at most {MAX_P90} lines",
          [f"the 90th percentile is {p90}"] if p90 > MAX_P90 else [])


def banned_words(sources):
    for path, text in sources.items():
        code = without_comments_and_strings(text)
        for number, line in enumerate(code.splitlines(), 1):
            match = re.search(BANNED, line)
            if match:
                yield f"{path}:{number}: {match[0]}"


def bare_todos(sources):
    for path, text in sources.items():
        for number, line in enumerate(text.splitlines(), 1):
            if re.search(r"\b(TODO|FIXME|XXX)\b(?!.*#\d)", line):
                yield f"{path}:{number}: names no issue"


def without_licence(paths):
    for path in paths:
        if "SPDX-License-Identifier: GPL-3.0-or-later" not in \
                "\n".join(read(path).splitlines()[:3]):
            yield f"{path}: no SPDX line"


def without_purpose(sources):
    """"/* name.c - what it knows", as the second line."""
    for path, text in sources.items():
        name = os.path.basename(path)
        second = (text.splitlines() + ["", ""])[1]
        if not second.startswith(f"/* {name} - "):
            yield f"{path}:2: does not say what it is"


def this_machine():
    """Texts that would name where this very copy stands."""
    here = os.path.abspath(os.curdir).split("/")
    shared = {"home", "tmp", "usr", "var", "opt", "srv", "root", "mnt"}
    top = "/".join(here[:3] if len(here) > 2 and here[1] in shared else here[:2])
    home = os.path.expanduser("~")
    return [prefix + "/" for prefix in {top, home} if len(prefix) > 2]


def machine_names(paths):
    for path in paths:
        try:
            text = read(path)
        except (UnicodeDecodeError, IsADirectoryError):
            continue
        for prefix in this_machine():
            for match in re.finditer(rf"(?<![\w.)}}/-]){re.escape(prefix)}", text):
                number = text.count("\n", 0, match.start()) + 1
                yield f"{path}:{number}: names {prefix}"


def clang_format():
    """The program, if it is of the version that settles the form here."""
    for name in ("clang-format-14", "clang-format"):
        if shutil.which(name):
            said = subprocess.run([name, "--version"], capture_output=True, text=True)
            if re.search(r"version 14\.", said.stdout):
                return name
    return None


def misformatted(program, paths):
    said = subprocess.run([program, "--dry-run", *paths], capture_output=True, text=True)
    changed = {line.split(":")[0] for line in said.stderr.splitlines()
               if "[-Wclang-format-violations]" in line}
    for path in sorted(changed):
        yield f"{path}: {program} -i would change it"


def tracked():
    """Every file of the checkout; none in a release."""
    if not os.path.exists(".git") or not shutil.which("git"):
        return []
    said = subprocess.run(["git", "-c", f"safe.directory={os.path.abspath(os.curdir)}",
                           "ls-files", "-z"], capture_output=True, text=True)
    return [path for path in said.stdout.split("\0") if path and os.path.exists(path)]


def main(srcdir, builddir):
    os.chdir(srcdir)
    sources = {path: read(path) for path in sorted(
        glob.glob("src/*.[ch]") + glob.glob("src/*/*.[ch]"))}
    tests = sorted(glob.glob("tests/*.[ch]"))
    scripts = sorted(glob.glob("tests/**/*.py", recursive=True) + glob.glob("src/*/*.mk") +
                     glob.glob("tests/*.test") + glob.glob("tests/*.sh") +
                     ["configure.ac", "Makefile.am", "contrib/check", "contrib/quickstart"])

    claim("there are sources to look at", [] if len(sources) > 50 else ["too few"])
    claim("an include only points down the layers", [*wrong_includes(sources)])
    claim("a library is seen by its own layer alone", [*wrong_foreign(sources)])
    claim("the core sees GLib and the C library without stdio", [*wrong_core(sources)])
    claim("a program holds no library that it is kept apart from",
          [*wrong_links(builddir)])
    claim("files are short", [*long_files(sources)])
    claim("functions are short", [*long_functions(sources)])
    check_spread(sources)
    claim("no call that overruns, guesses or runs a shell", [*banned_words(sources)])
    claim("nothing is left to do without an issue", [*bare_todos(sources)])
    claim("every file names its licence", [*without_licence([*sources, *tests, *scripts])])
    claim("every source says what it is", [*without_purpose(sources)])
    claim("nothing names the machine it was made on", [*machine_names(tracked())])
    program = clang_format() if os.path.exists(".clang-format") else None
    if program:
        claim("the form is clang-format's", [*misformatted(program, [*sources, *tests])])
    print(f"1..{results['n']}")
    return 1 if results["failed"] else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2]))
