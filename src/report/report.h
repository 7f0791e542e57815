/* SPDX-License-Identifier: GPL-3.0-or-later */
/* report.h - the figures of a report, before any form
 *
 * R13; contract.md's riposte.report/1 names them. Every figure that a form shows
 * stands here: text, CSV and HTML only write it down, so that all say the same.
 */
#pragma once

#include "report/scope.h"
#include "view/keep.h"

enum { RP_REPORT_WEEKS = 12 };

typedef struct {
    uint32_t person;
    uint32_t address; /* of their latest follow-up */
    RpFigures mine, theirs;
    double ratio; /* rp_latency_ratio() */
} RpReportPerson;

typedef struct {
    RpPeriod week; /* label "": before the calendar begins */
    RpFigures mine, theirs;
} RpReportWeek;

/* What is open and not lapsed of one direction. */
typedef struct {
    uint32_t n, n_overdue, n_new; /* new: opened in the window */
    const RpFollowup *oldest;     /* foreign; the longest wait, or NULL */
} RpReportWaiting;

/* One with whom mail went both ways, and then no more; or to be in touch with again by
 * the cadence that the user set. */
typedef struct {
    uint32_t person, address;
    uint32_t n_in, n_out;            /* personal messages */
    int64_t last_in_at, last_out_at; /* of them; RP_NEVER if there was none */
    int64_t silent_s; /* with a cadence since any contact, -1 if there was none */
    RpKeep keep;      /* cadence NULL: none is set */
} RpReportQuiet;

/* Where the report has no eyes. */
typedef enum {
    RP_GAP_NEVER_READ, /* a folder */
    RP_GAP_INCOMPLETE, /* a folder that is being read, or was cut off */
    RP_GAP_STALE,      /* not read since before the window's end */
    RP_GAP_STALE_NOW,  /* not read for a day, while the window runs */
    RP_GAP_NO_SENT,    /* an account of which no sent mail is read */
    RP_GAP_PROBLEM,    /* a problem of an account or folder that still stands */
} RpGapKind;

typedef struct {
    RpGapKind kind;
    const char *account, *folder; /* foreign; folder "" if of the account */
} RpGap;

/* Of everything, not of the window alone; but of the scope's account alone. */
typedef struct {
    uint32_t n_accounts, n_folders, n_unreadable; /* folders: those that are read */
    uint32_t n_messages, n_kinds[RP_N_KINDS];
    uint32_t n_guessed_times, n_clock_anomalies;
    int64_t read_at;     /* by then all was read; RP_NEVER: not all ever was */
    GArray *gaps;        /* own, of RpGap */
    GPtrArray *folders;  /* own, of const RpFolderRow *: those not read, too */
    GPtrArray *problems; /* own, of const RpProblemRow * */
} RpCoverage;

typedef struct {
    const RpScope *scope; /* foreign */
    char *zone;           /* own */
    RpFigures mine, theirs;
    bool has_before;
    RpFigures before[2];                     /* by RpDirection: of the period before */
    RpCurvePoint curves[2][RP_CURVE_POINTS]; /* by RpDirection, a point an hour */
    GArray *people; /* own, of RpReportPerson: with a follow-up opened or answered in
                       the window; most follow-ups first, then the person's id */
    RpReportWeek weeks[RP_REPORT_WEEKS]; /* up to the window's last, oldest first */
    RpSilence silence[2][RP_N_SILENCES]; /* by RpDirection */
    uint32_t heatmap[2][7][24];          /* answers sent; Monday first, local hour */
    GPtrArray *open;                     /* own, of const RpFollowup *: opened before
                                            the window's end, open, not lapsed; by due_at */
    RpReportWaiting waiting[2];          /* by RpDirection: of these */
    GArray *quiet;                       /* own, of RpReportQuiet */
    RpCoverage coverage;
} RpReport;

/* scope must outlive it. */
RpReport *rp_report_new(const RpView *view, const RpScope *scope);
void rp_report_free(RpReport *report);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(RpReport, rp_report_free)

/* Does the curve of a direction have a step at that hour, or is it one of 0, 1, 4, 8,
 * 24, 48, 96 and 168, of which tables tell? */
bool rp_report_has_step(const RpCurvePoint points[RP_CURVE_POINTS], int hour);
enum { RP_N_MARKS = 8 };
extern const int RP_REPORT_MARKS[RP_N_MARKS];

/* How many of the rows stand there by their cadence: the first ones. */
guint rp_report_n_keep(const GArray *quiet);

/* First who is due by their cadence, the most overdue first. Then of those without one
 * with whom at least 3 personal messages went each way and none did for 90 d, but one
 * did within 2 years: who wrote most with me first, 30 of them at the most. The
 * ignored are left out. The caller's. */
GArray *rp_report_quiet(const RpView *view, const RpScope *scope);

/* What the report rests on. */
void rp_report_cover(const RpView *view, const RpScope *scope, RpCoverage *coverage);
void rp_report_coverage_clear(RpCoverage *coverage);

/* "never_read", "incomplete", "stale" (both), "no_sent", "problem". */
const char *rp_report_gap_name(RpGapKind kind);
