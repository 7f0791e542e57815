# SPDX-License-Identifier: GPL-3.0-or-later
# libstore.a: SQLite
noinst_LIBRARIES += libstore.a
libstore_a_CFLAGS = $(AM_CFLAGS) $(SQLITE_CFLAGS)
libstore_a_SOURCES = \
	src/store/store.c src/store/store.h src/store/lock.c src/store/drop.c \
	src/store/backup.c src/store/backup.h \
	src/store/db.c src/store/db.h src/store/schema.c src/store/schema.h \
	src/store/intern.c src/store/intern.h src/store/rounds.c src/store/rounds.h \
	src/store/copies.c src/store/copies.h src/store/intake.c \
	src/store/state.c src/store/state.h src/store/load.c src/store/folders.c src/store/delivered.c \
	src/store/decisions.c src/store/events.c src/store/events.h src/store/cadences.c src/store/cadences.h src/store/curated.c \
	src/store/cards.c src/store/cards.h src/store/facts.c src/store/facts.h src/store/forget.c src/store/forget.h src/store/shown.c

# Each links the store and what it stands on.
store_libs = libstore.a libstream.a libcore.a $(SQLITE_LIBS) $(GLIB_LIBS)
store_kit = tests/store-kit.c tests/store-kit.h
store_tests = tests/test-intake tests/test-cut tests/test-store tests/test-damaged \
	tests/test-decisions tests/test-events tests/test-backup \
	tests/test-restore
check_PROGRAMS += $(store_tests)
TESTS += $(store_tests)
tests_test_intake_SOURCES = tests/test-intake.c $(store_kit)
tests_test_intake_LDADD = $(store_libs)
tests_test_cut_SOURCES = tests/test-cut.c $(store_kit)
tests_test_cut_LDADD = $(store_libs)
tests_test_store_SOURCES = tests/test-store.c $(store_kit)
tests_test_store_LDADD = $(store_libs)
tests_test_damaged_SOURCES = tests/test-damaged.c $(store_kit)
tests_test_damaged_LDADD = $(store_libs)
tests_test_decisions_SOURCES = tests/test-decisions.c $(store_kit)
tests_test_decisions_LDADD = $(store_libs)
tests_test_events_SOURCES = tests/test-events.c $(store_kit)
tests_test_events_LDADD = $(store_libs)
backup_kit = tests/backup-kit.c tests/backup-kit.h
tests_test_backup_SOURCES = tests/test-backup.c $(backup_kit) $(store_kit)
tests_test_backup_LDADD = $(store_libs)
tests_test_restore_SOURCES = tests/test-restore.c $(backup_kit) $(store_kit)
tests_test_restore_LDADD = $(store_libs)

# Built when asked for: make tests/bench-store.
EXTRA_PROGRAMS = tests/bench-store
CLEANFILES += tests/bench-store
tests_bench_store_SOURCES = tests/bench-store.c
tests_bench_store_LDADD = $(store_libs)
