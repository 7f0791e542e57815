/* SPDX-License-Identifier: GPL-3.0-or-later */
/* words.h - the report's figures and sentences in words, for every form
 *
 * Names from mail stand cleaned between U+2068 and U+2069, which no cleaned text
 * holds: a form makes of them what isolates text there. All are the caller's.
 */
#pragma once

#include "report/report.h"

#define RP_ISOLATE "\342\201\250"     /* U+2068 FIRST STRONG ISOLATE */
#define RP_ISOLATE_END "\342\201\251" /* U+2069 POP DIRECTIONAL ISOLATE */

/* "82 %", "-" if it is not known; with a standard error that is known and not 0
 * "82 % ± 6". */
char *rp_words_share(double share);
char *rp_words_estimate(double share, double se);
/* "5 h 12 min"; if < 0, "not reached", or "-" where nothing was counted (n 0). */
char *rp_words_wait(int64_t wait_s, uint32_t n);
const char *rp_words_weekday(int day); /* Monday 0: "Mon" */

/* What contract.md's words are called in the user's language; static. */
const char *rp_words_direction(RpDirection direction);
const char *rp_words_state(RpState state);
const char *rp_words_kind(RpKind kind);
const char *rp_words_role(RpRole role);

/* For where nothing can be isolated: the same without the signs. */
char *rp_words_plain(const char *text);

/* A person's name or address, or a text from mail, isolated; at most max_columns wide,
 * 0: no cut. */
char *rp_words_name(const RpView *view, uint32_t person, uint32_t address,
                    int max_columns);
char *rp_words_isolate(const char *text, int max_columns);

/* "riposte report 2026-W46". */
char *rp_words_title(const RpReport *report);
/* "2026-11-09 00:00 to 2026-11-16 00:00, Europe/Berlin; as of 2026-11-16 07:00". */
char *rp_words_period(const RpView *view, const RpReport *report);
/* "With Ada L. alone.", or NULL. */
char *rp_words_scope(const RpView *view, const RpReport *report);
/* The three sentences that matter: of char *. */
GPtrArray *rp_words_sentences(const RpView *view, const RpReport *report);
/* "This rests on 1234 messages in 4 folders of 1 account, ...". */
char *rp_words_ground(const RpView *view, const RpReport *report);
/* One gap: "work, INBOX: not read since before the end of this period". */
char *rp_words_gap(const RpGap *gap);
