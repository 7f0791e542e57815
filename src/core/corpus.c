/* SPDX-License-Identifier: GPL-3.0-or-later */
/* corpus.c - interning what copies hold */
#include "core/corpus.h"

#include <string.h>

#include "core/address.h"
#include "core/hash.h"
#include "core/image-private.h"
#include "core/instant.h"

static void
folder_clear(gpointer data)
{
    RpFolder *folder = data;

    g_free(folder->account);
    g_free(folder->name);
}

static void
free_event(gpointer event)
{
    rp_event_free(event);
}

RpCorpus *
rp_corpus_new(void)
{
    RpCorpus *corpus = g_new0(RpCorpus, 1);

    corpus->chunk = g_string_chunk_new(1 << 16);
    corpus->folders = g_array_new(FALSE, FALSE, sizeof(RpFolder));
    g_array_set_clear_func(corpus->folders, folder_clear);
    corpus->ids = g_ptr_array_new();
    corpus->addresses = g_array_new(FALSE, FALSE, sizeof(RpAddress));
    corpus->persons = g_array_new(FALSE, FALSE, sizeof(RpPerson));
    corpus->names = g_ptr_array_new();
    corpus->copies = g_array_new(FALSE, FALSE, sizeof(RpCopy));
    corpus->events = g_ptr_array_new_with_free_func(free_event);
    corpus->pool = g_array_new(FALSE, FALSE, sizeof(uint32_t));
    corpus->id_index = g_hash_table_new(rp_hash_text, g_str_equal);
    corpus->address_index = g_hash_table_new(rp_hash_text, g_str_equal);
    corpus->person_index = g_hash_table_new(rp_hash_text, g_str_equal);
    corpus->name_index = g_hash_table_new(rp_hash_text, g_str_equal);
    rp_corpus_intern_name(corpus, "");
    return corpus;
}

void
rp_corpus_free(RpCorpus *corpus)
{
    if (corpus == NULL)
        return;
    g_hash_table_unref(corpus->id_index);
    g_hash_table_unref(corpus->address_index);
    g_hash_table_unref(corpus->person_index);
    g_hash_table_unref(corpus->name_index);
    g_array_unref(corpus->folders);
    g_ptr_array_unref(corpus->ids);
    g_array_unref(corpus->addresses);
    g_array_unref(corpus->persons);
    g_ptr_array_unref(corpus->names);
    g_array_unref(corpus->copies);
    g_ptr_array_unref(corpus->events);
    g_array_unref(corpus->pool);
    g_string_chunk_free(corpus->chunk);
    g_clear_pointer(&corpus->image, g_bytes_unref);
    g_free(corpus);
}

/* The tables hold index + 1, so that NULL says "not there". */
static bool
find(GHashTable *table, const char *text, uint32_t *index)
{
    guint found = GPOINTER_TO_UINT(g_hash_table_lookup(table, text));

    *index = found - 1;
    return found != 0;
}

/* Remembers a text, already in the chunk, as index. */
static void
remember(GHashTable *table, const char *text, uint32_t index)
{
    /* The table frees no keys and writes to none. */
    g_hash_table_insert(table, (gpointer)(guintptr)text, GUINT_TO_POINTER(index + 1));
}

static uint32_t
add_text(RpCorpus *corpus, GPtrArray *texts, GHashTable *table, const char *text)
{
    char *kept = g_string_chunk_insert(corpus->chunk, text);

    g_ptr_array_add(texts, kept);
    remember(table, kept, texts->len - 1);
    return texts->len - 1;
}

static uint32_t
intern_text(RpCorpus *corpus, GPtrArray *texts, GHashTable *table, const char *text)
{
    uint32_t index;

    return find(table, text, &index) ? index : add_text(corpus, texts, table, text);
}

uint32_t
rp_corpus_add_folder(RpCorpus *corpus, const char *account, const char *name,
                     RpRole role)
{
    RpFolder folder = {g_strdup(account), g_strdup(name), role};

    for (guint i = 0; i < corpus->folders->len; i++) {
        const RpFolder *known = &g_array_index(corpus->folders, RpFolder, i);

        if (strcmp(known->account, account) == 0 && strcmp(known->name, name) == 0) {
            folder_clear(&folder);
            return i;
        }
    }
    g_array_append_val(corpus->folders, folder);
    return corpus->folders->len - 1;
}

uint32_t
rp_corpus_intern_id(RpCorpus *corpus, const char *message_id)
{
    return intern_text(corpus, corpus->ids, corpus->id_index, message_id);
}

uint32_t
rp_corpus_add_id(RpCorpus *corpus, const char *message_id)
{
    return add_text(corpus, corpus->ids, corpus->id_index, message_id);
}

uint32_t
rp_corpus_intern_name(RpCorpus *corpus, const char *name)
{
    return intern_text(corpus, corpus->names, corpus->name_index, name);
}

uint32_t
rp_corpus_add_person(RpCorpus *corpus, int64_t id, const char *key, bool is_curated)
{
    RpPerson person = {0};

    person.id = id;
    person.key = g_string_chunk_insert(corpus->chunk, key);
    person.is_curated = is_curated;
    g_array_append_val(corpus->persons, person);
    remember(corpus->person_index, person.key, corpus->persons->len - 1);
    return corpus->persons->len - 1;
}

static uint32_t
intern_person(RpCorpus *corpus, const char *address)
{
    g_autofree char *key = rp_address_person_key(address);
    uint32_t index;

    if (find(corpus->person_index, key, &index))
        return index;
    return rp_corpus_add_person(corpus, rp_person_id(key), key, false);
}

uint32_t
rp_corpus_add_address(RpCorpus *corpus, const char *normalized_address, uint32_t person)
{
    RpAddress address = {g_string_chunk_insert(corpus->chunk, normalized_address),
                         person, person};

    g_array_append_val(corpus->addresses, address);
    remember(corpus->address_index, address.text, corpus->addresses->len - 1);
    return corpus->addresses->len - 1;
}

uint32_t
rp_corpus_intern_address(RpCorpus *corpus, const char *normalized_address)
{
    uint32_t index;

    if (find(corpus->address_index, normalized_address, &index))
        return index;
    return rp_corpus_add_address(corpus, normalized_address,
                                 intern_person(corpus, normalized_address));
}

RpSlice
rp_corpus_add_slice(RpCorpus *corpus, const uint32_t *members, uint32_t n)
{
    RpSlice slice = {corpus->pool->len, n};

    if (n > 0)
        g_array_append_vals(corpus->pool, members, n);
    return slice;
}

/* Interns each text and appends its index to the pool, in order. */
static RpSlice
add_texts(RpCorpus *corpus, const GPtrArray *texts,
          uint32_t (*intern)(RpCorpus *, const char *))
{
    RpSlice slice = {corpus->pool->len, texts->len};

    for (guint i = 0; i < texts->len; i++) {
        uint32_t index = intern(corpus, g_ptr_array_index(texts, i));

        g_array_append_val(corpus->pool, index);
    }
    return slice;
}

static RpSlice
add_addresses(RpCorpus *corpus, const GPtrArray *mailboxes)
{
    RpSlice slice = {corpus->pool->len, mailboxes->len};

    for (guint i = 0; i < mailboxes->len; i++) {
        const RpMailbox *mailbox = g_ptr_array_index(mailboxes, i);
        uint32_t index = rp_corpus_intern_address(corpus, mailbox->address);

        g_array_append_val(corpus->pool, index);
    }
    return slice;
}

static RpSlice
add_names(RpCorpus *corpus, const GPtrArray *mailboxes)
{
    RpSlice slice = {corpus->pool->len, mailboxes->len};

    for (guint i = 0; i < mailboxes->len; i++) {
        const RpMailbox *mailbox = g_ptr_array_index(mailboxes, i);
        uint32_t index = rp_corpus_intern_name(corpus, mailbox->name);

        g_array_append_val(corpus->pool, index);
    }
    return slice;
}

void
rp_corpus_append_copy(RpCorpus *corpus, const RpCopy *copy)
{
    g_array_append_vals(corpus->copies, copy, 1);
}

static void
set_lists(RpCorpus *corpus, RpCopy *copy, const RpEnvelope *envelope)
{
    copy->from = add_addresses(corpus, envelope->from);
    copy->reply_to = add_addresses(corpus, envelope->reply_to);
    copy->to = add_addresses(corpus, envelope->to);
    copy->cc = add_addresses(corpus, envelope->cc);
    copy->from_names = add_names(corpus, envelope->from);
    copy->to_names = add_names(corpus, envelope->to);
    copy->cc_names = add_names(corpus, envelope->cc);
    copy->in_reply_to = add_texts(corpus, envelope->in_reply_to, rp_corpus_intern_id);
    copy->references = add_texts(corpus, envelope->references, rp_corpus_intern_id);
    copy->list_posts =
        add_texts(corpus, envelope->list_posts, rp_corpus_intern_address);
}

void
rp_corpus_add_copy(RpCorpus *corpus, uint32_t folder, const RpEnvelope *envelope,
                   int64_t answered_at)
{
    RpCopy copy = {
        .id = rp_corpus_intern_id(corpus, envelope->message_id),
        .folder = folder,
        .uid = envelope->uid,
        .internal_at = envelope->internal_at,
        .date_at = envelope->date_at,
        .answered_at = answered_at,
        .size = envelope->size,
        .flags = envelope->flags,
        .signs = envelope->signs,
        .subject = g_string_chunk_insert(corpus->chunk, envelope->subject),
        .list_id = g_string_chunk_insert(corpus->chunk, envelope->list_id),
    };

    if (envelope->has_thread_index)
        copy.thread_index = (const uint8_t *)g_string_chunk_insert_len(
            corpus->chunk, (const char *)envelope->thread_index, RP_THREAD_INDEX_LEN);
    set_lists(corpus, &copy, envelope);
    rp_corpus_append_copy(corpus, &copy);
}

uint32_t
rp_corpus_find_person(const RpCorpus *corpus, const char *key)
{
    uint32_t index;

    return find(corpus->person_index, key, &index) ? index : RP_NONE;
}

/* Many, of which most views ask for none. */
static void
index_ids(const RpCorpus *corpus)
{
    for (guint i = 0; i < corpus->ids->len; i++)
        remember(corpus->id_index, g_ptr_array_index(corpus->ids, i), i);
}

uint32_t
rp_corpus_find_id(const RpCorpus *corpus, const char *message_id)
{
    uint32_t index;

    if (g_hash_table_size(corpus->id_index) == 0)
        index_ids(corpus);
    return find(corpus->id_index, message_id, &index) ? index : RP_NONE;
}

void
rp_corpus_index(RpCorpus *corpus, const GArray *known_as)
{
    for (guint i = 0; i < corpus->addresses->len; i++)
        remember(corpus->address_index,
                 g_array_index(corpus->addresses, RpAddress, i).text, i);
    for (guint i = 0; i < MIN(corpus->persons->len, known_as->len); i++)
        remember(corpus->person_index, g_array_index(corpus->persons, RpPerson, i).key,
                 g_array_index(known_as, uint32_t, i));
}

static int64_t
shorter_limit(int64_t a, int64_t b)
{
    return a == 0 || (b != 0 && b < a) ? b : a;
}

void
rp_corpus_join(RpCorpus *corpus, const uint32_t *into)
{
    for (uint32_t i = 0; i < corpus->persons->len; i++) {
        RpPerson *gone = &g_array_index(corpus->persons, RpPerson, i);
        RpPerson *kept = &g_array_index(corpus->persons, RpPerson, into[i]);

        if (gone == kept)
            continue;
        kept->is_curated = kept->is_curated || gone->is_curated;
        kept->limit_s = shorter_limit(kept->limit_s, gone->limit_s);
        gone->is_curated = false;
        gone->limit_s = 0;
        remember(corpus->person_index, gone->key, into[i]);
    }
    for (uint32_t i = 0; i < corpus->addresses->len; i++) {
        RpAddress *address = &g_array_index(corpus->addresses, RpAddress, i);

        address->person = into[address->person];
    }
}
