/* SPDX-License-Identifier: GPL-3.0-or-later */
/* mail.h - the report as a mail message: RFC 5322, MIME (RFC 2045 to 2047)
 *
 * multipart/alternative of text and HTML, both UTF-8 in base64; no line is longer than
 * 76 bytes. Lines end in LF, as what sendmail(1) reads. Auto-Submitted, so that it is
 * nobody's to answer.
 */
#pragma once

#include "report/report.h"

typedef struct {
    const char *name, *address; /* foreign; of whom it is from and to; name may be "" */
    int64_t at;                 /* its Date, in the view's zone */
    const char *unique;         /* foreign; ASCII, unlike any other message's */
} RpMailFrame;

/* Owned by the caller. */
char *rp_mail_report(const RpView *view, const RpReport *report,
                     const RpMailFrame *frame);

/* One header field's text: as it is if it is ASCII and fits, else as encoded words of
 * RFC 2047, folded. Controls are taken out. The caller's. */
char *rp_mail_encode(const char *text);
