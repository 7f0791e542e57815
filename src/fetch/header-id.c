/* SPDX-License-Identifier: GPL-3.0-or-later */
/* header-id.c - ids found, and made up where there is none */
#include "fetch/header-id.h"

#include <string.h>

#include "core/envelope.h"
#include "fetch/header-text.h"
#include "fetch/header.h"

/* The next span between a < and the > after it, with no < in it. */
static bool
next_angle(RpSpan *value, RpSpan *angle)
{
    const char *end = value->bytes + value->n;
    const char *open = NULL;

    for (const char *p = value->bytes; p < end; p++) {
        if (*p == '<') {
            open = p + 1;
        } else if (*p == '>' && open != NULL) {
            *angle = (RpSpan){open, (size_t)(p - open)};
            *value = (RpSpan){p + 1, (size_t)(end - p - 1)};
            return true;
        }
    }
    value->n = 0;
    return false;
}

/* Bytes beyond ASCII are made valid, and invisible ones removed, always in the same
 * way, so that equal ids stay equal. */
static char *
clean_id(GString *text)
{
    g_autoptr(GString) valid = g_string_new(NULL);
    g_autoptr(GString) out = g_string_new(NULL);

    rp_text_append_raw(valid, text->str, text->len);
    for (const char *p = valid->str; *p != '\0'; p = g_utf8_find_next_char(p, NULL)) {
        gunichar c = g_utf8_get_char(p);

        if (!g_unichar_isspace(c) && !g_unichar_iscntrl(c) && !rp_text_is_bidi(c))
            g_string_append_unichar(out, c);
    }
    return g_string_free(g_steal_pointer(&out), FALSE);
}

static void
cut(char *id, uint32_t *cuts)
{
    size_t n = RP_MAX_ID;

    if (strlen(id) <= RP_MAX_ID)
        return;
    while ((id[n] & 0xc0) == 0x80)
        n--;
    id[n] = '\0';
    *cuts |= RP_CUT_ID;
}

static char *
read_id(RpSpan angle, uint32_t *cuts)
{
    g_autoptr(GString) text = g_string_sized_new(angle.n + 1);
    char *id;

    for (size_t i = 0; i < angle.n; i++)
        if ((unsigned char)angle.bytes[i] > ' ' && angle.bytes[i] != 0x7f)
            g_string_append_c(text, angle.bytes[i]);
    if (g_str_is_ascii(text->str))
        id = g_string_free(g_steal_pointer(&text), FALSE);
    else
        id = clean_id(text);
    cut(id, cuts);
    return id;
}

char *
rp_id_next(RpSpan *value, uint32_t *cuts)
{
    RpSpan angle;

    while (next_angle(value, &angle)) {
        g_autofree char *id = read_id(angle, cuts);

        if (*id != '\0')
            return g_steal_pointer(&id);
    }
    return NULL;
}

void
rp_ids_read(RpSpan value, GPtrArray *ids, uint32_t *cuts)
{
    char *id;

    while ((id = rp_id_next(&value, cuts)) != NULL) {
        g_ptr_array_add(ids, id);
        if (ids->len > RP_MAX_REFERENCES) {
            g_ptr_array_remove_index(ids, RP_MAX_REFERENCES / 2);
            *cuts |= RP_CUT_REFERENCES;
        }
    }
}

/* Adds one field as it was sent, every run of white space as one space. A server
 * can't hand over NUL and sends 0x80 for it, so it counts as that everywhere. */
static void
hash_value(GChecksum *checksum, RpSpan value)
{
    g_autoptr(GString) text = g_string_sized_new(value.n + 1);

    for (size_t i = 0; i < value.n; i++) {
        char c = value.bytes[i];

        if (c == '\0')
            g_string_append_c(text, (char)0x80);
        else if (strchr(" \t\r\n", c) == NULL)
            g_string_append_c(text, c);
        else if (text->len > 0 && text->str[text->len - 1] != ' ')
            g_string_append_c(text, ' ');
    }
    g_string_append_c(text, '\n');
    g_checksum_update(checksum, (const guchar *)text->str, (gssize)text->len);
}

/* Adds all fields of that name, and the name, so that no two headers look alike;
 * false if none has a value. */
static bool
hash_fields(GChecksum *checksum, RpSpan header, const char *name)
{
    RpField field;
    bool has_value = false;

    g_checksum_update(checksum, (const guchar *)name, -1);
    g_checksum_update(checksum, (const guchar *)"\n", 1);
    while (rp_field_next(&header, &field))
        if (rp_field_is(&field, name)) {
            hash_value(checksum, field.value);
            has_value = has_value || field.value.n > 0;
        }
    return has_value;
}

static void
hash_place(GChecksum *checksum, const RpHeaderPlace *place, uint64_t uid)
{
    g_autofree char *numbers = g_strdup_printf(
        "%" G_GUINT32_FORMAT " %" G_GUINT64_FORMAT, place->uid_validity, uid);

    /* the terminating NUL parts the texts */
    g_checksum_update(checksum, (const guchar *)place->account,
                      (gssize)strlen(place->account) + 1);
    g_checksum_update(checksum, (const guchar *)place->folder,
                      (gssize)strlen(place->folder) + 1);
    g_checksum_update(checksum, (const guchar *)numbers, -1);
}

void
rp_header_make_id(RpEnvelope *envelope, const char *bytes, size_t n,
                  const RpHeaderPlace *place)
{
    static const char *const names[] = {"Date", "From", "To", "Cc", "Subject"};
    g_autoptr(GChecksum) checksum = g_checksum_new(G_CHECKSUM_SHA256);
    bool has_value[G_N_ELEMENTS(names)];

    if (*envelope->message_id != '\0')
        return;
    for (size_t i = 0; i < G_N_ELEMENTS(names); i++)
        has_value[i] = hash_fields(checksum, (RpSpan){bytes, n}, names[i]);
    if (!has_value[0] || !has_value[1]) {
        g_checksum_reset(checksum);
        hash_place(checksum, place, envelope->uid);
    }
    g_free(envelope->message_id);
    envelope->message_id =
        g_strdup_printf("%.32s@made.riposte.invalid", g_checksum_get_string(checksum));
}
