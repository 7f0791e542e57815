/* SPDX-License-Identifier: GPL-3.0-or-later */
/* imap-notify.c - being told of news in all folders: RFC 5465 */
#include "fetch/imap-reply.h"
#include "fetch/imap-wait.h"

#include <string.h>

enum {
    REST_S = 30,  /* for the rest of a line that has begun */
    COUNT_S = 10, /* the guard's limits are for so long, not for a whole wait */
};

#define EVENTS "(MessageNew MessageExpunge FlagChange)"

/* The inbox is open, as Dovecot's index, which tells of the other folders, does not see
 * what other programs put into a Maildir. */
static const char NOTIFY[] = "NOTIFY SET (selected " EVENTS ") (personal " EVENTS ")";

/* "* NO" says that something may have been lost, LIST that a folder was. */
static void
on_line(const char *line, size_t n, gpointer data)
{
    static const char over[] = "OK [NOTIFICATIONOVERFLOW";
    RpImapNews *news = data;

    if (g_ascii_strncasecmp(line, "STATUS", strlen("STATUS")) == 0)
        news->has_any = rp_imap_is_status_new(news->folders, line, n) || news->has_any;
    else if (g_ascii_strncasecmp(line, over, strlen(over)) == 0)
        news->is_over = true;
    else if (g_ascii_strncasecmp(line, "OK", strlen("OK")) != 0)
        news->has_any = true;
}

/* What was told of the open folder, of which only that is of interest. */
static void
take_counts(const RpImap *imap, RpImapNews *news)
{
    const RpGuardCounts *counts = rp_guard_counts(rp_transport_guard(imap->transport));

    if (counts->exists > 0 || counts->expunge > 0 || counts->fetch > 0)
        news->has_any = news->is_open = true;
    if (counts->fetch > 0)
        news->has_flags = true;
}

static bool
run(RpImap *imap, const char *text, RpImapNews *news, GError **error)
{
    RpImapCommand command = {
        .profile = &rp_guard_notify,
        .on_line = on_line,
        .data = news,
        .what = "asking for news",
    };
    bool is_done = rp_imap_run_command(imap, &command, text, error);

    take_counts(imap, news);
    return is_done;
}

bool
rp_imap_notify(RpImap *imap, RpImapNews *news, GError **error)
{
    return run(imap, NOTIFY, news, error);
}

bool
rp_imap_notify_none(RpImap *imap, RpImapNews *news)
{
    return run(imap, "NOTIFY NONE", news, NULL);
}

bool
rp_imap_keep_alive(RpImap *imap, RpImapNews *news, GError **error)
{
    return run(imap, "NOOP", news, error);
}

static bool
hear(RpImap *imap, RpImapNews *news)
{
    g_autoptr(GByteArray) line = g_byte_array_new();

    rp_transport_extend(imap->transport, REST_S);
    while (rp_transport_hear(imap->transport)) {
        while (rp_imap_read_line(imap, line))
            if (line->len > 2) {
                g_byte_array_append(line, (const guint8 *)"", 1);
                on_line((const char *)line->data + 2, line->len - 3, news);
            }
    }
    return rp_transport_is_good(imap->transport);
}

/* Between two lines: nothing is lost, and what is held stays as little as it was. */
static void
begin(RpImap *const *imaps, size_t n)
{
    for (size_t i = 0; i < n; i++)
        rp_transport_begin(imaps[i]->transport, 0, 0, &rp_guard_notify, REST_S, REST_S);
}

/* What the session that is not told says of its folder is told to the other one. */
bool
rp_imap_listen(RpImap *const *imaps, size_t n, uint32_t timeout_ms, RpImapNews *news,
               GError **error)
{
    const RpSource *source = imaps[0]->source;
    int64_t begun_us = g_get_monotonic_time();
    int64_t until_us = begun_us + timeout_ms * (int64_t)1000;

    begin(imaps, n);
    for (;;) {
        int64_t now_us = g_get_monotonic_time(), left_us = until_us - now_us;

        if (now_us - begun_us >= COUNT_S * (int64_t)G_USEC_PER_SEC) {
            begin(imaps, n);
            begun_us = now_us;
        }
        for (size_t i = 0; i < n; i++)
            if (!hear(imaps[i], news))
                return rp_transport_error(imaps[i]->transport, "waiting for news",
                                          error);
        take_counts(imaps[0], news);
        if (source->is_stopped)
            return rp_source_set_stopped(error);
        if (news->has_any || news->is_over || source->is_sync_wanted || left_us <= 0)
            return true;
        rp_imap_sleep(imaps, n, left_us);
    }
}
