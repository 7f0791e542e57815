# SPDX-License-Identifier: GPL-3.0-or-later
noinst_LIBRARIES += libconfig.a
libconfig_a_SOURCES = \
	src/config/config.h \
	src/config/nearest.c src/config/nearest.h
libconfig_a_CPPFLAGS = $(AM_CPPFLAGS) $(GIO_CFLAGS)
