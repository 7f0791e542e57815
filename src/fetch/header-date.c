/* SPDX-License-Identifier: GPL-3.0-or-later */
/* header-date.c - dates, token by token */
#include "fetch/header-date.h"

#include <glib.h>
#include <string.h>

#include "core/instant.h"

enum { MAX_DATE = 200, MAX_OFFSET_S = 14 * RP_HOUR_S };

typedef struct {
    RpCivil civil;
    bool has_day, has_month, has_year, has_time, has_zone;
    bool is_pm, is_am;
    bool is_broken; /* two days, a number out of range */
    int offset_s;
} Parts;

typedef struct {
    const char *word;
    int value;
} Word;

static bool
find_word(const Word *words, size_t n_words, RpSpan token, int *value)
{
    for (size_t i = 0; i < n_words; i++)
        if (strlen(words[i].word) == token.n &&
            g_ascii_strncasecmp(words[i].word, token.bytes, token.n) == 0) {
            *value = words[i].value;
            return true;
        }
    return false;
}

/* "Nov", "November", "Sept" */
static bool
find_month(RpSpan token, int *month)
{
    static const char *const names[] = {
        "january", "february", "march",     "april",   "may",      "june",
        "july",    "august",   "september", "october", "november", "december"};

    for (int i = 0; i < 12; i++)
        if (token.n >= 3 && token.n <= strlen(names[i]) &&
            g_ascii_strncasecmp(names[i], token.bytes, token.n) == 0) {
            *month = i + 1;
            return true;
        }
    return false;
}

/* RFC 5322 4.3, in minutes; of the single letters only Z is sure, the others were
 * used both ways and mean UTC. */
static bool
find_zone(RpSpan token, int *minutes)
{
    static const Word zones[] = {
        {"UT", 0},     {"UTC", 0},    {"GMT", 0},    {"Z", 0},      {"EST", -300},
        {"EDT", -240}, {"CST", -360}, {"CDT", -300}, {"MST", -420}, {"MDT", -360},
        {"PST", -480}, {"PDT", -420}, {"CET", 60},   {"CEST", 120}, {"MET", 60},
        {"MEST", 120}, {"BST", 60},   {"EET", 120},  {"EEST", 180}, {"WET", 0},
        {"WEST", 60},  {"MSK", 180},  {"JST", 540},  {"KST", 540},  {"HST", -600},
    };

    return find_word(zones, G_N_ELEMENTS(zones), token, minutes);
}

/* Takes a number of at most max digits off the front; false if there is none, or
 * more digits. */
static bool
take_number(RpSpan *token, size_t max, int *value)
{
    size_t n = 0;

    *value = 0;
    while (n < token->n && g_ascii_isdigit(token->bytes[n])) {
        if (n == max)
            return false;
        *value = *value * 10 + (token->bytes[n++] - '0');
    }
    token->bytes += n;
    token->n -= n;
    return n > 0;
}

static bool
take_char(RpSpan *token, char c)
{
    if (token->n == 0 || token->bytes[0] != c)
        return false;
    token->bytes++;
    token->n--;
    return true;
}

/* "+0200", "+02:00", "-5" */
static void
take_offset(RpSpan token, Parts *parts)
{
    bool is_west = token.bytes[0] == '-';
    int hours, minutes = 0;
    size_t n_digits = 0;

    token.bytes++;
    token.n--;
    while (n_digits < token.n && g_ascii_isdigit(token.bytes[n_digits]))
        n_digits++;
    if (!take_number(&token, 4, &hours)) {
        parts->is_broken = true;
        return;
    }
    if (n_digits > 2) {
        minutes = hours % 100;
        hours /= 100;
    } else if (take_char(&token, ':')) {
        parts->is_broken = parts->is_broken || !take_number(&token, 2, &minutes);
    }
    parts->offset_s = (hours * RP_HOUR_S + minutes * RP_MINUTE_S) * (is_west ? -1 : 1);
    parts->has_zone = true;
    if (minutes > 59 || ABS(parts->offset_s) > MAX_OFFSET_S)
        parts->is_broken = true;
}

/* A zone's name, perhaps with an offset from it: "GMT+0200" */
static bool
take_zone(RpSpan token, Parts *parts)
{
    size_t n = 0;
    int minutes;

    while (n < token.n && g_ascii_isalpha(token.bytes[n]))
        n++;
    if (!find_zone((RpSpan){token.bytes, n}, &minutes))
        return false;
    if (parts->has_zone)
        return true; /* "+0100 CET": the number counts */
    parts->offset_s = minutes * RP_MINUTE_S;
    parts->has_zone = true;
    if (n + 1 < token.n && (token.bytes[n] == '+' || token.bytes[n] == '-'))
        take_offset((RpSpan){token.bytes + n, token.n - n}, parts);
    return true;
}

/* "21:40:02", "21:40", "21:40:02.123", "21:40:02Z", "9:40PM", "21:40:02+0200" */
static void
take_time(RpSpan token, Parts *parts)
{
    RpCivil *civil = &parts->civil;
    int fraction;

    if (parts->has_time || !take_number(&token, 2, &civil->hour) ||
        !take_char(&token, ':') || !take_number(&token, 2, &civil->minute)) {
        parts->is_broken = true;
        return;
    }
    parts->has_time = true;
    if (take_char(&token, ':') && !take_number(&token, 2, &civil->second))
        parts->is_broken = true;
    if (take_char(&token, '.'))
        take_number(&token, 9, &fraction);
    if (token.n == 0)
        return;
    if (token.bytes[0] == '+' || token.bytes[0] == '-')
        take_offset(token, parts);
    else if (g_ascii_strncasecmp(token.bytes, "pm", MIN(token.n, 2)) == 0)
        parts->is_pm = true;
    else if (g_ascii_strncasecmp(token.bytes, "am", MIN(token.n, 2)) == 0)
        parts->is_am = true;
    else
        take_zone(token, parts);
}

static void
take_year(int year, size_t n_digits, Parts *parts)
{
    if (parts->has_year)
        parts->is_broken = true;
    if (n_digits <= 2)
        year += year < 50 ? 2000 : 1900;
    else if (n_digits == 3)
        year += 1900;
    parts->civil.year = year;
    parts->has_year = true;
}

static void
take_day(int day, Parts *parts)
{
    parts->civil.day = day;
    parts->has_day = true;
}

static void
take_month(int month, Parts *parts)
{
    if (parts->has_month)
        parts->is_broken = true;
    parts->civil.month = month;
    parts->has_month = true;
}

/* "22", "2026", "26", or, when the year is known, an offset without its sign. */
static void
take_digits(RpSpan token, Parts *parts)
{
    size_t n = token.n;
    int value;
    bool is_number = take_number(&token, 4, &value) && token.n == 0;

    if (is_number && n <= 2 && !parts->has_day)
        take_day(value, parts);
    else if (is_number && !parts->has_year)
        take_year(value, n, parts);
    else if (is_number && n == 4 && !parts->has_zone)
        take_offset((RpSpan){token.bytes - n - 1, n + 1}, parts);
    else
        parts->is_broken = true;
}

/* "22-Nov-2026", "22-Nov-26" */
static void
take_dashed(RpSpan token, Parts *parts)
{
    const char *dash;
    int day, month, year;
    size_t n_year;

    if (!take_number(&token, 2, &day) || !take_char(&token, '-') ||
        (dash = memchr(token.bytes, '-', token.n)) == NULL ||
        !find_month((RpSpan){token.bytes, (size_t)(dash - token.bytes)}, &month)) {
        parts->is_broken = true;
        return;
    }
    token.n -= (size_t)(dash + 1 - token.bytes);
    token.bytes = dash + 1;
    n_year = token.n;
    if (!take_number(&token, 4, &year) || token.n > 0)
        parts->is_broken = true;
    take_day(day, parts);
    take_month(month, parts);
    take_year(year, n_year, parts);
}

/* "2026-11-22", "2026-11-22T21:40:02Z" */
static void
take_iso_date(RpSpan token, Parts *parts)
{
    int year, month, day;

    if (!take_number(&token, 4, &year) || !take_char(&token, '-') ||
        !take_number(&token, 2, &month) || !take_char(&token, '-') ||
        !take_number(&token, 2, &day)) {
        parts->is_broken = true;
        return;
    }
    take_day(day, parts);
    take_month(month, parts);
    take_year(year, 4, parts);
    if (take_char(&token, 'T'))
        take_time(token, parts);
    else if (token.n > 0)
        parts->is_broken = true;
}

static void
take_word(RpSpan token, Parts *parts)
{
    int month;

    if (token.n == 2 && g_ascii_strncasecmp(token.bytes, "pm", 2) == 0)
        parts->is_pm = true;
    else if (token.n == 2 && g_ascii_strncasecmp(token.bytes, "am", 2) == 0)
        parts->is_am = true;
    else if (find_month(token, &month))
        take_month(month, parts);
    else
        take_zone(token, parts);
}

static void
take_token(RpSpan token, Parts *parts)
{
    const char *dash = memchr(token.bytes, '-', token.n);

    if (token.bytes[0] == '+' || token.bytes[0] == '-')
        take_offset(token, parts);
    else if (!g_ascii_isdigit(token.bytes[0]))
        take_word(token, parts);
    else if (dash == token.bytes + 4)
        take_iso_date(token, parts);
    else if (memchr(token.bytes, ':', token.n) != NULL)
        take_time(token, parts);
    else if (dash != NULL)
        take_dashed(token, parts);
    else
        take_digits(token, parts);
}

/* Copies the value without its comments, nested ones too; a space begins the copy,
 * so that a token can be looked at from the byte before it. */
static size_t
strip_comments(RpSpan value, char *out, size_t size)
{
    size_t n = 0;
    int depth = 0;

    out[n++] = ' ';
    for (size_t i = 0; i < value.n && n < size; i++) {
        char c = value.bytes[i];

        if (c == '(')
            depth++;
        if (depth == 0)
            out[n++] = c;
        else if (c == ')' && --depth == 0)
            out[n++] = ' ';
    }
    return n;
}

static bool
is_separator(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == ',' || c == '"';
}

static void
take_tokens(const char *text, size_t n, Parts *parts)
{
    size_t i = 0;

    while (i < n) {
        size_t begin;

        while (i < n && is_separator(text[i]))
            i++;
        begin = i;
        while (i < n && !is_separator(text[i]))
            i++;
        if (i > begin)
            take_token((RpSpan){text + begin, i - begin}, parts);
    }
}

int64_t
rp_date_read(RpSpan value)
{
    char text[MAX_DATE];
    Parts parts = {0};
    int64_t at;

    take_tokens(text, strip_comments(value, text, sizeof text), &parts);
    if (!parts.has_day || !parts.has_month || !parts.has_year || !parts.has_time ||
        parts.is_broken)
        return RP_NEVER;
    if ((parts.is_pm || parts.is_am) && parts.civil.hour == 12)
        parts.civil.hour = 0;
    if (parts.is_pm && parts.civil.hour < 12)
        parts.civil.hour += 12;
    if (parts.civil.year < 1970 || !rp_instant_from_civil(&parts.civil, &at))
        return RP_NEVER;
    at -= parts.offset_s;
    return at >= 0 ? at : RP_NEVER;
}
