# SPDX-License-Identifier: GPL-3.0-or-later
pkglibexec_PROGRAMS += riposte-notify
riposte_notify_SOURCES = src/riposte-notify.c
riposte_notify_LDADD = libcore.a $(GLIB_LIBS)
