/* SPDX-License-Identifier: GPL-3.0-or-later */
/* transport.c - deadlines and the guard, over a GIO stream */
#include "fetch/transport-private.h"

#include <glib/gi18n.h>
#include <string.h>

enum { SAID = 80 };

RpTransport *
rp_transport_new(RpSource *source)
{
    RpTransport *t = g_new0(RpTransport, 1);

    t->source = source;
    t->fd = -1;
    t->guard = rp_guard_new();
    return t;
}

void
rp_transport_free(RpTransport *transport)
{
    if (transport == NULL)
        return;
    if (transport->connection != NULL)
        g_socket_close(g_socket_connection_get_socket(transport->connection), NULL);
    g_clear_object(&transport->stream);
    g_clear_object(&transport->connection);
    rp_guard_free(transport->guard);
    g_free(transport->problem);
    g_free(transport);
}

char *
rp_transport_clean(const char *text)
{
    char *clean = g_strndup(text, SAID);

    for (char *p = clean; *p != '\0'; p++)
        if (!g_ascii_isprint(*p))
            *p = '?';
    return g_strchomp(clean);
}

int
rp_transport_fail(RpTransport *t, RpSourceError code, const char *format, ...)
{
    va_list args;

    if (t->problem != NULL)
        return -1;
    va_start(args, format);
    t->problem = g_strdup_vprintf(format, args);
    va_end(args);
    t->problem_code = code;
    return -1;
}

bool
rp_transport_error(RpTransport *transport, const char *what, GError **error)
{
    rp_transport_fail(transport, RP_SOURCE_ERROR_PROTOCOL,
                      _("%s: the server's answer cannot be read"), what);
    g_set_error_literal(error, RP_SOURCE_ERROR, (int)transport->problem_code,
                        transport->problem);
    return false;
}

bool
rp_transport_is_good(const RpTransport *transport)
{
    return transport->problem == NULL;
}

/* For tests, which cannot wait a minute for a server that never answers. */
static int64_t
cap_us(uint32_t timeout_s)
{
    const char *most = g_getenv("RIPOSTE_FETCH_TIMEOUT_S");
    uint64_t most_s = most == NULL ? UINT32_MAX : g_ascii_strtoull(most, NULL, 10);

    return (int64_t)MIN(timeout_s, most_s) * G_USEC_PER_SEC;
}

bool
rp_transport_is_timeout(const RpTransport *transport)
{
    return transport->is_timeout;
}

void
rp_transport_extend(RpTransport *transport, uint32_t timeout_s)
{
    transport->idle_at_us = transport->total_at_us =
        g_get_monotonic_time() + cap_us(timeout_s);
    transport->blocked_us = transport->source->blocked_us;
}

const RpGuard *
rp_transport_guard(const RpTransport *transport)
{
    return transport->guard;
}

int
rp_transport_fd(const RpTransport *transport)
{
    return transport->fd;
}

static int
fail_refused(RpTransport *t)
{
    g_autofree char *line = rp_transport_clean(rp_guard_line(t->guard));

    return rp_transport_fail(
        t, RP_SOURCE_ERROR_PROTOCOL, _("the server's answer is refused (%s): %s"),
        g_dpgettext2(NULL, "refusal",
                     rp_guard_verdict_name(rp_guard_verdict(t->guard))),
        line);
}

static int
fail_closed(RpTransport *t)
{
    g_autofree char *bye = rp_transport_clean(rp_guard_bye(t->guard));

    if (*bye != '\0')
        return rp_transport_fail(t, RP_SOURCE_ERROR_NETWORK,
                                 _("the server closed the connection: %s"), bye);
    return rp_transport_fail(t, RP_SOURCE_ERROR_NETWORK,
                             _("the server closed the connection"));
}

static int
fail_timeout(RpTransport *t)
{
    t->is_timeout = true;
    return rp_transport_fail(t, RP_SOURCE_ERROR_NETWORK,
                             _("the server did not answer in time"));
}

static int
fail_io(RpTransport *t, const GError *error)
{
    RpSourceError code =
        error->domain == G_TLS_ERROR ? RP_SOURCE_ERROR_TLS : RP_SOURCE_ERROR_NETWORK;

    return rp_transport_fail(t, code, _("the connection broke: %s"), error->message);
}

/* The time that our own reader took is not the server's. */
int64_t
rp_transport_left_us(const RpTransport *t)
{
    int64_t blocked_us = t->source->blocked_us - t->blocked_us;

    return MIN(t->idle_at_us, t->total_at_us) + blocked_us - g_get_monotonic_time();
}

void
rp_transport_begin(RpTransport *transport, uint32_t first_tag, uint32_t n_tags,
                   const RpGuardProfile *profile, uint32_t idle_s, uint32_t total_s)
{
    int64_t now_us = g_get_monotonic_time();

    rp_guard_begin(transport->guard, first_tag, n_tags, profile);
    transport->is_listening = profile->listens;
    transport->idle_us = cap_us(idle_s);
    transport->idle_at_us = now_us + transport->idle_us;
    transport->total_at_us = now_us + cap_us(total_s);
    transport->blocked_us = transport->source->blocked_us;
    transport->n_fetched = 0;
}

/* Sleeps until the socket may be ready. Both directions of TLS end in the one
 * socket; waking up for nothing costs one more try. */
static int
wait_ready(RpTransport *t, GIOCondition condition)
{
    for (;;) {
        GPollFD fds[2] = {
            {.fd = t->fd, .events = (gushort)(condition | G_IO_HUP | G_IO_ERR)},
            {.fd = t->source->wake_fd, .events = G_IO_IN | G_IO_HUP | G_IO_ERR},
        };
        int64_t left_us = rp_transport_left_us(t);
        int n;

        if (left_us <= 0)
            return fail_timeout(t);
        n = g_poll(fds, 2, (int)MIN(left_us / 1000 + 1, 60 * 1000));
        if (n > 0 && fds[1].revents != 0 && !rp_source_take_commands(t->source))
            return rp_transport_fail(t, RP_SOURCE_ERROR_STOPPED, "stopped");
        if (n > 0 && fds[0].revents != 0)
            return 0;
    }
}

/* Reads once what is there. 0 if nothing is, -1 if the connection is at its end. */
static int
read_raw(RpTransport *t)
{
    GPollableInputStream *in =
        G_POLLABLE_INPUT_STREAM(g_io_stream_get_input_stream(t->stream));
    g_autoptr(GError) error = NULL;
    gssize n = g_pollable_input_stream_read_nonblocking(in, t->raw, sizeof t->raw, NULL,
                                                        &error);

    if (n > 0) {
        t->raw_at = 0;
        t->raw_len = (size_t)n;
        return 1;
    }
    if (n == 0)
        return fail_closed(t); /* 0 would spin libetpan for ever */
    if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK))
        return 0;
    if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CONNECTION_CLOSED))
        return fail_closed(t);
    return fail_io(t, error);
}

/* raw to out, as far as anything is awaited. */
static int
filter(RpTransport *t)
{
    t->out_at = 0;
    t->raw_at += rp_guard_filter(t->guard, t->raw + t->raw_at, t->raw_len - t->raw_at,
                                 t->out, &t->out_len);
    if (rp_guard_verdict(t->guard) != RP_GUARD_OK) {
        t->out_len = 0;
        return fail_refused(t);
    }
    if (rp_guard_counts(t->guard)->fetch > t->n_fetched) {
        t->n_fetched = rp_guard_counts(t->guard)->fetch;
        t->idle_at_us = g_get_monotonic_time() + t->idle_us;
        t->total_at_us += t->source->blocked_us - t->blocked_us;
        t->blocked_us = t->source->blocked_us;
    }
    return 0;
}

static int
fill(RpTransport *t)
{
    int n;

    if (t->problem != NULL)
        return -1;
    if (rp_guard_is_idle(t->guard) && t->is_listening)
        return -1;
    if (rp_guard_is_idle(t->guard))
        return rp_transport_fail(t, RP_SOURCE_ERROR_PROTOCOL,
                                 _("the server's answer ended too early"));
    if (t->raw_at < t->raw_len)
        return filter(t);
    /* A server that never pauses never reaches the wait. */
    if (rp_transport_left_us(t) <= 0)
        return fail_timeout(t);
    n = read_raw(t);
    return n == 0 ? wait_ready(t, G_IO_IN) : MIN(n, 0);
}

ssize_t
rp_transport_read(RpTransport *transport, void *bytes, size_t n)
{
    size_t k;

    while (transport->out_at == transport->out_len)
        if (fill(transport) < 0)
            return -1;
    k = MIN(n, transport->out_len - transport->out_at);
    memcpy(bytes, transport->out + transport->out_at, k);
    transport->out_at += k;
    return (ssize_t)k;
}

bool
rp_transport_has_more(const RpTransport *transport)
{
    return transport->out_at < transport->out_len;
}

bool
rp_transport_read_to(RpTransport *transport, GByteArray *bytes, char end)
{
    const unsigned char *from, *at;
    size_t left;

    while (!rp_transport_has_more(transport))
        if (fill(transport) < 0)
            return false;
    from = transport->out + transport->out_at;
    left = transport->out_len - transport->out_at;
    at = memchr(from, end, left);
    left = at == NULL ? left : (size_t)(at + 1 - from);
    g_byte_array_append(bytes, from, (guint)left);
    transport->out_at += left;
    return true;
}

bool
rp_transport_pump(RpTransport *transport)
{
    int n = 1;

    while (n > 0 && transport->problem == NULL) {
        if (transport->raw_at < transport->raw_len && filter(transport) < 0)
            return false;
        transport->out_len = transport->out_at = 0;
        n = transport->raw_at < transport->raw_len ? 0 : read_raw(transport);
    }
    return transport->problem == NULL;
}

bool
rp_transport_hear(RpTransport *transport)
{
    if (transport->problem != NULL ||
        (transport->raw_at == transport->raw_len && read_raw(transport) <= 0))
        return false;
    return filter(transport) == 0;
}

ssize_t
rp_transport_write_some(RpTransport *t, const void *bytes, size_t n)
{
    GPollableOutputStream *out =
        G_POLLABLE_OUTPUT_STREAM(g_io_stream_get_output_stream(t->stream));

    while (t->problem == NULL) {
        g_autoptr(GError) error = NULL;
        gssize k =
            g_pollable_output_stream_write_nonblocking(out, bytes, n, NULL, &error);

        if (k >= 0)
            return k;
        if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_BROKEN_PIPE) ||
            g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CONNECTION_CLOSED))
            return fail_closed(t);
        if (!g_error_matches(error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK))
            return fail_io(t, error);
        if (wait_ready(t, G_IO_OUT) < 0)
            return -1;
    }
    return -1;
}

bool
rp_transport_write(RpTransport *transport, const void *bytes, size_t n)
{
    const char *at = bytes;

    while (n > 0) {
        ssize_t k = rp_transport_write_some(transport, at, n);

        if (k < 0)
            return false;
        at += k;
        n -= (size_t)k;
    }
    return true;
}
