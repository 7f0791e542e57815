# SPDX-License-Identifier: GPL-3.0-or-later
# libstore.a: SQLite
noinst_LIBRARIES += libstore.a
libstore_a_CFLAGS = $(AM_CFLAGS) $(SQLITE_CFLAGS)
libstore_a_SOURCES = \
	src/store/store.c src/store/store.h src/store/lock.c src/store/drop.c \
	src/store/db.c src/store/db.h src/store/schema.c src/store/schema.h \
	src/store/intern.c src/store/intern.h src/store/rounds.c src/store/rounds.h \
	src/store/copies.c src/store/copies.h src/store/intake.c \
	src/store/load.c src/store/folders.c src/store/delivered.c \
	src/store/decisions.c src/store/shown.c

# Each links the store and what it stands on.
store_libs = libstore.a libstream.a libcore.a $(SQLITE_LIBS) $(GLIB_LIBS)
check_PROGRAMS += tests/test-intake
TESTS += tests/test-intake
tests_test_intake_SOURCES = tests/test-intake.c tests/store-kit.c tests/store-kit.h
tests_test_intake_LDADD = $(store_libs)
