/* SPDX-License-Identifier: GPL-3.0-or-later */
/* private.h - between the files of this folder */
#pragma once

#include "config/config.h"

/* All texts "", lists empty. */
RpAccountConfig *rp_account_config_new(const char *name);
void rp_account_config_free(RpAccountConfig *account);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(RpAccountConfig, rp_account_config_free)

/* The password that the keyring has for the account, which the callback then owns; NULL
 * with an error, or without one if there is none. From the main loop. */
typedef void (*RpKeyringCallback)(char *text, const GError *error, gpointer data);
void rp_keyring_look_up(const RpAccountConfig *account, GCancellable *cancellable,
                        RpKeyringCallback callback, gpointer data);
