/* SPDX-License-Identifier: GPL-3.0-or-later */
/* transport-low.c - a transport as libetpan's lowest layer */
#include "fetch/transport-private.h"

#include <stdlib.h>

/* One record of TLS; a larger one gains nothing. */
enum { STREAM_BUFFER = 16384 };

static ssize_t
low_read(mailstream_low *low, void *bytes, size_t n)
{
    return rp_transport_read(low->data, bytes, n);
}

static ssize_t
low_write(mailstream_low *low, const void *bytes, size_t n)
{
    return rp_transport_write_some(low->data, bytes, n);
}

static int
low_close(mailstream_low *low)
{
    RpTransport *t = low->data;

    /* The socket, not the TLS stream: closing that would wait for the peer. */
    if (t->connection != NULL)
        g_socket_close(g_socket_connection_get_socket(t->connection), NULL);
    return 0;
}

static int
low_get_fd(mailstream_low *low)
{
    return rp_transport_fd(low->data);
}

static void
low_free(mailstream_low *low)
{
    free(low);
}

static void
low_cancel(mailstream_low *low)
{
    rp_transport_fail(low->data, RP_SOURCE_ERROR_STOPPED, "stopped");
}

static struct mailstream_cancel *
low_get_cancel(mailstream_low *low)
{
    (void)low;
    return NULL;
}

static carray *
low_get_certificate_chain(mailstream_low *low)
{
    (void)low;
    return NULL;
}

mailstream *
rp_transport_open(RpTransport *transport)
{
    static mailstream_low_driver driver = {
        .mailstream_read = low_read,
        .mailstream_write = low_write,
        .mailstream_close = low_close,
        .mailstream_get_fd = low_get_fd,
        .mailstream_free = low_free,
        .mailstream_cancel = low_cancel,
        .mailstream_get_cancel = low_get_cancel,
        .mailstream_get_certificate_chain = low_get_certificate_chain,
    };
    mailstream_low *low = mailstream_low_new(transport, &driver);
    mailstream *stream = low == NULL ? NULL : mailstream_new(low, STREAM_BUFFER);

    g_assert(stream != NULL); /* out of memory, as GLib ends it */
    return stream;
}
