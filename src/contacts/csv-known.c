/* SPDX-License-Identifier: GPL-3.0-or-later */
/* csv-known.c - the names that address books give their columns */
#include <string.h>

#include "contacts/csv.h"

/* Where a place stands that has no number of its own. */
enum { PLACE_WORK = 100, PLACE_HOME, PLACE_OTHER };

typedef struct {
    const char *header;
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
#define BIRTH(p)                                                                       \
    {                                                                                  \
        RP_COLUMN_BIRTH, RP_CARD_BIRTHDAY, "", p, 0, -1                                \
    }
#define WHOLE(t, n)                                                                    \
    {                                                                                  \
        RP_COLUMN_WHOLE, RP_CARD_PLACE, t, 2, n, -1                                    \
    }
#define PLACE(t, p, n)                                                                 \
    {                                                                                  \
        RP_COLUMN_PLACE, RP_CARD_PLACE, t, p, n, -1                                    \
    }

/* Google (2012 and 2024), Outlook (English, German, French, Spanish), Thunderbird
 * (English, German), Windows Live Mail (German), LinkedIn; parts of names and places in
 * the order of RFC 6350. */
static const Known KNOWN[] = {
    {"name", FIELD(RP_CARD_NAME, "")},
    {"full name", FIELD(RP_CARD_NAME, "")},
    {"display name", FIELD(RP_CARD_NAME, "")},
    {"file as", {RP_COLUMN_FILED_AS, RP_CARD_NAME, "", 0, 0, -1}},
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
    {"#. vorname", PART(2)},
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
    {"primäre e-mail-adresse", FIELD(RP_CARD_ADDRESS, "")},
    {"sekundäre e-mail-adresse", FIELD(RP_CARD_ADDRESS, "")},
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
    {"other fax", FIELD(RP_CARD_PHONE, "fax")},
    {"pager", FIELD(RP_CARD_PHONE, "pager")},
    {"pager number", FIELD(RP_CARD_PHONE, "pager")},
    {"tel. dienstlich", FIELD(RP_CARD_PHONE, "work")},
    {"telefon (geschäftlich)", FIELD(RP_CARD_PHONE, "work")},
    {"tel. privat", FIELD(RP_CARD_PHONE, "home")},
    {"telefon (privat)", FIELD(RP_CARD_PHONE, "home")},
    {"mobil-tel.-nr.", FIELD(RP_CARD_PHONE, "cell")},
    {"fax-nummer", FIELD(RP_CARD_PHONE, "fax")},
    {"fax (geschäftlich)", FIELD(RP_CARD_PHONE, "work,fax")},
    {"fax (privat)", FIELD(RP_CARD_PHONE, "home,fax")},
    {"pager-nummer", FIELD(RP_CARD_PHONE, "pager")},

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
    {"arbeitstitel", FIELD(RP_CARD_TITLE, "")},
    {"position", FIELD(RP_CARD_TITLE, "")},
    {"fonction", FIELD(RP_CARD_TITLE, "")},
    {"puesto", FIELD(RP_CARD_TITLE, "")},
    {"occupation", FIELD(RP_CARD_WORK, "")},
    {"profession", FIELD(RP_CARD_WORK, "")},
    {"beruf", FIELD(RP_CARD_WORK, "")},
    {"hobby", FIELD(RP_CARD_INTEREST, "")},
    {"schools", FIELD(RP_CARD_EDUCATION, "")},
    {"referred by", FIELD(RP_CARD_INTRODUCED_BY, "")},

    {"geburtstag", {RP_COLUMN_DAY, RP_CARD_BIRTHDAY, "", 2, 0, -1}},
    {"birth year", BIRTH(0)},
    {"birth month", BIRTH(1)},
    {"birth day", BIRTH(2)},
    {"geburtsjahr", BIRTH(0)},
    {"geburtsmonat", BIRTH(1)},
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
    {"webseite #", FIELD(RP_CARD_URL, "")},
    {"webseite (privat)", FIELD(RP_CARD_URL, "home")},
    {"webseite (geschäftlich)", FIELD(RP_CARD_URL, "work")},
    {"page web", FIELD(RP_CARD_URL, "")},
    {"página web", FIELD(RP_CARD_URL, "")},
    {"relation # - value", FIELD(RP_CARD_RELATED, "")},
    {"spouse", FIELD(RP_CARD_RELATED, "spouse")},
    {"partner", FIELD(RP_CARD_RELATED, "spouse")},
    {"children", FIELD(RP_CARD_RELATED, "child")},
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
    {"business address", WHOLE("work", PLACE_WORK)},
    {"business address po box", PLACE("work", 0, PLACE_WORK)},
    {"business country", PLACE("work", 6, PLACE_WORK)},
    {"home address", WHOLE("home", PLACE_HOME)},
    {"home address po box", PLACE("home", 0, PLACE_HOME)},
    {"home country", PLACE("home", 6, PLACE_HOME)},
    {"other address", WHOLE("", PLACE_OTHER)},
    {"other address po box", PLACE("", 0, PLACE_OTHER)},
    {"other country", PLACE("", 6, PLACE_OTHER)},
    {"other street #", PLACE("", 1, PLACE_OTHER)},
    {"home address #", PLACE("home", 1, PLACE_HOME)},
    {"home county", PLACE("home", 4, PLACE_HOME)},
    {"home zipcode", PLACE("home", 5, PLACE_HOME)},
    {"home zip", PLACE("home", 5, PLACE_HOME)},
    {"home post code", PLACE("home", 5, PLACE_HOME)},
    {"work address", WHOLE("work", PLACE_WORK)},
    {"work city", PLACE("work", 3, PLACE_WORK)},
    {"work state", PLACE("work", 4, PLACE_WORK)},
    {"work country", PLACE("work", 6, PLACE_WORK)},
    {"work address #", PLACE("work", 1, PLACE_WORK)},
    {"work county", PLACE("work", 4, PLACE_WORK)},
    {"work zipcode", PLACE("work", 5, PLACE_WORK)},
    {"work zip", PLACE("work", 5, PLACE_WORK)},
    {"work post code", PLACE("work", 5, PLACE_WORK)},
    {"privat: adresse", PLACE("home", 2, PLACE_HOME)},
    {"privat: adresse #", PLACE("home", 1, PLACE_HOME)},
    {"privat: ort", PLACE("home", 3, PLACE_HOME)},
    {"privat: bundesland", PLACE("home", 4, PLACE_HOME)},
    {"privat: plz", PLACE("home", 5, PLACE_HOME)},
    {"privat: land", PLACE("home", 6, PLACE_HOME)},
    {"straße (privat)", PLACE("home", 2, PLACE_HOME)},
    {"ort (privat)", PLACE("home", 3, PLACE_HOME)},
    {"bundesland (privat)", PLACE("home", 4, PLACE_HOME)},
    {"postleitzahl (privat)", PLACE("home", 5, PLACE_HOME)},
    {"land/region (privat)", PLACE("home", 6, PLACE_HOME)},
    {"dienstlich: adresse", PLACE("work", 2, PLACE_WORK)},
    {"dienstlich: adresse #", PLACE("work", 1, PLACE_WORK)},
    {"dienstlich: ort", PLACE("work", 3, PLACE_WORK)},
    {"dienstlich: bundesland", PLACE("work", 4, PLACE_WORK)},
    {"dienstlich: plz", PLACE("work", 5, PLACE_WORK)},
    {"dienstlich: land", PLACE("work", 6, PLACE_WORK)},
    {"straße (geschäftlich)", PLACE("work", 2, PLACE_WORK)},
    {"ort (geschäftlich)", PLACE("work", 3, PLACE_WORK)},
    {"bundesland (geschäftlich)", PLACE("work", 4, PLACE_WORK)},
    {"postleitzahl (geschäftlich)", PLACE("work", 5, PLACE_WORK)},
    {"land/region (geschäftlich)", PLACE("work", 6, PLACE_WORK)},
};

bool
rp_csv_known(const char *header, RpColumn *column)
{
    for (size_t i = 0; i < G_N_ELEMENTS(KNOWN); i++) {
        if (strcmp(header, KNOWN[i].header) == 0) {
            *column = KNOWN[i].column;
            return true;
        }
    }
    return false;
}
