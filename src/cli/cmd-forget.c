/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cmd-forget.c - riposte forget: a person, and all that is known of them */
#include <glib/gi18n.h>
#include <string.h>

#include "cli/contact.h"
#include "cli/daemon.h"
#include "cli/json-out.h"
#include "cli/whom.h"
#include "core/address.h"
#include "core/phone.h"
#include "store/facts.h"
#include "store/forget.h"
#include "view/marks.h"

static const RpOption OPTIONS[] = {
    {"yes", NULL, N_("do it: it cannot be undone"), 0, false},
    {"allow", NULL, N_("an ADDRESS or number that was forgotten may come back"), 0,
     false},
    {NULL, NULL, NULL, 0, false},
};

/* Of an address or a number; NULL if it is neither. */
static char *
key_typed(const char *typed)
{
    g_autofree char *number = rp_phone_normalize(typed);
    g_autofree char *address = rp_address_normalize(typed);

    if (number != NULL)
        return g_strconcat(RP_TEL_PREFIX, number, NULL);
    return address != NULL ? rp_address_person_key(address) : NULL;
}

static RpExit
allow(RpCli *cli, GError **error)
{
    g_autofree char *typed = rp_cli_typed(rp_args_word(cli->args, 0));
    g_autofree char *key = key_typed(typed);
    g_autofree char *stand_in = NULL;

    if (key == NULL || rp_cli_store(cli, error) == NULL ||
        !rp_store_find_forgotten(cli->store, key, &stand_in, error) ||
        stand_in == NULL) {
        if (*error == NULL)
            g_set_error(error, RP_CLI_ERROR, RP_CLI_ERROR_NOT_FOUND,
                        _("nobody of the address or number \"%s\" is forgotten"),
                        typed);
        return RP_EXIT_FAILED;
    }
    if (!rp_store_allow(cli->store, key, error))
        return RP_EXIT_FAILED;
    rp_cli_say(cli, key,
               _("%s may come back: riposte sync --rebuild. What else was theirs is"
                 " allowed apart.\n"),
               typed);
    return RP_EXIT_DONE;
}

/* Of int64_t: calls that stand under a number of theirs, too. */
static GArray *
events_of(const RpCli *cli, uint32_t person)
{
    const GPtrArray *events = cli->view->corpus->events;
    GArray *ids = g_array_new(FALSE, FALSE, sizeof(int64_t));

    for (guint i = 0; i < events->len; i++) {
        const RpContactEvent *event = g_ptr_array_index(events, i);

        if (event->person == person)
            g_array_append_val(ids, event->id);
    }
    return ids;
}

static void
add_number(GPtrArray *keys, const char *text)
{
    g_autofree char *number = rp_phone_normalize(text);

    if (number != NULL)
        g_ptr_array_add(keys, g_strconcat(RP_TEL_PREFIX, number, NULL));
}

/* Numbers as the person's cards and calls have them. */
static void
add_numbers(const RpCli *cli, uint32_t person, GPtrArray *keys)
{
    const GPtrArray *events = cli->view->corpus->events;
    const RpFactRow *fact;
    guint k = 0;

    while ((fact = rp_view_next_fact(cli->view, person, RP_FACT_PHONE, &k)) != NULL)
        add_number(keys, fact->value);
    for (guint i = 0; i < events->len; i++) {
        const RpContactEvent *event = g_ptr_array_index(events, i);

        if (event->person == person)
            add_number(keys, event->number);
    }
}

static bool
check(RpCli *cli, const char *who, GError **error)
{
    if (rp_args_has(cli->args, "yes"))
        return true;
    g_set_error(
        error, RP_CLI_ERROR, RP_CLI_ERROR_USAGE,
        _("forgetting %s cannot be undone; if you mean it: riposte forget --yes"), who);
    return false;
}

static RpExit
run(RpCli *cli, GError **error)
{
    g_autoptr(GPtrArray) keys = NULL;
    g_autoptr(GArray) event_ids = NULL;
    g_autofree char *who = NULL;
    uint32_t person;

    if (rp_args_has(cli->args, "allow"))
        return allow(cli, error);
    if (!rp_cli_find_other(cli, rp_args_word(cli->args, 0), &person, error))
        return RP_EXIT_FAILED;
    who = rp_cli_contact_label(cli->view, person);
    if (!check(cli, who, error))
        return RP_EXIT_FAILED;
    keys = rp_cli_keys_of(cli, person);
    add_numbers(cli, person, keys);
    event_ids = events_of(cli, person);
    if (!rp_store_forget(cli->store, keys, event_ids, cli->now_at, error))
        return RP_EXIT_FAILED;
    rp_cli_tell_daemon();
    rp_cli_say(
        cli, NULL,
        _("Forgotten: %s. A hash is kept, so that they do not come back.\n"
          "What riposte cannot forget: their mail stays in the mailbox, and its"
          " subjects and ids here; cards stay in their address books; backups and"
          " exports stay as they are.\n"),
        who);
    return RP_EXIT_DONE;
}

const RpCommand rp_cmd_forget = {
    .name = "forget",
    .run = run,
    .summary = N_("forgets a person and all that is known of them"),
    .options = OPTIONS,
    .words = "PERSON",
    .min_words = 1,
    .max_words = 1,
};
