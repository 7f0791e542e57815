/* SPDX-License-Identifier: GPL-3.0-or-later */
/* vcard-write.c - a card as vCard 4.0 (RFC 6350) */
#include <string.h>

#include "contacts/cards.h"

enum { FOLD_BYTES = 75 };

/* RFC 6350 3.2: no line is longer than 75 bytes, no character is cut. */
static void
put_line(GString *out, const char *line)
{
    size_t left = FOLD_BYTES;

    for (const char *p = line; *p != '\0';) {
        const char *next = g_utf8_find_next_char(p, NULL);
        size_t n = (size_t)(next - p);

        if (n > left) {
            g_string_append(out, "\r\n ");
            left = FOLD_BYTES - 1;
        }
        g_string_append_len(out, p, (gssize)n);
        left -= n;
        p = next;
    }
    g_string_append(out, "\r\n");
}

/* RFC 6350 3.4; a ; that parts a structured value stays. */
static void
put_escaped(GString *line, const char *value, bool is_structured)
{
    for (const char *p = value; *p != '\0'; p++) {
        if (*p == '\n')
            g_string_append(line, "\\n");
        else if (*p == '\\' && is_structured && p[1] != '\0')
            g_string_append_printf(line, "\\%c", *++p);
        else if (*p == '\\' || *p == ',' || (*p == ';' && !is_structured))
            g_string_append_printf(line, "\\%c", *p);
        else
            g_string_append_c(line, *p);
    }
}

static bool
is_word(const char *text)
{
    for (; *text != '\0'; text++)
        if (!g_ascii_isalnum(*text) && *text != '-')
            return false;
    return true;
}

/* Types that are no words are labels, as Apple, Google and Evolution write them. */
static void
put_types(GString *line, GString *label, const char *types)
{
    g_auto(GStrv) words = g_strsplit(types, ",", 16);
    g_autoptr(GString) list = g_string_new(NULL);
    bool is_preferred = false;

    for (char **word = words; *word != NULL; word++) {
        if (strcmp(*word, "pref") == 0)
            is_preferred = true;
        else if (is_word(*word))
            g_string_append_printf(list, "%s%s", list->len > 0 ? "," : "", *word);
        else
            g_string_assign(label, *word);
    }
    if (list->len > 0)
        g_string_append_printf(
            line, strchr(list->str, ',') != NULL ? ";TYPE=\"%s\"" : ";TYPE=%s",
            list->str);
    if (is_preferred)
        g_string_append(line, ";PREF=1");
}

/* The kind of value where it is not the property's usual one. */
static const char *
value_kind(const RpCardFact *fact)
{
    return fact->field == RP_CARD_RELATED || fact->field == RP_CARD_PHONE
               ? ";VALUE=text"
               : "";
}

/* RFC 6350 4.3.1: no extended form in a 4.0 but of a whole date, which all read. */
static char *
date_value(const char *date)
{
    if (g_str_has_prefix(date, "--")) /* --0412 */
        return g_strdup_printf("--%.2s%s", date + 2, date + 5);
    return g_strdup(date);
}

static void
put_fact(GString *out, const RpCardFact *fact, unsigned *n_labels)
{
    const RpCardFieldRow *row = &rp_card_fields[fact->field];
    g_autoptr(GString) head = g_string_new(row->property);
    g_autoptr(GString) label = g_string_new(NULL);
    g_autoptr(GString) line = g_string_new(NULL);
    g_autofree char *date = row->is_date ? date_value(fact->value) : NULL;

    g_string_append(head, value_kind(fact));
    put_types(head, label, fact->type);
    if (label->len > 0)
        g_string_append_printf(line, "item%u.", ++*n_labels);
    g_string_append_printf(line, "%s:", head->str);
    put_escaped(line, date != NULL ? date : fact->value, row->is_structured);
    put_line(out, line->str);
    if (label->len == 0)
        return;
    g_string_printf(line, "item%u.X-ABLabel:", *n_labels);
    put_escaped(line, label->str, false);
    put_line(out, line->str);
}

/* One property of all parts or values: ORG, CATEGORIES and NICKNAME. */
static void
put_joined(GString *out, const RpCard *card, RpCardField field, const char *property)
{
    g_autoptr(GString) line = g_string_new(NULL);

    for (guint i = 0; i < card->facts->len; i++) {
        const RpCardFact *fact = g_ptr_array_index(card->facts, i);

        if (fact->field != field)
            continue;
        g_string_append(line, line->len == 0 ? property : ",");
        put_escaped(line, fact->value, false);
    }
    if (line->len > 0)
        put_line(out, line->str);
}

static void
put_organisation(GString *out, const RpCard *card)
{
    const char *organisation = rp_card_get(card, RP_CARD_ORGANISATION);
    const char *department = rp_card_get(card, RP_CARD_DEPARTMENT);
    g_autoptr(GString) line = g_string_new("ORG:");

    if (organisation == NULL && department == NULL)
        return;
    put_escaped(line, organisation != NULL ? organisation : "", false);
    if (department != NULL) {
        g_auto(GStrv) units = g_strsplit(department, "; ", -1);

        for (char **unit = units; *unit != NULL; unit++) {
            g_string_append_c(line, ';');
            put_escaped(line, *unit, false);
        }
    }
    put_line(out, line->str);
}

void
rp_vcard_write(const RpCard *card, GString *out)
{
    const char *name = rp_card_get(card, RP_CARD_NAME);
    const char *address = rp_card_get(card, RP_CARD_ADDRESS);
    g_autoptr(GString) uid = g_string_new("UID:");
    unsigned n_labels = 0;

    g_string_append(out, "BEGIN:VCARD\r\nVERSION:4.0\r\n");
    put_escaped(uid, card->uid, false);
    if (*card->uid != '\0')
        put_line(out, uid->str);
    if (name == NULL) { /* a card must have one */
        g_string_assign(uid, "FN:");
        put_escaped(uid, address != NULL ? address : "", false);
        put_line(out, uid->str);
    }
    put_organisation(out, card);
    put_joined(out, card, RP_CARD_NICKNAME, "NICKNAME:");
    put_joined(out, card, RP_CARD_TAG, "CATEGORIES:");
    for (guint i = 0; i < card->facts->len; i++) {
        const RpCardFact *fact = g_ptr_array_index(card->facts, i);

        if (fact->field != RP_CARD_ORGANISATION && fact->field != RP_CARD_DEPARTMENT &&
            fact->field != RP_CARD_NICKNAME && fact->field != RP_CARD_TAG)
            put_fact(out, fact, &n_labels);
    }
    g_string_append(out, "END:VCARD\r\n");
}
