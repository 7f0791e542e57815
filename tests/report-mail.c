/* SPDX-License-Identifier: GPL-3.0-or-later */
/* report-mail.c - a small mailbox, made in memory */
#include "report-mail.h"

#include <string.h>

static RpMailbox *
mailbox_of(const char *text)
{
    const char *open = strchr(text, '<');
    g_autofree char *name = NULL;
    g_autofree char *address = NULL;

    if (open == NULL)
        return rp_mailbox_new("", text);
    name = g_strndup(text, (gsize)(open - text));
    address = g_strndup(open + 1, strlen(open + 1) - 1);
    return rp_mailbox_new(g_strchomp(name), address);
}

static void
set_text(char **text, const char *value)
{
    g_free(*text);
    *text = g_strdup(value);
}

void
rp_test_add_mail(RpCorpus *corpus, const RpTestMail *mail, uint64_t uid)
{
    rp_test_add_mail_of(corpus, "home", mail, uid);
}

void
rp_test_add_mail_of(RpCorpus *corpus, const char *account, const RpTestMail *mail,
                    uint64_t uid)
{
    g_autoptr(RpEnvelope) envelope = rp_envelope_new();
    bool is_mine = strstr(mail->from, "me@example.org") != NULL;
    uint32_t folder =
        is_mine ? rp_corpus_add_folder(corpus, account, "Sent", RP_ROLE_SENT)
                : rp_corpus_add_folder(corpus, account, "INBOX", RP_ROLE_INBOX);
    g_auto(GStrv) to = g_strsplit(mail->to, ",", -1);

    envelope->uid = uid;
    envelope->internal_at = envelope->date_at = mail->at;
    set_text(&envelope->message_id, mail->id);
    set_text(&envelope->subject, mail->subject);
    g_ptr_array_add(envelope->from, mailbox_of(mail->from));
    for (char **one = to; *one != NULL; one++)
        g_ptr_array_add(envelope->to, mailbox_of(*one));
    if (mail->irt != NULL)
        g_ptr_array_add(envelope->in_reply_to, g_strdup(mail->irt));
    rp_corpus_add_copy(corpus, folder, envelope, RP_NEVER);
}

RpConfig *
rp_test_config(const char *zone)
{
    RpConfig *config = rp_config_new();

    set_text(&config->timezone, zone);
    g_time_zone_unref(config->policy->zone);
    config->policy->zone = g_time_zone_new_identifier(zone);
    config->policy->learn_addresses = false;
    g_ptr_array_add(config->policy->me, g_strdup("me@example.org"));
    return config;
}

RpView *
rp_test_view(const RpConfig *config, const RpTestMail *mails, size_t n,
             int64_t as_of_at, bool is_backwards)
{
    RpCorpus *corpus = rp_corpus_new();

    for (size_t i = 0; i < n; i++) {
        size_t at = is_backwards ? n - 1 - i : i;

        rp_test_add_mail(corpus, &mails[at], at + 1);
    }
    return rp_view_new(config, corpus, NULL, as_of_at);
}

const RpFollowup *
rp_test_opened_by(const RpView *view, const char *id, const char *person_key)
{
    const GArray *followups = view->derivation->followups;

    for (guint i = 0; i < followups->len; i++) {
        const RpFollowup *one = &g_array_index(followups, RpFollowup, i);
        const RpMessage *opening =
            &g_array_index(view->derivation->messages, RpMessage, one->message);
        const RpPerson *person =
            &g_array_index(view->corpus->persons, RpPerson, one->person);

        if (strcmp(rp_message_id(view->derivation, opening), id) == 0 &&
            strcmp(person->key, person_key) == 0)
            return one;
    }
    g_error("no follow-up %s %s", id, person_key);
}

uint32_t
rp_test_index_of(const RpDerivation *derivation, const char *id)
{
    uint32_t i = 0;

    while (strcmp(rp_message_id(derivation,
                                &g_array_index(derivation->messages, RpMessage, i)),
                  id) != 0)
        i++;
    return i;
}
