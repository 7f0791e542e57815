/* SPDX-License-Identifier: GPL-3.0-or-later */
/* csv-header.c - what address books call their columns */
#include <string.h>

#include "contacts/csv.h"
#include "core/address.h"

/* Lower case, runs of digits as #, white space around it gone; *number is the first. */
static char *
normalize(const char *header, int *number)
{
    g_autofree char *lower = rp_lower(header);
    g_autoptr(GString) text = g_string_new(NULL);

    *number = 0;
    for (const char *p = g_strstrip(lower); *p != '\0'; p++) {
        if (!g_ascii_isdigit(*p)) {
            g_string_append_c(text, *p);
            continue;
        }
        if (text->len == 0 || text->str[text->len - 1] != '#')
            g_string_append_c(text, '#');
        if (*number < 90)
            *number = *number * 10 + (*p - '0');
    }
    return g_strdup(text->str);
}

/* By a field's own word, with blanks for _, or label: what this program writes. */
static bool
own_column(const char *header, RpColumn *column)
{
    g_autofree char *word = g_strdelimit(g_strdup(header), " ", '_');

    for (int i = 0; i < RP_N_CARD_FIELDS; i++) {
        if (strcmp(word, rp_card_fields[i].word) == 0 && i != RP_CARD_TITLE) {
            *column = (RpColumn){RP_COLUMN_FIELD, (RpCardField)i, "", 0, 0, -1};
            return true;
        }
    }
    return false;
}

static RpColumn
column_of(const char *header)
{
    RpColumn column = {RP_COLUMN_NONE, RP_N_CARD_FIELDS, "", 0, 0, -1};
    int number;
    g_autofree char *text = normalize(header, &number);

    if (!rp_csv_known(text, &column))
        own_column(text, &column);
    else if (column.place == 0)
        column.place = number;
    return column;
}

/* "E-mail 1 - Value" has its type in "E-mail 1 - Type" or "- Label"; the parts of a
 * place alike. */
static int
find_label(const GPtrArray *header, const char *name)
{
    const char *dash = g_strrstr(name, " - ");
    static const char *const words[] = {"Type", "Label"};

    for (size_t w = 0; dash != NULL && w < G_N_ELEMENTS(words); w++) {
        g_autofree char *wanted =
            g_strdup_printf("%.*s - %s", (int)(dash - name), name, words[w]);

        for (guint i = 0; i < header->len; i++)
            if (g_ascii_strcasecmp(g_ptr_array_index(header, i), wanted) == 0)
                return (int)i;
    }
    return -1;
}

static bool
is_telling(const RpColumn *column)
{
    return column->kind == RP_COLUMN_PART || column->kind == RP_COLUMN_FILED_AS ||
           (column->kind == RP_COLUMN_FIELD &&
            (column->field == RP_CARD_NAME || column->field == RP_CARD_ADDRESS ||
             column->field == RP_CARD_PHONE));
}

static bool
has_kind(const GArray *columns, RpColumnKind kind)
{
    for (guint i = 0; i < columns->len; i++)
        if (g_array_index(columns, RpColumn, i).kind == kind)
            return true;
    return false;
}

static bool
has_street(const GArray *columns, int place)
{
    for (guint i = 0; i < columns->len; i++) {
        const RpColumn *column = &g_array_index(columns, RpColumn, i);

        if (column->kind == RP_COLUMN_PLACE && column->place == place &&
            column->part == 2)
            return true;
    }
    return false;
}

static bool
has_job(const GArray *columns)
{
    for (guint i = 0; i < columns->len; i++) {
        const RpColumn *column = &g_array_index(columns, RpColumn, i);

        if (column->kind == RP_COLUMN_FIELD && column->field == RP_CARD_TITLE)
            return true;
    }
    return false;
}

/* What a column is depends on which others there are. */
static RpColumnKind
settled(const GArray *columns, const RpColumn *column)
{
    switch (column->kind) {
    case RP_COLUMN_TITLE:
        return has_job(columns) ? RP_COLUMN_PART : RP_COLUMN_FIELD;
    case RP_COLUMN_DAY:
        return has_kind(columns, RP_COLUMN_BIRTH) ? RP_COLUMN_BIRTH : RP_COLUMN_FIELD;
    case RP_COLUMN_WHOLE:
        return has_street(columns, column->place) ? RP_COLUMN_NONE : RP_COLUMN_PLACE;
    case RP_COLUMN_NONE:
    case RP_COLUMN_FIELD:
    case RP_COLUMN_PART:
    case RP_COLUMN_PLACE:
    case RP_COLUMN_FILED_AS:
    case RP_COLUMN_BIRTH:
    default:
        return column->kind;
    }
}

GArray *
rp_csv_columns(const GPtrArray *header, unsigned *n_known)
{
    GArray *columns = g_array_new(FALSE, FALSE, sizeof(RpColumn));

    *n_known = 0;
    for (guint i = 0; i < header->len; i++) {
        const char *name = g_ptr_array_index(header, i);
        RpColumn column = column_of(name);

        column.label = find_label(header, name);
        *n_known += is_telling(&column);
        g_array_append_val(columns, column);
    }
    for (guint i = 0; i < columns->len; i++) {
        RpColumn *column = &g_array_index(columns, RpColumn, i);

        column->kind = settled(columns, column);
    }
    return columns;
}
