/* SPDX-License-Identifier: GPL-3.0-or-later */
/* imap-search.c - which UIDs an open folder has */
#include "fetch/imap-reply.h"

#include <glib/gi18n.h>
#include <stdlib.h>

enum {
    BLOCK = 200000, /* messages a command: keeps the answer below a line's limit */
    DAY_S = 24 * 60 * 60,
};

typedef struct {
    GArray *uids; /* of uint32_t */
    uint32_t low;
    uint64_t n_told, n_expunged;
} Search;

/* Numbers and, behind them, perhaps "(MODSEQ 12)". */
static void
on_search(const char *line, size_t n, gpointer data)
{
    Search *search = data;
    const char *at = line + strlen("SEARCH"), *end = line + n;

    while (at < end && *at != '(') {
        uint64_t uid = 0;

        while (at < end && g_ascii_isdigit(*at) && uid <= UINT32_MAX)
            uid = uid * 10 + (uint64_t)(*at++ - '0');
        search->n_told += uid > 0;
        if (uid >= MAX(search->low, 1) && uid <= RP_IMAP_MAX_UID) {
            uint32_t value = (uint32_t)uid;

            g_array_append_val(search->uids, value);
        }
        at++;
    }
}

static gint
compare(gconstpointer a, gconstpointer b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

    return (x > y) - (x < y);
}

static void
sort_unique(GArray *uids)
{
    guint n = 0;

    g_array_sort(uids, compare);
    for (guint i = 0; i < uids->len; i++)
        if (i == 0 ||
            g_array_index(uids, uint32_t, i) != g_array_index(uids, uint32_t, n - 1))
            g_array_index(uids, uint32_t, n++) = g_array_index(uids, uint32_t, i);
    g_array_set_size(uids, n);
}

/* A day early: SINCE disregards the time zone (RFC 3501 6.4.4). */
static void
append_since(GString *text, int64_t since_at)
{
    static const char *const months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                         "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    g_autoptr(GDateTime) day = NULL;

    if (since_at != RP_NEVER)
        day = g_date_time_new_from_unix_utc(since_at - DAY_S);
    if (day != NULL)
        g_string_append_printf(
            text, " SINCE %d-%s-%04d", g_date_time_get_day_of_month(day),
            months[g_date_time_get_month(day) - 1], g_date_time_get_year(day));
}

/* low 1: all. The newest messages first: if others are expunged meanwhile, numbers only
 * sink, so that none is missed. */
static bool
ask(RpImap *imap, Search *search, uint32_t low, uint32_t n, int64_t since_at,
    GError **error)
{
    RpImapCommand command = {
        .profile = &rp_guard_search,
        .on_line = on_search,
        .data = search,
        .what = _("looking for messages"),
        .total_s = 5 * RP_IMAP_COMMAND_S,
    };

    for (uint32_t last = n; last > 0; last -= MIN(last, (uint32_t)BLOCK)) {
        g_autoptr(GString) text = g_string_new("UID SEARCH");

        if (n > BLOCK)
            g_string_append_printf(text, " %u:%u", last > BLOCK ? last - BLOCK + 1 : 1,
                                   last);
        if (low > 1)
            g_string_append_printf(text, " UID %u:*", low);
        else
            g_string_append(text, " ALL");
        append_since(text, since_at);
        if (!rp_imap_run_command(imap, &command, text->str, error))
            return false;
        search->n_expunged +=
            rp_guard_counts(rp_transport_guard(imap->transport))->expunge;
    }
    return true;
}

/* "low:*" always holds the last message: RFC 3501 section 9. A server that finds none
 * (GNU Mailutils) does not know "*", and is asked for all. */
bool
rp_imap_search(RpImap *imap, uint32_t low, uint32_t n, int64_t since_at, GArray **uids,
               GError **error)
{
    g_autoptr(GArray) found = g_array_new(FALSE, FALSE, sizeof(uint32_t));
    Search search = {.uids = found, .low = low};
    bool must_find = n > 0 && since_at == RP_NEVER;

    if (!ask(imap, &search, low, n, since_at, error))
        return false;
    if (must_find && search.n_told == 0 && low > 1 &&
        !ask(imap, &search, 1, n, since_at, error))
        return false;
    if (must_find && search.n_told == 0 && search.n_expunged == 0) {
        g_set_error(error, RP_SOURCE_ERROR, RP_SOURCE_ERROR_FOLDER,
                    _("the server says that there are %u messages, and finds none"), n);
        return false;
    }
    sort_unique(found);
    *uids = g_steal_pointer(&found);
    return true;
}
