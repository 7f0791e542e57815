# SPDX-License-Identifier: GPL-3.0-or-later
# A unit test a module: tests/test-NAME.c with what it links; each area has its
# own part, so that no list is long.
check_PROGRAMS += tests/test-envelope
TESTS += tests/test-envelope
tests_test_envelope_SOURCES = tests/test-envelope.c
tests_test_envelope_LDADD = libcore.a $(GLIB_LIBS)

# The demonstration mailbox: `riposte demo` and tests run on it. File names hold
# ":", which no make target may: it goes as a folder.
EXTRA_DIST += tests/mail/demo
install-demo:
	$(MKDIR_P) '$(DESTDIR)$(pkgdatadir)'
	cp -R '$(srcdir)/tests/mail/demo/Maildir' '$(DESTDIR)$(pkgdatadir)/demo.new'
	rm -rf '$(DESTDIR)$(pkgdatadir)/demo'
	$(MKDIR_P) '$(DESTDIR)$(pkgdatadir)/demo'
	mv '$(DESTDIR)$(pkgdatadir)/demo.new' '$(DESTDIR)$(pkgdatadir)/demo/Maildir'
	chmod -R u+w,go+r '$(DESTDIR)$(pkgdatadir)/demo'
uninstall-demo:
	rm -rf '$(DESTDIR)$(pkgdatadir)/demo'
	-rmdir '$(DESTDIR)$(pkgdatadir)'
INSTALL_DATA_HOOKS += install-demo
UNINSTALL_HOOKS += uninstall-demo
.PHONY: install-demo uninstall-demo

EXTRA_DIST += tests/oracle/oracle.py tests/oracle/mailread.py tests/oracle/figures.py \
	tests/oracle/compare.py tests/oracle/generate.py \
	tests/oracle/expectation.py tests/oracle/generate_long.py tests/oracle/arrive.py \
	tests/oracle/compare.R tests/oracle/compare_r.py

dist_check_SCRIPTS += tests/oracle.test tests/oracle-r.test
TESTS += tests/oracle.test tests/oracle-r.test

include $(top_srcdir)/tests/e2e.mk
