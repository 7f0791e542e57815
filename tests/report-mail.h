/* SPDX-License-Identifier: GPL-3.0-or-later */
/* report-mail.h - a small mailbox, made in memory, for the tests of what is shown */
#pragma once

#include "view/view.h"

/* One mail: who (an address with a name before it, "Ann <ann@example.org>") to
 * whom; irt is the Message-ID it answers, or NULL. Mine go to Sent. */
typedef struct {
    int64_t at;
    const char *id, *from, *to, *irt, *subject;
} RpTestMail;

/* Adds it to a corpus, in INBOX or Sent of account "home". */
void rp_test_add_mail(RpCorpus *corpus, const RpTestMail *mail, uint64_t uid);
/* The same of another account. */
void rp_test_add_mail_of(RpCorpus *corpus, const char *account, const RpTestMail *mail,
                         uint64_t uid);

/* me@example.org in zone. */
RpConfig *rp_test_config(const char *zone);

/* A view of the mails, added from the last to the first if is_backwards. */
RpView *rp_test_view(const RpConfig *config, const RpTestMail *mails, size_t n,
                     int64_t as_of_at, bool is_backwards);

/* The follow-up with the person that a message opened: there must be one. */
const RpFollowup *rp_test_opened_by(const RpView *view, const char *id,
                                    const char *person_key);

/* The index of a message that must be there. */
uint32_t rp_test_index_of(const RpDerivation *derivation, const char *id);
