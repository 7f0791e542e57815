/* SPDX-License-Identifier: GPL-3.0-or-later */
/* place.c - whether the database is still the file that was opened */
#include "config.h"

#include "daemon/private.h"

/* The next riposted takes what stands there. */
bool
rp_daemon_is_in_place(RpDaemon *daemon)
{
    if (daemon->failure == NULL &&
        !rp_store_is_in_place(daemon->store, &daemon->failure))
        rp_daemon_stop(daemon);
    return daemon->failure == NULL;
}
