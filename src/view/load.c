/* SPDX-License-Identifier: GPL-3.0-or-later */
/* load.c - a view of what the database holds */
#include "store/cadences.h"
#include "store/events.h"
#include "store/facts.h"
#include "store/forget.h"
#include "store/state.h"
#include "view/absence.h"
#include "view/expect.h"
#include "view/join.h"
#include "view/saved.h"

static void
free_fact(gpointer row)
{
    rp_fact_row_free(row);
}

/* R14: those that were known by then. *until_at: before the next becomes known. */
static GPtrArray *
known_by(GPtrArray *owned, int64_t as_of_at, int64_t *until_at)
{
    GPtrArray *known = g_ptr_array_new_with_free_func(free_fact);

    *until_at = RP_NEVER;
    g_ptr_array_set_free_func(owned, NULL);
    for (guint i = 0; i < owned->len; i++) {
        RpFactRow *row = g_ptr_array_index(owned, i);

        if (row->since_at <= as_of_at) {
            g_ptr_array_add(known, row);
        } else {
            *until_at = MIN(*until_at, row->since_at);
            rp_fact_row_free(row);
        }
    }
    g_ptr_array_unref(owned);
    return known;
}

/* All but the mail. */
static bool
load_rows(RpView *view, RpStore *store, GError **error)
{
    view->decisions = rp_store_load_decisions(store, error);
    if (view->decisions == NULL)
        return false;
    view->folders = rp_store_load_folders(store, error);
    if (view->folders == NULL)
        return false;
    view->problems = rp_store_load_problems(store, error);
    if (view->problems == NULL)
        return false;
    view->tag_limits = rp_store_load_tag_limits(store, error);
    if (view->tag_limits == NULL)
        return false;
    view->cadences = rp_store_load_cadences(store, error);
    if (view->cadences == NULL)
        return false;
    view->forgotten = rp_store_load_forgotten(store, error);
    if (view->forgotten == NULL)
        return false;
    view->facts = rp_store_load_facts(store, error);
    if (view->facts == NULL)
        return false;
    view->facts = known_by(view->facts, view->as_of_at, &view->until_at);
    return true;
}

static bool
load_mail(RpView *view, RpStore *store, GError **error)
{
    view->corpus = rp_store_load_corpus(store, error);
    if (view->corpus == NULL)
        return false;
    rp_view_join(view->corpus, view->facts, view->decisions, view->config,
                 view->as_of_at);
    return rp_store_load_limits(store, view->corpus, error) &&
           rp_store_load_corpus_events(store, view->corpus, error);
}

static void
derive(RpView *view)
{
    view->derivation =
        rp_derive(view->corpus, view->config->policy, view->decisions, view->as_of_at);
    view->until_at = MIN(view->until_at, rp_derivation_until(view->derivation));
    view->cache = rp_view_cache_new(NULL, false);
}

/* False without error if they are of no use after all. */
static bool
take_kept(RpView *view, RpStore *store, GError **error)
{
    g_auto(RpImage) image = {0};
    int64_t until_at;

    view->saved_name = rp_saved_name(store, view->config);
    if (view->saved_name == NULL ||
        !rp_saved_read(store, view->saved_name, view->as_of_at, &image, &until_at) ||
        !rp_store_load_limits(store, image.corpus, error) ||
        !rp_store_load_corpus_events(store, image.corpus, error) ||
        !rp_image_link(&image, view->config->policy, view->decisions, view->as_of_at))
        return false;
    view->until_at = MIN(view->until_at, until_at);
    view->until_at = MIN(view->until_at, rp_derivation_until(image.derivation));
    view->corpus = g_steal_pointer(&image.corpus);
    view->derivation = g_steal_pointer(&image.derivation);
    view->cache = rp_view_cache_new(g_steal_pointer(&image.expectations), true);
    return true;
}

static bool
load(RpView *view, RpStore *store, GError **error)
{
    GError *failure = NULL;

    if (!load_rows(view, store, error))
        return false;
    if (!take_kept(view, store, &failure) &&
        (failure != NULL || !load_mail(view, store, &failure))) {
        g_propagate_error(error, failure);
        return false;
    }
    return true;
}

RpView *
rp_view_load(RpStore *store, const RpConfig *config, int64_t as_of_at, GError **error)
{
    g_autoptr(RpView) view = g_new0(RpView, 1);
    bool is_good;

    view->as_of_at = as_of_at;
    view->config = config;
    if (!rp_store_begin_read(store, error))
        return NULL;
    is_good = load(view, store, error);
    rp_store_end_read(store);
    if (!is_good)
        return NULL;
    if (view->derivation == NULL)
        derive(view); /* while others write, and clear what they have forgotten */
    rp_view_place_facts(view->corpus, view->facts);
    rp_view_name_persons(view->derivation, view->facts);
    view->absences = rp_view_index_absences(view->derivation);
    return g_steal_pointer(&view);
}
