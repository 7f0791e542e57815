/* SPDX-License-Identifier: GPL-3.0-or-later */
/* report.h - the figures of the weekly report, before any form
 *
 * R13; contract.md's riposte.report/1 names them.
 */
#pragma once

#include "view/view.h"

enum { RP_REPORT_WEEKS = 12 };

typedef struct {
    uint32_t person;
    RpFigures mine, theirs;
} RpReportPerson;

typedef struct {
    char label[12]; /* "2026-W46" */
    int64_t from_at, until_at;
    RpFigures mine, theirs;
} RpReportWeek;

typedef struct {
    int64_t from_at, until_at; /* until exclusive */
    char *zone;                /* own */
    uint32_t person;           /* RP_NONE: everybody */
    RpFigures mine, theirs;
    GArray *people; /* own, of RpReportPerson, most follow-ups first */
    RpReportWeek weeks[RP_REPORT_WEEKS];
    RpSilence silence[2][RP_N_SILENCES]; /* by RpDirection */
    uint32_t heatmap[2][7][24];          /* answers sent; Monday first, local hour */
    GPtrArray *open;                     /* own, of const RpFollowup * */
    uint32_t n_guessed_times, n_clock_anomalies, n_kinds[RP_N_KINDS];
} RpReport;

/* Figures of [from_at, until_at), of one person or of everybody (RP_NONE). */
RpReport *rp_report_new(const RpView *view, int64_t from_at, int64_t until_at,
                        uint32_t person);
void rp_report_free(RpReport *report);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(RpReport, rp_report_free)

/* The last full ISO week before at, in zone. */
void rp_report_last_week(int64_t at, GTimeZone *zone, int64_t *from_at,
                         int64_t *until_at);

/* "2026-W46"; false if there is no such week. */
bool rp_report_parse_week(const char *text, GTimeZone *zone, int64_t *from_at,
                          int64_t *until_at);

/* For a terminal: width columns, colour or not. Owned by the caller. */
char *rp_report_text(const RpView *view, const RpReport *report, int width, bool color);
