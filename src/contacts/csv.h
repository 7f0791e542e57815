/* SPDX-License-Identifier: GPL-3.0-or-later */
/* csv.h - the records of a CSV file, and what its columns mean; inside contacts/ only
 */
#pragma once

#include "contacts/bytes.h"
#include "contacts/card.h"

enum { RP_CSV_MAX_COLUMNS = 500, RP_CSV_MAX_CELL = 65536 };

/* The next record's cells (char *), ended by CR LF, LF or CR outside quotes; NULL
 * behind the last. The caller's. */
GPtrArray *rp_csv_record(RpBytes *rest, char separator);

typedef enum {
    RP_COLUMN_NONE,
    RP_COLUMN_FIELD,    /* a fact */
    RP_COLUMN_PART,     /* of the name: which by part */
    RP_COLUMN_PLACE,    /* a part of a place */
    RP_COLUMN_TITLE,    /* a prefix where another column has the job's title */
    RP_COLUMN_FILED_AS, /* a name where no other column has one */
    RP_COLUMN_BIRTH,    /* year, month or day of a birthday: which by part */
    RP_COLUMN_DAY,      /* that day where the year has a column, else a birthday */
    RP_COLUMN_WHOLE,    /* a place's street, or what the place's others say again */
} RpColumnKind;

typedef struct {
    RpColumnKind kind;
    RpCardField field;
    const char *type; /* static; "" if none */
    int part;         /* of the name, or of a place */
    int place;        /* places of the same number are one */
    int label;        /* the column with the type of this one's value; -1: none */
} RpColumn;

/* What each cell of a header means (RpColumn); how many are known of those that name
 * or reach a person. */
GArray *rp_csv_columns(const GPtrArray *header, unsigned *n_known);

/* The same of one name: in lower case, # for a run of digits. False if it is none of
 * another program's; *column as it was then. */
bool rp_csv_known(const char *header, RpColumn *column);

/* Would a spreadsheet calculate it, but for a ' in front, or several? */
bool rp_csv_is_formula(const char *cell);

/* "4/12/1985", "12.4.1985", "12 Apr 1985", "1985/4/12" as a date of rp_card_date(), or
 * the text itself where it is none of them. The caller's. */
char *rp_csv_date(const char *text, bool is_day_first);
