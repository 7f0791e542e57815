/* SPDX-License-Identifier: GPL-3.0-or-later */
/* image-write.c - a derivation as bytes */
#include <string.h>

#include "core/image-private.h"

typedef struct {
    RpImageSink sink;
    gpointer data;
    GString *texts;                 /* own */
    GHashTable *places;             /* own; by a text's address: where it is, plus 1 */
    GHashTable *events, *decisions; /* own; by address: their number, plus 1 */
} Writer;

static GHashTable *
number(const GPtrArray *members)
{
    GHashTable *numbers = g_hash_table_new(NULL, NULL);

    for (guint i = 0; members != NULL && i < members->len; i++)
        g_hash_table_insert(numbers, g_ptr_array_index(members, i),
                            GUINT_TO_POINTER(i + 1));
    return numbers;
}

static void
put(const Writer *w, const void *bytes, size_t n)
{
    size_t rest = n % RP_IMAGE_ALIGNMENT;
    char last[RP_IMAGE_ALIGNMENT] = {0};

    if (n > rest)
        w->sink(bytes, n - rest, w->data);
    if (rest == 0)
        return;
    memcpy(last, (const char *)bytes + (n - rest), rest);
    w->sink(last, sizeof last, w->data);
}

static gpointer
place_of_text(const Writer *w, gpointer text, size_t n)
{
    gpointer place = g_hash_table_lookup(w->places, text);

    if (place != NULL)
        return place;
    place = GSIZE_TO_POINTER(w->texts->len + 1);
    g_string_append_len(w->texts, text, (gssize)n);
    g_hash_table_insert(w->places, text, place);
    return place;
}

static gpointer
place_of(const Writer *w, gpointer pointer, RpImageForm form)
{
    if (pointer == NULL)
        return NULL;
    switch (form) {
    case RP_AS_EVENT:
        return g_hash_table_lookup(w->events, pointer);
    case RP_AS_DECISION:
        return g_hash_table_lookup(w->decisions, pointer);
    case RP_AS_THREAD_INDEX:
        return place_of_text(w, pointer, RP_THREAD_INDEX_LEN);
    case RP_AS_TEXT:
    case RP_END_OF_FIELDS:
        break;
    }
    return place_of_text(w, pointer, strlen(pointer) + 1);
}

/* How many there are, and they. */
static void
put_array(const Writer *w, const void *elements, size_t n, size_t size,
          const RpImageField *fields)
{
    uint64_t count = n;
    g_autofree char *placed =
        fields->form != RP_END_OF_FIELDS ? g_memdup2(elements, n * size) : NULL;

    for (size_t i = 0; placed != NULL && i < n; i++)
        for (const RpImageField *field = fields; field->form != RP_END_OF_FIELDS;
             field++) {
            gpointer *at = (gpointer *)(gpointer)(placed + i * size + field->offset);

            *at = place_of(w, *at, field->form);
        }
    put(w, &count, sizeof count);
    put(w, placed != NULL ? placed : elements, n * size);
}

static void
put_garray(const Writer *w, GArray *array, const RpImageField *fields)
{
    put_array(w, array->data, array->len, g_array_get_element_size(array), fields);
}

static void
put_texts(const Writer *w, const GPtrArray *texts)
{
    put_array(w, texts->pdata, texts->len, sizeof(gpointer), RP_IMAGE_TEXT);
}

/* Who somebody is by the key of person i: one that was made one with another's. */
static void
put_persons(const Writer *w, const RpCorpus *corpus)
{
    g_autoptr(GArray) known_as = g_array_new(FALSE, FALSE, sizeof(uint32_t));

    for (guint i = 0; i < corpus->persons->len; i++) {
        const RpPerson *person = &g_array_index(corpus->persons, RpPerson, i);
        uint32_t index = rp_corpus_find_person(corpus, person->key);

        g_array_append_val(known_as, index);
    }
    put_garray(w, corpus->persons, RP_IMAGE_PERSON);
    put_garray(w, known_as, RP_IMAGE_PLAIN);
}

static void
put_corpus(const Writer *w, const RpCorpus *corpus)
{
    put_garray(w, corpus->folders, RP_IMAGE_FOLDER);
    put_texts(w, corpus->ids);
    put_garray(w, corpus->addresses, RP_IMAGE_ADDRESS);
    put_persons(w, corpus);
    put_texts(w, corpus->names);
    put_garray(w, corpus->copies, RP_IMAGE_COPY);
    put_garray(w, corpus->pool, RP_IMAGE_PLAIN);
}

static void
put_derivation(const Writer *w, const RpDerivation *d)
{
    size_t n = d->corpus->addresses->len;

    /* Ids are made when they are asked for. */
    for (guint i = 0; i < d->followups->len; i++)
        rp_followup_id(&g_array_index(d->followups, RpFollowup, i));
    put_garray(w, d->sorted_copies, RP_IMAGE_PLAIN);
    put_garray(w, d->messages, RP_IMAGE_MESSAGE);
    put_garray(w, d->message_of_id, RP_IMAGE_PLAIN);
    put_garray(w, d->copy_times, RP_IMAGE_PLAIN);
    put_garray(w, d->followups, RP_IMAGE_FOLLOWUP);
    put_texts(w, d->person_names);
    put_array(w, d->address_of_id, d->corpus->ids->len, sizeof(uint32_t),
              RP_IMAGE_PLAIN);
    put_array(w, d->bases, d->bases != NULL ? d->messages->len : 0, sizeof(RpBase),
              RP_IMAGE_PLAIN);
    put_array(w, d->is_me, n, 1, RP_IMAGE_PLAIN);
    put_array(w, d->is_learned, n, 1, RP_IMAGE_PLAIN);
    put_array(w, d->is_machine, n, 1, RP_IMAGE_PLAIN);
    put_array(w, d->list_times, n, sizeof(RpListTimes), RP_IMAGE_PLAIN);
}

static void
put_decisions(const Writer *w, const GPtrArray *decisions)
{
    g_autoptr(GArray) known = g_array_new(FALSE, FALSE, sizeof(RpImageDecision));

    for (guint i = 0; decisions != NULL && i < decisions->len; i++) {
        const RpDecision *decision = g_ptr_array_index(decisions, i);
        RpImageDecision as = {decision->id, decision->taken_at, decision->undone_at,
                              decision->at};

        g_array_append_val(known, as);
    }
    put_garray(w, known, RP_IMAGE_PLAIN);
}

static void
put_expectations(const Writer *w, const RpExpectations *e)
{
    put_garray(w, e->rows, RP_IMAGE_PLAIN);
    put_garray(w, e->row_of, RP_IMAGE_PLAIN);
    put_garray(w, e->histories, RP_IMAGE_PLAIN);
    put_garray(w, e->days, RP_IMAGE_PLAIN);
    for (int i = 0; i < 2; i++)
        put_garray(w, e->openings[i], RP_IMAGE_PLAIN);
    for (guint i = 0; i < e->models->len; i++) {
        const RpModel *model = g_ptr_array_index(e->models, i);

        put_array(w, model, 1, sizeof *model, RP_IMAGE_PLAIN);
        put_garray(w, model->waits, RP_IMAGE_PLAIN);
    }
}

void
rp_image_write(const RpDerivation *d, RpExpectations *e, RpImageSink sink,
               gpointer data)
{
    Writer w = {.sink = sink, .data = data, .texts = g_string_new(NULL)};
    RpImageNumbers numbers = {.as_of_at = d->as_of_at,
                              .n_bases = d->n_bases,
                              .n_conversations = d->n_conversations,
                              .n_clock_anomalies = d->n_clock_anomalies,
                              .n_learned = e != NULL ? e->n_learned : 0,
                              .n_models = e != NULL ? e->models->len : 0,
                              .has_expectations = e != NULL};
    uint64_t n_texts;

    w.places = g_hash_table_new(NULL, NULL);
    w.events = number(d->corpus->events);
    w.decisions = number(d->decisions);
    put_array(&w, &numbers, 1, sizeof numbers, RP_IMAGE_PLAIN);
    put_corpus(&w, d->corpus);
    put_derivation(&w, d);
    put_decisions(&w, d->decisions);
    if (e != NULL)
        put_expectations(&w, e);
    n_texts = w.texts->len + 1; /* with the NUL that ends a GString */
    put(&w, w.texts->str, n_texts);
    put(&w, &n_texts, sizeof n_texts);
    g_hash_table_unref(w.places);
    g_hash_table_unref(w.events);
    g_hash_table_unref(w.decisions);
    g_string_free(w.texts, TRUE);
}
