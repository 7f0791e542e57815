/* SPDX-License-Identifier: GPL-3.0-or-later */
/* calls.c - calls that telephone programs tell of, on their way into the log (C1) */
#include "daemon/calls.h"

#include <gio/gio.h>
#include <glib/gi18n.h>

#include "core/address.h"
#include "core/phone.h"
#include "report/text.h"
#include "store/events.h"
#include "store/forget.h"
#include "sync/sync.h"

/* More can't be waiting for a database unless somebody floods us. */
enum { NAME_WIDTH = 100, WAITING_MAX = 1000 };

struct RpCalls {
    RpStore *store; /* foreign */
    GQueue waiting; /* own, of RpContactEvent, the first first */
};

static void
free_event(gpointer event)
{
    rp_event_free(event);
}

RpCalls *
rp_calls_new(RpStore *store)
{
    RpCalls *calls = g_new0(RpCalls, 1);

    calls->store = store;
    g_queue_init(&calls->waiting);
    return calls;
}

void
rp_calls_free(RpCalls *calls)
{
    if (calls == NULL)
        return;
    g_queue_clear_full(&calls->waiting, free_event);
    g_free(calls);
}

static bool
refuse(GError **error, const char *why)
{
    g_set_error_literal(error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, why);
    return false;
}

bool
rp_call_read(GVariant *keys, RpCallReport *report, GError **error)
{
    const char *direction = "in";
    gboolean is_missed = FALSE;

    *report =
        (RpCallReport){"", "", RP_WAY_IN, false, g_get_real_time() / G_USEC_PER_SEC};
    g_variant_lookup(keys, "number", "&s", &report->whom);
    g_variant_lookup(keys, "name", "&s", &report->name);
    g_variant_lookup(keys, "direction", "&s", &direction);
    g_variant_lookup(keys, "missed", "b", &is_missed);
    g_variant_lookup(keys, "at", "x", &report->at);
    report->is_missed = is_missed;
    report->way = g_str_equal(direction, "out") ? RP_WAY_OUT : RP_WAY_IN;
    if (report->way == RP_WAY_OUT || g_str_equal(direction, "in"))
        return true;
    g_set_error(error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                _("the direction is neither in nor out"));
    return false;
}

/* Whose call it was: false if that can't be known. */
static bool
set_whom(RpContactEvent *event, const RpCallReport *report)
{
    g_autofree char *number = rp_phone_normalize(report->whom);
    g_autofree char *address = rp_address_normalize(report->whom);
    g_autofree char *name = rp_text_clean(report->name, NAME_WIDTH);
    g_autofree char *name_number = rp_phone_normalize(name);

    if (number == NULL && address == NULL)
        return false;
    event->person_key = number != NULL ? g_strdup("") : rp_address_person_key(address);
    event->number = number != NULL ? g_steal_pointer(&number) : g_strdup("");
    /* Some give the number once more where they know no name. */
    event->name = name_number != NULL ? g_strdup("") : g_steal_pointer(&name);
    return true;
}

bool
rp_calls_add(RpCalls *calls, const RpCallReport *report, int64_t now_at, GError **error)
{
    g_autoptr(RpContactEvent) event = g_new0(RpContactEvent, 1);

    if (report->at > now_at)
        return refuse(error, _("the call is yet to come"));
    if (report->at < 0)
        return refuse(error, _("the call was before 1970"));
    if (calls->waiting.length >= WAITING_MAX)
        return refuse(error, _("too many calls wait to be written"));
    if (!set_whom(event, report))
        return refuse(error, _("neither a telephone number nor an address"));
    event->kind = RP_EVENT_CALL;
    event->way = report->way;
    event->outcome = report->is_missed ? RP_OUTCOME_MISSED : RP_OUTCOME_HAPPENED;
    event->at = report->at;
    event->logged_at = now_at;
    event->undone_at = RP_NEVER;
    event->detail = g_strdup("");
    event->note = g_strdup("");
    rp_event_set_uid(event);
    g_queue_push_tail(&calls->waiting, g_steal_pointer(&event));
    return true;
}

bool
rp_calls_are_waiting(const RpCalls *calls)
{
    return calls->waiting.length > 0;
}

/* A call of somebody who is to be forgotten leaves nothing. */
static bool
keep(RpStore *store, RpContactEvent *event, bool *is_written, GError **error)
{
    bool is_forgotten = false;

    if (!rp_sync_flush(store, error) ||
        !rp_store_is_event_forgotten(store, event, &is_forgotten, error))
        return false;
    *is_written = *is_written || !is_forgotten;
    return is_forgotten || rp_store_add_event(store, event, error);
}

bool
rp_calls_write(RpCalls *calls)
{
    bool is_written = false;

    while (calls->waiting.length > 0) {
        g_autoptr(GError) error = NULL;

        if (!keep(calls->store, g_queue_peek_head(&calls->waiting), &is_written,
                  &error)) {
            g_message("cannot keep a call yet: %s", error->message);
            return is_written;
        }
        rp_event_free(g_queue_pop_head(&calls->waiting));
    }
    return is_written;
}
