# SPDX-License-Identifier: GPL-3.0-or-later
noinst_LIBRARIES += libcli.a
libcli_a_SOURCES = \
	src/cli/answers.c src/cli/answers.h src/cli/answers-imap.c \
	src/cli/answers-options.c src/cli/answers-text.c \
	src/cli/args.c src/cli/args.h \
	src/cli/backup-name.c src/cli/backup-name.h src/cli/cmd-backup.c src/cli/cmd-restore.c \
	src/cli/checks.c src/cli/checks.h src/cli/checks-desktop.c src/cli/checks-mail.c \
	src/cli/cmd-complete.c \
	src/cli/cmd-demo.c \
	src/cli/cmd-dismiss.c \
	src/cli/cmd-doctor.c \
	src/cli/expectation.c src/cli/expectation.h src/cli/contact.c src/cli/contact.h src/cli/contact-duplicates.c \
	src/cli/contact-edit.c src/cli/contact-export.c src/cli/contact-import.c src/cli/contact-merge.c src/cli/import-people.c \
	 src/cli/cmd-contact.c src/cli/cmd-done.c \
	src/cli/cmd-explain.c \
	src/cli/cmd-export.c \
	src/cli/cmd-forget.c \
	src/cli/cmd-import.c \
	src/cli/cmd-favour.c src/cli/cmd-keep.c src/cli/cmd-list.c src/cli/cmd-log.c src/cli/log.c src/cli/log.h src/cli/import.h src/cli/import-event.c \
	src/cli/cmd-open.c \
	src/cli/cmd-path.c \
	src/cli/cmd-people.c \
	src/cli/cmd-report.c \
	src/cli/cmd-setup.c \
	src/cli/cmd-show.c \
	src/cli/cmd-snooze.c \
	src/cli/cmd-status.c \
	src/cli/cmd-sync.c \
	src/cli/cmd-undo.c \
	src/cli/command.h src/cli/context.c \
	src/cli/daemon.c src/cli/daemon.h \
	src/cli/decide.c src/cli/decide.h \
	src/cli/first-look.c src/cli/first-look.h \
	src/cli/help.c \
	src/cli/json-out.c src/cli/json-out.h \
	src/cli/live.c src/cli/live.h \
	src/cli/main.c \
	src/cli/notice.c src/cli/notice.h \
	src/cli/output.c \
	src/cli/progress.c src/cli/progress.h \
	src/cli/prompt.c src/cli/prompt.h \
	src/cli/pager.c src/cli/pager.h src/cli/report-file.c src/cli/report-file.h \
	src/cli/report-notice.c src/cli/report-notice.h \
	src/cli/provider.c src/cli/provider.h src/cli/provider-dns.c \
	src/cli/run-sync.c src/cli/run-sync.h \
	src/cli/status.h src/cli/status-json.c \
	src/cli/table.c \
	src/cli/until.c src/cli/until.h \
	src/cli/whom.c src/cli/whom.h
libcli_a_CPPFLAGS = $(AM_CPPFLAGS) $(GIO_CFLAGS) $(JSON_CFLAGS)

bin_PROGRAMS += riposte
riposte_SOURCES = src/riposte.c src/language.c src/language.h
riposte_CPPFLAGS = $(AM_CPPFLAGS) $(GIO_CFLAGS)
riposte_LDADD = libcli.a libreport.a libnotifyout.a libview.a libsync.a libconfig.a libstore.a \
	libcontacts.a libstream.a libcore.a $(JSON_LIBS) $(ICAL_LIBS) $(SECRET_LIBS) $(SQLITE_LIBS) $(GIO_LIBS) $(GLIB_LIBS)

check_PROGRAMS += tests/test-args tests/test-progress tests/test-provider tests/test-until
TESTS += tests/test-args tests/test-progress tests/test-provider tests/test-until
tests_test_args_SOURCES = tests/test-args.c
tests_test_args_LDADD = libcli.a libconfig.a libcore.a $(GLIB_LIBS)
tests_test_progress_SOURCES = tests/test-progress.c
tests_test_progress_CPPFLAGS = $(AM_CPPFLAGS) $(GIO_CFLAGS)
tests_test_progress_LDADD = libcli.a libreport.a libconfig.a libstream.a libcore.a \
	$(GIO_LIBS) $(GLIB_LIBS)
tests_test_provider_SOURCES = tests/test-provider.c
tests_test_provider_CPPFLAGS = $(AM_CPPFLAGS) $(GIO_CFLAGS)
tests_test_provider_LDADD = libcli.a libstream.a libcore.a $(GIO_LIBS) $(GLIB_LIBS)
tests_test_until_SOURCES = tests/test-until.c
tests_test_until_LDADD = libcli.a libcore.a $(GLIB_LIBS)

dist_check_DATA += tests/lib.sh tests/terminal.py
CLI_TESTS = tests/cli-frame.test tests/cli-setup.test tests/cli-contact.test tests/cli-people.test tests/cli-cards.test \
	tests/cli-decide.test tests/cli-log.test tests/cli-own.test tests/cli-keep.test tests/cli-favour.test \
	tests/cli-sync.test tests/cli-backup.test tests/cli-demo.test tests/cli-terminal.test
TESTS += $(CLI_TESTS)
dist_check_SCRIPTS += $(CLI_TESTS) tests/cli-language.test
if NLS
TESTS += tests/cli-language.test
endif

if FUZZERS
noinst_PROGRAMS += tests/fuzz-reader
tests_fuzz_reader_SOURCES = tests/fuzz-reader.c
tests_fuzz_reader_CFLAGS = $(AM_CFLAGS) $(GIO_CFLAGS) -fsanitize=fuzzer
tests_fuzz_reader_LDFLAGS = $(AM_LDFLAGS) -fsanitize=fuzzer
tests_fuzz_reader_LDADD = libcli.a libnotifyout.a libconfig.a libfetch.a libstream.a libcore.a \
	$(JSON_LIBS) $(ICAL_LIBS) $(SECRET_LIBS) $(GMIME_LIBS) $(GIO_LIBS) $(GLIB_LIBS)
endif
