/* SPDX-License-Identifier: GPL-3.0-or-later */
/* csv.h - the report's tables as CSV (RFC 4180), UTF-8, lines end in CRLF
 *
 * Columns are named as in riposte.report/1, "mine.estimate.within_48h"; what is not
 * known is an empty field. Text from mail is cleaned, and what a spreadsheet would take
 * for a formula (= + - @ in front, fullwidth ones too) is led by an apostrophe.
 */
#pragma once

#include "report/report.h"

enum { RP_CSV_N_TABLES = 9 };

/* "figures", "people", "weeks", "silence", "heatmap", "curves", "open", "quiet",
 * "coverage". */
extern const char *const RP_CSV_TABLES[RP_CSV_N_TABLES];

/* With a header line; owned by the caller. */
char *rp_csv_table(const RpView *view, const RpReport *report, size_t table);
