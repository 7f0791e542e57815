# SPDX-License-Identifier: GPL-3.0-or-later
# protocol.c is for both ends; desktop.c, and with it libnotify, for one alone.
noinst_LIBRARIES += libnotifyout.a
libnotifyout_a_SOURCES = \
	src/notify/protocol.c src/notify/protocol.h \
	src/notify/desktop.c src/notify/desktop.h
libnotifyout_a_CFLAGS = $(AM_CFLAGS) $(JSON_CFLAGS) $(NOTIFY_CFLAGS)

pkglibexec_PROGRAMS += riposte-notify
riposte_notify_SOURCES = src/riposte-notify.c src/language.c src/language.h
riposte_notify_CFLAGS = $(AM_CFLAGS) $(GIO_CFLAGS)
riposte_notify_LDADD = libnotifyout.a $(NOTIFY_LIBS) $(JSON_LIBS) $(GIO_LIBS)

check_PROGRAMS += tests/test-notify-protocol
TESTS += tests/test-notify-protocol
tests_test_notify_protocol_SOURCES = tests/test-notify-protocol.c
tests_test_notify_protocol_LDADD = libnotifyout.a $(JSON_LIBS) $(GLIB_LIBS)

TESTS += tests/daemon-notify.test
dist_check_SCRIPTS += tests/daemon-notify.test
dist_check_DATA += tests/daemon-lib.sh tests/daemon-bus.conf
