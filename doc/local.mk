# SPDX-License-Identifier: GPL-3.0-or-later
dist_man_MANS += doc/riposte.1 doc/riposted.8 doc/riposte.conf.5
# riposte(1) and riposte explain name the rules by number.
dist_doc_DATA = README.md NEWS doc/RULES.md
EXTRA_DIST += doc/BENCHMARKS.md doc/DESIGN.md doc/VIOLATIONS.md

# What they say, and the sources themselves as CONTRIBUTING.md wants them.
TESTS += tests/structure.test tests/man.test
dist_check_SCRIPTS += tests/structure.test tests/man.test
EXTRA_DIST += tests/structure.py tests/man.py .clang-format .clang-tidy .editorconfig
