# SPDX-License-Identifier: GPL-3.0-or-later
# libstream.a: the records
noinst_LIBRARIES += libstream.a
libstream_a_SOURCES = \
	src/stream/record.c src/stream/record.h src/stream/codec.h \
	src/stream/record-check.c src/stream/record-read.c \
	src/stream/record-decode.c src/stream/record-write.c \
	src/stream/wire.c src/stream/wire.h

check_PROGRAMS += tests/test-record tests/test-record-broken
TESTS += tests/test-record tests/test-record-broken
tests_test_record_SOURCES = tests/test-record.c
tests_test_record_LDADD = libstream.a libcore.a $(GLIB_LIBS)
tests_test_record_broken_SOURCES = tests/test-record-broken.c
tests_test_record_broken_LDADD = libstream.a libcore.a $(GLIB_LIBS)

if FUZZERS
noinst_PROGRAMS += tests/fuzz-record
tests_fuzz_record_SOURCES = tests/fuzz-record.c
tests_fuzz_record_CFLAGS = $(AM_CFLAGS) -fsanitize=fuzzer
tests_fuzz_record_LDFLAGS = $(AM_LDFLAGS) -fsanitize=fuzzer
tests_fuzz_record_LDADD = libstream.a libcore.a $(GLIB_LIBS)
endif
