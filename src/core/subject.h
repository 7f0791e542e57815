/* SPDX-License-Identifier: GPL-3.0-or-later */
/* subject.h - what a decoded subject says: base subject (R2) and phrases (R3)
 *
 * Pure; the phrase lists are product rules. Subjects are valid UTF-8.
 */
#pragma once

#include <stdbool.h>

/* RFC 5256 section 2.1 with the reply and forward prefixes of R2(b), case folded;
 * "" if nothing is left. *is_reply: at least one prefix was that of a reply.
 * Owned by the caller. */
char *rp_subject_base(const char *subject, bool *is_reply);

/* What rp_subject_base() says of it. */
bool rp_subject_is_reply(const char *subject);

/* R12: does it begin with a reply or forward prefix? */
bool rp_subject_has_prefix(const char *subject);

/* R12: the words of at least two letters in the [..] that it begins with once prefixes
 * are gone: "patch" of "Re: [PATCH v2 1/3] x"; case folded, a space between them; ""
 * if there are none. Owned by the caller. */
char *rp_subject_tag(const char *subject);

/* R3: the subject is an absence phrase, or begins with one and a colon. */
bool rp_subject_is_absence(const char *subject);

/* R3: the subject begins with a calendar program's word and a colon. */
bool rp_subject_is_calendar(const char *subject);
