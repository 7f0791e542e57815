/* SPDX-License-Identifier: GPL-3.0-or-later */
/* words.c - the report's figures and sentences in words, for every form */
#include "report/words.h"

#include <math.h>

#include "report/text.h"

enum { NAME_COLUMNS = 30 };

const char *
rp_words_plural(uint32_t n, const char *one, const char *many)
{
    return n == 1 ? one : many;
}

char *
rp_words_share(double share)
{
    return isnan(share) ? g_strdup("-") : g_strdup_printf("%.0f %%", share * 100);
}

char *
rp_words_estimate(double share, double se)
{
    if (isnan(share) || isnan(se) || se <= 0)
        return rp_words_share(share);
    return g_strdup_printf("%.0f %% ± %.0f", share * 100, se * 100);
}

char *
rp_words_wait(int64_t wait_s, uint32_t n)
{
    if (wait_s >= 0)
        return rp_duration_format(wait_s);
    return g_strdup(n > 0 ? "not reached" : "-");
}

const char *
rp_words_weekday(int day)
{
    static const char *const days[] = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};

    return days[day];
}

char *
rp_words_isolate(const char *text, int max_columns)
{
    g_autofree char *clean = rp_text_clean(text, max_columns);

    return g_strconcat(RP_ISOLATE, clean, RP_ISOLATE_END, NULL);
}

char *
rp_words_plain(const char *text)
{
    GString *plain = g_string_new(text);

    g_string_replace(plain, RP_ISOLATE, "", 0);
    g_string_replace(plain, RP_ISOLATE_END, "", 0);
    return g_string_free(plain, FALSE);
}

char *
rp_words_name(const RpView *view, uint32_t person, uint32_t address, int max_columns)
{
    return rp_words_isolate(rp_view_label_of(view, person, address), max_columns);
}

/* --- what it is about --- */

char *
rp_words_title(const RpReport *report)
{
    const char *label = report->scope->period.label;

    return g_strdup_printf("riposte report%s%s", *label != '\0' ? " " : "", label);
}

char *
rp_words_period(const RpView *view, const RpReport *report)
{
    GTimeZone *zone = view->config->policy->zone;
    g_autofree char *from = rp_text_when(report->scope->period.from_at, zone);
    g_autofree char *until = rp_text_when(report->scope->period.until_at, zone);
    g_autofree char *as_of = rp_text_when(view->as_of_at, zone);

    if (report->scope->period.until_at > view->as_of_at)
        return g_strdup_printf("%s to %s, %s; so far, as of %s", from, until,
                               report->zone, as_of);
    return g_strdup_printf("%s to %s, %s; as of %s", from, until, report->zone, as_of);
}

char *
rp_words_scope(const RpView *view, const RpReport *report)
{
    const RpScope *scope = report->scope;
    g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func(g_free);

    if (scope->person != RP_NONE) {
        g_autofree char *who =
            rp_words_name(view, scope->person,
                          rp_view_person_address(view, scope->person), NAME_COLUMNS);

        g_ptr_array_add(lines, g_strdup_printf("With %s alone.", who));
    }
    if (scope->tag != NULL) {
        g_autofree char *tag = rp_words_isolate(scope->tag, NAME_COLUMNS);

        g_ptr_array_add(lines, g_strdup_printf("Only people with the tag %s.", tag));
    }
    if (scope->account != NULL) {
        g_autofree char *account = rp_words_isolate(scope->account, NAME_COLUMNS);

        g_ptr_array_add(lines,
                        g_strdup_printf("Only mail of the account %s.", account));
    }
    if (lines->len == 0)
        return NULL;
    g_ptr_array_add(lines, NULL);
    return g_strjoinv(" ", (char **)lines->pdata);
}

/* --- the sentences --- */

/* " Before (2026-W45): 28 of 35.", or "". */
static char *
before_text(const RpReport *report, RpDirection direction)
{
    const RpFigures *before = &report->before[direction];
    const char *label = report->scope->period.before;

    if (!report->has_before || before->estimate.n == 0)
        return g_strdup("");
    if (*label == '\0')
        return g_strdup_printf(" Before: %u of %u.", before->answered_only.n_48h,
                               before->estimate.n);
    return g_strdup_printf(" Before (%s): %u of %u.", label,
                           before->answered_only.n_48h, before->estimate.n);
}

static char *
answered_text(const RpReport *report, RpDirection direction)
{
    bool is_mine = direction == RP_MINE;
    const RpFigures *figures = is_mine ? &report->mine : &report->theirs;
    const RpPlainFigures *plain = &figures->answered_only;
    g_autofree char *before = before_text(report, direction);
    g_autofree char *said = NULL;

    if (figures->estimate.n == 0)
        said = g_strdup(is_mine ? "No mail came up for you to answer."
                                : "No mail of yours came up for them to answer.");
    else
        said = g_strdup_printf(
            is_mine ? "You answered %u of %u within 48 h, %u of them within 24 h."
                    : "They answered %u of %u within 48 h, %u of them within 24 h.",
            plain->n_48h, figures->estimate.n, plain->n_24h);
    return g_strconcat(said, before, NULL);
}

static char *
oldest_text(const RpView *view, const RpReportWaiting *waiting)
{
    const RpFollowup *oldest = waiting->oldest;
    g_autofree char *wait = rp_duration_format(oldest->waiting_s);
    g_autofree char *who =
        rp_words_name(view, oldest->person, oldest->address, NAME_COLUMNS);

    return g_strdup_printf("the oldest for %s: %s", wait, who);
}

static char *
waiting_text(const RpView *view, const RpReport *report, RpDirection direction)
{
    const RpReportWaiting *waiting = &report->waiting[direction];
    bool is_past = report->scope->period.until_at <= view->as_of_at;
    bool is_mine = direction == RP_MINE;
    uint32_t n = waiting->n;
    g_autofree char *oldest = NULL;

    /* What came after the period is not told of. */
    if (n == 0 && is_past)
        return g_strdup(is_mine ? "Nothing from then or before waits for you."
                                : "You wait for nothing from then or before.");
    if (n == 0)
        return g_strdup(is_mine ? "Nobody waits for you." : "You wait for nobody.");
    oldest = oldest_text(view, waiting);
    if (is_mine)
        return g_strdup_printf(
            rp_words_plural(n, "%u mail still waits for you (%u overdue, %u new), %s.",
                            "%u mails still wait for you (%u overdue, %u new), %s."),
            n, waiting->n_overdue, waiting->n_new, oldest);
    return g_strdup_printf(
        rp_words_plural(n, "You still wait for %u answer (%u overdue, %u new), %s.",
                        "You still wait for %u answers (%u overdue, %u new), %s."),
        n, waiting->n_overdue, waiting->n_new, oldest);
}

GPtrArray *
rp_words_sentences(const RpView *view, const RpReport *report)
{
    GPtrArray *lines = g_ptr_array_new_with_free_func(g_free);
    g_autofree char *theirs = answered_text(report, RP_THEIRS);
    g_autofree char *waiting = waiting_text(view, report, RP_THEIRS);

    if (view->corpus->copies->len == 0)
        g_ptr_array_add(lines,
                        g_strdup("Nothing was read yet: run riposte sync first."));
    g_ptr_array_add(lines, answered_text(report, RP_MINE));
    g_ptr_array_add(lines, waiting_text(view, report, RP_MINE));
    g_ptr_array_add(lines, g_strconcat(theirs, " ", waiting, NULL));
    return lines;
}

/* --- what it rests on --- */

char *
rp_words_ground(const RpView *view, const RpReport *report)
{
    const RpCoverage *coverage = &report->coverage;
    g_autofree char *messages = g_strdup_printf(
        rp_words_plural(coverage->n_messages, "%u message", "%u messages"),
        coverage->n_messages);
    g_autofree char *folders =
        g_strdup_printf(rp_words_plural(coverage->n_folders, "%u folder", "%u folders"),
                        coverage->n_folders);
    g_autofree char *accounts = g_strdup_printf(
        rp_words_plural(coverage->n_accounts, "%u account", "%u accounts"),
        coverage->n_accounts);
    g_autofree char *gaps = g_strdup_printf(
        rp_words_plural(coverage->gaps->len, "%u gap", "%u gaps"), coverage->gaps->len);
    g_autofree char *read = rp_text_when(coverage->read_at, view->config->policy->zone);

    return g_strdup_printf("This rests on %s in %s of %s, all read by %s: %s, %u "
                           "unreadable, %u guessed times.",
                           messages, folders, accounts, read, gaps,
                           coverage->n_unreadable, coverage->n_guessed_times);
}

static char *
gap_text(RpGapKind kind, const char *where)
{
    switch (kind) {
    case RP_GAP_NEVER_READ:
        return g_strdup_printf("%s was never read.", where);
    case RP_GAP_INCOMPLETE:
        return g_strdup_printf("%s is not completely read.", where);
    case RP_GAP_STALE:
        return g_strdup_printf("%s was last read before this period ended.", where);
    case RP_GAP_NO_SENT:
        return g_strdup_printf("%s shows no sent mail: answers may be missed.", where);
    case RP_GAP_PROBLEM:
        break;
    }
    return g_strdup_printf("%s had a problem at the last try (riposte status).", where);
}

char *
rp_words_gap(const RpGap *gap)
{
    g_autofree char *account = rp_words_isolate(gap->account, NAME_COLUMNS);
    g_autofree char *folder = rp_words_isolate(gap->folder, NAME_COLUMNS);
    g_autofree char *where = *gap->folder != '\0'
                                 ? g_strdup_printf("%s, %s", account, folder)
                                 : g_strdup(account);

    return gap_text(gap->kind, where);
}
