/* SPDX-License-Identifier: GPL-3.0-or-later */
/* wording.c - what notices say */
#include "daemon/wording.h"

#include <glib/gi18n.h>

#include "daemon/phrase.h"
#include "report/text.h"

/* Columns. Some daemons wrap long texts until they fill the screen, others show no more
 * than the first few lines (mako: five of some 35). */
enum {
    SUBJECT_WIDTH = 60,
    LISTED_WIDTH = 45, /* a subject among others */
    SUMMARY_WIDTH = 80,
    LINE_WIDTH = 120,
    N_NAMED = 3,
};

/* --- one person --- */

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

/* What is said of them. */
static char *
single_title(const RpCandidate *candidate)
{
    bool is_mine = candidate->direction == RP_MINE;
    g_autofree char *who = rp_phrase_name(candidate);

    if (candidate->is_keep)
        return g_strdup_printf(_("%s is due to hear from you"), who);
    switch (candidate->channel) {
    case RP_CHANNEL_CALL:
        return is_mine ? g_strdup_printf(_("%s waits for your call"), who)
                       : g_strdup_printf(_("%s has not called you back"), who);
    case RP_CHANNEL_FAVOUR:
        return g_strdup_printf(_("%s is owed your thanks"), who);
    case RP_CHANNEL_MAIL:
        break;
    }
    return is_mine ? g_strdup_printf(_("%s waits for your reply"), who)
                   : g_strdup_printf(_("%s has not replied to you"), who);
}

static RpNotice *
word_single(const char *key, const RpCandidate *candidate, int64_t now_at)
{
    bool is_mine = candidate->direction == RP_MINE;
    g_autofree char *subject =
        rp_phrase_subject(candidate, candidate->is_keep ? LINE_WIDTH : SUBJECT_WIDTH);
    g_autofree char *wait = rp_phrase_wait(candidate, now_at);
    g_autofree char *usual = rp_phrase_usual(candidate);
    g_autofree char *summary = single_title(candidate);
    g_autofree char *waiting = is_mine
                                   ? g_strdup_printf(_("Waiting for %s"), wait)
                                   : g_strdup_printf(_("You have waited for %s"), wait);
    g_autofree char *body = g_strdup_printf("%s\n%s%s", subject, waiting, usual);

    return rp_notice_new(key, summary, body, RP_BUTTONS_FOLLOWUP);
}

static char *
person_title(const GPtrArray *members)
{
    g_autofree char *who = rp_phrase_name(g_ptr_array_index(members, 0));
    g_autofree char *n = rp_phrase_count(members);
    guint n_mine = count_mine(members);

    /* TRANSLATORS: a name, "3 replies" */
    if (n_mine == members->len)
        return g_strdup_printf(_("%s waits for %s"), who, n);
    if (n_mine == 0)
        return g_strdup_printf(_("%s owes you %s"), who, n);
    return g_strdup_printf(_("You and %s owe each other answers"), who);
}

/* Where both sides owe, it says who. */
static char *
person_line(const RpCandidate *candidate, bool is_mixed, int64_t now_at)
{
    g_autofree char *subject =
        rp_phrase_embed(rp_phrase_subject(candidate, LISTED_WIDTH));
    g_autofree char *wait = rp_phrase_wait(candidate, now_at);
    if (!is_mixed)
        return g_strdup_printf("%s: %s", wait, subject);
    /* TRANSLATORS: who owes the answer, "3 days", a subject */
    return candidate->direction == RP_MINE
               ? g_strdup_printf(_("You, %s: %s"), wait, subject)
               : g_strdup_printf(_("They, %s: %s"), wait, subject);
}

RpNotice *
rp_wording_person(const char *key, const GPtrArray *members, int64_t now_at)
{
    g_autofree char *title = NULL;
    g_autoptr(GString) body = g_string_new(NULL);
    guint n_mine = count_mine(members), n_left;
    bool is_mixed = n_mine > 0 && n_mine < members->len;

    if (members->len == 1)
        return word_single(key, g_ptr_array_index(members, 0), now_at);
    title = person_title(members);
    for (guint i = 0; i < MIN(members->len, N_NAMED); i++) {
        g_autofree char *line =
            person_line(g_ptr_array_index(members, i), is_mixed, now_at);

        g_string_append_printf(body, "%s%s", i == 0 ? "" : "\n", line);
    }
    n_left = members->len - MIN(members->len, N_NAMED);
    if (n_left > 0)
        g_string_append_printf(body, ngettext("\nand %u more", "\nand %u more", n_left),
                               n_left);
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
    g_autofree char *who = rp_phrase_name(candidate);
    g_autofree char *subject =
        rp_phrase_embed(rp_phrase_subject(candidate, LISTED_WIDTH));
    g_autofree char *wait = rp_phrase_wait(candidate, now_at);
    g_autofree char *n = rp_phrase_count(alike);

    /* TRANSLATORS: a name, "3 replies" if several, "2 days", a subject */
    if (alike->len == 1)
        return is_mine ? g_strdup_printf(_("%s waits, %s: %s"), who, wait, subject)
                       : g_strdup_printf(_("%s owes you, %s: %s"), who, wait, subject);
    return is_mine
               ? g_strdup_printf(_("%s waits for %s, %s: %s"), who, n, wait, subject)
               : g_strdup_printf(_("%s owes you %s, %s: %s"), who, n, wait, subject);
}

/* The oldest of each person; what is left is counted. */
static GString *
summary_body(const GPtrArray *members, int64_t now_at)
{
    GString *body = g_string_new(NULL);
    guint n_told = 0, n_lines = 0, n_left;

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
    n_left = members->len - n_told;
    if (n_left > 0)
        g_string_append_printf(body,
                               ngettext("\nand %u more: riposte list",
                                        "\nand %u more: riposte list", n_left),
                               n_left);
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
    g_autofree char *n = rp_phrase_count(members);
    /* TRANSLATORS: "3 replies" */
    g_autofree char *title =
        are_late(members, now_at)
            ? g_strdup_printf(ngettext("%s is late", "%s are late", members->len), n)
            : g_strdup_printf(
                  ngettext("%s is waited for", "%s are waited for", members->len), n);
    g_autoptr(GString) body = summary_body(members, now_at);

    return rp_notice_new(key, title, body->str, RP_BUTTONS_NONE);
}

RpNotice *
rp_wording_digest(const char *key, const GPtrArray *members, guint n_late,
                  int64_t now_at)
{
    g_autofree char *n = rp_phrase_count(members);
    g_autofree char *title = NULL;
    g_autoptr(GString) body = summary_body(members, now_at);

    if (!are_late(members, now_at))
        return rp_wording_summary(key, members, now_at);
    /* TRANSLATORS: "3 replies" */
    title = g_strdup_printf(
        ngettext("%s has become late", "%s have become late", members->len), n);
    if (n_late > members->len)
        g_string_append_printf(body,
                               ngettext("\n%u is late in all: riposte list",
                                        "\n%u are late in all: riposte list", n_late),
                               n_late);
    return rp_notice_new(key, title, body->str, RP_BUTTONS_NONE);
}

/* --- what was decided --- */

RpNotice *
rp_wording_decided(const char *key, const GPtrArray *members, int64_t until_at,
                   GTimeZone *zone, int64_t now_at)
{
    g_autofree char *who = rp_phrase_name(g_ptr_array_index(members, 0));
    g_autofree char *what =
        members->len == 1
            ? rp_phrase_subject(g_ptr_array_index(members, 0), SUBJECT_WIDTH)
            : rp_phrase_count(members);
    g_autofree char *title = NULL;
    g_autofree char *body = NULL;

    if (until_at == RP_NEVER) {
        title = g_strdup_printf(_("Done: %s"), who);
        body = g_steal_pointer(&what);
    } else {
        g_autofree char *until = rp_phrase_until(until_at, zone, now_at);

        title = g_strdup_printf(_("Snoozed until %s"), until);
        what = rp_phrase_embed(g_steal_pointer(&what));
        body = g_strdup_printf("%s: %s", who, what);
    }
    return rp_notice_new(key, title, body, RP_BUTTONS_UNDO);
}

/* --- what goes wrong --- */

RpNotice *
rp_wording_trouble(const char *key, const char *account, const char *text)
{
    g_autofree char *title =
        *account == '\0' ? g_strdup(_("riposte cannot use its configuration"))
                         : g_strdup_printf(_("Mail account %s is not read"), account);
    g_autofree char *summary = rp_text_clean(title, SUMMARY_WIDTH);
    g_autofree char *body = rp_text_clean(text, LINE_WIDTH);

    return rp_notice_new(key, summary, body, RP_BUTTONS_NONE);
}

RpNotice *
rp_wording_unopened(const char *key, const char *text)
{
    g_autofree char *body = rp_text_clean(text, 2 * LINE_WIDTH);

    return rp_notice_new(key, _("The message cannot be opened"), body, RP_BUTTONS_NONE);
}
