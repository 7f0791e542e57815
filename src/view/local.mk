# SPDX-License-Identifier: GPL-3.0-or-later
# libview.a: what every outlet and face shows
noinst_LIBRARIES += libview.a
libview_a_SOURCES = \
	src/view/absence.c src/view/absence.h src/view/load.c src/view/marks.c src/view/marks.h \
	src/view/person.c src/view/view.c src/view/view.h
libview_a_CPPFLAGS = $(AM_CPPFLAGS) $(GIO_CFLAGS)
