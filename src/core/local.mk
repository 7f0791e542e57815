# SPDX-License-Identifier: GPL-3.0-or-later
noinst_LIBRARIES += libcore.a
libcore_a_SOURCES = \
	src/core/absence.c src/core/absence.h \
	src/core/address.c src/core/address.h \
	src/core/base.c \
	src/core/bond.c src/core/bond.h \
	src/core/cadence.c src/core/cadence.h \
	src/core/chain.c src/core/chain.h \
	src/core/clock.c src/core/clock.h \
	src/core/contacts.c src/core/contacts.h \
	src/core/conversation.c src/core/conversation.h \
	src/core/corpus.c src/core/corpus.h \
	src/core/decision.c src/core/decision.h \
	src/core/derive.c src/core/derive.h src/core/derive-private.h \
	src/core/due.c \
	src/core/envelope.c src/core/envelope.h \
	src/core/event.c src/core/event.h src/core/corpus-events.c \
	src/core/expectation.c src/core/expectation.h src/core/expectation-private.h \
	src/core/expectation-train.c \
	src/core/followup.c src/core/followup.h src/core/followup-private.h \
	src/core/followup-again.c src/core/followup-decision.c src/core/followup-event.c src/core/followup-open.c \
	src/core/hash.c src/core/hash.h \
	src/core/history.c src/core/history.h src/core/history-private.h \
	src/core/history-features.c \
	src/core/history-counts.c src/core/history-counts.h \
	src/core/image.c src/core/image.h src/core/image-private.h src/core/image-write.c \
	src/core/instant.c src/core/instant.h \
	src/core/introduction.c src/core/introduction.h \
	src/core/kind.c \
	src/core/latency.c src/core/latency.h \
	src/core/list.c \
	src/core/logistic.c src/core/logistic.h \
	src/core/order.c \
	src/core/own.c \
	src/core/phone.c src/core/phone.h \
	src/core/path.c src/core/path.h \
	src/core/policy.c src/core/policy.h \
	src/core/role.c src/core/role.h \
	src/core/score.c src/core/score.h \
	src/core/subject.c src/core/subject.h

core_tests = tests/test-absence tests/test-address tests/test-cadence tests/test-clock tests/test-derive tests/test-corpus tests/test-event tests/test-hash tests/test-image \
	tests/test-instant tests/test-latency tests/test-logistic tests/test-phone tests/test-role tests/test-score tests/test-subject
check_PROGRAMS += $(core_tests)
TESTS += $(core_tests)
tests_test_absence_LDADD = libcore.a $(GLIB_LIBS)
tests_test_address_LDADD = libcore.a $(GLIB_LIBS)
tests_test_cadence_LDADD = libcore.a $(GLIB_LIBS)
tests_test_clock_LDADD = libcore.a $(GLIB_LIBS)
tests_test_derive_LDADD = libcore.a $(GLIB_LIBS)
tests_test_corpus_LDADD = libcore.a $(GLIB_LIBS)
tests_test_event_LDADD = libcore.a $(GLIB_LIBS)
tests_test_hash_LDADD = libcore.a $(GLIB_LIBS)
tests_test_image_LDADD = libcore.a $(GLIB_LIBS)
tests_test_instant_LDADD = libcore.a $(GLIB_LIBS)
tests_test_latency_LDADD = libcore.a $(GLIB_LIBS)
tests_test_logistic_LDADD = libcore.a $(GLIB_LIBS)
tests_test_phone_LDADD = libcore.a $(GLIB_LIBS)
tests_test_role_LDADD = libcore.a $(GLIB_LIBS)
tests_test_score_LDADD = libcore.a $(GLIB_LIBS)
tests_test_subject_LDADD = libcore.a $(GLIB_LIBS)
