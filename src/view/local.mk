# SPDX-License-Identifier: GPL-3.0-or-later
# libview.a: what every outlet and face shows
noinst_LIBRARIES += libview.a
libview_a_SOURCES = \
	src/view/absence.c src/view/absence.h src/view/expect.c src/view/expect.h src/view/join.c src/view/join.h \
	src/view/keep.c src/view/keep.h src/view/load.c src/view/marks.c src/view/marks.h \
	src/view/person.c src/view/saved.c src/view/saved.h src/view/view.c src/view/view.h
libview_a_CPPFLAGS = $(AM_CPPFLAGS) -I$(top_builddir)/generated $(GIO_CFLAGS)

# The code that a kept view follows from: what another one has kept is not taken.
DERIVES = $(libcore_a_SOURCES) $(libview_a_SOURCES) $(libstore_a_SOURCES)
generated/core/code.h: $(DERIVES)
	$(AM_V_GEN)$(MKDIR_P) generated/core && (cd $(srcdir) && cat $(DERIVES)) | cksum | \
	sed 's/.*/#define RP_CODE "&"/' >$@
src/view/libview_a-saved.$(OBJEXT): generated/core/code.h
CLEANFILES += generated/core/code.h

# What R12's model sees and says, for tests/expectation.test.
check_PROGRAMS += tests/expectation-dump
tests_expectation_dump_SOURCES = tests/expectation-dump.c
tests_expectation_dump_CPPFLAGS = $(AM_CPPFLAGS) $(GIO_CFLAGS)
tests_expectation_dump_LDADD = libview.a libconfig.a libstore.a libstream.a libcore.a \
	$(ICAL_LIBS) $(SECRET_LIBS) $(SQLITE_LIBS) $(GIO_LIBS) $(GLIB_LIBS)

check_PROGRAMS += tests/test-join
TESTS += tests/test-join
tests_test_join_SOURCES = tests/test-join.c
tests_test_join_CPPFLAGS = $(AM_CPPFLAGS) $(GIO_CFLAGS)
tests_test_join_LDADD = libview.a libconfig.a libstore.a libstream.a libcore.a \
	$(ICAL_LIBS) $(SECRET_LIBS) $(SQLITE_LIBS) $(GIO_LIBS) $(GLIB_LIBS)

dist_check_SCRIPTS += tests/saved.test
dist_check_DATA += tests/saved_walk.py
TESTS += tests/saved.test
