/* SPDX-License-Identifier: GPL-3.0-or-later */
/* wording.c - what notices say */
#include "daemon/wording.h"

#include <string.h>

#include "report/text.h"

/* Columns. Some daemons wrap long texts until they fill the screen, others show no more
 * than the first few lines (mako: five of some 35). */
enum {
    NAME_WIDTH = 26, /* GNOME cuts a title to some 45 columns, Xfce to 30 */
    SUBJECT_WIDTH = 60,
    LISTED_WIDTH = 45, /* a subject among others */
    SUMMARY_WIDTH = 80,
    LINE_WIDTH = 120,
    N_NAMED = 3,
    KEEP = RP_CHANNEL_FAVOUR + 1, /* among the channels */
};

/* --- words --- */

char *
rp_wording_duration(int64_t duration_s)
{
    static const struct {
        int64_t from_s, unit_s;
        const char *word;
    } rows[] = {{2 * RP_WEEK_S, RP_WEEK_S, "week"},
                {2 * RP_DAY_S, RP_DAY_S, "day"},
                {RP_HOUR_S, RP_HOUR_S, "hour"},
                {RP_MINUTE_S, RP_MINUTE_S, "minute"}};

    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
        int64_t n = duration_s / rows[i].unit_s;

        if (duration_s >= rows[i].from_s)
            return g_strdup_printf("%" G_GINT64_FORMAT " %s%s", n, rows[i].word,
                                   n == 1 ? "" : "s");
    }
    return g_strdup("less than a minute");
}

/* The blocks of UAX 9 whose characters are R or AL unless they say otherwise. */
static bool
has_right_to_left(const char *text)
{
    for (; *text != '\0'; text = g_utf8_find_next_char(text, NULL)) {
        gunichar c = g_utf8_get_char(text);

        if ((c >= 0x0590 && c <= 0x08ff) || (c >= 0xfb1d && c <= 0xfdff) ||
            (c >= 0xfe70 && c <= 0xfeff) || (c >= 0x10800 && c <= 0x10fff) ||
            (c >= 0x1e800 && c <= 0x1efff))
            return true;
    }
    return false;
}

/* Takes over a text that is to stand within ours: written from right to left it would
 * turn our words round. First strong isolate; before it the left-to-right mark, as
 * Pango looks for a line's direction in isolates too. */
static char *
embed(char *text)
{
    g_autofree char *own = text;

    if (!has_right_to_left(text))
        return g_steal_pointer(&own);
    return g_strdup_printf("\u200E\u2068%s\u2069", own);
}

static char *
clean_subject(const RpCandidate *candidate, int width)
{
    g_autofree char *clean = rp_text_clean(candidate->subject, width);

    return *clean == '\0' ? g_strdup("(no subject)") : g_steal_pointer(&clean);
}

/* A name of nothing that can be seen is none. */
static char *
clean_name(const RpCandidate *candidate)
{
    g_autofree char *clean = rp_text_clean(candidate->who, NAME_WIDTH);

    return *clean == '\0' ? rp_text_clean(candidate->address, NAME_WIDTH)
                          : embed(g_steal_pointer(&clean));
}

/* "3 replies"; where channels differ, "3 answers". */
static char *
count_answers(const GPtrArray *members)
{
    static const char *const nouns[][2] = {
        [RP_CHANNEL_MAIL] = {"reply", "replies"},
        [RP_CHANNEL_CALL] = {"call", "calls"},
        [RP_CHANNEL_FAVOUR] = {"word of thanks", "words of thanks"},
        [KEEP] = {"sign of life", "signs of life"},
    };
    const RpCandidate *first = g_ptr_array_index(members, 0);
    size_t kind = first->is_keep ? KEEP : first->channel;
    const char *noun = nouns[kind][members->len == 1 ? 0 : 1];

    for (guint i = 1; i < members->len; i++) {
        const RpCandidate *next = g_ptr_array_index(members, i);

        if (next->channel != first->channel || next->is_keep != first->is_keep)
            noun = "answers";
    }
    return g_strdup_printf("%u %s", members->len, noun);
}

static char *
wait_of(const RpCandidate *candidate, int64_t now_at)
{
    return rp_wording_duration(now_at - candidate->opened_at);
}

static guint
count_mine(const GPtrArray *members)
{
    guint n = 0;

    for (guint i = 0; i < members->len; i++) {
        const RpCandidate *candidate = g_ptr_array_index(members, i);

        n += candidate->direction == RP_MINE ? 1 : 0;
    }
    return n;
}

/* "; you usually answer in 5 hours"; "" where nothing is usual. */
static char *
usual_of(const RpCandidate *candidate)
{
    g_autofree char *usual = rp_wording_duration(candidate->usual_s);

    if (candidate->usual_s < 0)
        return g_strdup("");
    return g_strdup_printf("; %s usually answer in %s",
                           candidate->direction == RP_MINE ? "you" : "they", usual);
}

/* --- one person --- */

/* What is said of them. */
static const char *
predicate(const RpCandidate *candidate)
{
    bool is_mine = candidate->direction == RP_MINE;

    if (candidate->is_keep)
        return "is due to hear from you";
    switch (candidate->channel) {
    case RP_CHANNEL_CALL:
        return is_mine ? "waits for your call" : "has not called you back";
    case RP_CHANNEL_FAVOUR:
        return "is owed your thanks";
    case RP_CHANNEL_MAIL:
        break;
    }
    return is_mine ? "waits for your reply" : "has not replied to you";
}

static RpNotice *
word_single(const char *key, const RpCandidate *candidate, int64_t now_at)
{
    bool is_mine = candidate->direction == RP_MINE;
    g_autofree char *who = clean_name(candidate);
    g_autofree char *subject =
        clean_subject(candidate, candidate->is_keep ? LINE_WIDTH : SUBJECT_WIDTH);
    g_autofree char *wait = wait_of(candidate, now_at);
    g_autofree char *usual = usual_of(candidate);
    g_autofree char *summary = g_strdup_printf("%s %s", who, predicate(candidate));
    g_autofree char *body =
        g_strdup_printf("%s\n%s for %s%s", subject,
                        is_mine ? "Waiting" : "You have waited", wait, usual);
    return rp_notice_new(key, summary, body, RP_BUTTONS_FOLLOWUP);
}

static char *
person_title(const GPtrArray *members)
{
    g_autofree char *who = clean_name(g_ptr_array_index(members, 0));
    g_autofree char *n = count_answers(members);
    guint n_mine = count_mine(members);

    if (n_mine == members->len)
        return g_strdup_printf("%s waits for %s", who, n);
    if (n_mine == 0)
        return g_strdup_printf("%s owes you %s", who, n);
    return g_strdup_printf("You and %s owe each other answers", who);
}

/* Where both sides owe, it says who. */
static char *
person_line(const RpCandidate *candidate, bool is_mixed, int64_t now_at)
{
    g_autofree char *subject = embed(clean_subject(candidate, LISTED_WIDTH));
    g_autofree char *wait = wait_of(candidate, now_at);
    const char *whose = candidate->direction == RP_MINE ? "You, " : "They, ";

    return g_strdup_printf("%s%s: %s", is_mixed ? whose : "", wait, subject);
}

RpNotice *
rp_wording_person(const char *key, const GPtrArray *members, int64_t now_at)
{
    g_autofree char *title = NULL;
    g_autoptr(GString) body = g_string_new(NULL);
    guint n_mine = count_mine(members);
    bool is_mixed = n_mine > 0 && n_mine < members->len;

    if (members->len == 1)
        return word_single(key, g_ptr_array_index(members, 0), now_at);
    title = person_title(members);
    for (guint i = 0; i < MIN(members->len, N_NAMED); i++) {
        g_autofree char *line =
            person_line(g_ptr_array_index(members, i), is_mixed, now_at);

        g_string_append_printf(body, "%s%s", i == 0 ? "" : "\n", line);
    }
    if (members->len > N_NAMED)
        g_string_append_printf(body, "\nand %u more", members->len - N_NAMED);
    return rp_notice_new(key, title, body->str, RP_BUTTONS_FOLLOWUP);
}

/* --- many --- */

static bool
is_alike(const RpCandidate *one, const RpCandidate *other)
{
    return one->direction == other->direction &&
           g_str_equal(one->person_key, other->person_key);
}

/* Those of that person in that direction, foreign; none if an earlier one stands for
 * them already. */
static GPtrArray *
find_alike(const GPtrArray *members, guint index)
{
    const RpCandidate *like = g_ptr_array_index(members, index);
    GPtrArray *alike = g_ptr_array_new();

    for (guint i = 0; i < members->len; i++) {
        RpCandidate *candidate = g_ptr_array_index(members, i);

        if (!is_alike(candidate, like))
            continue;
        if (i < index)
            return alike;
        g_ptr_array_add(alike, candidate);
    }
    return alike;
}

static char *
summary_line(const GPtrArray *alike, int64_t now_at)
{
    const RpCandidate *candidate = g_ptr_array_index(alike, 0);
    bool is_mine = candidate->direction == RP_MINE;
    g_autofree char *who = clean_name(candidate);
    g_autofree char *subject = embed(clean_subject(candidate, LISTED_WIDTH));
    g_autofree char *wait = wait_of(candidate, now_at);
    g_autofree char *n = count_answers(alike);

    if (alike->len == 1)
        return g_strdup_printf("%s %s, %s: %s", who, is_mine ? "waits" : "owes you",
                               wait, subject);
    return g_strdup_printf("%s %s %s, %s: %s", who, is_mine ? "waits for" : "owes you",
                           n, wait, subject);
}

/* The oldest of each person; what is left is counted. */
static GString *
summary_body(const GPtrArray *members, int64_t now_at)
{
    GString *body = g_string_new(NULL);
    guint n_told = 0, n_lines = 0;

    for (guint i = 0; i < members->len && n_lines < N_NAMED; i++) {
        g_autoptr(GPtrArray) alike = find_alike(members, i);
        g_autofree char *line = NULL;

        if (alike->len == 0)
            continue;
        line = summary_line(alike, now_at);
        g_string_append_printf(body, "%s%s", n_lines == 0 ? "" : "\n", line);
        n_told += alike->len;
        n_lines++;
    }
    if (n_told < members->len)
        g_string_append_printf(body, "\nand %u more: riposte list",
                               members->len - n_told);
    return body;
}

/* Only what is past its limit is late; an early warning is not. */
static bool
are_late(const GPtrArray *members, int64_t now_at)
{
    for (guint i = 0; i < members->len; i++) {
        const RpCandidate *candidate = g_ptr_array_index(members, i);

        if (candidate->due_at > now_at)
            return false;
    }
    return true;
}

RpNotice *
rp_wording_summary(const char *key, const GPtrArray *members, int64_t now_at)
{
    g_autofree char *n = count_answers(members);
    g_autofree char *title =
        g_strdup_printf("%s %s %s", n, members->len == 1 ? "is" : "are",
                        are_late(members, now_at) ? "late" : "waited for");
    g_autoptr(GString) body = summary_body(members, now_at);

    return rp_notice_new(key, title, body->str, RP_BUTTONS_NONE);
}

RpNotice *
rp_wording_digest(const char *key, const GPtrArray *members, guint n_late,
                  int64_t now_at)
{
    g_autofree char *n = count_answers(members);
    g_autofree char *title = NULL;
    g_autoptr(GString) body = summary_body(members, now_at);

    if (!are_late(members, now_at))
        return rp_wording_summary(key, members, now_at);
    title = g_strdup_printf("%s %s become late", n, members->len == 1 ? "has" : "have");
    if (n_late > members->len)
        g_string_append_printf(body, "\n%u are late in all: riposte list", n_late);
    return rp_notice_new(key, title, body->str, RP_BUTTONS_NONE);
}

/* --- what was decided --- */

/* "tomorrow, 16:40"; else with the date. */
static char *
format_until(int64_t at, GTimeZone *zone, int64_t now_at)
{
    g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc(now_at);
    g_autoptr(GDateTime) local = g_date_time_to_timezone(utc, zone);
    g_autoptr(GDateTime) next = g_date_time_add_days(local, 1);
    g_autofree char *day = g_date_time_format(next, "%Y-%m-%d");
    g_autofree char *when = rp_text_when(at, zone);

    if (g_str_has_prefix(when, day))
        return g_strdup_printf("tomorrow,%s", when + strlen(day));
    return g_steal_pointer(&when);
}

RpNotice *
rp_wording_decided(const char *key, const GPtrArray *members, int64_t until_at,
                   GTimeZone *zone, int64_t now_at)
{
    g_autofree char *who = clean_name(g_ptr_array_index(members, 0));
    g_autofree char *what =
        members->len == 1 ? clean_subject(g_ptr_array_index(members, 0), SUBJECT_WIDTH)
                          : count_answers(members);
    g_autofree char *title = NULL;
    g_autofree char *body = NULL;

    if (until_at == RP_NEVER) {
        title = g_strdup_printf("Done: %s", who);
        body = g_steal_pointer(&what);
    } else {
        g_autofree char *until = format_until(until_at, zone, now_at);

        title = g_strdup_printf("Snoozed until %s", until);
        what = embed(g_steal_pointer(&what));
        body = g_strdup_printf("%s: %s", who, what);
    }
    return rp_notice_new(key, title, body, RP_BUTTONS_UNDO);
}

/* --- what goes wrong --- */

RpNotice *
rp_wording_trouble(const char *key, const char *account, const char *text)
{
    g_autofree char *title =
        *account == '\0' ? g_strdup("riposte cannot use its configuration")
                         : g_strdup_printf("Mail account %s is not read", account);
    g_autofree char *summary = rp_text_clean(title, SUMMARY_WIDTH);
    g_autofree char *body = rp_text_clean(text, LINE_WIDTH);

    return rp_notice_new(key, summary, body, RP_BUTTONS_NONE);
}

RpNotice *
rp_wording_unopened(const char *key, const char *text)
{
    g_autofree char *body = rp_text_clean(text, 2 * LINE_WIDTH);

    return rp_notice_new(key, "The message cannot be opened", body, RP_BUTTONS_NONE);
}
