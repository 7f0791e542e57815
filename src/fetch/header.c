/* SPDX-License-Identifier: GPL-3.0-or-later */
/* header.c - which field gives which fact */
#include "fetch/header.h"

#include <string.h>

#include "core/address.h"
#include "fetch/header-address.h"
#include "fetch/header-date.h"
#include "fetch/header-field.h"
#include "fetch/header-id.h"
#include "fetch/header-text.h"

enum { MAX_VALUE = 16384 }; /* bytes of a field whose text is decoded */

typedef struct {
    RpEnvelope *envelope;      /* foreign */
    uint32_t n_addresses_left; /* of From, Reply-To, To and Cc */
    uint32_t n_delivered_left;
    uint32_t seen; /* bits: fields of which the first counts, by index */
} Parse;

typedef void (*Handler)(Parse *parse, RpSpan value);

static RpSpan
capped(Parse *parse, RpSpan value)
{
    if (value.n > MAX_VALUE) {
        value.n = MAX_VALUE;
        parse->envelope->cuts |= RP_CUT_VALUE;
    }
    return value;
}

static void
read_date(Parse *parse, RpSpan value)
{
    parse->envelope->date_at = rp_date_read(value);
}

static void
read_subject(Parse *parse, RpSpan value)
{
    bool is_cut = false;

    g_free(parse->envelope->subject);
    parse->envelope->subject =
        rp_text_decode(capped(parse, value), RP_MAX_SUBJECT, &is_cut);
    if (is_cut)
        parse->envelope->cuts |= RP_CUT_SUBJECT;
}

static void
read_message_id(Parse *parse, RpSpan value)
{
    char *id = rp_id_next(&value, &parse->envelope->cuts);

    if (id == NULL)
        return;
    g_free(parse->envelope->message_id);
    parse->envelope->message_id = id;
}

static void
read_in_reply_to(Parse *parse, RpSpan value)
{
    rp_ids_read(value, parse->envelope->in_reply_to, &parse->envelope->cuts);
}

static void
read_references(Parse *parse, RpSpan value)
{
    rp_ids_read(value, parse->envelope->references, &parse->envelope->cuts);
}

static void
read_mailboxes(Parse *parse, RpSpan value, GPtrArray *mailboxes)
{
    rp_addresses_read(value, mailboxes, &parse->n_addresses_left,
                      &parse->envelope->cuts);
}

static void
read_from(Parse *parse, RpSpan value)
{
    read_mailboxes(parse, value, parse->envelope->from);
}

static void
read_reply_to(Parse *parse, RpSpan value)
{
    read_mailboxes(parse, value, parse->envelope->reply_to);
}

static void
read_to(Parse *parse, RpSpan value)
{
    read_mailboxes(parse, value, parse->envelope->to);
}

static void
read_cc(Parse *parse, RpSpan value)
{
    read_mailboxes(parse, value, parse->envelope->cc);
}

static void
read_delivered_to(Parse *parse, RpSpan value)
{
    g_autoptr(GPtrArray) mailboxes =
        g_ptr_array_new_with_free_func((GDestroyNotify)rp_mailbox_free);

    rp_addresses_read(value, mailboxes, &parse->n_delivered_left,
                      &parse->envelope->cuts);
    for (guint i = 0; i < mailboxes->len; i++) {
        RpMailbox *mailbox = g_ptr_array_index(mailboxes, i);

        g_ptr_array_add(parse->envelope->delivered_to,
                        g_steal_pointer(&mailbox->address));
    }
}

/* RFC 2919: "a phrase <list.example.org>"; some lists leave the brackets out. */
static void
read_list_id(Parse *parse, RpSpan value)
{
    g_autofree char *text =
        rp_text_decode(capped(parse, value), RP_MAX_ID, &(bool){false});
    char *close = strrchr(text, '>');
    char *open = close != NULL ? g_strrstr_len(text, close - text, "<") : NULL;
    char *id = text;

    if (open != NULL) {
        *close = '\0';
        id = g_strstrip(open + 1);
    } else if (strpbrk(text, " <>\"") != NULL || strchr(text, '.') == NULL) {
        return;
    }
    g_free(parse->envelope->list_id);
    parse->envelope->list_id = g_ascii_strdown(id, -1);
}

static void
add_list_post(Parse *parse, char *address)
{
    GPtrArray *posts = parse->envelope->list_posts;

    if (address == NULL ||
        g_ptr_array_find_with_equal_func(posts, address, g_str_equal, NULL) ||
        posts->len >= RP_MAX_LIST_POSTS)
        g_free(address);
    else
        g_ptr_array_add(posts, address);
}

/* RFC 2369 3.4: "<mailto:list@example.org?subject=...>"; "NO" gives nothing. */
static void
read_list_post(Parse *parse, RpSpan value)
{
    g_autofree char *text = rp_span_dup(capped(parse, value));
    g_autofree char *lower = g_ascii_strdown(text, -1);

    for (char *at = strstr(lower, "mailto:"); at != NULL; at = strstr(at, "mailto:")) {
        const char *begin;
        g_autofree char *encoded = NULL, *address = NULL;

        at += strlen("mailto:");
        begin = text + (at - lower);
        encoded = g_strndup(begin, strcspn(begin, "?>, \""));
        address = g_uri_unescape_string(encoded, NULL);
        if (address != NULL)
            add_list_post(parse, rp_address_normalize(address));
    }
}

static void
read_x_mailing_list(Parse *parse, RpSpan value)
{
    add_list_post(parse, rp_address_read_first(capped(parse, value)));
}

/* The beginning of the base64 of RP_THREAD_INDEX_LEN bytes: [MS-OXOMSG] 2.2.1.3 */
static void
read_thread_index(Parse *parse, RpSpan value)
{
    char digits[(RP_THREAD_INDEX_LEN + 2) / 3 * 4 + 1] = "";
    g_autofree guchar *bytes = NULL;
    size_t n = 0;
    gsize n_bytes;

    for (size_t i = 0; i < value.n && n < sizeof digits - 1; i++)
        if (strchr(" \t\r\n", value.bytes[i]) == NULL)
            digits[n++] = value.bytes[i];
    bytes = g_base64_decode(digits, &n_bytes);
    if (n_bytes < RP_THREAD_INDEX_LEN)
        return;
    memcpy(parse->envelope->thread_index, bytes, RP_THREAD_INDEX_LEN);
    parse->envelope->has_thread_index = true;
}

static const struct {
    const char *name;
    Handler handler; /* NULL: only a sign */
    bool is_first;   /* of several fields only the first counts */
    bool is_sign;
} fields[] = {
    {"Date", read_date, true, false},
    {"From", read_from, true, false},
    {"Subject", read_subject, true, false},
    {"Message-ID", read_message_id, true, false},
    {"Thread-Index", read_thread_index, true, false},
    {"List-Id", read_list_id, true, true},
    {"Reply-To", read_reply_to, false, false},
    {"To", read_to, false, false},
    {"Cc", read_cc, false, false},
    {"In-Reply-To", read_in_reply_to, false, false},
    {"References", read_references, false, false},
    {"Delivered-To", read_delivered_to, false, false},
    {"X-Original-To", read_delivered_to, false, false},
    {"Envelope-To", read_delivered_to, false, false},
    {"List-Post", read_list_post, false, true},
    {"X-Mailing-List", read_x_mailing_list, false, true},
    {"List-Unsubscribe", NULL, false, true},
    {"Feedback-ID", NULL, false, true},
    {"Precedence", NULL, false, true},
    {"Auto-Submitted", NULL, false, true},
    {"X-Autoreply", NULL, false, true},
    {"X-Autorespond", NULL, false, true},
    {"Return-Path", NULL, false, true},
    {"Content-Type", NULL, true, true},
    {"Content-Class", NULL, true, true},
};

const char *const *
rp_header_field_names(void)
{
    static const char *names[G_N_ELEMENTS(fields) + 1];

    for (size_t i = 0; i < G_N_ELEMENTS(fields); i++)
        names[i] = fields[i].name;
    return names;
}

static void
read_field(Parse *parse, size_t i, RpSpan value)
{
    if (fields[i].is_first && (parse->seen & 1U << i) != 0)
        return;
    parse->seen |= 1U << i;
    if (fields[i].is_sign) {
        g_autofree char *text = rp_span_dup(capped(parse, value));

        parse->envelope->signs |= rp_signs_from_field(fields[i].name, text);
    }
    if (fields[i].handler != NULL)
        fields[i].handler(parse, value);
}

bool
rp_header_parse(const char *bytes, size_t n, RpEnvelope *envelope)
{
    Parse parse = {.envelope = envelope,
                   .n_addresses_left = RP_MAX_ADDRESSES,
                   .n_delivered_left = RP_MAX_DELIVERED_TO};
    RpSpan rest = {bytes, n};
    RpField field;
    bool has_field = false;

    while (rp_field_next(&rest, &field)) {
        has_field = true;
        for (size_t i = 0; i < G_N_ELEMENTS(fields); i++)
            if (rp_field_is(&field, fields[i].name)) {
                read_field(&parse, i, field.value);
                break;
            }
    }
    return has_field;
}
