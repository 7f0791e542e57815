# SPDX-License-Identifier: GPL-3.0-or-later
# A unit test a module: tests/test-NAME.c with what it links; each area has its
# own part, so that no list is long.
check_PROGRAMS += tests/test-envelope
TESTS += tests/test-envelope
tests_test_envelope_SOURCES = tests/test-envelope.c
tests_test_envelope_LDADD = libcore.a $(GLIB_LIBS)
