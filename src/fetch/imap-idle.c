/* SPDX-License-Identifier: GPL-3.0-or-later */
/* imap-idle.c - waiting for news (RFC 2177): only that something is new is learnt */
#include "fetch/imap-reply.h"
#include "fetch/imap-wait.h"

#include <glib/gi18n.h>

enum { MAX_SESSIONS = 2, LEAVE_S = 30 };

static bool
has_news(const RpImap *imap)
{
    const RpGuard *guard = rp_transport_guard(imap->transport);
    const RpGuardCounts *counts = rp_guard_counts(guard);

    /* Idle although IDLE is not ended: the server has refused it. */
    return counts->exists > 0 || counts->expunge > 0 || counts->fetch > 0 ||
           rp_guard_is_idle(guard);
}

void
rp_imap_sleep(RpImap *const *imaps, size_t n, int64_t left_us)
{
    RpSource *source = imaps[0]->source;
    GPollFD fds[MAX_SESSIONS + 1];

    for (size_t i = 0; i < n; i++)
        fds[i] = (GPollFD){.fd = rp_transport_fd(imaps[i]->transport),
                           .events = G_IO_IN | G_IO_HUP | G_IO_ERR};
    fds[n] = (GPollFD){.fd = source->wake_fd, .events = G_IO_IN | G_IO_HUP | G_IO_ERR};
    if (g_poll(fds, (guint)n + 1, (int)MIN(left_us / 1000 + 1, INT_MAX)) > 0 &&
        fds[n].revents != 0)
        rp_source_take_commands(source);
}

/* True as long as there is a reason to wait on. */
static bool
goes_on(RpImap *const *imaps, size_t n)
{
    const RpSource *source = imaps[0]->source;
    bool has_none = true;

    for (size_t i = 0; i < n; i++)
        has_none =
            rp_transport_pump(imaps[i]->transport) && !has_news(imaps[i]) && has_none;
    return has_none && !source->is_stopped && !source->is_sync_wanted;
}

static bool
leave(RpImap *imap, GError **error)
{
    g_autoptr(GByteArray) line = g_byte_array_new();

    if (!rp_transport_is_good(imap->transport))
        return rp_transport_error(imap->transport, _("waiting for news"), error);
    if (rp_guard_is_idle(rp_transport_guard(imap->transport))) {
        imap->caps &= ~(uint32_t)RP_CAP_IDLE;
        return true;
    }
    rp_transport_extend(imap->transport, LEAVE_S);
    if (rp_transport_write(imap->transport, "DONE\r\n", 6))
        while (rp_imap_read_line(imap, line))
            ;
    if (rp_guard_counts(rp_transport_guard(imap->transport))->fetch > 0)
        imap->has_flag_news = true;
    return rp_imap_check(imap, MAILIMAP_NO_ERROR, _("waiting for news"), error);
}

bool
rp_imap_idle(RpImap *const *imaps, size_t n, uint32_t timeout_s, GError **error)
{
    int64_t until_us = g_get_monotonic_time() + timeout_s * (int64_t)G_USEC_PER_SEC;
    int64_t left_us = until_us - g_get_monotonic_time();

    g_return_val_if_fail(n <= MAX_SESSIONS, false);
    for (size_t i = 0; i < n; i++)
        rp_imap_send(imaps[i], &rp_guard_idle, "IDLE", 0);
    while (left_us > 0 && goes_on(imaps, n)) {
        rp_imap_sleep(imaps, n, left_us);
        left_us = until_us - g_get_monotonic_time();
    }
    if (imaps[0]->source->is_stopped)
        return rp_source_set_stopped(error);
    for (size_t i = 0; i < n; i++)
        if (!leave(imaps[i], error))
            return false;
    return true;
}
