/* SPDX-License-Identifier: GPL-3.0-or-later */
/* envelope.c - life and signs of an envelope */
#include "core/envelope.h"

#include <string.h>

#include "core/instant.h"

RpMailbox *
rp_mailbox_new(const char *name, const char *address)
{
    RpMailbox *mailbox = g_new(RpMailbox, 1);

    mailbox->name = g_strdup(name != NULL ? name : "");
    mailbox->address = g_strdup(address);
    return mailbox;
}

void
rp_mailbox_free(RpMailbox *mailbox)
{
    if (mailbox == NULL)
        return;
    g_free(mailbox->name);
    g_free(mailbox->address);
    g_free(mailbox);
}

static void
mailbox_destroy(gpointer mailbox)
{
    rp_mailbox_free(mailbox);
}

RpEnvelope *
rp_envelope_new(void)
{
    RpEnvelope *envelope = g_new0(RpEnvelope, 1);

    envelope->internal_at = RP_NEVER;
    envelope->date_at = RP_NEVER;
    envelope->message_id = g_strdup("");
    envelope->subject = g_strdup("");
    envelope->list_id = g_strdup("");
    envelope->from = g_ptr_array_new_with_free_func(mailbox_destroy);
    envelope->reply_to = g_ptr_array_new_with_free_func(mailbox_destroy);
    envelope->to = g_ptr_array_new_with_free_func(mailbox_destroy);
    envelope->cc = g_ptr_array_new_with_free_func(mailbox_destroy);
    envelope->in_reply_to = g_ptr_array_new_with_free_func(g_free);
    envelope->references = g_ptr_array_new_with_free_func(g_free);
    envelope->list_posts = g_ptr_array_new_with_free_func(g_free);
    envelope->delivered_to = g_ptr_array_new_with_free_func(g_free);
    return envelope;
}

void
rp_envelope_free(RpEnvelope *envelope)
{
    if (envelope == NULL)
        return;
    g_free(envelope->message_id);
    g_free(envelope->subject);
    g_free(envelope->list_id);
    g_ptr_array_unref(envelope->from);
    g_ptr_array_unref(envelope->reply_to);
    g_ptr_array_unref(envelope->to);
    g_ptr_array_unref(envelope->cc);
    g_ptr_array_unref(envelope->in_reply_to);
    g_ptr_array_unref(envelope->references);
    g_ptr_array_unref(envelope->list_posts);
    g_ptr_array_unref(envelope->delivered_to);
    g_free(envelope);
}

const char **
rp_flags_names(uint32_t flags)
{
    static const struct {
        uint32_t flag;
        const char *name;
    } names[] = {
        {RP_FLAG_SEEN, "\\Seen"},       {RP_FLAG_ANSWERED, "\\Answered"},
        {RP_FLAG_FLAGGED, "\\Flagged"}, {RP_FLAG_DELETED, "\\Deleted"},
        {RP_FLAG_DRAFT, "\\Draft"},     {RP_FLAG_FORWARDED, "$Forwarded"},
    };
    const char **result = g_new0(const char *, G_N_ELEMENTS(names) + 1);
    size_t n = 0;

    for (size_t i = 0; i < G_N_ELEMENTS(names); i++)
        if (flags & names[i].flag)
            result[n++] = names[i].name;
    return result;
}

/* The first word of a value: what stands before white space, ";" or "(" (RFC 3834
 * section 5 allows parameters after the keyword). */
static bool
first_word_is(const char *value, const char *word)
{
    size_t n;

    value += strspn(value, " \t\r\n");
    n = strcspn(value, " \t\r\n;(");
    return n == strlen(word) && g_ascii_strncasecmp(value, word, n) == 0;
}

/* The null path may have white space within (RFC 5322 section 3.6.7). */
static bool
is_null_path(const char *value)
{
    value += strspn(value, " \t\r\n");
    if (*value != '<')
        return false;
    value++;
    return value[strspn(value, " \t\r\n")] == '>';
}

static bool
has_text(const char *haystack, const char *needle)
{
    g_autofree char *lower = g_ascii_strdown(haystack, -1);

    return strstr(lower, needle) != NULL;
}

static uint32_t
signs_from_value(const char *name, const char *value)
{
    if (g_ascii_strcasecmp(name, "Auto-Submitted") == 0)
        return first_word_is(value, "no") ? 0 : RP_SIGN_AUTO_SUBMITTED;
    if (g_ascii_strcasecmp(name, "Return-Path") == 0)
        return is_null_path(value) ? RP_SIGN_NULL_RETURN_PATH : 0;
    if (g_ascii_strcasecmp(name, "Content-Type") == 0)
        return first_word_is(value, "text/calendar") ? RP_SIGN_CALENDAR_TYPE : 0;
    if (g_ascii_strcasecmp(name, "Content-Class") == 0)
        return has_text(value, "calendarmessage") ? RP_SIGN_CALENDAR_CLASS : 0;
    if (g_ascii_strcasecmp(name, "Precedence") == 0)
        return first_word_is(value, "bulk") || first_word_is(value, "list") ||
                       first_word_is(value, "junk")
                   ? RP_SIGN_PRECEDENCE
                   : 0;
    return 0;
}

uint32_t
rp_signs_from_field(const char *name, const char *value)
{
    static const struct {
        const char *name;
        uint32_t sign;
    } present[] = {
        {"X-Autoreply", RP_SIGN_X_AUTOREPLY},
        {"X-Autorespond", RP_SIGN_X_AUTORESPOND},
        {"List-Id", RP_SIGN_LIST_ID},
        {"List-Post", RP_SIGN_LIST_POST},
        {"List-Unsubscribe", RP_SIGN_LIST_UNSUBSCRIBE},
        {"X-Mailing-List", RP_SIGN_X_MAILING_LIST},
        {"Feedback-ID", RP_SIGN_FEEDBACK_ID},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(present); i++)
        if (g_ascii_strcasecmp(name, present[i].name) == 0)
            return present[i].sign;
    return signs_from_value(name, value);
}
