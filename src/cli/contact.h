/* SPDX-License-Identifier: GPL-3.0-or-later */
/* contact.h - what riposte contact prints */
#pragma once

#include "cli/command.h"

/* "Ada L. <ada@example.org>", cleaned; the caller's. */
char *rp_cli_contact_label(const RpView *view, uint32_t person);

/* That a reply to whose is late after limit_s; 0: that there is no such limit. */
void rp_cli_print_limit(RpCli *cli, const char *whose, int64_t limit_s);

/* riposte contact list: who bears a mark. Fails with USAGE on more words. */
bool rp_cli_list_contacts(RpCli *cli, GError **error);
