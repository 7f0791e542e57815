/* SPDX-License-Identifier: GPL-3.0-or-later */
/* expect.c - whether an answer is expected, and why, in words: R12 */
#include "view/expect.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

struct RpViewCache {
    RpExpectations *expectations; /* own; NULL until asked for */
    bool is_kept;
    uint32_t n_kept; /* models */
};

static uint32_t
count_models(const RpExpectations *expectations)
{
    return expectations != NULL ? rp_expectations_n_models(expectations) : 0;
}

RpViewCache *
rp_view_cache_new(RpExpectations *kept, bool is_kept)
{
    RpViewCache *cache = g_new0(RpViewCache, 1);

    cache->expectations = kept;
    cache->is_kept = is_kept;
    cache->n_kept = count_models(kept);
    return cache;
}

void
rp_view_cache_free(RpViewCache *cache)
{
    if (cache == NULL)
        return;
    rp_expectations_free(cache->expectations);
    g_free(cache);
}

RpExpectations *
rp_view_expectations(const RpView *view)
{
    if (view->cache->expectations == NULL)
        view->cache->expectations = rp_expectations_new(view->derivation);
    return view->cache->expectations;
}

RpExpectations *
rp_view_known_expectations(const RpView *view)
{
    return view->cache->expectations;
}

bool
rp_view_has_news(const RpView *view)
{
    const RpViewCache *cache = view->cache;

    return !cache->is_kept || count_models(cache->expectations) > cache->n_kept;
}

RpExpectation
rp_view_expectation(const RpView *view, const RpFollowup *followup)
{
    return rp_expectation_of(rp_view_expectations(view), followup);
}

bool
rp_view_is_expected(const RpView *view, const RpFollowup *followup)
{
    const RpPolicy *policy = view->config->policy;

    if (followup->channel != RP_CHANNEL_MAIL)
        return true;
    return rp_view_expectation(view, followup).p0 >= (followup->direction == RP_MINE
                                                          ? policy->expect_mine
                                                          : policy->expect_theirs);
}

/* --- in words --- */

/* What a feature below or above its mean says; by who owes the reply. */
static const char *const REASONS[RP_N_FEATURES][2][2] = {
    [RP_FEATURE_HIER] = {{N_("you seldom answer such mail"),
                          N_("you mostly answer such mail")},
                         {N_("they seldom answer such mail"),
                          N_("they mostly answer such mail")}},
    [RP_FEATURE_CONV] = {{N_("you did not answer in this conversation"),
                          N_("you answered in this conversation")},
                         {N_("they did not answer in this conversation"),
                          N_("they answered in this conversation")}},
    [RP_FEATURE_NFROM] = {{N_("they seldom write"), N_("they write often")},
                          {N_("they seldom write"), N_("they write often")}},
    [RP_FEATURE_NTO] = {{N_("you seldom write to them"), N_("you write to them often")},
                        {N_("you seldom write to them"),
                         N_("you write to them often")}},
    [RP_FEATURE_SINCE] = {{N_("they had written lately"),
                           N_("they had not written for long")},
                          {N_("they had written lately"),
                           N_("they had not written for long")}},
    [RP_FEATURE_CONV_N] = {{N_("short conversation"), N_("long conversation")},
                           {N_("short conversation"), N_("long conversation")}},
    [RP_FEATURE_PREFIX] = {{N_("no reply or forward"), N_("a reply or forward")},
                           {N_("no reply or forward"), N_("a reply or forward")}},
    [RP_FEATURE_STARTER] = {{N_("answers something"), N_("begins a conversation")},
                            {N_("answers something"), N_("begins a conversation")}},
    [RP_FEATURE_BURST] = {{N_("not one of many at once"), N_("one of many at once")},
                          {N_("not one of many at once"), N_("one of many at once")}},
    [RP_FEATURE_FIRST] = {{N_("you do not stand first in To"),
                           N_("you stand first in To")},
                          {N_("they do not stand first in To"),
                           N_("they stand first in To")}},
    [RP_FEATURE_TO_N] = {{N_("few people in To"), N_("many people in To")},
                         {N_("few people in To"), N_("many people in To")}},
    [RP_FEATURE_CC_N] = {{N_("few people in Cc"), N_("many people in Cc")},
                         {N_("few people in Cc"), N_("many people in Cc")}},
};

static void
put_reason(GString *text, const RpFollowup *followup, const RpExpectation *e,
           RpFeature feature)
{
    const char *reason = _(REASONS[feature][followup->direction][e->z[feature] > 0]);

    /* TRANSLATORS: "they write often" or the like, which makes an answer more or less
     * likely. */
    if (e->effect[feature] > 0)
        g_string_append_printf(text, _("; more likely: %s"), reason);
    else
        g_string_append_printf(text, _("; less likely: %s"), reason);
}

/* The feature with the largest effect but for one; RP_N_FEATURES if none has any. */
static RpFeature
find_largest(const RpExpectation *e, RpFeature except)
{
    RpFeature largest = RP_N_FEATURES;

    for (RpFeature j = 0; j < RP_N_FEATURES; j++)
        if (j != except && e->effect[j] != 0 &&
            (largest == RP_N_FEATURES || fabs(e->effect[j]) > fabs(e->effect[largest])))
            largest = j;
    return largest;
}

static void
put_reasons(GString *text, const RpFollowup *followup, const RpExpectation *e)
{
    RpFeature first = find_largest(e, RP_N_FEATURES);
    RpFeature both[] = {first,
                        first < RP_N_FEATURES ? find_largest(e, first) : RP_N_FEATURES};

    for (int i = 0; i < 2; i++)
        if (both[i] < RP_N_FEATURES)
            put_reason(text, followup, e, both[i]);
}

/* k of n, of a mail's sender. */
static char *
basis_of_person(bool is_mine, bool is_kind, uint32_t k, uint32_t n)
{
    if (is_mine && is_kind)
        return g_strdup_printf(
            ngettext("you answered %u of %u mail of this kind from them",
                     "you answered %u of %u mails of this kind from them", n),
            k, n);
    if (is_mine)
        return g_strdup_printf(ngettext("you answered %u of %u mail from them",
                                        "you answered %u of %u mails from them", n),
                               k, n);
    if (is_kind)
        return g_strdup_printf(
            ngettext("they answered %u of %u mail of this kind from you",
                     "they answered %u of %u mails of this kind from you", n),
            k, n);
    return g_strdup_printf(ngettext("they answered %u of %u mail from you",
                                    "they answered %u of %u mails from you", n),
                           k, n);
}

/* The same of the narrowest basis that has members. */
static char *
basis_text(const RpFollowup *followup, const RpHistory *history)
{
    bool is_mine = followup->direction == RP_MINE;
    uint32_t k = history->basis_k, n = history->basis_n;

    if (history->basis == RP_BASIS_PERSON_KIND || history->basis == RP_BASIS_PERSON)
        return basis_of_person(is_mine, history->basis == RP_BASIS_PERSON_KIND, k, n);
    if (n == 0)
        return g_strdup(_("nothing is known yet"));
    if (is_mine)
        return g_strdup_printf(ngettext("you answered %u of %u mail of all people",
                                        "you answered %u of %u mails of all people", n),
                               k, n);
    return g_strdup_printf(ngettext("all people answered %u of %u mail from you",
                                    "all people answered %u of %u mails from you", n),
                           k, n);
}

char *
rp_view_expectation_text(const RpView *view, const RpFollowup *followup)
{
    RpExpectation e = rp_view_expectation(view, followup);
    g_autofree char *basis = NULL;
    GString *text;

    if (e.history == NULL)
        return NULL;
    basis = basis_text(followup, e.history);
    text = g_string_new(NULL);
    /* TRANSLATORS: a share, what it rests on ("you answered 4 of 5 mails from them"),
     * and the share of all people. */
    g_string_printf(text, _("%.0f %%: %s (all people: %.0f %%)"), e.p0 * 100, basis,
                    e.history->g * 100);
    put_reasons(text, followup, &e);
    if (e.still >= 0 && followup->waiting_s > 0) {
        g_autofree char *silence = rp_duration_format(followup->waiting_s);

        /* TRANSLATORS: a duration, and how likely an answer is after it. */
        g_string_append_printf(text, _("; after %s of silence %.0f %%"), silence,
                               e.still * 100);
    }
    return g_string_free(text, FALSE);
}

char *
rp_view_usual_text(const RpView *view, const RpFollowup *followup)
{
    RpExpectation e = rp_view_expectation(view, followup);

    if (e.history == NULL || e.history->basis == RP_BASIS_ALL)
        return NULL;
    if (followup->direction == RP_MINE)
        return g_strdup_printf(ngettext("you answered %u of %u such mail",
                                        "you answered %u of %u such mails",
                                        e.history->basis_n),
                               e.history->basis_k, e.history->basis_n);
    return g_strdup_printf(ngettext("they answered %u of %u such mail",
                                    "they answered %u of %u such mails",
                                    e.history->basis_n),
                           e.history->basis_k, e.history->basis_n);
}
