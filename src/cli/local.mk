# SPDX-License-Identifier: GPL-3.0-or-later
bin_PROGRAMS += riposte
riposte_SOURCES = src/riposte.c
riposte_LDADD = libcore.a $(GLIB_LIBS)
