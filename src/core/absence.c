/* SPDX-License-Identifier: GPL-3.0-or-later */
/* absence.c - until when an automatic reply says that its sender is away */
#include "core/absence.h"

#include <string.h>

#include "core/instant.h"

enum {
    MAX_BYTES = 4096, /* of a subject */
    MAX_DAYS = 366,   /* ahead, with a year */
    GUESS_DAYS = 183, /* ahead, where the year is not named */
    SHORT_YEAR = 2000,
};

/* Month after month: the names and their short forms in English, German, French,
 * Spanish, Italian, Portuguese, Dutch and Swedish, case folded. */
static const char *const MONTHS[12] = {
    "jan|january|januar|jänner|janvier|janv|enero|ene|gennaio|gen|janeiro|januari",
    "feb|february|februar|février|févr|fév|febrero|febbraio|fevereiro|fev|februari",
    "mar|march|märz|mär|mars|marzo|março|maart|mrt",
    "apr|april|avril|avr|abril|abr|aprile",
    "may|mai|mayo|maggio|mag|maio|mei|maj",
    "jun|june|juni|juin|junio|giugno|giu|junho",
    "jul|july|juli|juillet|juil|julio|luglio|lug|julho",
    "aug|august|août|agosto|ago|augustus|augusti",
    "sep|sept|september|septembre|septiembre|settembre|set|setembro",
    "oct|october|oktober|okt|octobre|octubre|ottobre|ott|outubro|out",
    "nov|november|novembre|noviembre|novembro",
    "dec|december|dezember|dez|décembre|déc|diciembre|dic|dicembre|dezembro",
};

/* What stands before a day on which, or after which, somebody is back. */
#define WORDS                                                                          \
    "(?:until|till|til|thru|through|back(?: on)?|back in (?:the )?office(?: on)?|"     \
    "return(?:ing|s)?(?: on)?|bis|bis zum|bis einschließlich|zurück(?: am| ab)?|"    \
    "wieder (?:da|erreichbar|im büro)(?: am| ab)?|jusqu['’]au|jusqu['’]à|"       \
    "de retour le|hasta(?: el)?|vuelvo el|regreso el|fino al|di ritorno il|até(?: "   \
    "o)?|"                                                                             \
    "tot(?: en met)?|t/m|terug op|till och med|tillbaka(?: den)?)"
#define WEEKDAY "(?:,? *\\p{L}{2,10}[.,]? )?"
#define YEAR "(?:[,.]? ?(?:de |del )?(?<y>\\d{4}|\\d{2})(?![\\d:]))?"
#define MONTH "(?<n>\\p{L}{3,10})"

static const char *const PATTERNS[] = {
    WORDS " *" WEEKDAY "(?<y>\\d{4})-(?<m>\\d{1,2})-(?<d>\\d{1,2})(?!\\d)",
    WORDS " *" WEEKDAY "(?<d>\\d{1,2})\\. ?(?<m>\\d{1,2})(?!\\d)" YEAR,
    WORDS " *" WEEKDAY
          "(?<d>\\d{1,2})/(?<m>\\d{1,2})(?:/(?<y>\\d{4}|\\d{2}))?(?![\\d/])",
    WORDS " *" WEEKDAY "(?<d>\\d{1,2})(?:\\.|st|nd|rd|th|er)? ?(?:de |of )?" MONTH
          "\\.?" YEAR,
    WORDS " *" WEEKDAY MONTH "\\.? (?<d>\\d{1,2})(?:st|nd|rd|th)?(?!\\d)"
          "(?:,? (?<y>\\d{4}))?",
};
enum { SLASHED = 2 };

/* Compiled once. */
static GRegex *
pattern(size_t i)
{
    static GRegex *compiled[G_N_ELEMENTS(PATTERNS)];
    g_autofree char *text = NULL;

    if (compiled[i] == NULL) {
        text = g_strconcat("(?<!\\p{L})", PATTERNS[i], NULL);
        compiled[i] = g_regex_new(text, G_REGEX_OPTIMIZE | G_REGEX_CASELESS, 0, NULL);
    }
    return compiled[i];
}

/* 1 to 12; 0 if it is no month's name. */
static int
month_of(const char *name)
{
    g_autofree char *folded = g_utf8_casefold(name, -1);

    for (int i = 0; i < 12; i++) {
        g_auto(GStrv) names = g_strsplit(MONTHS[i], "|", -1);

        if (g_strv_contains((const char *const *)names, folded))
            return i + 1;
    }
    return 0;
}

static int
number_of(const GMatchInfo *match, const char *name)
{
    g_autofree char *text = g_match_info_fetch_named(match, name);

    return text != NULL ? (int)g_ascii_strtoll(text, NULL, 10) : 0;
}

static guint32
julian_of(int day, int month, int year)
{
    GDate date;

    if (day < 1 || day > 31 || month < 1 || month > 12 || year < 1 ||
        !g_date_valid_dmy((GDateDay)day, (GDateMonth)month, (GDateYear)year))
        return 0;
    g_date_clear(&date, 1);
    g_date_set_dmy(&date, (GDateDay)day, (GDateMonth)month, (GDateYear)year);
    return g_date_get_julian(&date);
}

/* The day's number, from the day of sending on; 0 if there is no such day, or only
 * long before or after. */
static guint32
day_of(int day, int month, int year, guint32 sent)
{
    GDate date;
    guint32 found;

    if (year > 0) {
        found = julian_of(day, month, year < 100 ? year + SHORT_YEAR : year);
        return found >= sent && found <= sent + MAX_DAYS ? found : 0;
    }
    g_date_clear(&date, 1);
    g_date_set_julian(&date, sent);
    for (int i = 0; i < 2; i++) {
        found = julian_of(day, month, g_date_get_year(&date) + i);
        if (found >= sent && found <= sent + GUESS_DAYS)
            return found;
    }
    return 0;
}

static guint32
day_of_match(const GMatchInfo *match, size_t i, guint32 sent)
{
    g_autofree char *name = g_match_info_fetch_named(match, "n");
    int day = number_of(match, "d"), year = number_of(match, "y");
    int month = name != NULL ? month_of(name) : number_of(match, "m");

    if (i == SLASHED && day <= 12 && month <= 12 && day != month)
        return 0; /* the day first, or the month: nobody knows */
    return i == SLASHED && month > 12 ? day_of(month, day, year, sent)
                                      : day_of(day, month, year, sent);
}

static guint32
local_day(int64_t at, GTimeZone *zone)
{
    g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc(at);
    g_autoptr(GDateTime) local =
        utc != NULL ? g_date_time_to_timezone(utc, zone) : NULL;

    if (local == NULL)
        return 0;
    return julian_of(g_date_time_get_day_of_month(local), g_date_time_get_month(local),
                     g_date_time_get_year(local));
}

static int64_t
end_of_day(guint32 day, GTimeZone *zone)
{
    g_autoptr(GDateTime) local = NULL;
    GDate date;

    g_date_clear(&date, 1);
    g_date_set_julian(&date, day + 1);
    local = g_date_time_new(zone, g_date_get_year(&date), (int)g_date_get_month(&date),
                            g_date_get_day(&date), 0, 0, 0);
    return g_date_time_to_unix(local);
}

bool
rp_absence_until(const char *subject, int64_t sent_at, GTimeZone *zone,
                 int64_t *until_at)
{
    g_autofree char *text =
        g_utf8_make_valid(subject, (gssize)MIN(strlen(subject), (size_t)MAX_BYTES));
    guint32 sent = local_day(sent_at, zone), last = 0;

    for (size_t i = 0; sent > 0 && i < G_N_ELEMENTS(PATTERNS); i++) {
        g_autoptr(GMatchInfo) match = NULL;

        g_regex_match(pattern(i), text, 0, &match);
        for (; g_match_info_matches(match); g_match_info_next(match, NULL))
            last = MAX(last, day_of_match(match, i, sent));
    }
    if (last == 0)
        return false;
    *until_at = end_of_day(last, zone);
    return true;
}
