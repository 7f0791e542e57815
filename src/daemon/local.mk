# SPDX-License-Identifier: GPL-3.0-or-later
noinst_LIBRARIES += libdaemon.a
libdaemon_a_SOURCES = \
	src/daemon/actions.c src/daemon/actions.h \
	src/daemon/backoff.c src/daemon/backoff.h \
	src/daemon/budget.c src/daemon/budget.h \
	src/daemon/bus.c src/daemon/bus.h \
	src/daemon/candidate.c src/daemon/candidate.h \
	src/daemon/daemon.c src/daemon/daemon.h src/daemon/private.h \
	src/daemon/deeds.c src/daemon/deeds.h \
	src/daemon/gather.c \
	src/daemon/journal.c src/daemon/journal.h \
	src/daemon/look.c \
	src/daemon/manager.c \
	src/daemon/notifier.c src/daemon/notifier.h \
	src/daemon/popup.c src/daemon/popup.h \
	src/daemon/reminders.c src/daemon/reminders.h \
	src/daemon/rows.c src/daemon/rows.h \
	src/daemon/schedule.c src/daemon/schedule.h \
	src/daemon/sdnotify.c src/daemon/sdnotify.h \
	src/daemon/stage.c src/daemon/stage.h \
	src/daemon/troubles.c src/daemon/troubles.h \
	src/daemon/wake.c src/daemon/wake.h \
	src/daemon/watch.c src/daemon/watch.h \
	src/daemon/wording.c src/daemon/wording.h
libdaemon_a_CFLAGS = $(AM_CFLAGS) $(GIO_CFLAGS)

check_PROGRAMS += tests/test-schedule tests/test-backoff tests/test-wording
TESTS += tests/test-schedule tests/test-backoff tests/test-wording
tests_test_schedule_SOURCES = tests/test-schedule.c
tests_test_schedule_CPPFLAGS = $(AM_CPPFLAGS) $(GIO_CFLAGS)
tests_test_schedule_LDADD = libdaemon.a libcore.a $(GLIB_LIBS)
tests_test_backoff_SOURCES = tests/test-backoff.c
tests_test_backoff_LDADD = libdaemon.a $(GLIB_LIBS)

tests_test_wording_SOURCES = tests/test-wording.c
tests_test_wording_CPPFLAGS = $(AM_CPPFLAGS) $(GIO_CFLAGS)
tests_test_wording_LDADD = libdaemon.a libnotifyout.a libreport.a libcore.a \
	$(JSON_LIBS) $(GLIB_LIBS)

bin_PROGRAMS += riposted
riposted_SOURCES = src/riposted.c
riposted_LDADD = libdaemon.a libnotifyout.a libreport.a libview.a libsync.a libconfig.a \
	libstore.a libstream.a libcore.a \
	$(JSON_LIBS) $(ICAL_LIBS) $(SECRET_LIBS) $(SQLITE_LIBS) $(GIO_LIBS) $(GLIB_LIBS)

DAEMON_TESTS = tests/daemon-run.test tests/daemon-trouble.test \
	tests/daemon-life.test tests/daemon-log.test tests/daemon-desktop.test
TESTS += $(DAEMON_TESTS)
dist_check_SCRIPTS += $(DAEMON_TESTS)
