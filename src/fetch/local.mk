# SPDX-License-Identifier: GPL-3.0-or-later
noinst_LIBRARIES += libfetch.a
libfetch_a_CFLAGS = $(AM_CFLAGS) $(GIO_CFLAGS) $(ETPAN_CFLAGS) $(GMIME_CFLAGS)
libfetch_a_SOURCES = \
	src/fetch/source.h

# headers and folder names
libfetch_a_SOURCES += \
	src/fetch/header.c src/fetch/header.h \
	src/fetch/header-address.c src/fetch/header-address.h \
	src/fetch/header-date.c src/fetch/header-date.h \
	src/fetch/header-element.c src/fetch/header-element.h \
	src/fetch/header-field.c src/fetch/header-field.h \
	src/fetch/header-id.c src/fetch/header-id.h \
	src/fetch/header-text.c src/fetch/header-text.h \
	src/fetch/header-word.c src/fetch/header-word.h \
	src/fetch/select.c src/fetch/select.h \
	src/fetch/utf7.c src/fetch/utf7.h

pkglibexec_PROGRAMS += riposte-fetch
riposte_fetch_SOURCES = src/riposte-fetch.c
riposte_fetch_LDADD = libcore.a $(GLIB_LIBS)

fetch_tests = tests/test-header tests/test-header-address tests/test-header-date \
	tests/test-header-text tests/test-select tests/test-utf7
check_PROGRAMS += $(fetch_tests)
TESTS += $(fetch_tests)
fetch_test_libs = libfetch.a libcore.a $(GMIME_LIBS) $(GLIB_LIBS)
tests_test_header_SOURCES = tests/test-header.c
tests_test_header_LDADD = $(fetch_test_libs)
tests_test_header_address_SOURCES = tests/test-header-address.c
tests_test_header_address_LDADD = $(fetch_test_libs)
tests_test_header_date_SOURCES = tests/test-header-date.c
tests_test_header_date_LDADD = $(fetch_test_libs)
tests_test_header_text_SOURCES = tests/test-header-text.c
tests_test_header_text_LDADD = $(fetch_test_libs)
tests_test_select_SOURCES = tests/test-select.c
tests_test_select_LDADD = $(fetch_test_libs)
tests_test_utf7_SOURCES = tests/test-utf7.c
tests_test_utf7_LDADD = $(fetch_test_libs)
