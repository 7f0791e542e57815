/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-corpus.c - interning: a text stands once, a copy names it by its index */
#include <string.h>

#include "core/corpus.h"
#include "core/instant.h"

static void
test_intern(void)
{
    g_autoptr(RpCorpus) corpus = rp_corpus_new();
    char text[] = "b@x.org";
    uint32_t a = rp_corpus_intern_id(corpus, "a@x.org");
    uint32_t b = rp_corpus_intern_id(corpus, text);

    text[0] = 'z'; /* texts are copied */
    g_assert_cmpuint(a, !=, b);
    g_assert_cmpuint(rp_corpus_intern_id(corpus, "a@x.org"), ==, a);
    g_assert_cmpstr(g_ptr_array_index(corpus->ids, b), ==, "b@x.org");
    g_assert_cmpuint(rp_corpus_intern_name(corpus, ""), ==, 0);
}

static void
test_folders(void)
{
    g_autoptr(RpCorpus) corpus = rp_corpus_new();
    uint32_t inbox = rp_corpus_add_folder(corpus, "work", "INBOX", RP_ROLE_INBOX);

    g_assert_cmpuint(rp_corpus_add_folder(corpus, "home", "INBOX", RP_ROLE_INBOX), !=,
                     inbox);
    g_assert_cmpuint(rp_corpus_add_folder(corpus, "work", "INBOX", RP_ROLE_INBOX), ==,
                     inbox);
}

/* One person, many addresses. */
static void
test_persons(void)
{
    g_autoptr(RpCorpus) corpus = rp_corpus_new();
    const RpAddress *addresses;

    rp_corpus_intern_address(corpus, "a.b@gmail.com");
    rp_corpus_intern_address(corpus, "ab+news@gmail.com");
    rp_corpus_intern_address(corpus, "ab@x.org");
    addresses = (const RpAddress *)(const void *)corpus->addresses->data;
    g_assert_cmpuint(addresses[0].person, ==, addresses[1].person);
    g_assert_cmpuint(addresses[0].person, !=, addresses[2].person);
    g_assert_cmpuint(corpus->persons->len, ==, 2);
}

static const char *
member(const RpCorpus *corpus, RpSlice slice, uint32_t i)
{
    uint32_t index = g_array_index(corpus->pool, uint32_t, slice.first + i);

    return g_array_index(corpus->addresses, RpAddress, index).text;
}

static void
test_copy(void)
{
    g_autoptr(RpCorpus) corpus = rp_corpus_new();
    g_autoptr(RpEnvelope) envelope = rp_envelope_new();
    const RpCopy *copy;

    g_free(envelope->message_id);
    envelope->message_id = g_strdup("a@x.org");
    envelope->has_thread_index = true; /* 22 zero bytes are 22 bytes */
    g_ptr_array_add(envelope->to, rp_mailbox_new("Ada", "ada@x.org"));
    g_ptr_array_add(envelope->to, rp_mailbox_new("", "bob@x.org"));
    g_ptr_array_add(envelope->references, g_strdup("b@x.org"));
    rp_corpus_add_copy(corpus, 0, envelope, RP_NEVER);
    copy = &g_array_index(corpus->copies, RpCopy, 0);
    g_assert_cmpuint(copy->to.n, ==, 2);
    g_assert_cmpstr(member(corpus, copy->to, 1), ==, "bob@x.org");
    g_assert_cmpuint(copy->to_names.n, ==, 2);
    g_assert_cmpuint(copy->cc.n, ==, 0);
    g_assert_cmpuint(copy->references.n, ==, 1);
    g_assert_cmpstr(copy->subject, ==, "");
    g_assert_cmpint(copy->date_at, ==, RP_NEVER);
    g_assert_cmpint(
        memcmp(copy->thread_index, envelope->thread_index, RP_THREAD_INDEX_LEN), ==, 0);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_set_nonfatal_assertions();
    g_test_add_func("/corpus/intern", test_intern);
    g_test_add_func("/corpus/folders", test_folders);
    g_test_add_func("/corpus/persons", test_persons);
    g_test_add_func("/corpus/copy", test_copy);
    return g_test_run();
}
