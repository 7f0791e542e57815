/* SPDX-License-Identifier: GPL-3.0-or-later */
/* report-text.h - the report for a terminal: sentences first, shares before medians */
#pragma once

#include "report/page.h"

/* Owned by the caller. */
char *rp_report_text(const RpView *view, const RpReport *report,
                     const RpPageStyle *style);
