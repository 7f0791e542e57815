/* SPDX-License-Identifier: GPL-3.0-or-later */
/* card.h - what a card of an address book says of one person
 *
 * Pure. Plain data: a list of facts, each of a field, in the order of the card. All
 * text is valid UTF-8 without control characters (a note may hold line ends);
 * addresses are normalized (core/address.h).
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

/* What is kept of one card, and of one file. */
enum {
    RP_CARD_MAX_FACTS = 300,
    RP_CARD_MAX_VALUE = 1024, /* bytes; of a note the next */
    RP_CARD_MAX_NOTE = 16384,
    RP_CARD_MAX_TYPE = 64,
    RP_CARDS_MAX = 100000,
    RP_CARDS_MAX_BYTES = 256 << 20, /* of a file */
};

/* product.md, "People". The parts of a structured value stand in the order of RFC
 * 6350, set off by ";", with \ before ; and \ in them. */
typedef enum {
    RP_CARD_NAME,
    RP_CARD_PARTS, /* structured: family; given; additional; prefixes; suffixes */
    RP_CARD_NICKNAME,
    RP_CARD_ADDRESS, /* of mail */
    RP_CARD_PHONE,
    RP_CARD_ORGANISATION,
    RP_CARD_DEPARTMENT,
    RP_CARD_TITLE,
    RP_CARD_ROLE,
    RP_CARD_BIRTHDAY, /* rp_card_date() */
    RP_CARD_ANNIVERSARY,
    RP_CARD_DATE, /* any other; the type says which */
    RP_CARD_TAG,
    RP_CARD_PLACE, /* structured: box; extension; street; town; region; code; country */
    RP_CARD_URL,
    RP_CARD_RELATED, /* a person's name; the type says how */
    RP_CARD_FROM,
    RP_CARD_EDUCATION,
    RP_CARD_WORK,
    RP_CARD_INTEREST,
    RP_CARD_PROUD_OF,
    RP_CARD_WHY,
    RP_CARD_MET,
    RP_CARD_MET_AT,
    RP_CARD_INTRODUCED_BY,
    RP_CARD_NOTE,
    RP_N_CARD_FIELDS
} RpCardField;

typedef struct {
    const char *word;     /* in the database, in JSON: "introduced_by" */
    const char *label;    /* for people, to be translated: "introduced by" */
    const char *property; /* of a vCard 4.0 */
    const char *question; /* to be translated: what to ask while it is not known; NULL
                           * for the others */
    bool is_many;         /* a person can have several */
    bool is_structured, is_date;
} RpCardFieldRow;
extern const RpCardFieldRow rp_card_fields[RP_N_CARD_FIELDS];

/* RP_N_CARD_FIELDS if there is no such word. */
RpCardField rp_card_field(const char *word);

typedef struct {
    RpCardField field;
    char *type;  /* own; lower case, "work" or "cell,pref"; "" if none */
    char *value; /* own; never "" */
} RpCardFact;

typedef struct {
    char *uid;        /* own; "" if the card has none */
    GPtrArray *facts; /* own, of RpCardFact */
    unsigned n_bad;   /* addresses and dates that are none, values that were cut */
} RpCard;

RpCard *rp_card_new(void);
void rp_card_free(RpCard *card);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(RpCard, rp_card_free)
void rp_card_fact_free(RpCardFact *fact);

/* Cleans value and type and adds the fact. Left out is what is empty, is there
 * already, is a second of a field that has one, or is one too many; what is no address
 * or date counts in n_bad. */
void rp_card_add(RpCard *card, RpCardField field, const char *type, const char *value);
/* The same, of a value in parts (NULL or "" for none). */
void rp_card_add_parts(RpCard *card, RpCardField field, const char *type,
                       const char *const *parts, size_t n);

/* The first value of the field; NULL if there is none. Foreign. */
const char *rp_card_get(const RpCard *card, RpCardField field);

/* A card without a name gets one, of its parts, nickname or organisation. */
void rp_card_complete(RpCard *card);

/* True if it has a name, an address or a phone: it is about somebody. */
bool rp_card_is_whole(const RpCard *card);

/* "1985-04-12", "--04-12" (no year), "1985-04" or "1985" from any form of ISO 8601
 * that vCard has, basic or extended, a time after it left out; NULL for what is no
 * date. The caller's. */
char *rp_card_date(const char *text);

/* A structured value taken apart (char *, as many as there are) and for people: its
 * parts with ", " between. The caller's. */
GPtrArray *rp_card_split(const char *value);
char *rp_card_plain(const char *value);

/* Clean: valid UTF-8, controls and bidi controls gone, white space collapsed, at most
 * max bytes (*is_cut then). Lines are kept apart in a note. The caller's. */
char *rp_card_clean(const char *text, size_t max, bool is_note, bool *is_cut);
