# SPDX-License-Identifier: GPL-3.0-or-later
bin_PROGRAMS += riposted
riposted_SOURCES = src/riposted.c
riposted_LDADD = libcore.a $(GLIB_LIBS)
