/* SPDX-License-Identifier: GPL-3.0-or-later */
/* scope.c - what a report is about: a period, and whose follow-ups count */
#include "report/scope.h"

#include <string.h>

#include "store/facts.h"

void
rp_scope_clear(RpScope *scope)
{
    g_clear_pointer(&scope->tag, g_free);
    g_clear_pointer(&scope->account, g_free);
    g_clear_pointer(&scope->has_tag, g_free);
}

uint32_t
rp_scope_set_tag(RpScope *scope, const RpView *view, const char *tag)
{
    uint32_t n = 0;

    g_free(scope->tag);
    g_free(scope->has_tag);
    scope->tag = g_strdup(tag);
    scope->has_tag = g_new0(uint8_t, view->corpus->persons->len + 1);
    for (guint i = 0; view->facts != NULL && i < view->facts->len; i++) {
        const RpFactRow *fact = g_ptr_array_index(view->facts, i);
        guint slot;

        if (strcmp(fact->name, RP_FACT_TAG) != 0 || strcmp(fact->value, tag) != 0)
            continue;
        slot = GPOINTER_TO_UINT(
            g_hash_table_lookup(view->corpus->person_index, fact->person_key));
        if (slot > 0)
            scope->has_tag[slot - 1] = 1;
        n += slot > 0;
    }
    return n;
}

bool
rp_scope_has_person(const RpScope *scope, uint32_t person)
{
    if (scope->person != RP_NONE && scope->person != person)
        return false;
    return scope->has_tag == NULL || scope->has_tag[person] != 0;
}

bool
rp_scope_has_account(const RpScope *scope, const char *account)
{
    return scope->account == NULL || strcmp(scope->account, account) == 0;
}

bool
rp_scope_has_message(const RpScope *scope, const RpView *view, uint32_t index)
{
    const RpDerivation *derivation = view->derivation;
    const RpMessage *message;

    if (scope->account == NULL || index == RP_NONE)
        return scope->account == NULL;
    message = &g_array_index(derivation->messages, RpMessage, index);
    for (uint32_t i = 0; i < message->n_copies; i++) {
        uint32_t at =
            g_array_index(derivation->sorted_copies, uint32_t, message->first_copy + i);
        const RpCopy *copy = &g_array_index(view->corpus->copies, RpCopy, at);

        if (rp_scope_has_account(
                scope,
                g_array_index(view->corpus->folders, RpFolder, copy->folder).account))
            return true;
    }
    return false;
}

bool
rp_scope_has(const RpScope *scope, const RpView *view, const RpFollowup *followup)
{
    return rp_scope_has_person(scope, followup->person) &&
           rp_scope_has_message(scope, view, followup->message);
}
