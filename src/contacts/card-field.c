/* SPDX-License-Identifier: GPL-3.0-or-later */
/* card-field.c - what there is to know of a person, and what vCard calls it */
#include <glib/gi18n.h>
#include <string.h>

#include "contacts/card.h"

const RpCardFieldRow rp_card_fields[RP_N_CARD_FIELDS] = {
    [RP_CARD_NAME] = {"name", N_("name"), "FN", NULL, false, false, false},
    [RP_CARD_PARTS] = {"name_parts", N_("name in parts"), "N", NULL, false, true,
                       false},
    [RP_CARD_NICKNAME] = {"nickname", N_("called"), "NICKNAME", NULL, true, false,
                          false},
    [RP_CARD_ADDRESS] = {"address", N_("address"), "EMAIL", NULL, true, false, false},
    [RP_CARD_PHONE] = {"phone", N_("phone"), "TEL", N_("a phone number"), true, false,
                       false},
    [RP_CARD_ORGANISATION] = {"organisation", N_("organisation"), "ORG",
                              N_("where they work"), false, false, false},
    [RP_CARD_DEPARTMENT] = {"department", N_("department"), "", NULL, false, false,
                            false},
    [RP_CARD_TITLE] = {"title", N_("title"), "TITLE", NULL, false, false, false},
    [RP_CARD_ROLE] = {"role", N_("role"), "ROLE", NULL, false, false, false},
    [RP_CARD_BIRTHDAY] = {"birthday", N_("birthday"), "BDAY",
                          N_("when their birthday is"), false, false, true},
    [RP_CARD_ANNIVERSARY] = {"anniversary", N_("anniversary"), "ANNIVERSARY", NULL,
                             false, false, true},
    [RP_CARD_DATE] = {"date", N_("date"), "X-ABDATE", NULL, true, false, true},
    [RP_CARD_TAG] = {"tag", N_("tag"), "CATEGORIES", NULL, true, false, false},
    [RP_CARD_PLACE] = {"place", N_("lives at"), "ADR", NULL, true, true, false},
    [RP_CARD_URL] = {"url", N_("web page"), "URL", NULL, true, false, false},
    [RP_CARD_RELATED] = {"related", N_("related"), "RELATED", NULL, true, false, false},
    [RP_CARD_FROM] = {"from", N_("from"), "X-RIPOSTE-FROM", N_("where they are from"),
                      false, false, false},
    [RP_CARD_EDUCATION] = {"education", N_("education"), "X-RIPOSTE-EDUCATION",
                           N_("what they learned, and where"), true, false, false},
    [RP_CARD_WORK] = {"work", N_("work"), "X-RIPOSTE-WORK", N_("what they do"), true,
                      false, false},
    [RP_CARD_INTEREST] = {"interest", N_("interests"), "INTEREST",
                          N_("what they are interested in"), true, false, false},
    [RP_CARD_PROUD_OF] = {"proud_of", N_("proud of"), "X-RIPOSTE-PROUD-OF",
                          N_("what they are proud of"), true, false, false},
    [RP_CARD_WHY] = {"why", N_("why they do it"), "X-RIPOSTE-WHY",
                     N_("why they do what they do"), false, false, false},
    [RP_CARD_MET] = {"met", N_("how you met"), "X-RIPOSTE-MET", N_("how you met"),
                     false, false, false},
    [RP_CARD_MET_AT] = {"met_at", N_("when you met"), "X-RIPOSTE-MET-AT", NULL, false,
                        false, true},
    [RP_CARD_INTRODUCED_BY] = {"introduced_by", N_("introduced by"),
                               "X-RIPOSTE-INTRODUCED-BY", NULL, false, false, false},
    [RP_CARD_NOTE] = {"note", N_("note"), "NOTE", NULL, true, false, false},
};

RpCardField
rp_card_field(const char *word)
{
    for (int i = 0; i < RP_N_CARD_FIELDS; i++)
        if (strcmp(rp_card_fields[i].word, word) == 0)
            return (RpCardField)i;
    return RP_N_CARD_FIELDS;
}
