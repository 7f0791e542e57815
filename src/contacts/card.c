/* SPDX-License-Identifier: GPL-3.0-or-later */
/* card.c - the facts of a card, cleaned */
#include "contacts/card.h"

#include <string.h>

#include "core/address.h"

void
rp_card_fact_free(RpCardFact *fact)
{
    if (fact == NULL)
        return;
    g_free(fact->type);
    g_free(fact->value);
    g_free(fact);
}

static void
free_fact(gpointer fact)
{
    rp_card_fact_free(fact);
}

RpCard *
rp_card_new(void)
{
    RpCard *card = g_new0(RpCard, 1);

    card->uid = g_strdup("");
    card->facts = g_ptr_array_new_with_free_func(free_fact);
    return card;
}

void
rp_card_free(RpCard *card)
{
    if (card == NULL)
        return;
    g_free(card->uid);
    g_ptr_array_unref(card->facts);
    g_free(card);
}

/* --- text --- */

/* C0, DEL, C1; marks, embeddings and isolates of bidirectional text (UAX 9). */
static bool
is_control(gunichar c)
{
    return c < 0x20 || (c >= 0x7f && c <= 0x9f) || c == 0x061c || c == 0x200e ||
           c == 0x200f || (c >= 0x202a && c <= 0x202e) ||
           (c >= 0x2066 && c <= 0x2069) || c == 0xfeff;
}

static void
trim_end(GString *out, const char *what)
{
    while (out->len > 0 && strchr(what, out->str[out->len - 1]) != NULL)
        g_string_truncate(out, out->len - 1);
}

static void
append_clean(GString *out, gunichar c, bool is_note)
{
    if (is_note && c == '\n') {
        trim_end(out, " ");
        if (out->len > 0)
            g_string_append_c(out, '\n');
    } else if (g_unichar_isspace(c) || c == 0x85) {
        if (out->len > 0 && out->str[out->len - 1] != ' ' &&
            out->str[out->len - 1] != '\n')
            g_string_append_c(out, ' ');
    } else if (!is_control(c)) {
        g_string_append_unichar(out, c);
    }
}

char *
rp_card_clean(const char *text, size_t max, bool is_note, bool *is_cut)
{
    g_autofree char *valid = g_utf8_make_valid(text, -1);
    g_autoptr(GString) out = g_string_new(NULL);
    const char *p = valid;

    for (; *p != '\0'; p = g_utf8_find_next_char(p, NULL)) {
        gsize before = out->len;

        append_clean(out, g_utf8_get_char(p), is_note);
        if (out->len > max) {
            g_string_truncate(out, before);
            *is_cut = true;
            break;
        }
    }
    trim_end(out, " \n");
    return g_strdup(out->str);
}

/* --- dates --- */

/* n digits at *p as a number, and past them; false if there are not so many. */
static bool
take_digits(const char **p, int n, int *number)
{
    *number = 0;
    for (int i = 0; i < n; i++, (*p)++) {
        if (!g_ascii_isdigit(**p))
            return false;
        *number = *number * 10 + (**p - '0');
    }
    return true;
}

/* Without a year any day that some year has. */
static char *
format_date(int year, int month, int day)
{
    if (month < 1 || month > 12 || day < 1 ||
        !g_date_valid_dmy((GDateDay)day, (GDateMonth)month,
                          (GDateYear)(year > 0 ? year : 2000)))
        return NULL;
    return year > 0 ? g_strdup_printf("%04d-%02d-%02d", year, month, day)
                    : g_strdup_printf("--%02d-%02d", month, day);
}

static bool
is_date_end(char c)
{
    return c == '\0' || c == 'T' || c == 't' || c == ' ';
}

static char *
yearless_date(const char *p)
{
    int month, day;

    if (!take_digits(&p, 2, &month))
        return NULL;
    p += *p == '-';
    return take_digits(&p, 2, &day) && is_date_end(*p) ? format_date(0, month, day)
                                                       : NULL;
}

char *
rp_card_date(const char *text)
{
    const char *p = text + strspn(text, " ");
    int year, month, day;

    if (p[0] == '-' && p[1] == '-')
        return yearless_date(p + 2);
    if (!take_digits(&p, 4, &year) || year < 1)
        return NULL;
    if (*p == '\0')
        return g_strdup_printf("%04d", year);
    p += *p == '-';
    if (!take_digits(&p, 2, &month) || month < 1 || month > 12)
        return NULL;
    if (*p == '\0')
        return p[-3] == '-' ? g_strdup_printf("%04d-%02d", year, month) : NULL;
    p += *p == '-';
    return take_digits(&p, 2, &day) && is_date_end(*p) ? format_date(year, month, day)
                                                       : NULL;
}

/* --- parts --- */

GPtrArray *
rp_card_split(const char *value)
{
    GPtrArray *parts = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GString) part = g_string_new(NULL);

    for (const char *p = value; *p != '\0'; p++) {
        if (*p == ';') {
            g_ptr_array_add(parts, g_strdup(part->str));
            g_string_truncate(part, 0);
        } else {
            p += *p == '\\' && p[1] != '\0';
            g_string_append_c(part, *p);
        }
    }
    g_ptr_array_add(parts, g_strdup(part->str));
    return parts;
}

char *
rp_card_plain(const char *value)
{
    g_autoptr(GPtrArray) parts = rp_card_split(value);
    GString *plain = g_string_new(NULL);

    for (guint i = 0; i < parts->len; i++) {
        const char *part = g_ptr_array_index(parts, i);

        if (*part != '\0')
            g_string_append_printf(plain, "%s%s", plain->len > 0 ? ", " : "", part);
    }
    return g_string_free(plain, FALSE);
}

void
rp_card_add_parts(RpCard *card, RpCardField field, const char *type,
                  const char *const *parts, size_t n)
{
    g_autoptr(GString) value = g_string_new(NULL);

    for (size_t i = 0; i < n; i++) {
        if (i > 0)
            g_string_append_c(value, ';');
        for (const char *p = parts[i] != NULL ? parts[i] : ""; *p != '\0'; p++) {
            if (*p == ';' || *p == '\\')
                g_string_append_c(value, '\\');
            g_string_append(value, *p == '\n' ? "," : "");
            if (*p != '\r')
                g_string_append_c(value, *p == '\n' ? ' ' : *p);
        }
    }
    rp_card_add(card, field, type, value->str);
}

/* --- facts --- */

const char *
rp_card_get(const RpCard *card, RpCardField field)
{
    for (guint i = 0; i < card->facts->len; i++) {
        const RpCardFact *fact = g_ptr_array_index(card->facts, i);

        if (fact->field == field)
            return fact->value;
    }
    return NULL;
}

static bool
has_fact(const RpCard *card, RpCardField field, const char *value)
{
    for (guint i = 0; i < card->facts->len; i++) {
        const RpCardFact *fact = g_ptr_array_index(card->facts, i);

        if (fact->field == field &&
            (!rp_card_fields[field].is_many || strcmp(fact->value, value) == 0))
            return true;
    }
    return false;
}

/* Some write "Ada <a@x>", or "mailto:a@x". NULL if it is no address, or several. */
static char *
address_of(const char *text)
{
    const char *open = strchr(text, '<');
    const char *start = open != NULL                                   ? open + 1
                        : g_ascii_strncasecmp(text, "mailto:", 7) == 0 ? text + 7
                                                                       : text;
    g_autofree char *address =
        g_strndup(start, open != NULL ? strcspn(start, ">") : strlen(start));

    return strpbrk(address, ",;") == NULL || strchr(address, '"') != NULL
               ? rp_address_normalize(address)
               : NULL;
}

/* What the field can hold of it; NULL if nothing. */
static char *
value_of(RpCard *card, RpCardField field, const char *text)
{
    bool is_note = field == RP_CARD_NOTE;
    bool is_cut = false;
    g_autofree char *clean = rp_card_clean(
        text, is_note ? RP_CARD_MAX_NOTE : RP_CARD_MAX_VALUE, is_note, &is_cut);
    char *value;

    card->n_bad += is_cut;
    if (field != RP_CARD_ADDRESS && !rp_card_fields[field].is_date)
        return g_steal_pointer(&clean);
    if (*clean == '\0')
        return NULL;
    value = field == RP_CARD_ADDRESS ? address_of(clean) : rp_card_date(clean);
    card->n_bad += value == NULL;
    return value;
}

/* Groups that Google puts everybody in. */
static bool
is_system_group(RpCardField field, const char *value)
{
    return field == RP_CARD_TAG &&
           (strcmp(value, "myContacts") == 0 || strcmp(value, "My Contacts") == 0 ||
            g_ascii_strcasecmp(value, "starred") == 0);
}

void
rp_card_add(RpCard *card, RpCardField field, const char *type, const char *text)
{
    g_autofree char *value = value_of(card, field, text);
    bool is_cut = false;
    RpCardFact *fact;

    if (value == NULL || value[strspn(value, "; ")] == '\0' ||
        has_fact(card, field, value) || is_system_group(field, value))
        return;
    if (card->facts->len >= RP_CARD_MAX_FACTS) {
        card->n_bad++;
        return;
    }
    fact = g_new0(RpCardFact, 1);
    fact->field = field;
    fact->type =
        rp_card_clean(type != NULL ? type : "", RP_CARD_MAX_TYPE, false, &is_cut);
    fact->value = g_steal_pointer(&value);
    g_ptr_array_add(card->facts, fact);
}

/* In which the family's name goes first. */
static bool
is_eastern(const char *name)
{
    GUnicodeScript script = g_unichar_get_script(g_utf8_get_char(name));

    /* foreign names are in katakana, in their own order */
    return script == G_UNICODE_SCRIPT_HAN || script == G_UNICODE_SCRIPT_HIRAGANA ||
           script == G_UNICODE_SCRIPT_HANGUL;
}

/* Given, additional, family, suffix; no "Ms." or "Dr.". */
static char *
name_of_parts(const char *value)
{
    static const guint western[] = {1, 2, 0, 4}, eastern[] = {0, 1, 2, 4};
    const guint *order = is_eastern(value) ? eastern : western;
    g_autoptr(GPtrArray) parts = rp_card_split(value);
    GString *name = g_string_new(NULL);

    for (size_t i = 0; i < G_N_ELEMENTS(western); i++) {
        const char *part =
            order[i] < parts->len ? g_ptr_array_index(parts, order[i]) : "";

        if (*part != '\0')
            g_string_append_printf(name, "%s%s", name->len > 0 ? " " : "", part);
    }
    return g_string_free(name, FALSE);
}

/* A name that only repeats the address is none. */
static void
drop_address_name(RpCard *card)
{
    for (guint i = 0; i < card->facts->len; i++) {
        const RpCardFact *fact = g_ptr_array_index(card->facts, i);
        g_autofree char *address =
            fact->field == RP_CARD_NAME ? rp_address_normalize(fact->value) : NULL;

        if (address != NULL && has_fact(card, RP_CARD_ADDRESS, address)) {
            g_ptr_array_remove_index(card->facts, i);
            return;
        }
    }
}

void
rp_card_complete(RpCard *card)
{
    static const RpCardField others[] = {RP_CARD_NICKNAME, RP_CARD_ORGANISATION};
    const char *parts = rp_card_get(card, RP_CARD_PARTS);
    g_autofree char *name = parts != NULL ? name_of_parts(parts) : g_strdup("");

    drop_address_name(card);
    rp_card_add(card, RP_CARD_NAME, "", name);
    for (size_t i = 0; i < G_N_ELEMENTS(others); i++) {
        const char *other = rp_card_get(card, others[i]);

        if (rp_card_get(card, RP_CARD_NAME) == NULL && other != NULL)
            rp_card_add(card, RP_CARD_NAME, "", other);
    }
}

bool
rp_card_is_whole(const RpCard *card)
{
    return rp_card_get(card, RP_CARD_NAME) != NULL ||
           rp_card_get(card, RP_CARD_ADDRESS) != NULL ||
           rp_card_get(card, RP_CARD_PHONE) != NULL;
}
