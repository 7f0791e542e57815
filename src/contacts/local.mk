# SPDX-License-Identifier: GPL-3.0-or-later
# libcontacts.a: cards of address books
noinst_LIBRARIES += libcontacts.a
libcontacts_a_SOURCES = \
	src/contacts/bytes.c src/contacts/bytes.h \
	src/contacts/card.c src/contacts/card.h src/contacts/card-field.c \
	src/contacts/cards.c src/contacts/cards.h \
	src/contacts/csv.c src/contacts/csv.h \
	src/contacts/csv-header.c src/contacts/csv-known.c src/contacts/csv-write.c \
	src/contacts/mutt.c \
	src/contacts/vcard.c \
	src/contacts/vcard-line.c src/contacts/vcard-line.h src/contacts/vcard-write.c

check_PROGRAMS += tests/test-cards
TESTS += tests/test-cards
tests_test_cards_SOURCES = tests/test-cards.c
tests_test_cards_LDADD = libcontacts.a libcore.a $(GLIB_LIBS)

EXTRA_DIST += tests/cards
TESTS += tests/cards.test
dist_check_SCRIPTS += tests/cards.test
dist_check_DATA += tests/cards.py

if FUZZERS
noinst_PROGRAMS += tests/fuzz-cards
tests_fuzz_cards_SOURCES = tests/fuzz-cards.c
tests_fuzz_cards_CFLAGS = $(AM_CFLAGS) -fsanitize=fuzzer
tests_fuzz_cards_LDFLAGS = $(AM_LDFLAGS) -fsanitize=fuzzer
tests_fuzz_cards_LDADD = libcontacts.a libcore.a $(GLIB_LIBS)
endif
