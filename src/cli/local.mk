# SPDX-License-Identifier: GPL-3.0-or-later
noinst_LIBRARIES += libcli.a
libcli_a_SOURCES = \
	src/cli/args.c src/cli/args.h \
	src/cli/command.h src/cli/context.c src/cli/help.c src/cli/main.c \
	src/cli/output.c src/cli/table.c
libcli_a_CPPFLAGS = $(AM_CPPFLAGS) $(GIO_CFLAGS)

bin_PROGRAMS += riposte
riposte_SOURCES = src/riposte.c
riposte_LDADD = libcore.a $(GLIB_LIBS)
