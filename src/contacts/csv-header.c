/* SPDX-License-Identifier: GPL-3.0-or-later */
/* csv-header.c - what address books call their columns */
#include <string.h>

#include "contacts/csv.h"

/* Where a place stands that has no number of its own. */
enum { PLACE_WORK = 100, PLACE_HOME, PLACE_OTHER };

typedef struct {
    const char *header; /* lower case; # for a number */
    RpColumn column;
} Known;

#define FIELD(f, t)                                                                    \
    {                                                                                  \
        RP_COLUMN_FIELD, f, t, 0, 0, -1                                                \
    }
#define PART(p)                                                                        \
    {                                                                                  \
        RP_COLUMN_PART, RP_CARD_PARTS, "", p, 0, -1                                    \
    }
#define PLACE(t, p, n)                                                                 \
    {                                                                                  \
        RP_COLUMN_PLACE, RP_CARD_PLACE, t, p, n, -1                                    \
    }

/* Google (2012 and 2024), Outlook (English, German, French, Spanish), Thunderbird,
 * LinkedIn; parts of names and places in the order of RFC 6350. */
static const Known KNOWN[] = {
    {"name", FIELD(RP_CARD_NAME, "")},
    {"full name", FIELD(RP_CARD_NAME, "")},
    {"display name", FIELD(RP_CARD_NAME, "")},
    {"file as", FIELD(RP_CARD_NAME, "")},
    {"anzeigename", FIELD(RP_CARD_NAME, "")},
    {"family name", PART(0)},
    {"last name", PART(0)},
    {"surname", PART(0)},
    {"nachname", PART(0)},
    {"nom", PART(0)},
    {"nom de famille", PART(0)},
    {"apellidos", PART(0)},
    {"given name", PART(1)},
    {"first name", PART(1)},
    {"vorname", PART(1)},
    {"prénom", PART(1)},
    {"nombre", PART(1)},
    {"additional name", PART(2)},
    {"middle name", PART(2)},
    {"weitere vornamen", PART(2)},
    {"deuxième prénom", PART(2)},
    {"segundo nombre", PART(2)},
    {"name prefix", PART(3)},
    {"anrede", PART(3)},
    {"name suffix", PART(4)},
    {"suffix", PART(4)},
    {"suffixe", PART(4)},
    {"sufijo", PART(4)},
    {"title", {RP_COLUMN_TITLE, RP_CARD_TITLE, "", 3, 0, -1}},
    {"titre", {RP_COLUMN_TITLE, RP_CARD_TITLE, "", 3, 0, -1}},
    {"tratamiento", PART(3)},
    {"spitzname", FIELD(RP_CARD_NICKNAME, "")},
    {"surnom", FIELD(RP_CARD_NICKNAME, "")},

    {"e-mail # - value", FIELD(RP_CARD_ADDRESS, "")},
    {"e-mail address", FIELD(RP_CARD_ADDRESS, "")},
    {"e-mail # address", FIELD(RP_CARD_ADDRESS, "")},
    {"email address", FIELD(RP_CARD_ADDRESS, "")},
    {"email", FIELD(RP_CARD_ADDRESS, "")},
    {"e-mail", FIELD(RP_CARD_ADDRESS, "")},
    {"primary email", FIELD(RP_CARD_ADDRESS, "")},
    {"secondary email", FIELD(RP_CARD_ADDRESS, "")},
    {"e-mail-adresse", FIELD(RP_CARD_ADDRESS, "")},
    {"e-mail #: adresse", FIELD(RP_CARD_ADDRESS, "")},
    {"adresse de messagerie", FIELD(RP_CARD_ADDRESS, "")},
    {"adresse de messagerie #", FIELD(RP_CARD_ADDRESS, "")},
    {"dirección de correo electrónico", FIELD(RP_CARD_ADDRESS, "")},
    {"dirección de correo electrónico #", FIELD(RP_CARD_ADDRESS, "")},

    {"phone # - value", FIELD(RP_CARD_PHONE, "")},
    {"phone number", FIELD(RP_CARD_PHONE, "")},
    {"primary phone", FIELD(RP_CARD_PHONE, "pref")},
    {"business phone", FIELD(RP_CARD_PHONE, "work")},
    {"business phone #", FIELD(RP_CARD_PHONE, "work")},
    {"work phone", FIELD(RP_CARD_PHONE, "work")},
    {"company main phone", FIELD(RP_CARD_PHONE, "work")},
    {"telefon geschäftlich", FIELD(RP_CARD_PHONE, "work")},
    {"telefon geschäftlich #", FIELD(RP_CARD_PHONE, "work")},
    {"telefon firma", FIELD(RP_CARD_PHONE, "work")},
    {"téléphone (bureau)", FIELD(RP_CARD_PHONE, "work")},
    {"téléphone # (bureau)", FIELD(RP_CARD_PHONE, "work")},
    {"teléfono del trabajo", FIELD(RP_CARD_PHONE, "work")},
    {"home phone", FIELD(RP_CARD_PHONE, "home")},
    {"home phone #", FIELD(RP_CARD_PHONE, "home")},
    {"telefon privat", FIELD(RP_CARD_PHONE, "home")},
    {"telefon privat #", FIELD(RP_CARD_PHONE, "home")},
    {"téléphone (domicile)", FIELD(RP_CARD_PHONE, "home")},
    {"particular", FIELD(RP_CARD_PHONE, "home")},
    {"mobile phone", FIELD(RP_CARD_PHONE, "cell")},
    {"mobile number", FIELD(RP_CARD_PHONE, "cell")},
    {"mobiltelefon", FIELD(RP_CARD_PHONE, "cell")},
    {"tél. mobile", FIELD(RP_CARD_PHONE, "cell")},
    {"móvil", FIELD(RP_CARD_PHONE, "cell")},
    {"car phone", FIELD(RP_CARD_PHONE, "car")},
    {"other phone", FIELD(RP_CARD_PHONE, "")},
    {"weiteres telefon", FIELD(RP_CARD_PHONE, "")},
    {"business fax", FIELD(RP_CARD_PHONE, "work,fax")},
    {"fax geschäftlich", FIELD(RP_CARD_PHONE, "work,fax")},
    {"home fax", FIELD(RP_CARD_PHONE, "home,fax")},
    {"fax number", FIELD(RP_CARD_PHONE, "fax")},

    {"organization # - name", FIELD(RP_CARD_ORGANISATION, "")},
    {"organization name", FIELD(RP_CARD_ORGANISATION, "")},
    {"organization", FIELD(RP_CARD_ORGANISATION, "")},
    {"company", FIELD(RP_CARD_ORGANISATION, "")},
    {"firma", FIELD(RP_CARD_ORGANISATION, "")},
    {"société", FIELD(RP_CARD_ORGANISATION, "")},
    {"organización", FIELD(RP_CARD_ORGANISATION, "")},
    {"organization # - department", FIELD(RP_CARD_DEPARTMENT, "")},
    {"organization department", FIELD(RP_CARD_DEPARTMENT, "")},
    {"abteilung", FIELD(RP_CARD_DEPARTMENT, "")},
    {"service", FIELD(RP_CARD_DEPARTMENT, "")},
    {"departamento", FIELD(RP_CARD_DEPARTMENT, "")},
    {"organization # - title", FIELD(RP_CARD_TITLE, "")},
    {"organization title", FIELD(RP_CARD_TITLE, "")},
    {"job title", FIELD(RP_CARD_TITLE, "")},
    {"position", FIELD(RP_CARD_TITLE, "")},
    {"fonction", FIELD(RP_CARD_TITLE, "")},
    {"puesto", FIELD(RP_CARD_TITLE, "")},
    {"occupation", FIELD(RP_CARD_WORK, "")},
    {"profession", FIELD(RP_CARD_WORK, "")},
    {"beruf", FIELD(RP_CARD_WORK, "")},
    {"hobby", FIELD(RP_CARD_INTEREST, "")},

    {"geburtstag", FIELD(RP_CARD_BIRTHDAY, "")},
    {"anniversaire", FIELD(RP_CARD_BIRTHDAY, "")},
    {"cumpleaños", FIELD(RP_CARD_BIRTHDAY, "")},
    {"jahrestag", FIELD(RP_CARD_ANNIVERSARY, "")},
    {"event # - value", FIELD(RP_CARD_DATE, "")},
    {"connected on", FIELD(RP_CARD_DATE, "connected")},

    {"group membership", FIELD(RP_CARD_TAG, "")},
    {"labels", FIELD(RP_CARD_TAG, "")},
    {"categories", FIELD(RP_CARD_TAG, ";")},
    {"kategorien", FIELD(RP_CARD_TAG, ";")},
    {"catégories", FIELD(RP_CARD_TAG, ";")},
    {"categorías", FIELD(RP_CARD_TAG, ";")},
    {"website # - value", FIELD(RP_CARD_URL, "")},
    {"web page", FIELD(RP_CARD_URL, "")},
    {"web page #", FIELD(RP_CARD_URL, "")},
    {"personal web page", FIELD(RP_CARD_URL, "")},
    {"webseite", FIELD(RP_CARD_URL, "")},
    {"page web", FIELD(RP_CARD_URL, "")},
    {"página web", FIELD(RP_CARD_URL, "")},
    {"relation # - value", FIELD(RP_CARD_RELATED, "")},
    {"spouse", FIELD(RP_CARD_RELATED, "spouse")},
    {"partner", FIELD(RP_CARD_RELATED, "spouse")},
    {"manager's name", FIELD(RP_CARD_RELATED, "manager")},
    {"assistant's name", FIELD(RP_CARD_RELATED, "assistant")},
    {"notes", FIELD(RP_CARD_NOTE, "")},
    {"notizen", FIELD(RP_CARD_NOTE, "")},
    {"notas", FIELD(RP_CARD_NOTE, "")},

    {"address # - po box", PLACE("", 0, 0)},
    {"address # - extended address", PLACE("", 1, 0)},
    {"address # - street", PLACE("", 2, 0)},
    {"address # - city", PLACE("", 3, 0)},
    {"address # - region", PLACE("", 4, 0)},
    {"address # - postal code", PLACE("", 5, 0)},
    {"address # - country", PLACE("", 6, 0)},
    {"business street", PLACE("work", 2, PLACE_WORK)},
    {"business street #", PLACE("work", 1, PLACE_WORK)},
    {"business city", PLACE("work", 3, PLACE_WORK)},
    {"business state", PLACE("work", 4, PLACE_WORK)},
    {"business postal code", PLACE("work", 5, PLACE_WORK)},
    {"business country/region", PLACE("work", 6, PLACE_WORK)},
    {"straße geschäftlich", PLACE("work", 2, PLACE_WORK)},
    {"ort geschäftlich", PLACE("work", 3, PLACE_WORK)},
    {"postleitzahl geschäftlich", PLACE("work", 5, PLACE_WORK)},
    {"land/region geschäftlich", PLACE("work", 6, PLACE_WORK)},
    {"home street", PLACE("home", 2, PLACE_HOME)},
    {"home street #", PLACE("home", 1, PLACE_HOME)},
    {"home city", PLACE("home", 3, PLACE_HOME)},
    {"home state", PLACE("home", 4, PLACE_HOME)},
    {"home postal code", PLACE("home", 5, PLACE_HOME)},
    {"home country/region", PLACE("home", 6, PLACE_HOME)},
    {"straße privat", PLACE("home", 2, PLACE_HOME)},
    {"ort privat", PLACE("home", 3, PLACE_HOME)},
    {"postleitzahl privat", PLACE("home", 5, PLACE_HOME)},
    {"land/region privat", PLACE("home", 6, PLACE_HOME)},
    {"other street", PLACE("", 2, PLACE_OTHER)},
    {"other city", PLACE("", 3, PLACE_OTHER)},
    {"other state", PLACE("", 4, PLACE_OTHER)},
    {"other postal code", PLACE("", 5, PLACE_OTHER)},
    {"other country/region", PLACE("", 6, PLACE_OTHER)},
};

/* Lower case, runs of digits as #, white space around it gone; *number is the first. */
static char *
normalize(const char *header, int *number)
{
    g_autofree char *lower = g_utf8_strdown(header, -1);
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

    for (size_t i = 0; i < G_N_ELEMENTS(KNOWN); i++) {
        if (strcmp(text, KNOWN[i].header) == 0) {
            column = KNOWN[i].column;
            if (column.place == 0)
                column.place = number;
            return column;
        }
    }
    own_column(text, &column);
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
    return column->kind == RP_COLUMN_PART ||
           (column->kind == RP_COLUMN_FIELD &&
            (column->field == RP_CARD_NAME || column->field == RP_CARD_ADDRESS ||
             column->field == RP_CARD_PHONE));
}

GArray *
rp_csv_columns(const GPtrArray *header, unsigned *n_known)
{
    GArray *columns = g_array_new(FALSE, FALSE, sizeof(RpColumn));
    bool has_job = false;

    *n_known = 0;
    for (guint i = 0; i < header->len; i++) {
        const char *name = g_ptr_array_index(header, i);
        RpColumn column = column_of(name);

        column.label = find_label(header, name);
        has_job = has_job ||
                  (column.kind == RP_COLUMN_FIELD && column.field == RP_CARD_TITLE);
        *n_known += is_telling(&column);
        g_array_append_val(columns, column);
    }
    for (guint i = 0; i < columns->len; i++) {
        RpColumn *column = &g_array_index(columns, RpColumn, i);

        if (column->kind == RP_COLUMN_TITLE)
            column->kind = has_job ? RP_COLUMN_PART : RP_COLUMN_FIELD;
    }
    return columns;
}
