# SPDX-License-Identifier: GPL-3.0-or-later
noinst_LIBRARIES += libdaemon.a
libdaemon_a_SOURCES = \
	src/daemon/actions.c src/daemon/actions.h \
	src/daemon/backoff.c src/daemon/backoff.h \
	src/daemon/budget.c src/daemon/budget.h \
	src/daemon/books.c src/daemon/books.h src/daemon/bus.c src/daemon/bus.h \
	src/daemon/candidate.c src/daemon/candidate.h \
	src/daemon/daemon.c src/daemon/daemon.h src/daemon/private.h \
	src/daemon/calls.c src/daemon/calls.h src/daemon/deeds.c src/daemon/deeds.h \
	src/daemon/gather.c src/daemon/halves.c \
	src/daemon/journal.c src/daemon/journal.h \
	src/daemon/look.c \
	src/daemon/manager.c \
	src/daemon/notifier.c src/daemon/notifier.h \
	src/daemon/phrase.c src/daemon/phrase.h \
	src/daemon/place.c \
	src/daemon/popup.c src/daemon/popup.h \
	src/daemon/refused.c src/daemon/refused.h \
	src/daemon/reminders.c src/daemon/reminders.h \
	src/daemon/rows.c src/daemon/rows.h \
	src/daemon/schedule.c src/daemon/schedule.h \
	src/daemon/status.c \
	src/daemon/sdnotify.c src/daemon/sdnotify.h \
	src/daemon/stage.c src/daemon/stage.h \
	src/daemon/troubles.c src/daemon/troubles.h \
	src/daemon/wake.c src/daemon/wake.h \
	src/daemon/watch.c src/daemon/watch.h \
	src/daemon/wording.c src/daemon/wording.h \
	src/daemon/written.c src/daemon/written.h
libdaemon_a_CFLAGS = $(AM_CFLAGS) $(GIO_CFLAGS)
libdaemon_a_CPPFLAGS = $(AM_CPPFLAGS) -I$(top_builddir)/generated $(JSON_CFLAGS)

# The interface on the bus, and the C code that GLib makes of it, which keeps no style of ours.
interfacesdir = $(datadir)/dbus-1/interfaces
dist_interfaces_DATA = src/daemon/org.riposte.Daemon1.xml
INTERFACE = $(AM_V_GEN)$(MKDIR_P) generated/daemon && $(GDBUS_CODEGEN) \
	--interface-prefix org.riposte. --c-namespace RpBus --c-generate-autocleanup all \
	--pragma-once --glib-min-required 2.74 --output $@
generated/daemon/interface.h: $(dist_interfaces_DATA) Makefile
	$(INTERFACE) --header $(srcdir)/$(dist_interfaces_DATA)
generated/daemon/interface.c: $(dist_interfaces_DATA) Makefile
	$(INTERFACE) --body $(srcdir)/$(dist_interfaces_DATA)
src/daemon/libdaemon_a-bus.$(OBJEXT) \
generated/daemon/libinterface_a-interface.$(OBJEXT): generated/daemon/interface.h
noinst_LIBRARIES += libinterface.a
nodist_libinterface_a_SOURCES = generated/daemon/interface.c
libinterface_a_CFLAGS = $(HARDEN_CFLAGS) $(CHECK_CFLAGS) $(GIO_CFLAGS)
CLEANFILES += generated/daemon/interface.h generated/daemon/interface.c

check_PROGRAMS += tests/test-schedule tests/test-backoff tests/test-wording
TESTS += tests/test-schedule tests/test-backoff tests/test-wording
tests_test_schedule_SOURCES = tests/test-schedule.c
tests_test_schedule_CPPFLAGS = $(AM_CPPFLAGS) $(GIO_CFLAGS)
tests_test_schedule_LDADD = libdaemon.a libcore.a $(GLIB_LIBS)
tests_test_backoff_SOURCES = tests/test-backoff.c
tests_test_backoff_LDADD = libdaemon.a $(GLIB_LIBS)

tests_test_wording_SOURCES = tests/test-wording.c
tests_test_wording_CPPFLAGS = $(AM_CPPFLAGS) $(GIO_CFLAGS)
tests_test_wording_LDADD = libdaemon.a libnotifyout.a libreport.a libcontacts.a libcore.a \
	$(JSON_LIBS) $(GLIB_LIBS)

bin_PROGRAMS += riposted
riposted_SOURCES = src/riposted.c src/language.c src/language.h
riposted_LDADD = libdaemon.a libinterface.a libnotifyout.a libreport.a libview.a libsync.a libcontacts.a libconfig.a \
	libstore.a libstream.a libcore.a \
	$(JSON_LIBS) $(ICAL_LIBS) $(SECRET_LIBS) $(SQLITE_LIBS) $(GIO_LIBS) $(GLIB_LIBS)

DAEMON_TESTS = tests/daemon-run.test tests/daemon-bus.test tests/daemon-calls.test \
	tests/daemon-keep.test tests/daemon-trouble.test tests/daemon-life.test \
	tests/daemon-log.test tests/daemon-books.test tests/daemon-desktop.test tests/daemon-open.test \
	tests/daemon-backup.test tests/daemon-doctor.test tests/daemon-language.test tests/daemon-button.test
TESTS += $(DAEMON_TESTS)
dist_check_SCRIPTS += $(DAEMON_TESTS)
