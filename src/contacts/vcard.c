/* SPDX-License-Identifier: GPL-3.0-or-later */
/* vcard.c - cards out of vCards of any version */
#include <string.h>

#include "contacts/cards.h"
#include "contacts/vcard-line.h"
#include "core/address.h"

enum { MAX_LINES = 2000, MAX_CARD_BYTES = 1 << 20 };

/* Properties that say what a field holds under another name. */
static const struct {
    const char *property;
    RpCardField field;
    const char *type; /* NULL: as it says */
} ALIASES[] = {
    {"X-ANNIVERSARY", RP_CARD_ANNIVERSARY, NULL},
    {"X-EVOLUTION-ANNIVERSARY", RP_CARD_ANNIVERSARY, NULL},
    {"X-KADDRESSBOOK-X-ANNIVERSARY", RP_CARD_ANNIVERSARY, NULL},
    {"X-MS-ANNIVERSARY", RP_CARD_ANNIVERSARY, NULL},
    {"X-SPOUSE", RP_CARD_RELATED, "spouse"},
    {"X-EVOLUTION-SPOUSE", RP_CARD_RELATED, "spouse"},
    {"X-KADDRESSBOOK-X-SPOUSESNAME", RP_CARD_RELATED, "spouse"},
    {"X-MS-SPOUSE", RP_CARD_RELATED, "spouse"},
    {"X-MS-CHILD", RP_CARD_RELATED, "child"},
    {"X-MANAGER", RP_CARD_RELATED, "manager"},
    {"X-EVOLUTION-MANAGER", RP_CARD_RELATED, "manager"},
    {"X-KADDRESSBOOK-X-MANAGERSNAME", RP_CARD_RELATED, "manager"},
    {"X-MS-MANAGER", RP_CARD_RELATED, "manager"},
    {"X-ASSISTANT", RP_CARD_RELATED, "assistant"},
    {"X-EVOLUTION-ASSISTANT", RP_CARD_RELATED, "assistant"},
    {"X-KADDRESSBOOK-X-ASSISTANTSNAME", RP_CARD_RELATED, "assistant"},
    {"X-MS-ASSISTANT", RP_CARD_RELATED, "assistant"},
    {"X-ABRELATEDNAMES", RP_CARD_RELATED, NULL},
    {"X-KADDRESSBOOK-X-PROFESSION", RP_CARD_WORK, NULL},
    {"X-KADDRESSBOOK-X-DEPARTMENT", RP_CARD_DEPARTMENT, NULL},
    {"HOBBY", RP_CARD_INTEREST, NULL},
    {"EXPERTISE", RP_CARD_INTEREST, NULL},
    {"BIRTHPLACE", RP_CARD_FROM, NULL},
};

/* A card while its lines are read. */
typedef struct {
    RpCards *cards;     /* foreign */
    GPtrArray *lines;   /* own, of RpVcardLine; of the card that is open */
    GHashTable *labels; /* own; X-ABLabel by group */
    unsigned depth;     /* 1 in a card, more in one that stands in its AGENT */
    gsize n_bytes;
    unsigned n_cut;
    bool is_group, is_after_agent, is_old;
} Reader;

static void
free_line(gpointer line)
{
    rp_vcard_line_free(line);
}

/* --- one property --- */

/* "_$!<HomePage>!$_" is a word of Apple's for a label of its own. */
static char *
plain_label(const char *text)
{
    const char *from = g_str_has_prefix(text, "_$!<") ? text + 4 : text;
    const char *to = g_strrstr(from, ">!$_");
    g_autofree char *label = to != NULL && from != text
                                 ? g_strndup(from, (gsize)(to - from))
                                 : g_strdup(text);
    char *p;

    for (p = label; *p != '\0'; p++)
        if (*p == ',')
            *p = ' ';
    return rp_lower(label);
}

static bool
is_plain_type(const char *word)
{
    static const char *const silent[] = {"internet", "voice",   "text", "other",
                                         "",         "x-other", "dom",  "intl",
                                         "postal",   "parcel"};

    for (size_t i = 0; i < G_N_ELEMENTS(silent); i++)
        if (strcmp(word, silent[i]) == 0)
            return true;
    return false;
}

/* The types that say something, each once; the label first. */
static char *
types_of(const Reader *reader, const RpVcardLine *line)
{
    const char *label =
        *line->group != '\0' ? g_hash_table_lookup(reader->labels, line->group) : NULL;
    g_auto(GStrv) words = g_strsplit(line->types, ",", 16);
    g_autoptr(GPtrArray) kept = g_ptr_array_new();

    if (label != NULL && !is_plain_type(label))
        g_ptr_array_add(kept, (gpointer)(guintptr)label);
    for (char **word = words; *word != NULL; word++) {
        char *plain = g_str_has_prefix(*word, "x-") ? *word + 2 : *word;

        g_strstrip(plain);
        if (!is_plain_type(plain) && strchr(plain, ',') == NULL &&
            !g_ptr_array_find_with_equal_func(kept, plain, g_str_equal, NULL))
            g_ptr_array_add(kept, plain);
    }
    g_ptr_array_add(kept, NULL);
    return g_strjoinv(",", (char **)kept->pdata);
}

/* A list within a part is joined: names by a blank, lines of an address by commas. */
static void
add_structured(RpCard *card, RpCardField field, const char *types, const char *value)
{
    g_autoptr(GPtrArray) parts = rp_vcard_split(value, ';');
    guint n = field == RP_CARD_PARTS ? 5 : 7;

    rp_card_add_parts(card, field, types, (const char *const *)parts->pdata,
                      MIN(parts->len, n));
}

static void
add_organisation(RpCard *card, const char *value)
{
    g_autoptr(GPtrArray) parts = rp_vcard_split(value, ';');
    g_autoptr(GString) department = g_string_new(NULL);

    rp_card_add(card, RP_CARD_ORGANISATION, "", g_ptr_array_index(parts, 0));
    for (guint i = 1; i < parts->len; i++) {
        const char *part = g_ptr_array_index(parts, i);

        if (*part != '\0')
            g_string_append_printf(department, "%s%s", department->len > 0 ? "; " : "",
                                   part);
    }
    rp_card_add(card, RP_CARD_DEPARTMENT, "", department->str);
}

static void
add_list(RpCard *card, RpCardField field, const char *types, const char *value,
         char separator)
{
    g_autoptr(GPtrArray) parts = rp_vcard_split(value, separator);

    for (guint i = 0; i < parts->len; i++)
        rp_card_add(card, field, types, g_ptr_array_index(parts, i));
}

/* In a 2.1 a fold can leave a blank in it; within quotes a blank is part of it. */
static void
add_address(RpCard *card, const char *types, const char *value)
{
    const char *open = strchr(value, '<');
    g_autoptr(GString) text = g_string_new(NULL);

    for (const char *p = open != NULL ? open : value; *p != '\0'; p++)
        if ((*p != ' ' && *p != '\t') || strchr(value, '"') != NULL)
            g_string_append_c(text, *p);
    add_list(card, RP_CARD_ADDRESS, types, text->str, '\0');
}

static void
add_date(RpCard *card, RpCardField field, const char *types, const RpVcardLine *line)
{
    const char *value = line->value;
    g_autofree char *yearless = NULL;

    if (line->is_yearless && strlen(value) > 4)
        yearless = g_strconcat("--", value + 4 + (value[4] == '-'), NULL);
    rp_card_add(card, field, types, yearless != NULL ? yearless : value);
}

/* Somebody's name; what points elsewhere says nothing by itself. */
static bool
is_pointer(const char *value)
{
    return g_ascii_strncasecmp(value, "urn:", 4) == 0 || strstr(value, "://") != NULL;
}

static void
add_field(RpCard *card, RpCardField field, const char *types, const RpVcardLine *line)
{
    const char *value = line->value;
    bool is_anniversary =
        field == RP_CARD_DATE && g_str_has_prefix(types, "anniversary");
    bool is_tel = g_ascii_strncasecmp(value, "tel:", 4) == 0;

    if (field == RP_CARD_ORGANISATION)
        add_organisation(card, value);
    else if (rp_card_fields[field].is_structured)
        add_structured(card, field, types, value);
    else if (field == RP_CARD_ADDRESS)
        add_address(card, types, value);
    else if (rp_card_fields[field].is_date)
        add_date(card, is_anniversary ? RP_CARD_ANNIVERSARY : field,
                 is_anniversary ? "" : types, line);
    else if (field == RP_CARD_TAG || field == RP_CARD_NICKNAME)
        add_list(card, field, "", value, ',');
    else if (field == RP_CARD_PHONE)
        add_list(card, field, types, is_tel ? value + 4 : value, '\0');
    else if (field != RP_CARD_RELATED || !is_pointer(value))
        add_list(card, field, types, value, '\0');
}

static void
take_line(const Reader *reader, RpCard *card, const RpVcardLine *line)
{
    g_autofree char *types = types_of(reader, line);

    if (strcmp(line->name, "UID") == 0) {
        g_autoptr(GPtrArray) whole = rp_vcard_split(line->value, '\0');
        bool is_cut = false;

        g_free(card->uid);
        card->uid = rp_card_clean(g_ptr_array_index(whole, 0), RP_CARD_MAX_VALUE, false,
                                  &is_cut);
        return;
    }
    for (size_t i = 0; i < G_N_ELEMENTS(ALIASES); i++) {
        if (strcmp(line->name, ALIASES[i].property) == 0) {
            add_field(card, ALIASES[i].field,
                      ALIASES[i].type != NULL ? ALIASES[i].type : types, line);
            return;
        }
    }
    for (int i = 0; i < RP_N_CARD_FIELDS; i++)
        if (strcmp(line->name, rp_card_fields[i].property) == 0)
            add_field(card, (RpCardField)i, types, line);
}

/* --- cards --- */

static void
finish_card(Reader *reader)
{
    g_autoptr(RpCard) card = rp_card_new();

    if (reader->depth == 0)
        return;
    for (guint i = 0; i < reader->lines->len && !reader->is_group; i++)
        take_line(reader, card, g_ptr_array_index(reader->lines, i));
    card->n_bad += reader->n_cut;
    rp_cards_take(reader->cards, g_steal_pointer(&card));
}

static void
begin_card(Reader *reader)
{
    g_ptr_array_set_size(reader->lines, 0);
    g_hash_table_remove_all(reader->labels);
    reader->depth = 1;
    reader->n_bytes = reader->n_cut = 0;
    reader->is_group = reader->is_after_agent = reader->is_old = false;
}

/* Of kinds: people and organisations have a card, groups of them and things none. */
static bool
is_kind_of_nobody(const RpVcardLine *line)
{
    return (strcmp(line->name, "KIND") == 0 ||
            strcmp(line->name, "X-ADDRESSBOOKSERVER-KIND") == 0) &&
           (g_ascii_strcasecmp(line->value, "group") == 0 ||
            g_ascii_strcasecmp(line->value, "location") == 0 ||
            g_ascii_strcasecmp(line->value, "device") == 0 ||
            g_ascii_strcasecmp(line->value, "application") == 0);
}

static void
keep_line(Reader *reader, RpVcardLine *owned)
{
    g_autoptr(RpVcardLine) line = owned;

    reader->is_group = reader->is_group || is_kind_of_nobody(line);
    if (strcmp(line->name, "VERSION") == 0)
        reader->is_old = strstr(line->value, "2.1") != NULL;
    if (strcmp(line->name, "X-ABLABEL") == 0 && *line->group != '\0')
        g_hash_table_replace(reader->labels, g_strdup(line->group),
                             plain_label(line->value));
    reader->is_after_agent = strcmp(line->name, "AGENT") == 0 && *line->value == '\0';
    reader->n_bytes += strlen(line->value);
    if (reader->lines->len < MAX_LINES && reader->n_bytes < MAX_CARD_BYTES)
        g_ptr_array_add(reader->lines, g_steal_pointer(&line));
    else
        reader->n_cut = 1;
}

static bool
is_mark(const RpVcardLine *line, const char *name)
{
    g_autofree char *value = g_strstrip(g_strdup(line->value));

    return strcmp(line->name, name) == 0 && g_ascii_strcasecmp(value, "VCARD") == 0;
}

/* A BEGIN within a card is its AGENT's, or its END is missing. */
static void
read_line(Reader *reader, RpVcardLine *owned)
{
    g_autoptr(RpVcardLine) line = owned;

    if (is_mark(line, "BEGIN")) {
        if (reader->depth > 0 && reader->is_after_agent) {
            reader->depth++;
            reader->is_after_agent = false;
            return;
        }
        finish_card(reader);
        begin_card(reader);
    } else if (is_mark(line, "END")) {
        if (reader->depth == 1)
            finish_card(reader);
        reader->depth -= reader->depth > 0;
    } else if (reader->depth == 1) {
        keep_line(reader, g_steal_pointer(&line));
    } else if (reader->depth > 1) {
        reader->is_after_agent =
            strcmp(line->name, "AGENT") == 0 && *line->value == '\0';
    }
}

RpCards *
rp_vcard_read(const char *bytes, size_t n)
{
    RpCards *cards = rp_cards_new();
    g_autoptr(GString) whole = NULL;
    Reader reader = {
        .cards = cards,
        .lines = g_ptr_array_new_with_free_func(free_line),
        .labels = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free),
    };
    RpBytes rest = {bytes, bytes + n};
    RpVcardLine *line;

    /* Lines may differ in charset: only a mark in front is of the whole. */
    if (n >= 2 && ((guchar)bytes[0] >= 0xfe || memcmp(bytes, "\xef\xbb", 2) == 0)) {
        whole = rp_bytes_decode(bytes, n, NULL);
        rest = (RpBytes){whole->str, whole->str + whole->len};
    }
    while ((line = rp_vcard_line_next(&rest, reader.is_old)) != NULL)
        read_line(&reader, line);
    finish_card(&reader);
    g_ptr_array_unref(reader.lines);
    g_hash_table_unref(reader.labels);
    return cards;
}
