# SPDX-License-Identifier: GPL-3.0-or-later
noinst_LIBRARIES += libsync.a
libsync_a_SOURCES = \
	src/sync/sync.c src/sync/sync.h src/sync/private.h src/sync/records.c src/sync/request.c src/sync/request.h \
	src/sync/intake.c src/sync/intake.h src/sync/child.c src/sync/child.h \
	src/sync/program.c
libsync_a_CFLAGS = $(AM_CFLAGS) $(GIO_CFLAGS)
