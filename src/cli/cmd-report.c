/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cmd-report.c - riposte report: how long each side waited */
#include <glib/gi18n.h>

#include "cli/pager.h"
#include "cli/report-file.h"
#include "cli/report-notice.h"
#include "cli/whom.h"
#include "report/csv.h"
#include "report/html.h"
#include "report/json.h"
#include "report/mail.h"
#include "report/report-text.h"

static const RpOption OPTIONS[] = {
    RP_SCOPE_OPTIONS,
    {"format", "FORMAT", N_("text, json, csv or html"), 0, false},
    {"table", "TABLE", N_("of csv, that table"), 0, false},
    {"output", "FILE", N_("write to FILE, readable by you alone; csv: or into FOLDER/"),
     0, false},
    {"mail", NULL, N_("a mail message to yourself, for sendmail"), 0, false},
    {"notify", NULL, N_("write html and tell of it on the desktop"), 0, false},
    {NULL, NULL, NULL, 0, false},
};

enum {
    FORMAT_TEXT,
    FORMAT_JSON,
    FORMAT_CSV,
    FORMAT_HTML,
    N_FORMATS,
    FORMAT_MAIL = N_FORMATS
};

typedef struct {
    size_t format, table; /* table RP_CSV_N_TABLES: all, into a folder */
    const char *path;     /* foreign; NULL: standard output */
    bool is_told;         /* by a notice */
} Choice;

static void
set_usage(GError **error, const char *text)
{
    g_set_error_literal(error, RP_CLI_ERROR, RP_CLI_ERROR_USAGE, text);
}

/* Which table of CSV, or all of them. */
static bool
choose_table(RpCli *cli, Choice *choice, GError **error)
{
    bool is_csv = choice->format == FORMAT_CSV;
    bool is_folder = choice->path != NULL && rp_report_is_folder(choice->path);

    if (!rp_args_choose(cli->args, "table", RP_CSV_TABLES, RP_CSV_N_TABLES,
                        RP_CSV_N_TABLES, &choice->table, error))
        return false;
    if (!is_csv && choice->table < RP_CSV_N_TABLES) {
        set_usage(error, _("--table is for --format csv"));
        return false;
    }
    if (is_csv && choice->table == RP_CSV_N_TABLES && !is_folder) {
        set_usage(error, _("--format csv is several tables: choose one with --table "
                           "(people, say), or a folder for all with --output FOLDER/"));
        return false;
    }
    if (choice->path != NULL && g_str_has_suffix(choice->path, "/") &&
        !(is_csv && choice->table == RP_CSV_N_TABLES)) {
        g_set_error(error, RP_CLI_ERROR, RP_CLI_ERROR_USAGE,
                    _("--output=%s: name a file in that folder, %sreport.html, say"),
                    choice->path, choice->path);
        return false;
    }
    return true;
}

/* The usual file is everybody's page of that time. */
static bool
is_narrowed(RpCli *cli)
{
    return rp_args_has(cli->args, "person") || rp_args_has(cli->args, "tag") ||
           rp_args_has(cli->args, "account");
}

/* What is there instead of a format. */
static bool
choose_other(RpCli *cli, Choice *choice, GError **error)
{
    bool is_mail = rp_args_has(cli->args, "mail");

    choice->format = is_mail ? FORMAT_MAIL : FORMAT_HTML;
    if ((is_mail && choice->is_told) || cli->is_json ||
        rp_args_has(cli->args, "format")) {
        set_usage(error, _("give --mail, or --notify, or --format"));
        return false;
    }
    if (choice->is_told && choice->path == NULL && is_narrowed(cli)) {
        set_usage(error,
                  _("--notify writes the page of everybody: with --person, --tag "
                    "or --account choose another file with --output FILE"));
        return false;
    }
    return choose_table(cli, choice, error);
}

static bool
choose(RpCli *cli, Choice *choice, GError **error)
{
    static const char *const formats[N_FORMATS] = {"text", "json", "csv", "html"};

    choice->path = rp_args_get(cli->args, "output");
    choice->is_told = rp_args_has(cli->args, "notify");
    if (choice->is_told || rp_args_has(cli->args, "mail"))
        return choose_other(cli, choice, error);
    return rp_args_choose(cli->args, "format", formats, N_FORMATS,
                          cli->is_json ? FORMAT_JSON : FORMAT_TEXT, &choice->format,
                          error) &&
           choose_table(cli, choice, error);
}

/* --- forms --- */

static char *
make_text(RpCli *cli, const RpReport *report, const char *path)
{
    const RpPageStyle style = {
        .width = path != NULL ? 0 : rp_cli_text_width(cli),
        .has_color = path == NULL && cli->has_color,
        .is_ascii = path == NULL && !rp_cli_is_utf8(),
    };

    return rp_report_text(cli->view, report, &style);
}

/* Of mine the first address that is whole, no pattern. */
static const char *
own_address(RpCli *cli, GError **error)
{
    const GPtrArray *me = cli->config->policy->me;

    for (guint i = 0; i < me->len; i++) {
        const char *address = g_ptr_array_index(me, i);

        if (*address != '*' && g_str_is_ascii(address))
            return address;
    }
    g_set_error(error, RP_CLI_ERROR, RP_CLI_ERROR_FAILED,
                _("--mail: addresses in section [me] of %s has no whole address"),
                cli->config->path);
    return NULL;
}

static char *
make_mail(RpCli *cli, const RpReport *report, GError **error)
{
    g_autofree char *unique = g_uuid_string_random();
    const RpMailFrame frame = {.name = cli->config->name,
                               .address = own_address(cli, error),
                               .at = cli->now_at,
                               .unique = unique};

    return frame.address != NULL ? rp_mail_report(cli->view, report, &frame) : NULL;
}

/* NULL with an error if it cannot be. */
static char *
make(RpCli *cli, const RpReport *report, const Choice *choice, GError **error)
{
    switch (choice->format) {
    case FORMAT_JSON:
        return rp_json_report(cli->view, report);
    case FORMAT_HTML:
        return rp_html_report(cli->view, report);
    case FORMAT_CSV:
        return rp_csv_table(cli->view, report, choice->table);
    case FORMAT_MAIL:
        return make_mail(cli, report, error);
    default:
        return make_text(cli, report, choice->path);
    }
}

/* All tables, each a file. */
static bool
write_tables(RpCli *cli, const RpReport *report, const char *folder, GError **error)
{
    for (size_t i = 0; i < RP_CSV_N_TABLES; i++) {
        g_autofree char *text = rp_csv_table(cli->view, report, i);
        g_autofree char *name = g_strconcat(RP_CSV_TABLES[i], ".csv", NULL);

        if (!rp_report_write_into(folder, name, text, error))
            return false;
    }
    return true;
}

static bool
tell(RpCli *cli, const RpReport *report, const char *path, GError **error)
{
    g_autofree char *page = rp_html_report(cli->view, report);
    g_autofree char *usual = path == NULL ? rp_report_usual_path(cli, report) : NULL;

    return rp_report_write(path != NULL ? path : usual, page, error) &&
           rp_report_tell(cli, report, path != NULL ? path : usual, error);
}

static bool
put_out(RpCli *cli, const RpReport *report, const Choice *choice, GError **error)
{
    g_autofree char *text = NULL;

    if (choice->is_told)
        return tell(cli, report, choice->path, error);
    if (choice->format == FORMAT_CSV && choice->table == RP_CSV_N_TABLES)
        return write_tables(cli, report, choice->path, error);
    text = make(cli, report, choice, error);
    if (text == NULL)
        return false;
    if (choice->path != NULL)
        return rp_report_write(choice->path, text, error);
    if (choice->format == FORMAT_TEXT)
        rp_cli_print_long(cli, text);
    else
        rp_cli_write(cli, text);
    return true;
}

static RpExit
run(RpCli *cli, GError **error)
{
    g_auto(RpScope) scope = RP_SCOPE_INIT;
    g_autoptr(RpReport) report = NULL;
    Choice choice;

    if (!choose(cli, &choice, error) || !rp_cli_scope(cli, &scope, error))
        return RP_EXIT_FAILED;
    report = rp_report_new(cli->view, &scope);
    return put_out(cli, report, &choice, error) ? RP_EXIT_DONE : RP_EXIT_FAILED;
}

static const RpChoice CHOICES[] = {
    RP_SCOPE_CHOICES,
    {"format", "text|json|csv|html"},
    {"table", "figures|people|weeks|silence|heatmap|curves|open|quiet|coverage"},
    {NULL, NULL},
};

const RpCommand rp_cmd_report = {
    .name = "report",
    .run = run,
    .summary = N_("tells how long you and the others let wait"),
    .options = OPTIONS,
    .help =
        N_("PERIOD is 2026-W46, 2026-11, 2026-Q4 or 2026, or this or last and a unit:"
           "\nlast-week, this-month. Shares count the unanswered too (Kaplan-Meier);"
           "\n'riposte explain report mine.estimate.within_48h' shows the waits that a"
           "\nfigure is made of."),
    .choices = CHOICES,
};
