/* SPDX-License-Identifier: GPL-3.0-or-later */
/* html-lists.c - sections of the page: what is open, who fell silent, coverage */
#include <glib/gi18n.h>

#include "report/html.h"
#include "report/text.h"
#include "report/words.h"

enum { OPEN_MAX = 100, SUBJECT_COLUMNS = 200 };

static void
put_words(RpHtml *html, const char *text)
{
    g_string_append(html->out, "<td class=\"words\">");
    rp_html_text(html, text);
    g_string_append(html->out, "</td>");
}

static char *
local_text(const RpHtml *html, int64_t at)
{
    return rp_text_when(at, html->view->config->policy->zone);
}

/* --- what is open --- */

/* Late in words, not in colour alone. */
static void
put_open_row(RpHtml *html, const RpFollowup *row, guint i)
{
    g_autofree char *who = rp_words_name(html->view, row->person, row->address, 30);
    g_autofree char *subject =
        rp_words_isolate(rp_view_subject_text(html->view, row), SUBJECT_COLUMNS);

    rp_html_row(html, who);
    put_words(html, row->direction == RP_MINE ? C_("who owes", "you")
                                              : C_("who owes", "they"));
    rp_html_cell(html, rp_duration_format(row->waiting_s), "open.%u.waiting_s", i);
    g_string_append(html->out, row->is_overdue ? "<td class=\"words late\">" : "<td>");
    rp_html_text(html, row->is_overdue ? _("overdue") : "");
    g_string_append(html->out, "</td>");
    put_words(html, subject);
    rp_html_end_row(html);
}

void
rp_html_open(RpHtml *html)
{
    const char *const heads[] = {_("with"),          _("who owes"), _("waits for"),
                                 C_("head", "late"), _("about"),    NULL};
    const GPtrArray *open = html->report->open;

    rp_html_section(html, "open", _("Still open"));
    if (open->len == 0) {
        rp_html_note(html, _("Nothing is open."));
    } else {
        rp_html_table(html, _("Most overdue first"), heads);
        for (guint i = 0; i < MIN(open->len, OPEN_MAX); i++)
            put_open_row(html, g_ptr_array_index(open, i), i);
        rp_html_end_table(html);
    }
    if (open->len > OPEN_MAX)
        rp_html_note(html, _("riposte list --full has them all."));
    rp_html_end_section(html);
}

/* --- who fell silent --- */

static void
put_quiet_row(RpHtml *html, guint i)
{
    const RpReportQuiet *row = &g_array_index(html->report->quiet, RpReportQuiet, i);
    g_autofree char *who = rp_words_name(html->view, row->person, row->address, 30);

    rp_html_row(html, who);
    rp_html_cell(html, rp_words_wait(row->silent_s, 0), "quiet.%u.silent_s", i);
    rp_html_cell(html, g_strdup_printf("%u", row->n_in), "quiet.%u.messages_in", i);
    rp_html_cell(html, g_strdup_printf("%u", row->n_out), "quiet.%u.messages_out", i);
    if (row->keep.cadence != NULL) {
        g_autofree char *keep = rp_view_keep_text(html->view, &row->keep);

        put_words(html, keep);
    }
    rp_html_end_row(html);
}

/* K3: the first rows. */
static void
put_keeps(RpHtml *html, guint n)
{
    /* TRANSLATORS: heads of columns; < is no part of them, it says "to the left". */
    const char *const heads[] = {
        _("<who"),          _("silent for"), _("mails from them"),
        _("mails to them"), _("<cadence"),   NULL};

    if (n == 0)
        return;
    rp_html_section(html, "keep", _("People to get back in touch with"));
    rp_html_table(html, _("By the cadences you set, the longest due first"), heads);
    for (guint i = 0; i < n; i++)
        put_quiet_row(html, i);
    rp_html_end_table(html);
    rp_html_end_section(html);
}

void
rp_html_quiet(RpHtml *html)
{
    const char *const heads[] = {_("<who"), _("silent for"), _("mails from them"),
                                 _("mails to them"), NULL};
    const GArray *quiet = html->report->quiet;
    guint first = rp_report_n_keep(quiet);

    put_keeps(html, first);
    if (quiet->len == first)
        return;
    rp_html_section(html, "quiet", _("Who fell silent"));
    rp_html_table(html, _("Mail went both ways, and none for 90 days"), heads);
    for (guint i = first; i < quiet->len; i++)
        put_quiet_row(html, i);
    rp_html_end_table(html);
    rp_html_end_section(html);
}

/* --- what all this rests on --- */

static void
put_count(RpHtml *html, const char *name, uint32_t n, const char *path)
{
    rp_html_row(html, name);
    rp_html_cell(html, g_strdup_printf("%u", n), "coverage.%s", path);
    rp_html_end_row(html);
}

static void
put_messages(RpHtml *html)
{
    const char *const heads[] = {"", _("messages"), NULL};
    static const struct {
        const char *name, *path;
    } kinds[RP_N_KINDS] = {
        [RP_KIND_PERSONAL] = {N_("personal: they count"), "kinds.personal"},
        [RP_KIND_LIST] = {N_("of lists: they only close"), "kinds.list"},
        [RP_KIND_CALENDAR] = {N_("of calendars: left out"), "kinds.calendar"},
        [RP_KIND_ROBOT] = {N_("of machines: left out"), "kinds.robot"},
    };
    const RpCoverage *coverage = &html->report->coverage;

    rp_html_table(html, _("Messages"), heads);
    put_count(html, _("all"), coverage->n_messages, "messages");
    for (int kind = 0; kind < RP_N_KINDS; kind++)
        put_count(html, _(kinds[kind].name), coverage->n_kinds[kind], kinds[kind].path);
    put_count(html, _("unreadable"), coverage->n_unreadable, "unreadable");
    put_count(html, _("of a guessed time"), coverage->n_guessed_times, "guessed_times");
    put_count(html, _("with a wrong clock"), coverage->n_clock_anomalies,
              "clock_anomalies");
    rp_html_end_table(html);
}

static void
put_folder(RpHtml *html, const RpFolderRow *row, guint account, guint folder)
{
    g_autofree char *name_of_account = rp_words_isolate(row->account, 30);
    g_autofree char *name = rp_words_isolate(row->name, 40);
    g_autofree char *when = local_text(html, row->last_sync_at);

    rp_html_row(html, name_of_account);
    put_words(html, name);
    put_words(html, rp_words_role(row->role));
    rp_html_cell(html, g_strdup_printf("%u", row->n_messages),
                 "coverage.accounts.%u.folders.%u.messages", account, folder);
    rp_html_cell(html, g_strdup_printf("%u", row->n_unreadable),
                 "coverage.accounts.%u.folders.%u.unreadable", account, folder);
    put_words(html, row->is_read ? when : _("not to be read"));
    rp_html_end_row(html);
}

/* The folders come by account. */
static void
put_folders(RpHtml *html)
{
    /* TRANSLATORS: heads of columns; < is no part of them, it says "to the left". */
    const char *const heads[] = {_("<account"), _("<folder"),    _("<role"),
                                 _("messages"), _("unreadable"), _("<read at"),
                                 NULL};
    const GPtrArray *folders = html->report->coverage.folders;
    guint account = 0, folder = 0;

    if (folders->len == 0)
        return;
    rp_html_table(html, _("Folders"), heads);
    for (guint i = 0; i < folders->len; i++, folder++) {
        const RpFolderRow *row = g_ptr_array_index(folders, i);
        const RpFolderRow *before = i > 0 ? g_ptr_array_index(folders, i - 1) : row;

        if (g_strcmp0(row->account, before->account) != 0) {
            account++;
            folder = 0;
        }
        put_folder(html, row, account, folder);
    }
    rp_html_end_table(html);
}

static void
put_gaps(RpHtml *html)
{
    const GArray *gaps = html->report->coverage.gaps;
    bool is_over = html->report->scope->period.until_at <= html->view->as_of_at;

    if (gaps->len == 0) {
        rp_html_note(html, is_over ? _("There is no gap: all folders were read after "
                                       "this period ended.")
                                   : _("There is no gap: all folders were read within "
                                       "the last day."));
        return;
    }
    g_string_append(html->out, "<ul>\n");
    for (guint i = 0; i < gaps->len; i++) {
        g_autofree char *gap = rp_words_gap(&g_array_index(gaps, RpGap, i));

        g_string_append(html->out, "<li>");
        rp_html_text(html, gap);
        g_string_append(html->out, "</li>\n");
    }
    g_string_append(html->out, "</ul>\n");
}

static void
put_problems(RpHtml *html)
{
    const GPtrArray *problems = html->report->coverage.problems;

    if (problems->len == 0)
        return;
    g_string_append(html->out, "<ul>\n");
    for (guint i = 0; i < problems->len; i++) {
        const RpProblemRow *row = g_ptr_array_index(problems, i);
        g_autofree char *line =
            g_strdup_printf("%s %s: %s", row->account, row->folder, row->text);
        g_autofree char *shown = rp_words_isolate(line, SUBJECT_COLUMNS);

        g_string_append(html->out, "<li>");
        rp_html_text(html, shown);
        g_string_append(html->out, "</li>\n");
    }
    g_string_append(html->out, "</ul>\n");
}

void
rp_html_coverage(RpHtml *html)
{
    rp_html_section(html, "coverage", _("What this rests on"));
    put_gaps(html);
    put_problems(html);
    put_messages(html);
    put_folders(html);
    rp_html_end_section(html);
}
