/* SPDX-License-Identifier: GPL-3.0-or-later */
/* record-check.c - what may stand in a record */
#include <string.h>

#include "core/instant.h"
#include "stream/codec.h"

enum {
    ALL_FLAGS = (RP_FLAG_FORWARDED << 1) - 1,
    ALL_SIGNS = (RP_SIGN_PRECEDENCE << 1) - 1,
    ALL_CUTS = (RP_CUT_VALUE << 1) - 1,
};

/* 0001-01-01 to 9999-12-31, so that no sum or difference of two overflows. */
static const int64_t EARLIEST_AT = INT64_C(-62135596800);
static const int64_t LATEST_AT = INT64_C(253402300799);

/* C0 and DEL are one byte, C1 is C2 80 to C2 9F. */
static size_t
control_length(const char *at)
{
    const uint8_t *bytes = (const uint8_t *)at;

    if (bytes[0] < 0x20 || bytes[0] == 0x7f)
        return 1;
    return bytes[0] == 0xc2 && bytes[1] >= 0x80 && bytes[1] < 0xa0 ? 2 : 0;
}

static bool
is_clean_utf8(const char *text, size_t n)
{
    if (!g_utf8_validate_len(text, n, NULL))
        return false;
    for (size_t i = 0; i < n; i++)
        if (control_length(text + i) > 0)
            return false;
    return true;
}

bool
rp_text_is_clean(const char *text, size_t max)
{
    size_t n = 0;

    /* Nearly every text of a header is plain ASCII. */
    while (text[n] >= 0x20 && text[n] < 0x7f)
        n++;
    if (text[n] != '\0') {
        n += strlen(text + n);
        return n <= max && is_clean_utf8(text, n);
    }
    return n <= max;
}

char *
rp_record_clean_text(const char *text)
{
    g_autofree char *valid = g_utf8_make_valid(text, -1);
    GString *clean = g_string_new(NULL);

    for (char *at = valid; *at != '\0'; at = g_utf8_next_char(at)) {
        gssize n = g_utf8_next_char(at) - at;

        if (clean->len + (gsize)n > RP_MAX_TEXT)
            break;
        if (control_length(at) > 0)
            g_string_append_c(clean, ' ');
        else
            g_string_append_len(clean, at, n);
    }
    return g_string_free(clean, FALSE);
}

bool
rp_instant_is_sound(int64_t at)
{
    return at == RP_NEVER || (at >= EARLIEST_AT && at <= LATEST_AT);
}

bool
rp_flags_are_known(uint32_t flags)
{
    return (flags & ~(uint32_t)ALL_FLAGS) == 0;
}

static bool
are_sound_texts(const GPtrArray *texts, guint max, size_t max_bytes)
{
    if (texts->len > max)
        return false;
    for (guint i = 0; i < texts->len; i++) {
        const char *text = g_ptr_array_index(texts, i);

        if (*text == '\0' || !rp_text_is_clean(text, max_bytes))
            return false;
    }
    return true;
}

static bool
are_sound_mailboxes(const GPtrArray *mailboxes)
{
    for (guint i = 0; i < mailboxes->len; i++) {
        const RpMailbox *mailbox = g_ptr_array_index(mailboxes, i);

        if (*mailbox->address == '\0' ||
            !rp_text_is_clean(mailbox->address, RP_MAX_ADDRESS) ||
            !rp_text_is_clean(mailbox->name, RP_MAX_NAME))
            return false;
    }
    return true;
}

static bool
is_sound_head(const RpEnvelope *envelope)
{
    return envelope->uid > 0 && envelope->uid < RP_UID_LIMIT &&
           rp_flags_are_known(envelope->flags) &&
           (envelope->signs & ~(uint32_t)ALL_SIGNS) == 0 &&
           (envelope->cuts & ~(uint32_t)ALL_CUTS) == 0 &&
           rp_instant_is_sound(envelope->internal_at) &&
           rp_instant_is_sound(envelope->date_at) && *envelope->message_id != '\0' &&
           rp_text_is_clean(envelope->message_id, RP_MAX_ID) &&
           rp_text_is_clean(envelope->subject, RP_MAX_SUBJECT) &&
           rp_text_is_clean(envelope->list_id, RP_MAX_ID);
}

static bool
has_sound_addresses(const RpEnvelope *envelope)
{
    guint n = envelope->from->len + envelope->reply_to->len + envelope->to->len +
              envelope->cc->len;

    return n <= RP_MAX_ADDRESSES && are_sound_mailboxes(envelope->from) &&
           are_sound_mailboxes(envelope->reply_to) &&
           are_sound_mailboxes(envelope->to) && are_sound_mailboxes(envelope->cc) &&
           are_sound_texts(envelope->list_posts, RP_MAX_LIST_POSTS, RP_MAX_ADDRESS) &&
           are_sound_texts(envelope->delivered_to, RP_MAX_DELIVERED_TO, RP_MAX_ADDRESS);
}

bool
rp_envelope_is_sound(const RpEnvelope *envelope)
{
    return is_sound_head(envelope) && has_sound_addresses(envelope) &&
           are_sound_texts(envelope->in_reply_to, RP_MAX_REFERENCES, RP_MAX_ID) &&
           are_sound_texts(envelope->references, RP_MAX_REFERENCES, RP_MAX_ID);
}
