/* SPDX-License-Identifier: GPL-3.0-or-later */
/* load.c - a view of what the database holds */
#include "view/view.h"

RpView *
rp_view_load(RpStore *store, const RpConfig *config, int64_t as_of_at, GError **error)
{
    g_autoptr(RpCorpus) corpus = rp_store_load_corpus(store, error);
    g_autoptr(GPtrArray) decisions = NULL;
    g_autoptr(GPtrArray) folders = NULL;
    g_autoptr(GPtrArray) problems = NULL;
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
    view = rp_view_new(config, g_steal_pointer(&corpus), g_steal_pointer(&decisions),
                       as_of_at);
    view->folders = g_steal_pointer(&folders);
    view->problems = g_steal_pointer(&problems);
    return view;
}
