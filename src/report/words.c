/* SPDX-License-Identifier: GPL-3.0-or-later */
/* words.c - the report's figures and sentences in words, for every form */
#include "report/words.h"

#include <glib/gi18n.h>
#include <math.h>

#include "report/text.h"

enum { NAME_COLUMNS = 30 };

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
    return g_strdup(n > 0 ? _("not reached") : "-");
}

const char *
rp_words_weekday(int day)
{
    /* TRANSLATORS: weekdays in three columns at the most, as they stand above numbers.
     */
    static const char *const days[] = {N_("Mon"), N_("Tue"), N_("Wed"), N_("Thu"),
                                       N_("Fri"), N_("Sat"), N_("Sun")};

    return _(days[day]);
}

const char *
rp_words_direction(RpDirection direction)
{
    return g_dpgettext2(NULL, "direction", rp_direction_name(direction));
}

const char *
rp_words_state(RpState state)
{
    static const char *const words[] = {
        [RP_STATE_OPEN] = NC_("state", "open"),
        [RP_STATE_ANSWERED] = NC_("state", "answered"),
        [RP_STATE_RELEASED] = NC_("state", "released"),
        [RP_STATE_SUPERSEDED] = NC_("state", "superseded"),
        [RP_STATE_ANSWERED_ELSEWHERE] = NC_("state", "answered elsewhere"),
        [RP_STATE_DONE] = NC_("state", "done"),
        [RP_STATE_DISMISSED] = NC_("state", "dismissed"),
    };

    return g_dpgettext2(NULL, "state", words[state]);
}

const char *
rp_words_kind(RpKind kind)
{
    return g_dpgettext2(NULL, "kind", rp_kind_name(kind));
}

const char *
rp_words_role(RpRole role)
{
    return g_dpgettext2(NULL, "role", rp_role_name(role));
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

    if (*label == '\0')
        return g_strdup(_("riposte report"));
    /* TRANSLATORS: %s is a period: 2026-W46, 2026-11, 2026-Q4 or 2026. */
    return g_strdup_printf(_("riposte report %s"), label);
}

char *
rp_words_period(const RpView *view, const RpReport *report)
{
    GTimeZone *zone = view->config->policy->zone;
    g_autofree char *from = rp_text_when(report->scope->period.from_at, zone);
    g_autofree char *until = rp_text_when(report->scope->period.until_at, zone);
    g_autofree char *as_of = rp_text_when(view->as_of_at, zone);

    if (report->scope->period.until_at > view->as_of_at)
        /* TRANSLATORS: two times, a time zone (Europe/Berlin), the time of now. */
        return g_strdup_printf(_("%s to %s, %s; so far, as of %s"), from, until,
                               report->zone, as_of);
    /* TRANSLATORS: two times, a time zone (Europe/Berlin), the time of now. */
    return g_strdup_printf(_("%s to %s, %s; as of %s"), from, until, report->zone,
                           as_of);
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

        g_ptr_array_add(lines, g_strdup_printf(_("With %s alone."), who));
    }
    if (scope->tag != NULL) {
        g_autofree char *tag = rp_words_isolate(scope->tag, NAME_COLUMNS);

        g_ptr_array_add(lines, g_strdup_printf(_("Only people with the tag %s."), tag));
    }
    if (scope->account != NULL) {
        g_autofree char *account = rp_words_isolate(scope->account, NAME_COLUMNS);

        g_ptr_array_add(lines,
                        g_strdup_printf(_("Only mail of the account %s."), account));
    }
    if (lines->len == 0)
        return NULL;
    g_ptr_array_add(lines, NULL);
    return g_strjoinv(" ", (char **)lines->pdata);
}

/* --- the sentences --- */

/* "Before (2026-W45): 28 of 35.", or NULL. */
static char *
before_text(const RpReport *report, RpDirection direction)
{
    const RpFigures *before = &report->before[direction];
    const char *label = report->scope->period.before;

    if (!report->has_before || before->estimate.n == 0)
        return NULL;
    if (*label == '\0')
        return g_strdup_printf(_("Before: %u of %u."), before->answered_only.n_48h,
                               before->estimate.n);
    /* TRANSLATORS: %s is the period before this one: 2026-W45. */
    return g_strdup_printf(_("Before (%s): %u of %u."), label,
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
        said = g_strdup(is_mine ? _("No mail came up for you to answer.")
                                : _("No mail of yours came up for them to answer."));
    else
        said = g_strdup_printf(
            is_mine ? _("You answered %u of %u within 48 h, %u of them within 24 h.")
                    : _("They answered %u of %u within 48 h, %u of them within 24 h."),
            plain->n_48h, figures->estimate.n, plain->n_24h);
    return g_strjoin(" ", said, before, NULL);
}

/* Of somebody who waits. */
static char *
oldest_text(const RpView *view, const RpReportWaiting *waiting, bool is_mine)
{
    const RpFollowup *oldest = waiting->oldest;
    uint32_t n = waiting->n;
    g_autofree char *wait = rp_duration_format(oldest->waiting_s);
    g_autofree char *who =
        rp_words_name(view, oldest->person, oldest->address, NAME_COLUMNS);

    if (is_mine)
        /* TRANSLATORS: a duration, and a name. */
        return g_strdup_printf(
            ngettext("%u mail still waits for you (%u overdue, %u new), the oldest for "
                     "%s: %s.",
                     "%u mails still wait for you (%u overdue, %u new), the oldest for "
                     "%s: %s.",
                     n),
            n, waiting->n_overdue, waiting->n_new, wait, who);
    /* TRANSLATORS: a duration, and a name. */
    return g_strdup_printf(
        ngettext("You still wait for %u answer (%u overdue, %u new), the oldest for "
                 "%s: %s.",
                 "You still wait for %u answers (%u overdue, %u new), the oldest for "
                 "%s: %s.",
                 n),
        n, waiting->n_overdue, waiting->n_new, wait, who);
}

static char *
waiting_text(const RpView *view, const RpReport *report, RpDirection direction)
{
    const RpReportWaiting *waiting = &report->waiting[direction];
    bool is_past = report->scope->period.until_at <= view->as_of_at;
    bool is_mine = direction == RP_MINE;

    /* What came after the period is not told of. */
    if (waiting->n > 0)
        return oldest_text(view, waiting, is_mine);
    if (is_past)
        return g_strdup(is_mine ? _("Nothing from then or before waits for you.")
                                : _("You wait for nothing from then or before."));
    return g_strdup(is_mine ? _("Nobody waits for you.") : _("You wait for nobody."));
}

GPtrArray *
rp_words_sentences(const RpView *view, const RpReport *report)
{
    GPtrArray *lines = g_ptr_array_new_with_free_func(g_free);
    g_autofree char *theirs = answered_text(report, RP_THEIRS);
    g_autofree char *waiting = waiting_text(view, report, RP_THEIRS);

    if (view->corpus->copies->len == 0)
        g_ptr_array_add(
            lines, g_strdup(rp_view_was_read(view)
                                ? _("There is no mail: the folders read are empty.")
                                : _("Nothing was read yet: run riposte sync first.")));
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
    uint32_t n_messages = coverage->n_messages, n_folders = coverage->n_folders;
    uint32_t n_accounts = coverage->n_accounts, n_gaps = coverage->gaps->len;
    uint32_t n_guessed = coverage->n_guessed_times;
    g_autofree char *messages = g_strdup_printf(
        ngettext("on %u message", "on %u messages", n_messages), n_messages);
    g_autofree char *folders = g_strdup_printf(
        ngettext("in %u folder", "in %u folders", n_folders), n_folders);
    g_autofree char *accounts = g_strdup_printf(
        ngettext("of %u account", "of %u accounts", n_accounts), n_accounts);
    g_autofree char *gaps =
        g_strdup_printf(ngettext("%u gap", "%u gaps", n_gaps), n_gaps);
    g_autofree char *read = rp_text_when(coverage->read_at, view->config->policy->zone);

    if (coverage->read_at == RP_NEVER)
        /* TRANSLATORS: "This rests on 3 messages in 2 folders of 1 account, not all of
         * it read yet: 2 gaps, 3 unreadable, 4 guessed times." */
        return g_strdup_printf(
            ngettext("This rests %s %s %s, not all of it read yet: %s, %u unreadable, "
                     "%u guessed time.",
                     "This rests %s %s %s, not all of it read yet: %s, %u unreadable, "
                     "%u guessed times.",
                     n_guessed),
            messages, folders, accounts, gaps, coverage->n_unreadable, n_guessed);
    /* TRANSLATORS: "This rests on 3 messages in 2 folders of 1 account, all read by
     * TIME: 2 gaps, 3 unreadable, 4 guessed times." */
    return g_strdup_printf(ngettext("This rests %s %s %s, all read by %s: %s, %u "
                                    "unreadable, %u guessed time.",
                                    "This rests %s %s %s, all read by %s: %s, %u "
                                    "unreadable, %u guessed times.",
                                    n_guessed),
                           messages, folders, accounts, read, gaps,
                           coverage->n_unreadable, n_guessed);
}

/* TRANSLATORS: of the next six, %s is an account, or an account and a folder. */
static char *
gap_text(RpGapKind kind, const char *where)
{
    switch (kind) {
    case RP_GAP_NEVER_READ:
        return g_strdup_printf(_("%s was never read."), where);
    case RP_GAP_INCOMPLETE:
        return g_strdup_printf(_("%s is not completely read."), where);
    case RP_GAP_STALE:
        return g_strdup_printf(_("%s was last read before this period ended."), where);
    case RP_GAP_STALE_NOW:
        return g_strdup_printf(_("%s was last read more than a day ago."), where);
    case RP_GAP_NO_SENT:
        return g_strdup_printf(_("%s shows no sent mail: answers may be missed."),
                               where);
    case RP_GAP_PROBLEM:
        break;
    }
    return g_strdup_printf(_("%s had a problem at the last try (riposte status)."),
                           where);
}

char *
rp_words_gap(const RpGap *gap)
{
    g_autofree char *account = rp_words_isolate(gap->account, NAME_COLUMNS);
    g_autofree char *folder = rp_words_isolate(gap->folder, NAME_COLUMNS);
    g_autofree char *where = *gap->folder != '\0'
                                 /* TRANSLATORS: an account, and a folder of it. */
                                 ? g_strdup_printf(_("%s, %s"), account, folder)
                                 : g_strdup(account);

    return gap_text(gap->kind, where);
}
