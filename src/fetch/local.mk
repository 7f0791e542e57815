# SPDX-License-Identifier: GPL-3.0-or-later
noinst_LIBRARIES += libfetch.a
libfetch_a_CFLAGS = $(AM_CFLAGS) $(GIO_CFLAGS) $(ETPAN_CFLAGS) $(GMIME_CFLAGS)
libfetch_a_SOURCES = \
	src/fetch/source.h

pkglibexec_PROGRAMS += riposte-fetch
riposte_fetch_SOURCES = src/riposte-fetch.c
riposte_fetch_LDADD = libcore.a $(GLIB_LIBS)
