/* SPDX-License-Identifier: GPL-3.0-or-later */
/* contact.h - what riposte contact prints */
#pragma once

#include "cli/command.h"

/* "Ada L. <ada@example.org>", cleaned; the caller's. */
char *rp_cli_contact_label(const RpView *view, uint32_t person);

/* That a reply to whose (a person's of that key, or NULL) is late after limit_s; 0:
 * that there is no such limit. */
void rp_cli_print_limit(RpCli *cli, const char *key, const char *whose,
                        int64_t limit_s);

/* Of all whose addresses are that person's, merged ones too: char *; the caller's. What
 * is kept of a person is kept by any of them. */
GPtrArray *rp_cli_keys_of(const RpCli *cli, uint32_t person);

/* Did the user say so of the person? value NULL: anything of that name. */
bool rp_cli_has_typed(const RpCli *cli, uint32_t person, const char *name,
                      const char *value);

/* The actions of riposte contact: list [TEXT], who is a contact or bears a mark; and as
 * their names say. Each fails with USAGE on words or options that are none of its. */
bool rp_cli_list_contacts(RpCli *cli, GError **error);
bool rp_cli_import_contacts(RpCli *cli, GError **error);
bool rp_cli_export_contacts(RpCli *cli, GError **error);
bool rp_cli_add_contact(RpCli *cli, GError **error);
bool rp_cli_edit_contact(RpCli *cli, GError **error);
bool rp_cli_merge_contacts(RpCli *cli, GError **error);
bool rp_cli_split_contact(RpCli *cli, GError **error);
bool rp_cli_list_duplicates(RpCli *cli, GError **error);
