/* SPDX-License-Identifier: GPL-3.0-or-later */
/* card-field.c - what there is to know of a person, and what vCard calls it */
#include <string.h>

#include "contacts/card.h"

const RpCardFieldRow rp_card_fields[RP_N_CARD_FIELDS] = {
    [RP_CARD_NAME] = {"name", "name", "FN", NULL, false, false, false},
    [RP_CARD_PARTS] = {"name_parts", "name in parts", "N", NULL, false, true, false},
    [RP_CARD_NICKNAME] = {"nickname", "called", "NICKNAME", NULL, true, false, false},
    [RP_CARD_ADDRESS] = {"address", "address", "EMAIL", NULL, true, false, false},
    [RP_CARD_PHONE] = {"phone", "phone", "TEL", "a phone number", true, false, false},
    [RP_CARD_ORGANISATION] = {"organisation", "organisation", "ORG", "where they work",
                              false, false, false},
    [RP_CARD_DEPARTMENT] = {"department", "department", "", NULL, false, false, false},
    [RP_CARD_TITLE] = {"title", "title", "TITLE", NULL, false, false, false},
    [RP_CARD_ROLE] = {"role", "role", "ROLE", NULL, false, false, false},
    [RP_CARD_BIRTHDAY] = {"birthday", "birthday", "BDAY", "when their birthday is",
                          false, false, true},
    [RP_CARD_ANNIVERSARY] = {"anniversary", "anniversary", "ANNIVERSARY", NULL, false,
                             false, true},
    [RP_CARD_DATE] = {"date", "date", "X-ABDATE", NULL, true, false, true},
    [RP_CARD_TAG] = {"tag", "tag", "CATEGORIES", NULL, true, false, false},
    [RP_CARD_PLACE] = {"place", "lives at", "ADR", NULL, true, true, false},
    [RP_CARD_URL] = {"url", "web page", "URL", NULL, true, false, false},
    [RP_CARD_RELATED] = {"related", "related", "RELATED", NULL, true, false, false},
    [RP_CARD_FROM] = {"from", "from", "X-RIPOSTE-FROM", "where they are from", false,
                      false, false},
    [RP_CARD_EDUCATION] = {"education", "education", "X-RIPOSTE-EDUCATION",
                           "what they learned, and where", true, false, false},
    [RP_CARD_WORK] = {"work", "work", "X-RIPOSTE-WORK", "what they do", true, false,
                      false},
    [RP_CARD_INTEREST] = {"interest", "interests", "INTEREST",
                          "what they are interested in", true, false, false},
    [RP_CARD_PROUD_OF] = {"proud_of", "proud of", "X-RIPOSTE-PROUD-OF",
                          "what they are proud of", true, false, false},
    [RP_CARD_WHY] = {"why", "why they do it", "X-RIPOSTE-WHY",
                     "why they do what they do", false, false, false},
    [RP_CARD_MET] = {"met", "how you met", "X-RIPOSTE-MET", "how you met", false, false,
                     false},
    [RP_CARD_MET_AT] = {"met_at", "when you met", "X-RIPOSTE-MET-AT", NULL, false,
                        false, true},
    [RP_CARD_INTRODUCED_BY] = {"introduced_by", "introduced by",
                               "X-RIPOSTE-INTRODUCED-BY", NULL, false, false, false},
    [RP_CARD_NOTE] = {"note", "note", "NOTE", NULL, true, false, false},
};

RpCardField
rp_card_field(const char *word)
{
    for (int i = 0; i < RP_N_CARD_FIELDS; i++)
        if (strcmp(rp_card_fields[i].word, word) == 0)
            return (RpCardField)i;
    return RP_N_CARD_FIELDS;
}
