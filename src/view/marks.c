/* SPDX-License-Identifier: GPL-3.0-or-later */
/* marks.c - what the user said of a person: tags, a limit, that they are ignored */
#include "view/marks.h"
#include "store/facts.h"

#include <string.h>

#include "core/phone.h"

/* Where the person's facts begin. */
static guint
first_fact(const RpView *view, uint32_t person)
{
    guint low = 0, high = view->facts->len;

    while (low < high) {
        guint middle = low + (high - low) / 2;
        const RpFactRow *fact = g_ptr_array_index(view->facts, middle);

        if (fact->person < person)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

const RpFactRow *
rp_view_next_fact(const RpView *view, uint32_t person, const char *name, guint *i)
{
    if (view->facts == NULL)
        return NULL;
    if (*i == 0)
        *i = first_fact(view, person);
    while (*i < view->facts->len) {
        const RpFactRow *fact = g_ptr_array_index(view->facts, *i);

        if (fact->person != person)
            return NULL;
        (*i)++;
        if (name == NULL || strcmp(fact->name, name) == 0)
            return fact;
    }
    return NULL;
}

static void
clear_phone(gpointer phone)
{
    g_free(((RpPhone *)phone)->number);
}

uint32_t
rp_view_person_of_number(const RpView *view, const char *number)
{
    g_autoptr(GArray) phones = g_array_new(FALSE, FALSE, sizeof(RpPhone));

    g_array_set_clear_func(phones, clear_phone);
    for (guint i = 0; view->facts != NULL && i < view->facts->len; i++) {
        const RpFactRow *fact = g_ptr_array_index(view->facts, i);
        RpPhone phone = {.person = fact->person};

        if (fact->person == RP_NONE || strcmp(fact->name, RP_FACT_PHONE) != 0)
            continue;
        phone.number = rp_phone_normalize(fact->value);
        if (phone.number != NULL)
            g_array_append_val(phones, phone);
    }
    return rp_corpus_person_of_number(phones, number);
}

static int
compare_texts(gconstpointer a, gconstpointer b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

GPtrArray *
rp_view_tags(const RpView *view, uint32_t person)
{
    GPtrArray *tags = g_ptr_array_new();
    const RpFactRow *fact;
    guint i = 0;

    while ((fact = rp_view_next_fact(view, person, RP_FACT_TAG, &i)) != NULL)
        if (!g_ptr_array_find_with_equal_func(tags, fact->value, g_str_equal, NULL))
            g_ptr_array_add(tags, fact->value);
    g_ptr_array_sort(tags, compare_texts);
    return tags;
}

int64_t
rp_view_own_limit(const RpView *view, uint32_t person)
{
    const RpFactRow *fact;
    int64_t shortest_s = 0;
    guint i = 0;

    while ((fact = rp_view_next_fact(view, person, RP_FACT_LIMIT, &i)) != NULL) {
        int64_t limit_s = g_ascii_strtoll(fact->value, NULL, 10);

        if (shortest_s == 0 || limit_s < shortest_s)
            shortest_s = limit_s;
    }
    return shortest_s;
}

const RpDecision *
rp_view_ignoring(const RpView *view, uint32_t person)
{
    for (guint i = 0; view->decisions != NULL && i < view->decisions->len; i++) {
        const RpDecision *decision = g_ptr_array_index(view->decisions, i);

        if (decision->kind == RP_DECISION_IGNORE_PERSON &&
            decision->taken_at <= view->as_of_at &&
            decision->undone_at > view->as_of_at &&
            rp_corpus_find_person(view->corpus, decision->person_key) == person)
            return decision;
    }
    return NULL;
}

/* The number of the conversation that a message is in; 0 if it is not here. */
static uint32_t
conversation_of(const RpView *view, const char *message_id)
{
    const RpDerivation *derivation = view->derivation;
    uint32_t id = rp_corpus_find_id(view->corpus, message_id);
    uint32_t message = id != RP_NONE
                           ? g_array_index(derivation->message_of_id, uint32_t, id)
                           : RP_NONE;

    return message != RP_NONE
               ? g_array_index(derivation->messages, RpMessage, message).conversation
               : 0;
}

bool
rp_view_is_about(const RpView *view, const RpDecision *decision,
                 const RpFollowup *followup)
{
    bool is_of_person =
        rp_corpus_find_person(view->corpus, decision->person_key) == followup->person;

    if (decision->kind == RP_DECISION_IGNORE_CONVERSATION)
        return followup->conversation != 0 &&
               conversation_of(view, decision->message_id) == followup->conversation;
    if (decision->kind == RP_DECISION_IGNORE_PERSON)
        return is_of_person;
    if (decision->kind > RP_DECISION_SNOOZE)
        return false;
    return decision->direction == followup->direction &&
           (is_of_person || followup->event != NULL) &&
           strcmp(decision->message_id,
                  rp_followup_opened_by(view->derivation, followup)) == 0;
}
