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
    uint32_t address; /* of their latest follow-up */
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
    GArray *people; /* own, of RpReportPerson: with a follow-up opened or answered in
                       the window; most follow-ups first, then the person's id */
    RpReportWeek weeks[RP_REPORT_WEEKS]; /* up to the window's last, oldest first */
    RpSilence silence[2][RP_N_SILENCES]; /* by RpDirection */
    uint32_t heatmap[2][7][24];          /* answers sent; Monday first, local hour */
    GPtrArray *open;                     /* own, of const RpFollowup *: opened before
                                            until_at, open, not lapsed; by due_at */
    /* Of everything, not of the window alone. */
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

/* The ISO week in which at falls: label "2026-W46". False outside the calendar. */
bool rp_report_week_of(int64_t at, GTimeZone *zone, char label[12], int64_t *from_at,
                       int64_t *until_at);

/* The local weekday (Monday 0) and hour of an instant. */
void rp_report_local_hour(int64_t at, GTimeZone *zone, int *weekday, int *hour);

/* "2026-W46"; false if there is no such week. */
bool rp_report_parse_week(const char *text, GTimeZone *zone, int64_t *from_at,
                          int64_t *until_at);

/* For a terminal: width columns, colour or not. Owned by the caller. */
char *rp_report_text(const RpView *view, const RpReport *report, int width, bool color);
