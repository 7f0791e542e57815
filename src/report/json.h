/* SPDX-License-Identifier: GPL-3.0-or-later */
/* json.h - the documents of contract.md
 *
 * Values are json-glib nodes; keys and units are contract.md's. What is unknown is
 * null, never 0 or "".
 */
#pragma once

#include <json-glib/json-glib.h>

#include "report/report.h"
#include "view/view.h"

/* Each appends one member to the object that is open. */
void rp_json_add_text(JsonBuilder *builder, const char *name, const char *text);
void rp_json_add_instant(JsonBuilder *builder, const char *name, int64_t at);
void rp_json_add_duration(JsonBuilder *builder, const char *name, int64_t wait_s);
void rp_json_add_share(JsonBuilder *builder, const char *name, double share);
void rp_json_add_int(JsonBuilder *builder, const char *name, int64_t value);
void rp_json_add_bool(JsonBuilder *builder, const char *name, bool value);

/* Each appends one value to the builder. */
void rp_json_instant(JsonBuilder *builder, int64_t at);      /* null for RP_NEVER */
void rp_json_text(JsonBuilder *builder, const char *text);   /* null for NULL, "" */
void rp_json_duration(JsonBuilder *builder, int64_t wait_s); /* null if < 0 */
void rp_json_share(JsonBuilder *builder, double share);      /* null for NAN */
void rp_json_followup(JsonBuilder *builder, const RpView *view,
                      const RpFollowup *followup);
void rp_json_person(JsonBuilder *builder, const RpView *view, uint32_t person,
                    uint32_t address);

/* "tags", "own_limit_s", "limit_s" and "ignored" of a person, into an object that is
 * open. */
void rp_json_marks(JsonBuilder *builder, const RpView *view, uint32_t person);

/* The members of a follow-up, into an object that is open. */
void rp_json_followup_members(JsonBuilder *builder, const RpView *view,
                              const RpFollowup *followup);

/* The members of a contact_event (C1) as of then, into an object that is open. */
void rp_json_event_members(JsonBuilder *builder, const RpContactEvent *event,
                           int64_t as_of_at);
/* Appends a line of the export for each event that was logged; returns how many. text
 * may be NULL. */
guint rp_json_events(const RpView *view, GString *text);
/* "coverage" of riposte.report/1, one value. */
void rp_json_coverage(JsonBuilder *builder, const RpCoverage *coverage);

/* {"due": [...], "days": [...]}, one value: people to get back in touch with, and days
 * that come soon (K3, K4). */
void rp_json_keep(JsonBuilder *builder, const RpView *view);
/* The arrays of it, of RpKeep and RpKeepDay. */
void rp_json_keeps(JsonBuilder *builder, const RpView *view, const GArray *keeps);
void rp_json_days(JsonBuilder *builder, const RpView *view, const GArray *days);
/* A line of the export for each cadence (K1). */
void rp_json_cadences(const RpView *view, GString *text);

/* FIGURES of contract.md, one value. */
void rp_json_figures(JsonBuilder *builder, const RpFigures *figures);

/* Appends what the builder holds to text, on one line without its end, and empties
 * the builder. */
void rp_json_flush(JsonBuilder *builder, JsonGenerator *generator, GString *text);

/* Whole documents with a newline at the end; owned by the caller. A list has a
 * follow-up a line. */
char *rp_json_list(const RpView *view, const GPtrArray *followups);
char *rp_json_report(const RpView *view, const RpReport *report);

/* Writes riposte.export/1 line by line to out. */
bool rp_json_export(const RpView *view, GOutputStream *out, GError **error);
