/* SPDX-License-Identifier: GPL-3.0-or-later */
/* load.c - a view of what the database holds */
#include "store/cadences.h"
#include "store/events.h"
#include "store/facts.h"
#include "store/forget.h"
#include "view/join.h"
#include "view/view.h"

static void
free_fact(gpointer row)
{
    rp_fact_row_free(row);
}

/* R14: those that were known by then. */
static GPtrArray *
known_by(GPtrArray *owned, int64_t as_of_at)
{
    GPtrArray *known = g_ptr_array_new_with_free_func(free_fact);

    g_ptr_array_set_free_func(owned, NULL);
    for (guint i = 0; i < owned->len; i++) {
        RpFactRow *row = g_ptr_array_index(owned, i);

        if (row->since_at <= as_of_at)
            g_ptr_array_add(known, row);
        else
            rp_fact_row_free(row);
    }
    g_ptr_array_unref(owned);
    return known;
}

RpView *
rp_view_load(RpStore *store, const RpConfig *config, int64_t as_of_at, GError **error)
{
    g_autoptr(RpCorpus) corpus = rp_store_load_corpus(store, error);
    g_autoptr(GPtrArray) decisions = NULL;
    g_autoptr(GPtrArray) folders = NULL;
    g_autoptr(GPtrArray) problems = NULL;
    g_autoptr(GPtrArray) facts = NULL;
    g_autoptr(GPtrArray) tag_limits = NULL;
    g_autoptr(GPtrArray) cadences = NULL;
    g_autoptr(GPtrArray) forgotten = NULL;
    RpView *view;

    if (corpus == NULL)
        return NULL;
    decisions = rp_store_load_decisions(store, error);
    if (decisions == NULL)
        return NULL;
    folders = rp_store_load_folders(store, error);
    if (folders == NULL)
        return NULL;
    problems = rp_store_load_problems(store, error);
    if (problems == NULL)
        return NULL;
    facts = rp_store_load_facts(store, error);
    if (facts == NULL)
        return NULL;
    facts = known_by(facts, as_of_at);
    tag_limits = rp_store_load_tag_limits(store, error);
    if (tag_limits == NULL)
        return NULL;
    cadences = rp_store_load_cadences(store, error);
    if (cadences == NULL)
        return NULL;
    forgotten = rp_store_load_forgotten(store, error);
    if (forgotten == NULL)
        return NULL;
    rp_view_join(corpus, facts, decisions, config, as_of_at);
    if (!rp_store_load_limits(store, corpus, error) ||
        !rp_store_load_corpus_events(store, corpus, error))
        return NULL;
    view = rp_view_new(config, g_steal_pointer(&corpus), g_steal_pointer(&decisions),
                       as_of_at);
    view->folders = g_steal_pointer(&folders);
    view->problems = g_steal_pointer(&problems);
    rp_view_name_persons(view->derivation, facts);
    view->facts = g_steal_pointer(&facts);
    view->tag_limits = g_steal_pointer(&tag_limits);
    view->forgotten = g_steal_pointer(&forgotten);
    view->cadences = g_steal_pointer(&cadences);
    return view;
}
