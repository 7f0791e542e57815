# SPDX-License-Identifier: GPL-3.0-or-later
# libreport.a: what is shown, as text and as JSON
noinst_LIBRARIES += libreport.a
libreport_a_SOURCES = \
	src/report/around.c src/report/around.h \
	src/report/contact.c src/report/contact.h \
	src/report/favours.c src/report/favours.h src/report/event-text.c src/report/event-text.h src/report/json-event.c src/report/json-keep.c \
	src/report/coverage.c src/report/csv.c src/report/csv.h \
	src/report/facts.c src/report/facts.h src/report/explain.c src/report/explain.h src/report/explain-figure.c \
	src/report/export.c src/report/export-people.c src/report/export-people.h src/report/figure.c src/report/figure.h src/report/joined.c \
	src/report/html.c src/report/html.h src/report/html-chart.c src/report/html-lists.c \
	src/report/html-style.c src/report/html-tables.c \
	src/report/json-coverage.c src/report/json-report.c src/report/json.c src/report/json.h \
	src/report/list.c src/report/list.h \
	src/report/mail.c src/report/mail.h \
	src/report/page.c src/report/page.h src/report/page-figures.c src/report/page-tables.c \
	src/report/paths.c src/report/people.c src/report/people.h \
	src/report/period.c src/report/period.h src/report/quiet.c \
	src/report/report-text.c src/report/report-text.h src/report/report.c src/report/report.h \
	src/report/scope.c src/report/scope.h \
	src/report/steps.c src/report/steps.h \
	src/report/text.c src/report/text.h src/report/words.c src/report/words.h
libreport_a_CPPFLAGS = $(AM_CPPFLAGS) $(GIO_CFLAGS) $(JSON_CFLAGS)

check_PROGRAMS += tests/test-text
TESTS += tests/test-text
tests_test_text_SOURCES = tests/test-text.c
tests_test_text_LDADD = libreport.a $(GLIB_LIBS)

check_PROGRAMS += tests/test-period
TESTS += tests/test-period
tests_test_period_SOURCES = tests/test-period.c
tests_test_period_LDADD = libreport.a libcore.a $(GLIB_LIBS)

check_PROGRAMS += tests/test-report tests/test-explain tests/test-steps
TESTS += tests/test-report tests/test-explain tests/test-steps
report_test_cppflags = \
	$(AM_CPPFLAGS) -I$(top_srcdir)/tests $(GIO_CFLAGS) $(JSON_CFLAGS)
report_test_libs = \
	libreport.a libcontacts.a libview.a libconfig.a libstream.a libcore.a \
	$(JSON_LIBS) $(ICAL_LIBS) $(SECRET_LIBS) $(GIO_LIBS) $(GLIB_LIBS)
tests_test_report_SOURCES = \
	tests/test-report.c tests/report-mail.c tests/report-mail.h
tests_test_report_CPPFLAGS = $(report_test_cppflags)
tests_test_report_LDADD = $(report_test_libs)
tests_test_explain_SOURCES = \
	tests/test-explain.c tests/report-mail.c tests/report-mail.h
tests_test_explain_CPPFLAGS = $(report_test_cppflags)
tests_test_explain_LDADD = $(report_test_libs)
check_PROGRAMS += tests/test-expectation
TESTS += tests/test-expectation
tests_test_expectation_SOURCES = \
	tests/test-expectation.c tests/report-mail.c tests/report-mail.h
tests_test_expectation_CPPFLAGS = $(report_test_cppflags)
tests_test_expectation_LDADD = $(report_test_libs)
check_PROGRAMS += tests/test-coverage tests/test-quiet
TESTS += tests/test-coverage tests/test-quiet
tests_test_coverage_SOURCES = \
	tests/test-coverage.c tests/report-mail.c tests/report-mail.h
tests_test_coverage_CPPFLAGS = $(report_test_cppflags)
tests_test_coverage_LDADD = $(report_test_libs)
tests_test_quiet_SOURCES = tests/test-quiet.c tests/report-mail.c tests/report-mail.h
tests_test_quiet_CPPFLAGS = $(report_test_cppflags)
tests_test_quiet_LDADD = $(report_test_libs)
check_PROGRAMS += tests/test-bond tests/test-path
TESTS += tests/test-bond tests/test-path
tests_test_bond_SOURCES = tests/test-bond.c tests/report-mail.c tests/report-mail.h
tests_test_bond_CPPFLAGS = $(report_test_cppflags)
tests_test_bond_LDADD = $(report_test_libs)
tests_test_path_SOURCES = tests/test-path.c tests/report-mail.c tests/report-mail.h
tests_test_path_CPPFLAGS = $(report_test_cppflags)
tests_test_path_LDADD = $(report_test_libs)
tests_test_steps_SOURCES = \
	tests/test-steps.c tests/report-mail.c tests/report-mail.h
tests_test_steps_CPPFLAGS = $(report_test_cppflags)
tests_test_steps_LDADD = $(report_test_libs)

# Every figure, recomputed by another program.
check_PROGRAMS += tests/write-report
tests_write_report_SOURCES = \
	tests/write-report.c tests/report-mail.c tests/report-mail.h
tests_write_report_CPPFLAGS = $(report_test_cppflags)
tests_write_report_LDADD = $(report_test_libs)
dist_check_DATA += tests/check-report.py tests/check-forms.py tests/browser.py tests/hostile-report.py
REPORT_TESTS = tests/report-cli.test tests/report-figures.test tests/report-forms.test \
	tests/report-page.test tests/report-mail.test tests/report-notice.test \
	tests/report-hostile.test tests/report-language.test
dist_check_SCRIPTS += $(REPORT_TESTS)
TESTS += $(REPORT_TESTS)
EXTRA_DIST += tests/bench-report.py tests/bench-commands.py
