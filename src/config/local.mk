# SPDX-License-Identifier: GPL-3.0-or-later
noinst_LIBRARIES += libconfig.a
libconfig_a_SOURCES = \
	src/config/config.c src/config/config.h src/config/private.h \
	src/config/edit.c src/config/edit.h \
	src/config/holidays.c \
	src/config/keyring.c \
	src/config/lines.c src/config/lines.h \
	src/config/load.c \
	src/config/nearest.c src/config/nearest.h \
	src/config/opener.c src/config/opener.h \
	src/config/secret.c \
	src/config/settings.c src/config/settings.h \
	src/config/values.c src/config/values.h
libconfig_a_CPPFLAGS = $(AM_CPPFLAGS) $(GIO_CFLAGS) $(ICAL_CFLAGS) $(SECRET_CFLAGS)

check_PROGRAMS += tests/test-config tests/test-edit tests/test-opener tests/test-secret
TESTS += tests/test-config tests/test-edit tests/test-opener tests/test-secret
config_test_libs = libconfig.a libstream.a libcore.a $(ICAL_LIBS) $(SECRET_LIBS) $(GIO_LIBS) $(GLIB_LIBS)
tests_test_config_SOURCES = tests/test-config.c
tests_test_config_CPPFLAGS = $(AM_CPPFLAGS) $(GIO_CFLAGS)
tests_test_config_LDADD = $(config_test_libs)
tests_test_opener_SOURCES = tests/test-opener.c
tests_test_opener_CPPFLAGS = $(AM_CPPFLAGS) $(GIO_CFLAGS)
tests_test_opener_LDADD = $(config_test_libs)
tests_test_secret_SOURCES = tests/test-secret.c
tests_test_secret_CPPFLAGS = $(AM_CPPFLAGS) $(GIO_CFLAGS)
tests_test_secret_LDADD = $(config_test_libs)
tests_test_edit_SOURCES = tests/test-edit.c
tests_test_edit_CPPFLAGS = $(AM_CPPFLAGS) $(GIO_CFLAGS)
tests_test_edit_LDADD = $(config_test_libs)
