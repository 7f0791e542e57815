# SPDX-License-Identifier: GPL-3.0-or-later
pkglibexec_PROGRAMS += riposte-fetch
riposte_fetch_SOURCES = src/riposte-fetch.c
riposte_fetch_LDADD = libcore.a $(GLIB_LIBS)
