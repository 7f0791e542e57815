/* SPDX-License-Identifier: GPL-3.0-or-later */
/* report-notice.h - a page that is told of on the desktop */
#pragma once

#include "cli/command.h"
#include "report/report.h"

/* "reports/2026-W46.html" beside the database, whose folder is made (0700). The
 * caller's. */
char *rp_report_usual_path(const RpCli *cli, const RpReport *report);

/* One notice with the first sentences; Open shows the page in the desktop's browser.
 * Waits until it is taken or gone. Fails with FAILED, saying why. */
bool rp_report_tell(RpCli *cli, const RpReport *report, const char *path,
                    GError **error);
