/* SPDX-License-Identifier: GPL-3.0-or-later */
/* request.h - what a source is told on its standard input, and its environment */
#pragma once

#include "sync/mishap.h"

/* Everything up to GO, in pieces, as file folders are many and large. */
typedef struct RpRequest RpRequest;

/* store may be NULL: nothing is known. job and mishap are foreign, secret (or NULL) is
 * taken over. Errors are the store's. */
RpRequest *rp_request_new(RpStore *store, RpJob *job, const RpMishap *mishap,
                          RpSecret *secret, GError **error);
void rp_request_free(RpRequest *request);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(RpRequest, rp_request_free)

/* The next piece, the caller's, to be overwritten after use. NULL with an error, or
 * without one when GO has been given. */
GByteArray *rp_request_next(RpRequest *request, GError **error);
bool rp_request_is_complete(const RpRequest *request);

/* The few variables of ours that a source needs (locale, zone, proxies ...): none
 * that leads to a desktop, an agent or a secret. Free with g_strfreev. */
char **rp_request_environment(void);
