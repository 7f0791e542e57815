/* SPDX-License-Identifier: GPL-3.0-or-later */
/* csv-write.c - cards as CSV (RFC 4180) */
#include <string.h>

#include "contacts/cards.h"
#include "contacts/csv.h"

enum { MAX_REPEATED = 30 };

/* Fields with a type have columns of their own for each value, as Google has; of the
 * others several values stand in one cell, set off by " ::: ". */
static const char *
repeated_name(RpCardField field)
{
    static const struct {
        RpCardField field;
        const char *name;
    } names[] = {
        {RP_CARD_ADDRESS, "E-mail"}, {RP_CARD_PHONE, "Phone"},
        {RP_CARD_URL, "Website"},    {RP_CARD_RELATED, "Relation"},
        {RP_CARD_DATE, "Event"},     {RP_CARD_PLACE, "Address"},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(names); i++)
        if (names[i].field == field)
            return names[i].name;
    return NULL;
}

static const char *const PLACE_PARTS[] = {
    "PO Box", "Extended Address", "Street", "City", "Region", "Postal Code", "Country"};
static const char *const NAME_PARTS[] = {"Last Name", "First Name", "Middle Name",
                                         "Name Prefix", "Name Suffix"};

static const char *
single_name(RpCardField field)
{
    switch ((int)field) {
    case RP_CARD_NAME:
        return "Name";
    case RP_CARD_ORGANISATION:
        return "Organization Name";
    case RP_CARD_DEPARTMENT:
        return "Organization Department";
    case RP_CARD_TITLE:
        return "Organization Title";
    case RP_CARD_TAG:
        return "Labels";
    case RP_CARD_NOTE:
        return "Notes";
    default:
        return rp_card_fields[field].word;
    }
}

static guint
count(const RpCard *card, RpCardField field)
{
    guint n = 0;

    for (guint i = 0; i < card->facts->len; i++)
        n += ((const RpCardFact *)g_ptr_array_index(card->facts, i))->field == field;
    return n;
}

static const RpCardFact *
nth(const RpCard *card, RpCardField field, guint n)
{
    for (guint i = 0; i < card->facts->len; i++) {
        const RpCardFact *fact = g_ptr_array_index(card->facts, i);

        if (fact->field == field && n-- == 0)
            return fact;
    }
    return NULL;
}

bool
rp_csv_is_formula(const char *cell)
{
    const char *p = cell + strspn(cell, "'");

    return *p != '\0' && strchr("=+-@\t\r", *p) != NULL;
}

/* What a spreadsheet would calculate gets a ' in front; so does what has one, to be
 * read as it was. */
static void
put_cell(GString *out, const char *text)
{
    bool is_formula = rp_csv_is_formula(text);

    if (out->len > 0 && out->str[out->len - 1] != '\n')
        g_string_append_c(out, ',');
    g_string_append(out, is_formula ? "\"'" : "\"");
    for (const char *p = text; *p != '\0'; p++) {
        if (*p == '"')
            g_string_append_c(out, '"');
        g_string_append_c(out, *p);
    }
    g_string_append_c(out, '"');
}

/* Parts of a structured value, n of them. */
static void
put_parts(GString *out, const char *value, size_t n)
{
    g_autoptr(GPtrArray) parts = rp_card_split(value != NULL ? value : "");

    for (size_t i = 0; i < n; i++)
        put_cell(out, i < parts->len ? g_ptr_array_index(parts, i) : "");
}

/* The type as its label: "* work" for the preferred one. */
static void
put_label(GString *out, const RpCardFact *fact)
{
    g_auto(GStrv) words = g_strsplit(fact != NULL ? fact->type : "", ",", 16);
    g_autoptr(GString) label = g_string_new(NULL);
    bool is_preferred = false;

    for (char **word = words; *word != NULL; word++) {
        if (strcmp(*word, "pref") == 0)
            is_preferred = true;
        else
            g_string_append_printf(label, "%s%s", label->len > 0 ? "," : "", *word);
    }
    if (is_preferred)
        g_string_prepend(label, "* ");
    put_cell(out, label->str);
}

static void
put_repeated(GString *out, const RpCard *card, RpCardField field, guint n)
{
    for (guint i = 0; i < n; i++) {
        const RpCardFact *fact = nth(card, field, i);

        put_label(out, fact);
        if (field == RP_CARD_PLACE)
            put_parts(out, fact != NULL ? fact->value : NULL,
                      G_N_ELEMENTS(PLACE_PARTS));
        else
            put_cell(out, fact != NULL ? fact->value : "");
    }
}

static void
put_joined(GString *out, const RpCard *card, RpCardField field)
{
    g_autoptr(GString) cell = g_string_new(NULL);
    const RpCardFact *fact;

    for (guint i = 0; (fact = nth(card, field, i)) != NULL; i++)
        g_string_append_printf(cell, "%s%s", i > 0 ? " ::: " : "", fact->value);
    put_cell(out, cell->str);
}

static void
put_repeated_header(GString *out, RpCardField field, guint n)
{
    const char *name = repeated_name(field);

    for (guint i = 1; i <= n; i++) {
        g_autofree char *label = g_strdup_printf("%s %u - Label", name, i);

        put_cell(out, label);
        for (size_t k = 0; k < (field == RP_CARD_PLACE ? 7 : 1); k++) {
            g_autofree char *column =
                g_strdup_printf("%s %u - %s", name, i,
                                field == RP_CARD_PLACE ? PLACE_PARTS[k] : "Value");

            put_cell(out, column);
        }
    }
}

static void
put_header(GString *out, const guint *widths)
{
    for (int i = 0; i < RP_N_CARD_FIELDS; i++) {
        RpCardField field = (RpCardField)i;

        if (field == RP_CARD_PARTS)
            for (size_t k = 0; k < G_N_ELEMENTS(NAME_PARTS); k++)
                put_cell(out, NAME_PARTS[k]);
        else if (repeated_name(field) != NULL)
            put_repeated_header(out, field, widths[i]);
        else
            put_cell(out, single_name(field));
    }
    g_string_append(out, "\r\n");
}

static void
put_card(GString *out, const RpCard *card, const guint *widths)
{
    for (int i = 0; i < RP_N_CARD_FIELDS; i++) {
        RpCardField field = (RpCardField)i;

        if (field == RP_CARD_PARTS)
            put_parts(out, rp_card_get(card, field), G_N_ELEMENTS(NAME_PARTS));
        else if (repeated_name(field) != NULL)
            put_repeated(out, card, field, widths[i]);
        else
            put_joined(out, card, field);
    }
    g_string_append(out, "\r\n");
}

char *
rp_csv_write(const GPtrArray *cards)
{
    GString *out = g_string_new(NULL);
    guint widths[RP_N_CARD_FIELDS] = {0};

    for (guint c = 0; c < cards->len; c++)
        for (int i = 0; i < RP_N_CARD_FIELDS; i++)
            widths[i] =
                MIN(MAX(widths[i], count(g_ptr_array_index(cards, c), (RpCardField)i)),
                    MAX_REPEATED);
    put_header(out, widths);
    for (guint c = 0; c < cards->len; c++)
        put_card(out, g_ptr_array_index(cards, c), widths);
    return g_string_free(out, FALSE);
}
