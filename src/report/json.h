/* SPDX-License-Identifier: GPL-3.0-or-later */
/* json.h - the documents of contract.md
 *
 * Values are json-glib nodes; keys and units are contract.md's.
 */
#pragma once

#include <json-glib/json-glib.h>

#include "report/report.h"
#include "view/view.h"

/* Each appends one value to the builder. */
void rp_json_instant(JsonBuilder *builder, int64_t at); /* null for RP_NEVER */
void rp_json_followup(JsonBuilder *builder, const RpView *view,
                      const RpFollowup *followup);
void rp_json_person(JsonBuilder *builder, const RpView *view, uint32_t person,
                    uint32_t address);

/* Whole documents, one line or indented, with a newline; owned by the caller. */
char *rp_json_list(const RpView *view, const GPtrArray *followups);
char *rp_json_report(const RpView *view, const RpReport *report);

/* Writes riposte.export/1 line by line to out. */
bool rp_json_export(const RpView *view, GOutputStream *out, GError **error);
