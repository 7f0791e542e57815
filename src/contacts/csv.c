/* SPDX-License-Identifier: GPL-3.0-or-later */
/* csv.c - cards out of CSV */
#include "contacts/csv.h"

#include <string.h>

#include "contacts/cards.h"
#include "core/address.h"

enum { MAX_PREAMBLE = 20, MAX_PLACES = 12 };

/* --- records --- */

static bool
is_line_end(char c)
{
    return c == '\n' || c == '\r';
}

/* A cell from *p on, up to its separator or line end. What follows the closing quote
 * is taken as it is; a quote without an end ends with the line it stands in. */
static char *
take_cell(RpBytes *rest, char separator)
{
    g_autoptr(GString) cell = g_string_new(NULL);
    const char *p = rest->p, *end = rest->end;
    bool is_quoted = p < end && *p == '"';

    for (p += is_quoted; p < end; p++) {
        if (is_quoted && *p == '"') {
            is_quoted = p + 1 < end && p[1] == '"';
            p += is_quoted;
            if (!is_quoted)
                continue;
        } else if (!is_quoted && (*p == separator || is_line_end(*p))) {
            break;
        }
        if (cell->len < RP_CSV_MAX_CELL)
            g_string_append_c(cell, *p);
    }
    if (is_quoted) {
        const char *start = rest->p;

        for (p = start; p < end && *p != separator && !is_line_end(*p); p++)
            ;
        g_string_truncate(cell, 0);
        g_string_append_len(cell, start,
                            (gssize)MIN((gsize)(p - start), RP_CSV_MAX_CELL));
    }
    rest->p = p;
    return g_strdup(cell->str);
}

GPtrArray *
rp_csv_record(RpBytes *rest, char separator)
{
    GPtrArray *cells;

    if (rest->p == rest->end)
        return NULL;
    cells = g_ptr_array_new_with_free_func(g_free);
    for (;;) {
        char *cell = take_cell(rest, separator);

        if (cells->len < RP_CSV_MAX_COLUMNS)
            g_ptr_array_add(cells, cell);
        else
            g_free(cell);
        if (rest->p == rest->end)
            return cells;
        if (*rest->p++ == separator)
            continue;
        if (rest->p[-1] == '\r' && rest->p < rest->end && *rest->p == '\n')
            rest->p++;
        return cells;
    }
}

/* --- dates --- */

static int
month_of(const char *text)
{
    static const char *const months[] = {"jan", "feb", "mar", "apr", "may", "jun",
                                         "jul", "aug", "sep", "oct", "nov", "dec"};

    for (size_t i = 0; i < G_N_ELEMENTS(months); i++)
        if (g_ascii_strncasecmp(text, months[i], 3) == 0)
            return (int)i + 1;
    return 0;
}

static bool
is_number(const char *text)
{
    return *text != '\0' && strlen(text) <= 4 &&
           strspn(text, "0123456789") == strlen(text);
}

static int
number_of(const char *text)
{
    return (int)g_ascii_strtoll(text, NULL, 10);
}

char *
rp_csv_date(const char *text, bool is_day_first)
{
    g_auto(GStrv) parts = g_strsplit_set(text, "/. -", 4);
    bool has_three = g_strv_length(parts) == 3 && strlen(parts[2]) == 4;
    int day, month;

    if (g_strv_length(parts) == 3 && strlen(parts[0]) == 4 && is_number(parts[0]) &&
        is_number(parts[1]) && is_number(parts[2])) /* 1985/4/12 */
        return g_strdup_printf("%04d-%02d-%02d", number_of(parts[0]),
                               number_of(parts[1]), number_of(parts[2]));
    if (!has_three || !is_number(parts[0]) || !is_number(parts[2]) ||
        strlen(parts[0]) > 2)
        return g_strdup(text);
    day = number_of(parts[0]);
    month = is_number(parts[1]) ? number_of(parts[1]) : month_of(parts[1]);
    if (strchr(text, '/') != NULL && !is_day_first) {
        int other = day;

        day = month;
        month = other;
    }
    return g_strdup_printf("%04d-%02d-%02d", number_of(parts[2]), month, day);
}

/* --- cards --- */

typedef struct {
    GArray *columns; /* own, of RpColumn */
    bool is_day_first;
} Table;

static const char *
cell_at(const GPtrArray *record, guint i)
{
    const char *cell = i < record->len ? g_ptr_array_index(record, i) : NULL;

    return cell != NULL ? cell : "";
}

/* The ' in front that keeps a spreadsheet from calculating. */
static const char *
unguarded(const char *cell)
{
    return rp_csv_is_formula(cell) && *cell == '\'' ? cell + 1 : cell;
}

/* Google's "* Work": the preferred one; "* myContacts": a group of its own. */
static char *
type_of(const RpColumn *column, const GPtrArray *record)
{
    const char *label = column->label >= 0 ? cell_at(record, (guint)column->label) : "";
    bool is_preferred = g_str_has_prefix(label, "* ");
    const char *named = *label != '\0' ? label + (is_preferred ? 2 : 0) : column->type;
    g_autofree char *lower = rp_lower(named != NULL ? named : "");

    if (strcmp(lower, "mobile") == 0)
        return g_strdup(is_preferred ? "cell,pref" : "cell");
    if (strcmp(lower, ";") == 0 || strcmp(lower, "other") == 0)
        *lower = '\0';
    return g_strconcat(lower, is_preferred ? (*lower != '\0' ? ",pref" : "pref") : "",
                       NULL);
}

static void
add_tag(RpCard *card, const char *text)
{
    const char *name = g_str_has_prefix(text, "* ") ? text + 2 : text;

    rp_card_add(card, RP_CARD_TAG, "", name);
}

/* Several in a cell, as people type them. */
static void
add_addresses(RpCard *card, const char *type, const char *text)
{
    bool is_quoted = strchr(text, '"') != NULL;
    g_auto(GStrv) parts = g_strsplit_set(text, is_quoted ? "" : ",;", 100);

    for (char **part = parts; *part != NULL; part++)
        if (*g_strstrip(*part) != '\0')
            rp_card_add(card, RP_CARD_ADDRESS, type, *part);
}

static void
add_date(RpCard *card, RpCardField field, const char *type, const char *text,
         bool is_day_first)
{
    g_autofree char *date = rp_csv_date(text, is_day_first);
    bool is_none = strspn(text, "0/.- ") == strlen(text); /* Outlook's 0/0/00 */
    bool is_anniversary =
        field == RP_CARD_DATE &&
        (strcmp(type, "anniversary") == 0 || g_str_has_prefix(type, "anniversary,"));

    if (!is_none)
        rp_card_add(card, is_anniversary ? RP_CARD_ANNIVERSARY : field,
                    is_anniversary ? "" : type, date);
}

static void
add_cell(const Table *table, RpCard *card, const RpColumn *column,
         const GPtrArray *record, const char *cell)
{
    const char *separator = strcmp(column->type, ";") == 0 ? ";" : " ::: ";
    bool is_many = rp_card_fields[column->field].is_many;
    g_auto(GStrv) values = g_strsplit(cell, separator, is_many ? 100 : 1);
    g_autofree char *type = type_of(column, record);

    for (char **value = values; *value != NULL; value++) {
        const char *whole = g_strstrip(*value);
        const char *text = value == values ? unguarded(whole) : whole;

        if (column->field == RP_CARD_TAG)
            add_tag(card, text);
        else if (rp_card_fields[column->field].is_date)
            add_date(card, column->field, type, text, table->is_day_first);
        else if (column->field == RP_CARD_ADDRESS)
            add_addresses(card, type, text);
        else
            rp_card_add(card, column->field, type, text);
    }
}

/* Outlook has up to three lines of a street. */
static void
join_part(char **part, const char *more)
{
    g_autofree char *before = *part;

    *part = before != NULL ? g_strconcat(before, ", ", more, NULL) : g_strdup(more);
}

/* The parts of the place whose first column is at i. */
static void
add_place(const Table *table, RpCard *card, const GPtrArray *record, guint i)
{
    const RpColumn *first = &g_array_index(table->columns, RpColumn, i);
    char *parts[7] = {NULL};
    g_autofree char *type = type_of(first, record);

    for (guint k = i; k < table->columns->len; k++) {
        const RpColumn *column = &g_array_index(table->columns, RpColumn, k);

        if (column->kind == RP_COLUMN_PLACE && column->place == first->place &&
            *cell_at(record, k) != '\0')
            join_part(&parts[column->part], unguarded(cell_at(record, k)));
    }
    rp_card_add_parts(card, RP_CARD_PLACE, type, (const char *const *)parts,
                      G_N_ELEMENTS(parts));
    for (size_t k = 0; k < G_N_ELEMENTS(parts); k++)
        g_free(parts[k]);
}

static bool
is_first_of_place(const Table *table, guint i)
{
    const RpColumn *column = &g_array_index(table->columns, RpColumn, i);

    for (guint k = 0; k < i; k++) {
        const RpColumn *other = &g_array_index(table->columns, RpColumn, k);

        if (other->kind == RP_COLUMN_PLACE && other->place == column->place)
            return false;
    }
    return true;
}

/* Thunderbird's three columns; without a day the year alone. */
static void
add_birth(RpCard *card, const char *const *birth)
{
    int numbers[3] = {0};
    g_autofree char *date = NULL;

    for (size_t i = 0; i < G_N_ELEMENTS(numbers); i++)
        numbers[i] = birth[i] != NULL && is_number(birth[i]) ? number_of(birth[i]) : 0;
    if (numbers[1] == 0 || numbers[2] == 0)
        date = numbers[0] != 0 ? g_strdup_printf("%04d", numbers[0]) : g_strdup("");
    else if (numbers[0] == 0)
        date = g_strdup_printf("--%02d-%02d", numbers[1], numbers[2]);
    else
        date = g_strdup_printf("%04d-%02d-%02d", numbers[0], numbers[1], numbers[2]);
    rp_card_add(card, RP_CARD_BIRTHDAY, "", date);
}

static RpCard *
card_of(const Table *table, const GPtrArray *record)
{
    RpCard *card = rp_card_new();
    const char *parts[5] = {NULL}, *birth[3] = {NULL}, *filed_as = "";

    for (guint i = 0; i < MIN(record->len, table->columns->len); i++) {
        const RpColumn *column = &g_array_index(table->columns, RpColumn, i);
        const char *cell = g_ptr_array_index(record, i);

        if (column->kind == RP_COLUMN_PART)
            parts[column->part] = unguarded(cell);
        else if (column->kind == RP_COLUMN_BIRTH)
            birth[column->part] = cell;
        else if (column->kind == RP_COLUMN_FILED_AS)
            filed_as = unguarded(cell);
        else if (column->kind == RP_COLUMN_PLACE && is_first_of_place(table, i))
            add_place(table, card, record, i);
        else if (column->kind == RP_COLUMN_FIELD && *cell != '\0')
            add_cell(table, card, column, record, cell);
    }
    rp_card_add_parts(card, RP_CARD_PARTS, "", parts, G_N_ELEMENTS(parts));
    add_birth(card, birth);
    if (rp_card_get(card, RP_CARD_PARTS) == NULL)
        rp_card_add(card, RP_CARD_NAME, "", filed_as);
    return card;
}

/* --- the file --- */

/* A day above 12 in front in any date of the file. */
static bool
has_day_first(RpBytes rest, char separator, const GArray *columns)
{
    g_autoptr(GPtrArray) record = NULL;
    bool is_found = false;

    while (!is_found && (record = rp_csv_record(&rest, separator)) != NULL) {
        for (guint i = 0; i < MIN(record->len, columns->len); i++) {
            const RpColumn *column = &g_array_index(columns, RpColumn, i);
            const char *cell = g_ptr_array_index(record, i);

            if (column->kind == RP_COLUMN_FIELD &&
                rp_card_fields[column->field].is_date && strchr(cell, '/') != NULL &&
                strlen(cell) <= 10 && number_of(cell) > 12)
                is_found = true;
        }
        g_clear_pointer(&record, g_ptr_array_unref);
    }
    return is_found;
}

/* Behind the first line that names columns: *rest; how many are known, 0 if none. */
static unsigned
find_header(RpBytes *rest, char separator, GArray **columns)
{
    for (int i = 0; i < MAX_PREAMBLE; i++) {
        g_autoptr(GPtrArray) record = rp_csv_record(rest, separator);
        unsigned n_known = 0;

        if (record == NULL)
            return 0;
        *columns = rp_csv_columns(record, &n_known);
        if (n_known > 0)
            return n_known;
        g_clear_pointer(columns, g_array_unref);
    }
    return 0;
}

static RpCards *
read_table(RpBytes rest, char separator, GArray *columns)
{
    RpCards *cards = rp_cards_new();
    Table table = {columns, has_day_first(rest, separator, columns)};

    for (;;) {
        g_autoptr(GPtrArray) record = rp_csv_record(&rest, separator);

        if (record == NULL)
            return cards;
        if (record->len > 1 || *cell_at(record, 0) != '\0')
            rp_cards_take(cards, card_of(&table, record));
    }
}

RpCards *
rp_csv_read(const char *bytes, size_t n)
{
    static const char separators[] = {',', ';', '\t'};
    g_autoptr(GString) text = rp_bytes_decode(bytes, n, NULL);
    unsigned n_best = 0;
    RpCards *cards = NULL;

    for (size_t i = 0; i < G_N_ELEMENTS(separators); i++) {
        RpBytes rest = {text->str, text->str + text->len};
        g_autoptr(GArray) columns = NULL;
        unsigned n_known = find_header(&rest, separators[i], &columns);

        if (n_known <= n_best)
            continue;
        n_best = n_known;
        g_clear_pointer(&cards, rp_cards_free);
        cards = read_table(rest, separators[i], columns);
    }
    return cards;
}
