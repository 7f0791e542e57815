# SPDX-License-Identifier: GPL-3.0-or-later
noinst_LIBRARIES += libsync.a
libsync_a_SOURCES = \
	src/sync/sync.c src/sync/sync.h src/sync/private.h src/sync/records.c src/sync/request.c src/sync/request.h \
	src/sync/intake.c src/sync/intake.h src/sync/mishap.c src/sync/mishap.h src/sync/child.c src/sync/child.h \
	src/sync/contacts.c src/sync/contacts-read.c src/sync/contacts.h src/sync/program.c src/sync/confinement.c src/sync/confinement.h
libsync_a_CFLAGS = $(AM_CFLAGS) $(GIO_CFLAGS)

check_PROGRAMS += tests/test-sync tests/fake-source
TESTS += tests/test-sync
tests_test_sync_SOURCES = tests/test-sync.c tests/fake-store.c tests/fake-store.h
tests_test_sync_CPPFLAGS = $(AM_CPPFLAGS) -I$(top_srcdir)/tests
tests_test_sync_CFLAGS = $(AM_CFLAGS) $(GIO_CFLAGS)
tests_test_sync_LDADD = libsync.a libconfig.a libstream.a libcore.a \
	$(ICAL_LIBS) $(SECRET_LIBS) $(GIO_LIBS) $(GLIB_LIBS)
tests_fake_source_SOURCES = tests/fake-source.c
tests_fake_source_LDADD = libstream.a libcore.a $(GLIB_LIBS)
