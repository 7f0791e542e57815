# SPDX-License-Identifier: GPL-3.0-or-later
# libview.a: what every outlet and face shows
noinst_LIBRARIES += libview.a
libview_a_SOURCES = \
	src/view/load.c src/view/person.c src/view/view.c src/view/view.h
libview_a_CPPFLAGS = $(AM_CPPFLAGS) $(GIO_CFLAGS)
