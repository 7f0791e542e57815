/* SPDX-License-Identifier: GPL-3.0-or-later */
/* image.c - a derivation out of the bytes that were made of one */
#include <string.h>

#include "core/hash.h"
#include "core/image-private.h"

const RpImageField RP_IMAGE_PLAIN[] = {{RP_END_OF_FIELDS, 0}},
                   RP_IMAGE_TEXT[] = {{RP_AS_TEXT, 0}, {RP_END_OF_FIELDS, 0}},
                   RP_IMAGE_ADDRESS[] = {{RP_AS_TEXT, offsetof(RpAddress, text)},
                                         {RP_END_OF_FIELDS, 0}},
                   RP_IMAGE_PERSON[] = {{RP_AS_TEXT, offsetof(RpPerson, key)},
                                        {RP_END_OF_FIELDS, 0}},
                   RP_IMAGE_FOLDER[] = {{RP_AS_TEXT, offsetof(RpFolder, account)},
                                        {RP_AS_TEXT, offsetof(RpFolder, name)},
                                        {RP_END_OF_FIELDS, 0}},
                   RP_IMAGE_COPY[] = {{RP_AS_TEXT, offsetof(RpCopy, subject)},
                                      {RP_AS_TEXT, offsetof(RpCopy, list_id)},
                                      {RP_AS_THREAD_INDEX,
                                       offsetof(RpCopy, thread_index)},
                                      {RP_END_OF_FIELDS, 0}},
                   RP_IMAGE_MESSAGE[] = {{RP_AS_TEXT, offsetof(RpMessage, why)},
                                         {RP_END_OF_FIELDS, 0}},
                   RP_IMAGE_FOLLOWUP[] = {
                       {RP_AS_TEXT, offsetof(RpFollowup, own_key)},
                       {RP_AS_TEXT, offsetof(RpFollowup, opened_by)},
                       {RP_AS_TEXT, offsetof(RpFollowup, rule)},
                       {RP_AS_TEXT, offsetof(RpFollowup, opened_rule)},
                       {RP_AS_EVENT, offsetof(RpFollowup, event)},
                       {RP_AS_EVENT, offsetof(RpFollowup, closing_event)},
                       {RP_AS_DECISION, offsetof(RpFollowup, decision)},
                       {RP_END_OF_FIELDS, 0}};

uint64_t
rp_image_sum(uint64_t sum, const void *bytes, size_t n)
{
    const uint8_t *at = bytes;
    uint64_t word;

    /* Each step can be undone, so that no change of one word is lost; Knuth's golden
     * ratio spreads it. */
    for (const uint8_t *end = at + n; at < end; at += sizeof word) {
        memcpy(&word, at, sizeof word);
        sum = (sum ^ word) * UINT64_C(0x9e3779b97f4a7c15);
        sum ^= sum >> 32;
    }
    return sum;
}

/* --- reading --- */

typedef struct {
    const uint8_t *at, *end; /* of the arrays; foreign */
    const char *texts;       /* foreign */
    size_t n_texts;
    bool is_short;
} Reader;

static size_t
pad(size_t n)
{
    return (n + RP_IMAGE_ALIGNMENT - 1) / RP_IMAGE_ALIGNMENT * RP_IMAGE_ALIGNMENT;
}

static bool
reader_init(Reader *r, const uint8_t *bytes, size_t n)
{
    uint64_t n_texts;

    if (n < sizeof n_texts || n % RP_IMAGE_ALIGNMENT != 0)
        return false;
    n -= sizeof n_texts;
    memcpy(&n_texts, bytes + n, sizeof n_texts);
    if (n_texts > n || pad(n_texts) > n)
        return false;
    /* Then each that begins in them also ends there. */
    if (n_texts == 0 || bytes[n - pad(n_texts) + n_texts - 1] != '\0')
        return false;
    *r = (Reader){.at = bytes,
                  .end = bytes + n - pad(n_texts),
                  .texts = (const char *)bytes + n - pad(n_texts),
                  .n_texts = n_texts};
    return true;
}

/* Elements of that size, and how many they are. Foreign. */
static const void *
take(Reader *r, size_t size, size_t *n)
{
    const uint8_t *elements = r->at + sizeof(uint64_t);
    size_t n_left = (size_t)(r->end - r->at);
    uint64_t count = 0;

    *n = 0;
    if (n_left < sizeof count) {
        r->is_short = true;
        return NULL;
    }
    memcpy(&count, r->at, sizeof count);
    n_left -= sizeof count;
    if (count > n_left / size || pad(count * size) > n_left) {
        r->is_short = true;
        return NULL;
    }
    r->at = elements + pad(count * size);
    *n = count;
    return elements;
}

/* Texts' places become addresses; events and decisions remain numbers. */
static void
find_texts(Reader *r, char *elements, size_t n, size_t size, const RpImageField *fields)
{
    for (size_t i = 0; i < n; i++)
        for (const RpImageField *field = fields; field->form != RP_END_OF_FIELDS;
             field++) {
            gpointer *at = (gpointer *)(gpointer)(elements + i * size + field->offset);
            size_t place = GPOINTER_TO_SIZE(*at);
            size_t need = field->form == RP_AS_THREAD_INDEX ? RP_THREAD_INDEX_LEN : 1;

            if (place == 0 || field->form == RP_AS_EVENT ||
                field->form == RP_AS_DECISION)
                continue;
            *at = NULL;
            if (r->n_texts < need || place - 1 > r->n_texts - need)
                r->is_short = true;
            else
                *at = (gpointer)(guintptr)(r->texts + (place - 1));
        }
}

static void *
get_array(Reader *r, size_t size, const RpImageField *fields)
{
    size_t n;
    const void *found = take(r, size, &n);
    void *elements = n > 0 ? g_memdup2(found, n * size) : NULL;

    find_texts(r, elements, n, size, fields);
    return elements;
}

/* In the place of array. */
static void
get_garray(Reader *r, GArray *array, const RpImageField *fields)
{
    guint size = g_array_get_element_size(array);
    size_t n;
    const void *found = take(r, size, &n);

    g_array_set_size(array, 0);
    g_array_append_vals(array, found, (guint)n);
    find_texts(r, array->data, n, size, fields);
}

static GArray *
get_new_garray(Reader *r, size_t size)
{
    GArray *array = g_array_new(FALSE, FALSE, (guint)size);

    get_garray(r, array, RP_IMAGE_PLAIN);
    return array;
}

static void
get_texts(Reader *r, GPtrArray *texts)
{
    size_t n;
    const void *found = take(r, sizeof(gpointer), &n);

    g_ptr_array_set_size(texts, (gint)n);
    if (n > 0)
        memcpy(texts->pdata, found, n * sizeof(gpointer));
    find_texts(r, (char *)texts->pdata, n, sizeof(gpointer), RP_IMAGE_TEXT);
}

static void
get_folders(Reader *r, GArray *folders)
{
    get_garray(r, folders, RP_IMAGE_FOLDER);
    for (guint i = 0; i < folders->len; i++) {
        RpFolder *folder = &g_array_index(folders, RpFolder, i);

        folder->account = g_strdup(folder->account);
        folder->name = g_strdup(folder->name);
    }
}

static void
get_corpus(Reader *r, RpCorpus *corpus)
{
    g_autoptr(GArray) known_as = NULL;

    get_folders(r, corpus->folders);
    get_texts(r, corpus->ids);
    get_garray(r, corpus->addresses, RP_IMAGE_ADDRESS);
    get_garray(r, corpus->persons, RP_IMAGE_PERSON);
    known_as = get_new_garray(r, sizeof(uint32_t));
    get_texts(r, corpus->names);
    get_garray(r, corpus->copies, RP_IMAGE_COPY);
    get_garray(r, corpus->pool, RP_IMAGE_PLAIN);
    if (!r->is_short)
        rp_corpus_index(corpus, known_as);
}

static void
get_derivation(Reader *r, RpDerivation *d)
{
    get_garray(r, d->sorted_copies, RP_IMAGE_PLAIN);
    get_garray(r, d->messages, RP_IMAGE_MESSAGE);
    get_garray(r, d->message_of_id, RP_IMAGE_PLAIN);
    get_garray(r, d->copy_times, RP_IMAGE_PLAIN);
    get_garray(r, d->followups, RP_IMAGE_FOLLOWUP);
    get_texts(r, d->person_names);
    d->address_of_id = get_array(r, sizeof(uint32_t), RP_IMAGE_PLAIN);
    d->bases = get_array(r, sizeof(RpBase), RP_IMAGE_PLAIN);
    d->is_me = get_array(r, 1, RP_IMAGE_PLAIN);
    d->is_learned = get_array(r, 1, RP_IMAGE_PLAIN);
    d->is_machine = get_array(r, 1, RP_IMAGE_PLAIN);
    d->list_times = get_array(r, sizeof(RpListTimes), RP_IMAGE_PLAIN);
}

static void
get_model(Reader *r, GPtrArray *models)
{
    RpModel *model = get_array(r, sizeof *model, RP_IMAGE_PLAIN);

    if (model == NULL)
        return;
    model->waits = get_new_garray(r, sizeof(int64_t));
    g_ptr_array_add(models, model);
}

static RpExpectations *
get_expectations(Reader *r, const RpDerivation *d, const RpImageNumbers *numbers)
{
    RpExpectations *e = rp_expectations_empty(d);

    e->n_learned = numbers->n_learned;
    get_garray(r, e->rows, RP_IMAGE_PLAIN);
    get_garray(r, e->row_of, RP_IMAGE_PLAIN);
    e->histories = get_new_garray(r, sizeof(RpHistory));
    e->days = get_new_garray(r, sizeof(uint32_t));
    for (int i = 0; i < 2; i++)
        get_garray(r, e->openings[i], RP_IMAGE_PLAIN);
    for (uint32_t i = 0; i < numbers->n_models && !r->is_short; i++)
        get_model(r, e->models);
    return e;
}

void
rp_image_clear(RpImage *image)
{
    g_clear_pointer(&image->decisions, g_array_unref);
    g_clear_pointer(&image->expectations, rp_expectations_free);
    g_clear_pointer(&image->derivation, rp_derivation_free);
    g_clear_pointer(&image->corpus, rp_corpus_free);
}

bool
rp_image_read(GBytes *bytes, RpImage *image)
{
    size_t n;
    const uint8_t *data = g_bytes_get_data(bytes, &n);
    g_autofree RpImageNumbers *numbers = NULL;
    Reader r;

    *image = (RpImage){0};
    if (!reader_init(&r, data, n))
        return false;
    numbers = get_array(&r, sizeof *numbers, RP_IMAGE_PLAIN);
    if (numbers == NULL)
        return false;
    image->corpus = rp_corpus_new();
    image->corpus->image = g_bytes_ref(bytes);
    image->derivation = rp_derivation_empty(image->corpus);
    image->derivation->as_of_at = numbers->as_of_at;
    image->derivation->n_bases = numbers->n_bases;
    image->derivation->n_conversations = numbers->n_conversations;
    image->derivation->n_clock_anomalies = numbers->n_clock_anomalies;
    get_corpus(&r, image->corpus);
    get_derivation(&r, image->derivation);
    image->decisions = get_new_garray(&r, sizeof(RpImageDecision));
    if (numbers->has_expectations)
        image->expectations = get_expectations(&r, image->derivation, numbers);
    if (!r.is_short)
        return true;
    rp_image_clear(image);
    return false;
}

/* --- linking --- */

static gpointer
member(const GPtrArray *members, gconstpointer number)
{
    gsize i = GPOINTER_TO_SIZE(number);

    return i > 0 && i <= members->len ? g_ptr_array_index(members, i - 1) : NULL;
}

static GHashTable *
index_by_id(const GPtrArray *decisions)
{
    GHashTable *index = g_hash_table_new(rp_hash_pair, g_int64_equal);

    for (guint i = 0; i < decisions->len; i++) {
        RpDecision *decision = g_ptr_array_index(decisions, i);

        g_hash_table_insert(index, &decision->id, decision);
    }
    return index;
}

/* Those that were there, in their order; the others, and those that have been undone,
 * are added to changed. NULL if one has gone. The caller's. */
static GPtrArray *
find_decisions(const GArray *known, const GPtrArray *decisions, GPtrArray *changed)
{
    g_autoptr(GHashTable) left = index_by_id(decisions);
    g_autoptr(GPtrArray) found = g_ptr_array_new();
    GHashTableIter iter;
    gpointer decision;

    for (guint i = 0; i < known->len; i++) {
        RpImageDecision *as = &g_array_index(known, RpImageDecision, i);
        RpDecision *now = g_hash_table_lookup(left, &as->id);

        if (now == NULL || now->taken_at != as->taken_at || now->at != as->at)
            return NULL;
        g_ptr_array_add(found, now);
        if (now->undone_at != as->undone_at)
            g_ptr_array_add(changed, now);
        g_hash_table_remove(left, &as->id);
    }
    g_hash_table_iter_init(&iter, left);
    while (g_hash_table_iter_next(&iter, NULL, &decision))
        g_ptr_array_add(changed, decision);
    return g_steal_pointer(&found);
}

bool
rp_image_link(const RpImage *image, const RpPolicy *policy, const GPtrArray *decisions,
              int64_t as_of_at)
{
    RpDerivation *d = image->derivation;
    const GPtrArray *events = image->corpus->events;
    g_autoptr(GPtrArray) changed = g_ptr_array_new();
    g_autoptr(GPtrArray) found = find_decisions(image->decisions, decisions, changed);

    if (found == NULL)
        return false;
    d->policy = policy;
    d->decisions = decisions;
    for (guint i = 0; i < d->followups->len; i++) {
        RpFollowup *f = &g_array_index(d->followups, RpFollowup, i);

        if (f->event != NULL)
            f->event = member(events, f->event);
        if (f->closing_event != NULL)
            f->closing_event = member(events, f->closing_event);
        if (f->decision != NULL)
            f->decision = member(found, f->decision);
    }
    return rp_derivation_move(d, changed, as_of_at);
}
