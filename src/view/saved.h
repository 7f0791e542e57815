/* SPDX-License-Identifier: GPL-3.0-or-later */
/* saved.h - a view kept in a file beside the database, for the next one
 *
 * To derive all of a large mailbox takes a hundred times what is then shown of it. The
 * file says of which state of the database (rp_store_state()), by which code and which
 * settings; any doubt (another name, an earlier instant, a damaged file) and it is as
 * if there were none. It may be removed at any time.
 */
#pragma once

#include "core/image.h"
#include "view/view.h"

/* What a view follows from: the state, the code, the settings; NULL if nothing should
 * be kept. Within the read transaction that the view is loaded in. The caller's. */
char *rp_saved_name(RpStore *store, const RpConfig *config);

/* The view of that name, if it holds as of then; *until_at: before which instant. */
bool rp_saved_read(const RpStore *store, const char *name, int64_t as_of_at,
                   RpImage *image, int64_t *until_at);

/* Keeps what the view has worked out, unless that is kept already, or a view as of a
 * later instant that is not to come. What goes wrong is no matter. Returns the bytes
 * written, 0 if none were. */
size_t rp_view_save(const RpView *view, RpStore *store);
