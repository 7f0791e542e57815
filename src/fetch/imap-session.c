/* SPDX-License-Identifier: GPL-3.0-or-later */
/* imap-session.c - a session's beginning and end, and how its results are judged */
#include "fetch/imap.h"

#include <glib/gi18n.h>
#include <string.h>

enum { MAX_REOPENED = 60 };

void
rp_imap_begin(RpImap *imap, const RpGuardProfile *profile, uint32_t total_s)
{
    rp_transport_begin(imap->transport, (uint32_t)imap->session->imap_tag + 1, 1,
                       profile, RP_IMAP_COMMAND_S, total_s);
}

bool
rp_imap_check(RpImap *imap, int r, const char *what, GError **error)
{
    const char *reply = rp_guard_reply(rp_transport_guard(imap->transport));
    g_autofree char *text = NULL;

    if (!rp_transport_is_good(imap->transport) ||
        !rp_guard_is_idle(rp_transport_guard(imap->transport)))
        return rp_transport_error(imap->transport, what, error);
    if (g_ascii_strncasecmp(reply, "OK", 2) == 0)
        return r == MAILIMAP_NO_ERROR ||
               rp_transport_error(imap->transport, what, error);
    text = rp_transport_clean(reply);
    g_set_error(error, RP_SOURCE_ERROR, RP_SOURCE_ERROR_FOLDER,
                _("%s: the server says: %s"), what, text);
    return false;
}

/* The handler of messages is called only if a progress function is set too. */
static void
ignore_progress(size_t current, size_t maximum, void *context)
{
    (void)current;
    (void)maximum;
    (void)context;
}

/* A server that waits for TLS says nothing to one who waits for its greeting. */
static void
advise(const RpImap *imap, GError **error)
{
    if (rp_transport_is_timeout(imap->transport) &&
        imap->source->job->security != RP_SECURITY_TLS && error != NULL) {
        g_autoptr(GError) told = g_steal_pointer(error);

        g_set_error(error, told->domain, told->code,
                    _("%s (if this port encrypts from the first byte: security=tls)"),
                    told->message);
    }
}

static bool
read_greeting(RpImap *imap, GError **error)
{
    int r = mailimap_connect(imap->session, rp_transport_open(imap->transport));
    g_autofree char *bye = NULL;

    if (r == MAILIMAP_NO_ERROR_AUTHENTICATED ||
        r == MAILIMAP_NO_ERROR_NON_AUTHENTICATED)
        return true;
    bye = rp_transport_clean(rp_guard_bye(rp_transport_guard(imap->transport)));
    if (*bye == '\0' || !rp_transport_is_good(imap->transport)) {
        rp_transport_error(imap->transport, _("greeting"), error);
        advise(imap, error);
        return false;
    }
    g_set_error(error, RP_SOURCE_ERROR, RP_SOURCE_ERROR_NETWORK,
                _("the server does not want a connection now: %s"), bye);
    return false;
}

static bool
start_tls(RpImap *imap, GError **error)
{
    g_autoptr(GError) refusal = NULL;
    int r;

    if (imap->session->imap_state == MAILIMAP_STATE_AUTHENTICATED) {
        g_set_error_literal(error, RP_SOURCE_ERROR, RP_SOURCE_ERROR_TLS,
                            _("the server logs in before STARTTLS"));
        return false;
    }
    rp_imap_begin(imap, &rp_guard_plain, RP_IMAP_COMMAND_S);
    r = mailimap_starttls(imap->session);
    if (!rp_imap_check(imap, r, "STARTTLS", &refusal)) {
        if (g_error_matches(refusal, RP_SOURCE_ERROR, RP_SOURCE_ERROR_FOLDER))
            refusal->code = RP_SOURCE_ERROR_TLS;
        g_propagate_error(error, g_steal_pointer(&refusal));
        return false;
    }
    return rp_transport_start_tls(imap->transport, error);
}

static bool
start(RpImap *imap, GError **error)
{
    imap->transport = rp_transport_new(imap->source);
    imap->session = mailimap_new(0, NULL);
    g_assert(imap->session != NULL); /* out of memory, as GLib ends it */
    mailimap_set_progress_callback(imap->session, ignore_progress, ignore_progress,
                                   NULL);
    imap->has_qresync = imap->is_selected = false;
    imap->namespaces = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    if (!rp_transport_connect(imap->transport, error) || !read_greeting(imap, error))
        return false;
    if (imap->source->job->security == RP_SECURITY_STARTTLS && !start_tls(imap, error))
        return false;
    return rp_imap_login(imap, error);
}

RpImap *
rp_imap_open(RpSource *source, GError **error)
{
    g_autoptr(RpImap) imap = g_new0(RpImap, 1);

    imap->source = source;
    if (!start(imap, error))
        return NULL;
    return g_steal_pointer(&imap);
}

/* Without LOGOUT: the answer would be waited for, and tells nothing. */
static void
end(RpImap *imap)
{
    if (imap->session->imap_stream != NULL) {
        mailstream_close(imap->session->imap_stream);
        imap->session->imap_stream = NULL;
    }
    g_clear_pointer(&imap->namespaces, g_hash_table_unref);
    g_clear_pointer(&imap->session, mailimap_free);
    g_clear_pointer(&imap->transport, rp_transport_free);
}

bool
rp_imap_reopen(RpImap *imap, GError **error)
{
    if (++imap->n_reopened > MAX_REOPENED || imap->is_secret_gone) {
        g_set_error_literal(error, RP_SOURCE_ERROR, RP_SOURCE_ERROR_NETWORK,
                            _("the connection is lost"));
        return false;
    }
    end(imap);
    return start(imap, error);
}

void
rp_imap_close(RpImap *imap)
{
    if (imap == NULL)
        return;
    end(imap);
    g_free(imap);
}
