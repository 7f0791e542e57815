# SPDX-License-Identifier: GPL-3.0-or-later
noinst_LIBRARIES += libcore.a
libcore_a_SOURCES = \
	src/core/envelope.c src/core/envelope.h \
	src/core/address.c src/core/instant.c src/core/role.c \
	src/core/corpus.c src/core/policy.c \
	src/core/role.h src/core/instant.h src/core/address.h src/core/policy.h \
	src/core/corpus.h src/core/derive.h \
	src/core/latency.c src/core/latency.h src/core/clock.c src/core/clock.h

check_PROGRAMS += tests/test-latency tests/test-clock
TESTS += tests/test-latency tests/test-clock
tests_test_latency_SOURCES = tests/test-latency.c
tests_test_latency_LDADD = libcore.a $(GLIB_LIBS)
tests_test_clock_SOURCES = tests/test-clock.c
tests_test_clock_LDADD = libcore.a $(GLIB_LIBS)

check_PROGRAMS += tests/test-address tests/test-instant tests/test-role
TESTS += tests/test-address tests/test-instant tests/test-role
tests_test_address_SOURCES = tests/test-address.c
tests_test_address_LDADD = libcore.a $(GLIB_LIBS)
tests_test_instant_SOURCES = tests/test-instant.c
tests_test_instant_LDADD = libcore.a $(GLIB_LIBS)
tests_test_role_SOURCES = tests/test-role.c
tests_test_role_LDADD = libcore.a $(GLIB_LIBS)
