/* SPDX-License-Identifier: GPL-3.0-or-later */
/* contact-import.c - riposte contact import: address books, and what they would change
 */
#include <glib/gi18n.h>
#include <string.h>

#include "cli/contact.h"
#include "cli/json-out.h"
#include "report/json.h"
#include "report/text.h"
#include "sync/contacts.h"
#include "view/marks.h"

enum { VALUE_COLUMNS = 60, LINES_MAX = 200 };

/* --- what is read --- */

/* An argv, no shell. Its answer is a part of all that there is. */
static RpCards *
run_query(const char *command, GError **error)
{
    g_auto(GStrv) argv = NULL;
    g_autofree char *out = NULL;
    g_autoptr(GError) local = NULL;
    int status = 0;

    if (!g_shell_parse_argv(command, NULL, &argv, &local) ||
        !g_spawn_sync(NULL, argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &out, NULL,
                      &status, &local) ||
        !g_spawn_check_wait_status(status, &local)) {
        g_set_error(error, RP_CLI_ERROR, RP_CLI_ERROR_FAILED, "--command: %s: %s",
                    command, local->message);
        return NULL;
    }
    return rp_mutt_read_query(out, strlen(out));
}

static RpContactsPlan *
plan_of(RpCli *cli, const char *path, GError **error)
{
    const char *command = rp_args_get(cli->args, "command");
    const char *named = rp_args_get(cli->args, "source");
    g_autofree char *source = named != NULL     ? rp_cli_typed(named)
                              : command != NULL ? rp_cli_typed(command)
                                                : g_canonicalize_filename(path, NULL);
    g_autoptr(RpCards) cards =
        command != NULL ? run_query(command, error) : rp_contacts_read(path, error);

    return cards != NULL
               ? rp_contacts_plan(cli->store, source, cards, command != NULL, error)
               : NULL;
}

/* --- what changes --- */

static const char *
value_of(const RpCardRow *row, const char *name)
{
    for (guint i = 0; i < row->facts->len; i++) {
        const RpFactRow *fact = g_ptr_array_index(row->facts, i);

        if (strcmp(fact->name, name) == 0)
            return fact->value;
    }
    return NULL;
}

static const char *
name_of(const RpCardRow *row)
{
    const char *name = value_of(row, "name");

    return name != NULL ? name : row->uid;
}

static bool
has_fact(const RpCardRow *row, const RpFactRow *wanted)
{
    for (guint i = 0; i < row->facts->len; i++) {
        const RpFactRow *fact = g_ptr_array_index(row->facts, i);

        if (strcmp(fact->name, wanted->name) == 0 &&
            strcmp(fact->type, wanted->type) == 0 &&
            strcmp(fact->value, wanted->value) == 0)
            return true;
    }
    return false;
}

/* What one says and the other does not. */
static void
print_facts(RpCli *cli, const RpCardRow *row, const RpCardRow *other, char sign)
{
    for (guint i = 0; i < row->facts->len; i++) {
        const RpFactRow *fact = g_ptr_array_index(row->facts, i);
        RpCardField field = rp_card_field(fact->name);
        g_autofree char *value = rp_text_clean(fact->value, VALUE_COLUMNS);

        if (!has_fact(other, fact) && field != RP_N_CARD_FIELDS)
            rp_cli_print(cli, "    %c %s%s%s%s: %s\n", sign,
                         _(rp_card_fields[field].label),
                         *fact->type != '\0' ? " (" : "", fact->type,
                         *fact->type != '\0' ? ")" : "", value);
    }
}

/* What the user typed stays, and comes first. */
static void
print_conflicts(RpCli *cli, const RpCardRow *row)
{
    uint32_t person = rp_corpus_find_person(cli->view->corpus, row->person_key);

    for (guint i = 0; i < row->facts->len && person != RP_NONE; i++) {
        const RpFactRow *fact = g_ptr_array_index(row->facts, i);
        RpCardField field = rp_card_field(fact->name);
        guint k = 0;
        const RpFactRow *typed = rp_view_next_fact(cli->view, person, fact->name, &k);
        g_autofree char *value = NULL;

        if (field == RP_N_CARD_FIELDS || rp_card_fields[field].is_many ||
            typed == NULL || *typed->source != '\0' ||
            strcmp(typed->value, fact->value) == 0)
            continue;
        value = rp_text_clean(typed->value, VALUE_COLUMNS);
        rp_cli_print(cli, _("    ! %s stays as you typed it: %s\n"),
                     _(rp_card_fields[field].label), value);
    }
}

static void
print_change(RpCli *cli, const RpCardChange *change)
{
    const RpCardRow *row = change->after != NULL ? change->after : change->before;
    g_autofree char *name = rp_text_clean(name_of(row), VALUE_COLUMNS);

    rp_cli_print(cli, "  %c %s\n",
                 change->before == NULL  ? '+'
                 : change->after == NULL ? '-'
                                         : '~',
                 name);
    if (change->after != NULL && change->before != NULL) {
        print_facts(cli, change->before, change->after, '-');
        print_facts(cli, change->after, change->before, '+');
    }
    if (change->after != NULL)
        print_conflicts(cli, change->after);
}

static void
count(const RpContactsPlan *plan, unsigned *counts)
{
    for (guint i = 0; i < plan->changes->len; i++) {
        const RpCardChange *change = g_ptr_array_index(plan->changes, i);

        counts[change->before == NULL ? 0 : change->after != NULL ? 1 : 2]++;
    }
}

static void
print_plan(RpCli *cli, const RpContactsPlan *plan, bool is_dry)
{
    unsigned counts[3] = {0};

    count(plan, counts);
    /* TRANSLATORS: an address book, how many of its cards are what, and
     * " (nothing is changed: --dry-run)" or nothing. */
    rp_cli_print(cli, _("%s: %u new, %u changed, %u gone, %u as before%s\n"),
                 plan->source, counts[0], counts[1], counts[2], plan->n_same,
                 is_dry ? _(" (nothing is changed: --dry-run)") : "");
    for (guint i = 0; i < MIN(plan->changes->len, LINES_MAX); i++)
        print_change(cli, g_ptr_array_index(plan->changes, i));
    if (plan->changes->len > LINES_MAX)
        rp_cli_print(cli,
                     ngettext("  and %u more\n", "  and %u more\n",
                              plan->changes->len - LINES_MAX),
                     plan->changes->len - LINES_MAX);
    if (plan->n_left_out > 0)
        rp_cli_print(cli,
                     ngettext("  Left out: %u group or card of nobody.\n",
                              "  Left out: %u groups or cards of nobody.\n",
                              plan->n_left_out),
                     plan->n_left_out);
    if (plan->n_bad > 0)
        rp_cli_print(cli,
                     ngettext("  Left out: %u value that is no address or date, or too"
                              " long.\n",
                              "  Left out: %u values that are no address or date, or"
                              " too long.\n",
                              plan->n_bad),
                     plan->n_bad);
    if (plan->n_forgotten > 0)
        rp_cli_print(cli,
                     _("  Left out: %u whom you forgot (riposte forget --allow).\n"),
                     plan->n_forgotten);
}

static void
add_plan(JsonBuilder *builder, const RpContactsPlan *plan)
{
    unsigned counts[3] = {0};

    count(plan, counts);
    json_builder_begin_object(builder);
    rp_json_add_text(builder, "source", plan->source);
    rp_json_add_int(builder, "new", counts[0]);
    rp_json_add_int(builder, "changed", counts[1]);
    rp_json_add_int(builder, "gone", counts[2]);
    rp_json_add_int(builder, "same", plan->n_same);
    rp_json_add_int(builder, "left_out", plan->n_left_out);
    rp_json_add_int(builder, "bad_values", plan->n_bad);
    rp_json_add_int(builder, "forgotten", plan->n_forgotten);
    json_builder_end_object(builder);
}

/* --- the command --- */

static bool
import_one(RpCli *cli, const char *path, JsonBuilder *builder, GError **error)
{
    bool is_dry = rp_args_has(cli->args, "dry-run");
    g_autoptr(RpContactsPlan) plan = plan_of(cli, path, error);

    if (plan == NULL)
        return false;
    if (cli->is_json)
        add_plan(builder, plan);
    else
        print_plan(cli, plan, is_dry);
    return is_dry || rp_contacts_apply(cli->store, plan, cli->now_at, error);
}

static bool
has_empty_word(const RpCli *cli)
{
    for (size_t i = 0; i < rp_args_n_words(cli->args); i++)
        if (*rp_args_word(cli->args, i) == '\0')
            return true;
    return false;
}

bool
rp_cli_import_contacts(RpCli *cli, GError **error)
{
    bool has_command = rp_args_has(cli->args, "command");
    size_t n = rp_args_n_words(cli->args);
    const char *source = rp_args_get(cli->args, "source");
    g_autoptr(JsonBuilder) builder = json_builder_new();

    if ((n < 2) != has_command || (n > 2 && source != NULL) ||
        (source != NULL && *source == '\0') || has_empty_word(cli)) {
        g_set_error(error, RP_CLI_ERROR, RP_CLI_ERROR_USAGE,
                    _("contact import needs files or folders, or --command; --source"
                      " names one"));
        return false;
    }
    if (rp_cli_view(cli, error) == NULL)
        return false;
    json_builder_begin_object(builder);
    rp_json_add_text(builder, "schema", "riposte.contact-import/1");
    json_builder_set_member_name(builder, "sources");
    json_builder_begin_array(builder);
    for (size_t i = 1; i < MAX(n, 2); i++)
        if (!import_one(cli, rp_args_word(cli->args, i), builder, error))
            return false;
    json_builder_end_array(builder);
    json_builder_end_object(builder);
    if (cli->is_json)
        rp_cli_print_json(cli, builder);
    return true;
}
