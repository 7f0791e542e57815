# SPDX-License-Identifier: GPL-3.0-or-later
noinst_LIBRARIES += libcore.a
libcore_a_SOURCES = \
	src/core/envelope.c src/core/envelope.h \
	src/core/corpus.c src/core/policy.c \
	src/core/role.h src/core/instant.h src/core/address.h src/core/policy.h \
	src/core/corpus.h src/core/derive.h src/core/latency.h
