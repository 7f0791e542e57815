/* SPDX-License-Identifier: GPL-3.0-or-later */
/* expect.c - whether an answer is expected, and why, in words: R12 */
#include "view/expect.h"

#include <math.h>
#include <string.h>

struct RpViewCache {
    RpExpectations *expectations; /* own; NULL until asked for */
};

RpViewCache *
rp_view_cache_new(void)
{
    return g_new0(RpViewCache, 1);
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

/* What a feature above or below its mean says; %s: who owes the reply. */
static const struct {
    const char *high, *low;
} REASONS[RP_N_FEATURES] = {
    [RP_FEATURE_HIER] = {"%s mostly answer such mail", "%s seldom answer such mail"},
    [RP_FEATURE_CONV] = {"%s answered in this conversation",
                         "%s did not answer in this conversation"},
    [RP_FEATURE_NFROM] = {"they write often", "they seldom write"},
    [RP_FEATURE_NTO] = {"you write to them often", "you seldom write to them"},
    [RP_FEATURE_SINCE] = {"they had not written for long", "they had written lately"},
    [RP_FEATURE_CONV_N] = {"long conversation", "short conversation"},
    [RP_FEATURE_PREFIX] = {"a reply or forward", "no reply or forward"},
    [RP_FEATURE_STARTER] = {"begins a conversation", "answers something"},
    [RP_FEATURE_BURST] = {"one of many at once", "not one of many at once"},
    [RP_FEATURE_FIRST] = {"%s stand first in To", "%s do not stand first in To"},
    [RP_FEATURE_TO_N] = {"many people in To", "few people in To"},
    [RP_FEATURE_CC_N] = {"many people in Cc", "few people in Cc"},
};

static void
put_reason(GString *text, const RpFollowup *followup, const RpExpectation *e,
           RpFeature feature)
{
    const char *words =
        e->z[feature] > 0 ? REASONS[feature].high : REASONS[feature].low;
    bool has_who = g_str_has_prefix(words, "%s");

    g_string_append_printf(text, "; %s likely: %s%s",
                           e->effect[feature] > 0 ? "more" : "less",
                           !has_who                         ? ""
                           : followup->direction == RP_MINE ? "you"
                                                            : "they",
                           has_who ? words + strlen("%s") : words);
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

/* k of n, of the narrowest basis that has members. */
static char *
basis_text(const RpFollowup *followup, const RpHistory *history)
{
    bool is_mine = followup->direction == RP_MINE;
    const char *whom = is_mine ? "you" : "they";
    const char *mails = history->basis_n == 1 ? "mail" : "mails";

    if (history->basis == RP_BASIS_PERSON_KIND)
        return g_strdup_printf("%s answered %u of %u %s of this kind from %s", whom,
                               history->basis_k, history->basis_n, mails,
                               is_mine ? "them" : "you");
    if (history->basis == RP_BASIS_PERSON)
        return g_strdup_printf("%s answered %u of %u %s from %s", whom,
                               history->basis_k, history->basis_n, mails,
                               is_mine ? "them" : "you");
    if (history->basis_n == 0)
        return g_strdup("nothing is known yet");
    return g_strdup_printf(is_mine ? "you answered %u of %u %s of all people"
                                   : "all people answered %u of %u %s from you",
                           history->basis_k, history->basis_n, mails);
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
    g_string_printf(text, "%.0f %%: %s (all people: %.0f %%)", e.p0 * 100, basis,
                    e.history->g * 100);
    put_reasons(text, followup, &e);
    if (e.still >= 0 && followup->waiting_s > 0) {
        g_autofree char *silence = rp_duration_format(followup->waiting_s);

        g_string_append_printf(text, "; after %s of silence %.0f %%", silence,
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
    return g_strdup_printf("%s answered %u of %u such mails",
                           followup->direction == RP_MINE ? "you" : "they",
                           e.history->basis_k, e.history->basis_n);
}
