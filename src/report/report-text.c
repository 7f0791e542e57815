/* SPDX-License-Identifier: GPL-3.0-or-later */
/* report-text.c - the report for a terminal: sentences first, shares before medians */
#include <math.h>

#include "report/page.h"
#include "report/text.h"

enum { OPEN_MAX = 20, FIGURE_COLUMNS = 24, CELL_COLUMNS = 16, WHO_COLUMNS = 20 };

static char *
local_text(const RpPage *page, int64_t at)
{
    return rp_text_when(at, page->view->config->policy->zone);
}

static void
put_head(RpPage *page)
{
    const RpReport *report = page->report;
    const RpReportWeek *last = &report->weeks[RP_REPORT_WEEKS - 1];
    g_autofree char *from = local_text(page, report->from_at);
    g_autofree char *until = local_text(page, report->until_at);
    g_autofree char *as_of = local_text(page, page->view->as_of_at);
    bool is_week =
        last->from_at == report->from_at && last->until_at == report->until_at;

    g_string_append_printf(page->text, "%sriposte report%s%s%s\n",
                           page->has_color ? "\033[1m" : "", is_week ? " " : "",
                           is_week ? last->label : "",
                           page->has_color ? "\033[0m" : "");
    g_string_append_printf(page->text, "%s to %s, %s; as of %s\n", from, until,
                           report->zone, as_of);
    if (report->person != RP_NONE) {
        g_autofree char *who = rp_text_clean(
            rp_view_label_of(page->view, report->person,
                             rp_view_person_address(page->view, report->person)),
            0);

        g_string_append_printf(page->text, "With %s alone.\n", who);
    }
    g_string_append_c(page->text, '\n');
}

/* --- sentences --- */

static uint32_t
count_within(double share, uint32_t n)
{
    return isnan(share) ? 0 : (uint32_t)lround(share * n);
}

static void
put_rest(RpPage *page, const RpFigures *figures)
{
    if (figures->n_open > 0)
        g_string_append_printf(page->text, "; %u still open", figures->n_open);
    if (figures->n_released > 0)
        g_string_append_printf(page->text, "; %u answered by others",
                               figures->n_released);
    if (figures->n_answered_elsewhere > 0)
        g_string_append_printf(page->text, "; %u answered elsewhere",
                               figures->n_answered_elsewhere);
    g_string_append(page->text, ".\n");
}

static void
put_sentence(RpPage *page, const char *who, const char *whom, const RpFigures *figures)
{
    const RpPlainFigures *plain = &figures->answered_only;
    uint32_t n = figures->estimate.n;

    if (n == 0) {
        g_string_append_printf(page->text, "No mail came up for %s to answer.\n", whom);
        return;
    }
    g_string_append_printf(page->text, "%s answered %u of %u within 48 h", who,
                           count_within(plain->within_48h, plain->n), n);
    g_string_append_printf(page->text, ", %u of them within 24 h",
                           count_within(plain->within_24h, plain->n));
    put_rest(page, figures);
}

static void
put_open_sentence(RpPage *page)
{
    const GPtrArray *open = page->report->open;
    uint32_t n_mine = 0, n_overdue = 0;

    for (guint i = 0; i < open->len; i++) {
        const RpFollowup *followup = g_ptr_array_index(open, i);

        n_mine += followup->direction == RP_MINE;
        n_overdue += followup->direction == RP_MINE && followup->is_overdue;
    }
    if (n_mine == 0)
        g_string_append(page->text, "You owe no reply from then or before");
    else
        g_string_append_printf(page->text,
                               "You still owe %u %s from then and before, %u overdue",
                               n_mine, n_mine == 1 ? "reply" : "replies", n_overdue);
    g_string_append_printf(page->text, "; you are owed %u.\n", open->len - n_mine);
}

/* --- figures --- */

static void
put_name(RpPage *page, const char *name)
{
    g_string_append_printf(page->text, "  %-*s", FIGURE_COLUMNS, name);
}

static void
put_counts(RpPage *page)
{
    const RpFigures *mine = &page->report->mine, *theirs = &page->report->theirs;
    const struct {
        const char *name;
        uint32_t mine, theirs;
    } rows[] = {
        {"opened", mine->n_opened, theirs->n_opened},
        {"answered", mine->n_answered, theirs->n_answered},
        {"done otherwise", mine->n_done, theirs->n_done},
        {"answered elsewhere", mine->n_answered_elsewhere,
         theirs->n_answered_elsewhere},
        {"answered by others", mine->n_released, theirs->n_released},
        {"dismissed", mine->n_dismissed, theirs->n_dismissed},
        {"lapsed, then new", mine->n_superseded, theirs->n_superseded},
        {"still open", mine->n_open, theirs->n_open},
        {"  of them lapsed", mine->n_lapsed, theirs->n_lapsed},
        {"answers sent in that time", mine->n_answers_sent, theirs->n_answers_sent},
    };

    rp_page_title(page, "How many");
    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
        if (i > 0 && rows[i].mine == 0 && rows[i].theirs == 0)
            continue;
        put_name(page, rows[i].name);
        rp_page_number(page, rows[i].mine, CELL_COLUMNS);
        rp_page_number(page, rows[i].theirs, CELL_COLUMNS);
        g_string_append_c(page->text, '\n');
    }
}

/* --- what is open, and what all this rests on --- */

/* The wait on both clocks, where there are two (R11). */
static char *
open_line(RpPage *page, const RpFollowup *followup)
{
    g_autofree char *who =
        rp_text_pad(rp_view_person_label(page->view, followup), WHO_COLUMNS);
    g_autofree char *waiting = rp_duration_format(followup->waiting_s);
    g_autofree char *working = NULL;
    const char *late = followup->is_overdue ? "!" : " ";

    if (followup->working_s < 0)
        return g_strdup_printf("  %-6s  %s  %10s%s  ",
                               rp_direction_name(followup->direction), who, waiting,
                               late);
    working = rp_duration_format(followup->working_s);
    return g_strdup_printf("  %-6s  %s  %10s%s  %10s  ",
                           rp_direction_name(followup->direction), who, waiting, late,
                           working);
}

static void
put_open_row(RpPage *page, const RpFollowup *followup)
{
    g_autofree char *line = open_line(page, followup);
    int room = page->width > 0 ? MAX(page->width - rp_text_width(line), 8) : 0;
    g_autofree char *subject =
        rp_text_clean(rp_view_subject(page->view, followup), room);

    g_string_append_printf(page->text, "%s%s\n", line, subject);
}

static void
put_open(RpPage *page)
{
    const GPtrArray *open = page->report->open;

    if (open->len == 0)
        return;
    rp_page_title(page, page->view->config->policy->has_working_hours
                            ? "Still open, most overdue first (! is overdue; then the"
                              " working hours of it)"
                            : "Still open, most overdue first (! is overdue)");
    for (guint i = 0; i < MIN(open->len, OPEN_MAX); i++)
        put_open_row(page, g_ptr_array_index(open, i));
    if (open->len > OPEN_MAX)
        g_string_append_printf(page->text, "  and %u more (riposte list)\n",
                               open->len - OPEN_MAX);
}

static void
put_folders(RpPage *page)
{
    const GPtrArray *folders = page->view->folders;
    uint32_t n_read = 0, n_unreadable = 0, n_incomplete = 0;
    int64_t oldest_at = RP_NEVER;

    for (guint i = 0; folders != NULL && i < folders->len; i++) {
        const RpFolderRow *row = g_ptr_array_index(folders, i);

        if (!row->is_read)
            continue;
        n_read++;
        n_unreadable += row->n_unreadable;
        n_incomplete += row->is_complete ? 0 : 1;
        oldest_at = MIN(oldest_at, row->last_sync_at);
    }
    g_string_append_printf(page->text, "  %u folders read", n_read);
    if (oldest_at != RP_NEVER) {
        g_autofree char *when = local_text(page, oldest_at);

        g_string_append_printf(page->text, ", all of them since %s", when);
    }
    if (n_incomplete > 0)
        g_string_append_printf(page->text, ", %u not yet complete", n_incomplete);
    g_string_append_printf(page->text, "; %u messages unreadable\n", n_unreadable);
}

static void
put_coverage(RpPage *page)
{
    const RpReport *report = page->report;

    rp_page_title(page, "What this rests on");
    g_string_append(page->text, "  messages:");
    for (int kind = 0; kind < RP_N_KINDS; kind++)
        g_string_append_printf(page->text, "%s %u %s", kind > 0 ? "," : "",
                               report->n_kinds[kind], rp_kind_name((RpKind)kind));
    g_string_append_printf(page->text,
                           "\n  %u times guessed, %u lifted to their parent's\n",
                           report->n_guessed_times, report->n_clock_anomalies);
    put_folders(page);
    for (guint i = 0; page->view->problems != NULL && i < page->view->problems->len;
         i++) {
        const RpProblemRow *row = g_ptr_array_index(page->view->problems, i);
        g_autofree char *line =
            g_strdup_printf("%s %s: %s", row->account, row->folder, row->text);
        g_autofree char *shown = rp_text_clean(line, MAX(page->width - 2, 0));

        g_string_append_printf(page->text, "  %s\n", shown);
    }
}

char *
rp_report_text(const RpView *view, const RpReport *report, int width, bool color)
{
    RpPage page = {g_string_new(NULL), view, report, width, color};

    put_head(&page);
    if (view->corpus->copies->len == 0)
        g_string_append(page.text, "Nothing was read yet: run riposte sync first.\n");
    put_sentence(&page, "You", "you", &report->mine);
    put_sentence(&page, "They", "them", &report->theirs);
    put_open_sentence(&page);
    rp_page_estimates(&page);
    rp_page_plain(&page);
    put_counts(&page);
    rp_page_weeks(&page);
    rp_page_people(&page);
    rp_page_silences(&page);
    rp_page_heatmaps(&page);
    put_open(&page);
    put_coverage(&page);
    return g_string_free(page.text, FALSE);
}
