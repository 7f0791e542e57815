/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cmd-keep.c - riposte keep: how often to be in touch, and what is coming (K1 to K4) */
#include <glib/gi18n.h>
#include <string.h>

#include "cli/contact.h"
#include "cli/daemon.h"
#include "cli/json-out.h"
#include "cli/whom.h"
#include "report/json.h"
#include "report/text.h"
#include "store/facts.h"
#include "view/keep.h"

enum { MAX_WORDS = 18, WHO_COLUMNS = 22 };

static const RpOption OPTIONS[] = {
    {"latest", "WAIT", N_("late after that (default: half as long again)"), 0, false},
    {"tag", "TAG", N_("all who bear the tag, instead of a person"), 0, false},
    {NULL, NULL, NULL, 0, false},
};

static bool
usage(GError **error, const char *what)
{
    g_set_error(error, RP_CLI_ERROR, RP_CLI_ERROR_USAGE, "%s", what);
    return false;
}

/* --- what is coming --- */

static void
print_line(RpCli *cli, uint32_t person, const char *text)
{
    const RpView *view = cli->view;
    g_autofree char *who = rp_text_pad(
        rp_view_label_of(view, person, rp_view_person_address(view, person)),
        WHO_COLUMNS);

    rp_cli_print(cli, "  %s  %s\n", who, text);
}

static void
print_list(RpCli *cli, const GArray *keeps, const GArray *days)
{
    for (guint i = 0; i < keeps->len; i++) {
        const RpKeep *keep = &g_array_index(keeps, RpKeep, i);
        g_autofree char *text = rp_view_keep_text(cli->view, keep);

        print_line(cli, keep->person, text);
    }
    for (guint i = 0; i < days->len; i++) {
        const RpKeepDay *day = &g_array_index(days, RpKeepDay, i);
        g_autofree char *text = rp_view_day_text(day);

        print_line(cli, day->person, text);
    }
    if (keeps->len + days->len == 0)
        rp_cli_print(cli,
                     _("Nobody is to be kept in touch with: riposte keep ada every 4w"
                       " says so.\n"));
}

static bool
list(RpCli *cli, GError **error)
{
    g_autoptr(JsonBuilder) builder = json_builder_new();
    g_autoptr(GArray) keeps = NULL;
    g_autoptr(GArray) days = NULL;

    if (rp_cli_view(cli, error) == NULL)
        return false;
    keeps = rp_view_keep(cli->view);
    days = rp_view_days(cli->view, RP_KEEP_COMING_DAYS);
    if (!cli->is_json) {
        print_list(cli, keeps, days);
        return true;
    }
    json_builder_begin_object(builder);
    rp_json_add_text(builder, "schema", "riposte.keep/1");
    rp_json_add_instant(builder, "as_of", cli->view->as_of_at);
    json_builder_set_member_name(builder, "people");
    rp_json_keeps(builder, cli->view, keeps);
    json_builder_set_member_name(builder, "days");
    rp_json_days(builder, cli->view, days);
    json_builder_end_object(builder);
    rp_cli_print_json(cli, builder);
    return true;
}

/* --- how often --- */

/* The waits of the command line; ideal_s 0: never. */
static bool
read_waits(const RpCli *cli, const char *word, RpCadenceRow *row, GError **error)
{
    const char *latest = rp_args_get(cli->args, "latest");

    if (strcmp(word, "never") == 0)
        return latest == NULL || usage(error, _("never needs no --latest"));
    if (!rp_cadence_parse(word, &row->ideal_s)) {
        g_set_error(
            error, RP_CLI_ERROR, RP_CLI_ERROR_USAGE,
            _("\"%s\" is no cadence; write 10d, 4w (a day to 10 years), or never"),
            word);
        return false;
    }
    row->latest_s = row->ideal_s + row->ideal_s / 2;
    if (latest != NULL && !rp_cadence_parse(latest, &row->latest_s)) {
        g_set_error(error, RP_CLI_ERROR, RP_CLI_ERROR_USAGE,
                    _("--latest: \"%s\" is no wait; write 10d or 6w"), latest);
        return false;
    }
    return row->latest_s >= row->ideal_s ||
           usage(error, _("--latest is shorter than the cadence itself"));
}

/* Of all who were made one person. */
static bool
remove_cadences(RpCli *cli, uint32_t person, GError **error)
{
    g_autoptr(GPtrArray) keys = rp_cli_keys_of(cli, person);

    for (guint i = 0; i < keys->len; i++)
        if (!rp_store_remove_cadence(cli->store, false, g_ptr_array_index(keys, i),
                                     error))
            return false;
    return true;
}

static bool
keep_row(RpCli *cli, const RpCadenceRow *row, const char *whom, GError **error)
{
    g_autofree char *ideal = rp_cadence_format(row->ideal_s);
    g_autofree char *latest = rp_cadence_format(row->latest_s);

    if (rp_cli_store(cli, error) == NULL ||
        !(row->ideal_s > 0
              ? rp_store_set_cadence(cli->store, row, error)
              : rp_store_remove_cadence(cli->store, row->is_tag, row->name, error)))
        return false;
    rp_cli_tell_daemon();
    if (row->ideal_s > 0)
        rp_cli_say(cli, row->is_tag ? NULL : row->name,
                   _("In touch with %s every %s, at the latest %s.\n"), whom, ideal,
                   latest);
    else
        rp_cli_say(cli, row->is_tag ? NULL : row->name,
                   _("No cadence of their own any more: %s.\n"), whom);
    return true;
}

/* The words before the last n, so that nobody has to quote a name. */
static char *
join_words(const RpCli *cli, size_t n)
{
    g_autoptr(GString) text = g_string_new(NULL);

    for (size_t i = 0; i + n < rp_args_n_words(cli->args); i++)
        g_string_append_printf(text, "%s%s", i > 0 ? " " : "",
                               rp_args_word(cli->args, i));
    return g_strdup(text->str);
}

/* A tag may come later; one that is misspelt would keep nobody. */
static bool
warn_of_nobody(RpCli *cli, const char *tag, GError **error)
{
    if (rp_cli_view(cli, error) == NULL)
        return false;
    for (guint i = 0; i < cli->view->facts->len; i++) {
        const RpFactRow *fact = g_ptr_array_index(cli->view->facts, i);

        if (strcmp(fact->name, RP_FACT_TAG) == 0 && strcmp(fact->value, tag) == 0)
            return true;
    }
    rp_cli_warn(_("nobody bears the tag \"%s\" yet"), tag);
    return true;
}

static bool
set(RpCli *cli, const char *wait, const char *whom, GError **error)
{
    const char *tag = rp_args_get(cli->args, "tag");
    g_autoptr(RpCadenceRow) row = g_new0(RpCadenceRow, 1);
    g_autofree char *label = NULL;
    uint32_t person;

    if (tag != NULL && *whom != '\0')
        return usage(error, _("give a PERSON or --tag, not both"));
    if (tag != NULL ? *tag == '\0' : *whom == '\0')
        return usage(error, _("keep needs a PERSON, or --tag TAG"));
    if (!read_waits(cli, wait, row, error))
        return false;
    row->since_at = cli->now_at;
    row->is_tag = tag != NULL;
    if (tag != NULL) {
        row->name = rp_cli_typed(tag);
        label = g_strdup_printf(_("whoever bears the tag %s"), row->name);
        return (row->ideal_s == 0 || warn_of_nobody(cli, row->name, error)) &&
               keep_row(cli, row, label, error);
    }
    if (!rp_cli_find_other(cli, whom, &person, error))
        return false;
    label = rp_cli_contact_label(cli->view, person);
    row->name =
        g_strdup(g_array_index(cli->view->corpus->persons, RpPerson, person).key);
    return (row->ideal_s > 0 || remove_cadences(cli, person, error)) &&
           keep_row(cli, row, label, error);
}

static RpExit
run(RpCli *cli, GError **error)
{
    size_t n = rp_args_n_words(cli->args);
    const char *last = n > 0 ? rp_args_word(cli->args, n - 1) : NULL;
    bool is_never = last != NULL && strcmp(last, "never") == 0;
    bool is_every = n > 1 && strcmp(rp_args_word(cli->args, n - 2), "every") == 0;
    g_autofree char *whom = join_words(cli, is_never ? 1 : 2);
    bool is_good;

    if (n == 0 && rp_args_get(cli->args, "tag") == NULL)
        is_good = list(cli, error);
    else if (is_never || is_every)
        is_good = set(cli, last, whom, error);
    else
        is_good =
            usage(error, _("keep needs every WAIT (4w, 10d) at the end, or never"));
    return is_good ? RP_EXIT_DONE : RP_EXIT_FAILED;
}

static const RpChoice CHOICES[] = {
    {"every", "every|never"},
    {"WAIT", "1w|2w|4w|8w|12w|26w"},
    {NULL, NULL},
};

const RpCommand rp_cmd_keep = {
    .name = "keep",
    .run = run,
    .summary = N_("how often to be in touch with whom; what is coming"),
    .options = OPTIONS,
    .words = "[PERSON] [every] [WAIT]",
    .min_words = 0,
    .max_words = MAX_WORDS,
    .help =
        N_("keep PERSON every WAIT       any contact, of either side, begins it anew\n"
           "keep --tag TAG every WAIT    the same for all who bear the tag\n"
           "keep PERSON never            no longer\n"
           "keep                         who is due when, and birthdays of the next "
           "30 days"),
    .choices = CHOICES,
};
