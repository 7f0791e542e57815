/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cmd-doctor.c - riposte doctor: what is wrong, and what to do about it */
#include <gio/gio.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <string.h>

#include "cli/checks.h"
#include "cli/expectation.h"
#include "cli/json-out.h"
#include "report/json.h"
#include "report/text.h"

static const RpOption OPTIONS[] = {
    {"offline", NULL, N_("log in nowhere"), 0, false},
    {"expectation", NULL, N_("how well answers were expected (R12), and nothing else"),
     0, false},
    {NULL, NULL, NULL, 0, false},
};

static const char *const LEVELS[] = {NC_("level", "ok"), NC_("level", "note"),
                                     NC_("level", "wrong")};

static const char *
level_text(RpLevel level)
{
    return g_dpgettext2(NULL, "level", LEVELS[level]);
}

static void
print_finding(RpCli *cli, const RpFinding *finding)
{
    static const RpStyle styles[] = {RP_STYLE_OK, RP_STYLE_BOLD, RP_STYLE_LATE};
    g_autofree char *text = rp_text_clean(finding->text, 0);
    g_autofree char *advice = rp_text_clean(finding->advice, 0);
    const char *level = level_text(finding->level);
    int columns = 0;

    for (size_t i = 0; i < G_N_ELEMENTS(LEVELS); i++)
        columns = MAX(columns, rp_text_width(level_text((RpLevel)i)));
    rp_cli_print(cli, "%s%s%*s%s %s: %s\n", rp_cli_style(cli, styles[finding->level]),
                 level, rp_cli_lacks(level, columns), "",
                 rp_cli_style(cli, RP_STYLE_NONE), _(finding->what), text);
    if (*advice != '\0')
        rp_cli_print(cli, "%*s -> %s\n", columns, "", advice);
}

static void
print_json(RpCli *cli, const GPtrArray *findings)
{
    g_autoptr(JsonBuilder) builder = json_builder_new();

    json_builder_begin_object(builder);
    rp_json_add_text(builder, "schema", "riposte.doctor/1");
    json_builder_set_member_name(builder, "findings");
    json_builder_begin_array(builder);
    for (guint i = 0; i < findings->len; i++) {
        const RpFinding *finding = g_ptr_array_index(findings, i);

        json_builder_begin_object(builder);
        rp_json_add_text(builder, "what", finding->what);
        rp_json_add_text(builder, "level", LEVELS[finding->level]);
        rp_json_add_text(builder, "text", finding->text);
        rp_json_add_text(builder, "advice", finding->advice);
        json_builder_end_object(builder);
    }
    json_builder_end_array(builder);
    json_builder_end_object(builder);
    rp_cli_print_json(cli, builder);
}

static RpExit
run(RpCli *cli, GError **error)
{
    g_autoptr(GPtrArray) findings =
        g_ptr_array_new_with_free_func((GDestroyNotify)rp_finding_free);
    RpExit status = RP_EXIT_DONE;

    if (rp_args_has(cli->args, "expectation"))
        return rp_cli_check_expectation(cli, error);
    rp_check_everything(cli, !rp_args_has(cli->args, "offline"), findings);
    for (guint i = 0; i < findings->len; i++) {
        const RpFinding *finding = g_ptr_array_index(findings, i);

        if (finding->level == RP_LEVEL_WRONG)
            status = RP_EXIT_FAILED;
        if (!cli->is_json)
            print_finding(cli, finding);
    }
    if (cli->is_json)
        print_json(cli, findings);
    return status;
}

const RpCommand rp_cmd_doctor = {
    .name = "doctor",
    .run = run,
    .summary = N_("checks configuration, database, accounts and desktop"),
    .options = OPTIONS,
    .help = N_("Exit status 1 if something is wrong; notes are only advice."),
};
