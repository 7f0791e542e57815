/* SPDX-License-Identifier: GPL-3.0-or-later */
/* report-text.c - the report for a terminal: sentences first, shares before medians */
#include "report/report-text.h"

#include <glib/gi18n.h>
#include <string.h>

#include "report/text.h"
#include "report/words.h"

enum { OPEN_MAX = 20, QUIET_MAX = 10, WHO_COLUMNS = 20, ROOM_FOR_SUBJECT = 56 };

static void
put_head(RpPage *page)
{
    g_autofree char *title = rp_words_title(page->report);
    g_autofree char *period = rp_words_period(page->view, page->report);
    g_autofree char *scope = rp_words_scope(page->view, page->report);

    g_string_append_printf(page->text, "%s%s%s\n",
                           page->style.has_color ? "\033[1m" : "", title,
                           page->style.has_color ? "\033[0m" : "");
    rp_page_wrap(page, period, 0);
    if (scope != NULL)
        rp_page_wrap(page, scope, 0);
    g_string_append_c(page->text, '\n');
}

static void
put_sentences(RpPage *page)
{
    g_autoptr(GPtrArray) lines = rp_words_sentences(page->view, page->report);
    g_autofree char *ground = rp_words_ground(page->view, page->report);

    for (guint i = 0; i < lines->len; i++)
        rp_page_wrap(page, g_ptr_array_index(lines, i), 0);
    rp_page_wrap(page, ground, 0);
}

/* --- what is open --- */

/* The subject beside the wait or, where there is no room, below. */
static void
put_subject(RpPage *page, const char *text)
{
    const char *line = strrchr(page->text->str, '\n');
    int used = rp_text_width(line != NULL ? line + 1 : page->text->str) + 4;
    int room;

    if (!rp_page_has_room(page, ROOM_FOR_SUBJECT)) {
        rp_page_end_row(page);
        g_string_append(page->text, "          ");
        used = 12;
    }
    room = page->style.width > 0 ? MAX(page->style.width - used, 8) : 0;
    if (room > 0)
        rp_page_label(page, text, room);
    else
        g_string_append(page->text, "  ");
    if (room == 0) {
        g_autofree char *subject = rp_words_isolate(text, 0);

        g_string_append(page->text, subject);
    }
    rp_page_end_row(page);
}

static int
direction_columns(void)
{
    return rp_page_columns(rp_page_columns(6, rp_words_direction(RP_MINE)),
                           rp_words_direction(RP_THEIRS));
}

static void
put_open_row(RpPage *page, const RpFollowup *followup)
{
    g_autofree char *waiting = rp_duration_format(followup->waiting_s);
    g_autofree char *cell =
        g_strdup_printf("%s%s", waiting, followup->is_overdue ? "!" : " ");
    int direction = direction_columns();
    int who = rp_page_has_room(page, ROOM_FOR_SUBJECT)
                  ? WHO_COLUMNS
                  : CLAMP(page->style.width - direction - 17, 8, 14);

    rp_page_label(page, rp_words_direction(followup->direction), direction);
    rp_page_label(page, rp_view_person_label(page->view, followup), who);
    rp_page_cell(page, cell, 11);
    if (followup->working_s >= 0 && rp_page_has_room(page, 72)) {
        g_autofree char *working = rp_duration_format(followup->working_s);

        rp_page_cell(page, working, 10);
    }
    put_subject(page, rp_view_subject_text(page->view, followup));
}

void
rp_page_open(RpPage *page)
{
    const GPtrArray *open = page->report->open;

    if (open->len == 0)
        return;
    rp_page_title(page, page->view->config->policy->has_working_hours &&
                                rp_page_has_room(page, 72)
                            ? _("Still open, most overdue first (! is overdue; then "
                                "the working hours of it)")
                            : _("Still open, most overdue first (! is overdue)"));
    for (guint i = 0; i < MIN(open->len, OPEN_MAX); i++)
        put_open_row(page, g_ptr_array_index(open, i));
    rp_page_more(page, open->len, OPEN_MAX, "riposte list");
}

/* --- who fell silent --- */

static char *
silent_text(const RpReportQuiet *row)
{
    return rp_words_wait(row->silent_s, 0);
}

static char *
mails_text(const RpReportQuiet *row)
{
    return g_strdup_printf("%u/%u", row->n_in, row->n_out);
}

/* K3: in words, as riposte keep has it. */
static void
put_keeps(RpPage *page, const GArray *quiet, guint n)
{
    if (n == 0)
        return;
    rp_page_title(page, _("People to get back in touch with"));
    for (guint i = 0; i < MIN(n, QUIET_MAX); i++) {
        const RpReportQuiet *row = &g_array_index(quiet, RpReportQuiet, i);
        g_autofree char *who = rp_words_name(page->view, row->person, row->address, 30);
        g_autofree char *keep = rp_view_keep_text(page->view, &row->keep);
        /* TRANSLATORS: a name, and "last contact 36 d ago; every 4w ...". */
        g_autofree char *line = g_strdup_printf(C_("person", "%s: %s"), who, keep);

        rp_page_wrap(page, line, 2);
    }
    rp_page_more(page, n, QUIET_MAX, "riposte keep");
}

static void
put_silent(RpPage *page, const GArray *quiet, guint first, guint end)
{
    int silent_columns = rp_page_columns(9, _("silent"));
    int mails_columns = rp_page_columns(7, _("in/out"));
    int name_columns = 18;

    for (guint i = first; i < end; i++) {
        const RpReportQuiet *row = &g_array_index(quiet, RpReportQuiet, i);
        g_autofree char *silent = silent_text(row);
        g_autofree char *mails = mails_text(row);

        silent_columns = rp_page_columns(silent_columns, silent);
        mails_columns = rp_page_columns(mails_columns, mails);
    }
    if (page->style.width > 0)
        name_columns =
            CLAMP(page->style.width - silent_columns - mails_columns - 6, 8, 18);
    rp_page_label(page, "", name_columns);
    rp_page_cell(page, _("silent"), silent_columns);
    rp_page_cell(page, _("in/out"), mails_columns);
    rp_page_end_row(page);
    for (guint i = first; i < end; i++) {
        const RpReportQuiet *row = &g_array_index(quiet, RpReportQuiet, i);
        g_autofree char *silent = silent_text(row);
        g_autofree char *mails = mails_text(row);

        rp_page_label(page, rp_view_label_of(page->view, row->person, row->address),
                      name_columns);
        rp_page_cell(page, silent, silent_columns);
        rp_page_cell(page, mails, mails_columns);
        rp_page_end_row(page);
    }
}

void
rp_page_quiet(RpPage *page)
{
    const GArray *quiet = page->report->quiet;
    guint first = rp_report_n_keep(quiet), n = quiet->len - first;

    put_keeps(page, quiet, first);
    if (n == 0)
        return;
    rp_page_title(page, _("Who fell silent (mail went both ways, none for 90 d)"));
    put_silent(page, quiet, first, first + MIN(n, QUIET_MAX));
    rp_page_more(page, n, QUIET_MAX, "riposte report --json");
}

/* --- what all this rests on --- */

static void
put_kinds(RpPage *page)
{
    const uint32_t *n = page->report->coverage.n_kinds;
    g_autofree char *line = g_strdup_printf(
        _("messages: %u personal, %u list, %u calendar, %u robot"), n[RP_KIND_PERSONAL],
        n[RP_KIND_LIST], n[RP_KIND_CALENDAR], n[RP_KIND_ROBOT]);

    rp_page_wrap(page, line, 2);
}

static void
put_folder(RpPage *page, const RpFolderRow *row)
{
    g_autofree char *when =
        rp_text_when(row->last_sync_at, page->view->config->policy->zone);
    g_autofree char *account = rp_words_isolate(row->account, 30);
    g_autofree char *name = rp_words_isolate(row->name, 30);
    g_autofree char *text = g_strdup_printf(
        /* TRANSLATORS: account, folder, its role, how many, when. */
        ngettext("%s, %s (%s): %u message, read %s",
                 "%s, %s (%s): %u messages, read %s", row->n_messages),
        account, name, rp_words_role(row->role), row->n_messages, when);

    rp_page_wrap(page, text, 2);
}

static void
put_problems(RpPage *page)
{
    const GPtrArray *problems = page->report->coverage.problems;

    for (guint i = 0; i < problems->len; i++) {
        const RpProblemRow *row = g_ptr_array_index(problems, i);
        g_autofree char *line =
            g_strdup_printf("%s %s: %s", row->account, row->folder, row->text);
        g_autofree char *shown = rp_words_isolate(line, MAX(page->style.width - 2, 0));

        rp_page_wrap(page, shown, 2);
    }
}

void
rp_page_coverage(RpPage *page)
{
    const RpCoverage *coverage = &page->report->coverage;
    const GPtrArray *folders = coverage->folders;
    g_autofree char *times = g_strdup_printf(
        ngettext("times: %u guessed, %u lifted to their parent's; %u message "
                 "unreadable",
                 "times: %u guessed, %u lifted to their parent's; %u messages "
                 "unreadable",
                 coverage->n_unreadable),
        coverage->n_guessed_times, coverage->n_clock_anomalies, coverage->n_unreadable);

    rp_page_title(page, _("What this rests on"));
    put_kinds(page);
    rp_page_wrap(page, times, 2);
    for (guint i = 0; i < folders->len; i++) {
        const RpFolderRow *row = g_ptr_array_index(folders, i);

        if (row->is_read)
            put_folder(page, row);
    }
    for (guint i = 0; i < coverage->gaps->len; i++) {
        g_autofree char *gap = rp_words_gap(&g_array_index(coverage->gaps, RpGap, i));
        g_autofree char *line = g_strdup_printf(_("gap: %s"), gap);

        rp_page_wrap(page, line, 2);
    }
    put_problems(page);
}

char *
rp_report_text(const RpView *view, const RpReport *report, const RpPageStyle *style)
{
    RpPage page = {g_string_new(NULL), view, report, *style};

    put_head(&page);
    put_sentences(&page);
    rp_page_figures(&page, RP_GROUP_ESTIMATE);
    rp_page_figures(&page, RP_GROUP_PLAIN);
    rp_page_figures(&page, RP_GROUP_COUNTS);
    rp_page_weeks(&page);
    rp_page_people(&page);
    rp_page_silences(&page);
    rp_page_heatmaps(&page);
    rp_page_open(&page);
    rp_page_quiet(&page);
    rp_page_coverage(&page);
    return rp_page_end(&page);
}
