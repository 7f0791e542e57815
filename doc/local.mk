# SPDX-License-Identifier: GPL-3.0-or-later
EXTRA_DIST += doc/DESIGN.md doc/RULES.md

# The sources themselves, as CONTRIBUTING.md wants them.
TESTS += tests/structure.test
dist_check_SCRIPTS += tests/structure.test
EXTRA_DIST += tests/structure.py .clang-format .clang-tidy .editorconfig
