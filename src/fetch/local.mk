# SPDX-License-Identifier: GPL-3.0-or-later
noinst_LIBRARIES += libfetch.a
libfetch_a_CFLAGS = $(AM_CFLAGS) $(GIO_CFLAGS) $(ETPAN_CFLAGS) $(GMIME_CFLAGS) $(SECCOMP_CFLAGS)
libfetch_a_SOURCES = \
	src/fetch/source.h

# what it takes from itself
libfetch_a_SOURCES += \
	src/fetch/confine.c src/fetch/confine.h \
	src/fetch/confine-calls.c src/fetch/confine-files.c

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

# Maildir and mbox
libfetch_a_SOURCES += \
	src/fetch/files.c src/fetch/files.h src/fetch/files-sync.c \
	src/fetch/maildir.c src/fetch/maildir.h src/fetch/maildir-folders.c \
	src/fetch/maildir-name.c src/fetch/maildir-name.h \
	src/fetch/mbox.c src/fetch/mbox.h src/fetch/mbox-folders.c \
	src/fetch/mbox-flags.c src/fetch/mbox-flags.h \
	src/fetch/mbox-reader.c src/fetch/mbox-reader.h \
	src/fetch/message-file.c src/fetch/message-file.h \
	src/fetch/tree.c src/fetch/tree.h \
	src/fetch/trust.c src/fetch/trust.h \
	src/fetch/watch.c src/fetch/watch.h

# IMAP: guard, transport, session
libfetch_a_SOURCES += \
	src/fetch/guard-fetch.c \
	src/fetch/guard-line.c \
	src/fetch/guard-private.h \
	src/fetch/guard-profile.c \
	src/fetch/guard-value.c \
	src/fetch/guard.c \
	src/fetch/guard.h \
	src/fetch/imap-changes.c \
	src/fetch/imap-chunk.c \
	src/fetch/imap-examine.c \
	src/fetch/imap-fetch.c \
	src/fetch/imap-folders.c \
	src/fetch/imap-idle.c \
	src/fetch/imap-login.c \
	src/fetch/imap-notify.c \
	src/fetch/imap-reply.c \
	src/fetch/imap-reply.h \
	src/fetch/imap-search.c \
	src/fetch/imap-session.c \
	src/fetch/imap-status.c \
	src/fetch/imap-sync.c \
	src/fetch/imap-wait.c \
	src/fetch/imap-wait.h \
	src/fetch/imap.c \
	src/fetch/imap.h \
	src/fetch/pin.c \
	src/fetch/pin.h \
	src/fetch/proxy.c \
	src/fetch/proxy.h \
	src/fetch/source.c \
	src/fetch/transport-connect.c \
	src/fetch/transport-low.c \
	src/fetch/transport-private.h \
	src/fetch/transport.c \
	src/fetch/transport.h

pkglibexec_PROGRAMS += riposte-fetch
riposte_fetch_SOURCES = src/riposte-fetch.c src/language.c src/language.h
riposte_fetch_CFLAGS = $(AM_CFLAGS) $(GIO_CFLAGS) $(ETPAN_CFLAGS)
riposte_fetch_LDADD = libfetch.a libstream.a libcore.a \
	$(ETPAN_LIBS) $(GMIME_LIBS) $(GIO_LIBS) $(GLIB_LIBS) $(SECCOMP_LIBS) -lm

check_PROGRAMS += tests/test-guard
TESTS += tests/test-guard tests/hostile.test tests/imap-watch.test tests/imap-notify.test \
	tests/imap-dialects.test
dist_check_SCRIPTS += tests/hostile.test tests/imap-watch.test tests/imap-notify.test \
	tests/imap-dialects.test
dist_check_DATA += tests/hostile.py tests/imap-dialects.py tests/hostile_server.py tests/lsan.supp \
	tests/imap-notify.py tests/imap-watch.py tests/fetch_watch.py
tests_test_guard_SOURCES = tests/test-guard.c
tests_test_guard_LDADD = libfetch.a $(GLIB_LIBS)
dist_check_DATA += tests/fetch_client.py

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

check_PROGRAMS += tests/test-maildir tests/test-mbox
TESTS += tests/test-maildir tests/test-mbox
fetch_kit = tests/fetch-kit.c tests/fetch-kit.h
file_test_libs = libfetch.a libstream.a libcore.a $(GMIME_LIBS) $(GIO_LIBS) $(GLIB_LIBS)
tests_test_maildir_SOURCES = tests/test-maildir.c $(fetch_kit)
tests_test_maildir_LDADD = $(file_test_libs)
tests_test_mbox_SOURCES = tests/test-mbox.c $(fetch_kit)
tests_test_mbox_LDADD = $(file_test_libs)
TESTS += tests/fetch-local.test
dist_check_SCRIPTS += tests/fetch-local.test
dist_check_DATA += tests/fetch_local.py

if FUZZERS
noinst_PROGRAMS += tests/fuzz-guard
tests_fuzz_guard_SOURCES = tests/fuzz-guard.c
tests_fuzz_guard_CFLAGS = $(AM_CFLAGS) $(GIO_CFLAGS) $(ETPAN_CFLAGS) -fsanitize=fuzzer
tests_fuzz_guard_LDFLAGS = $(AM_LDFLAGS) -fsanitize=fuzzer
tests_fuzz_guard_LDADD = libfetch.a libstream.a libcore.a \
	$(ETPAN_LIBS) $(GMIME_LIBS) $(GIO_LIBS) $(GLIB_LIBS) -lm
endif
EXTRA_DIST += tests/fuzz-seeds.py tests/bench-imap.py

if FUZZERS
noinst_PROGRAMS += tests/fuzz-header
tests_fuzz_header_SOURCES = tests/fuzz-header.c
tests_fuzz_header_CFLAGS = $(AM_CFLAGS) -fsanitize=fuzzer
tests_fuzz_header_LDFLAGS = $(AM_LDFLAGS) -fsanitize=fuzzer
tests_fuzz_header_LDADD = libfetch.a libstream.a libcore.a $(GMIME_LIBS) $(GLIB_LIBS)
endif
