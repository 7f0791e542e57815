/* SPDX-License-Identifier: GPL-3.0-or-later */
/* wording.c - what notices say */
#include "daemon/wording.h"

#include "report/text.h"

/* Columns. Some daemons wrap long texts until they fill the screen. */
enum { NAME_WIDTH = 50, SUMMARY_WIDTH = 80, LINE_WIDTH = 120, N_NAMED = 3 };

static char *
clean_subject(const char *subject, int width)
{
    g_autofree char *clean = rp_text_clean(subject, width);

    return *clean == '\0' ? g_strdup("(no subject)") : g_steal_pointer(&clean);
}

/* What is said of them. */
static const char *
predicate(const RpCandidate *candidate)
{
    bool is_mine = candidate->direction == RP_MINE;

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

RpNotice *
rp_wording_single(const RpCandidate *candidate, int64_t now_at)
{
    g_autofree char *who = rp_text_clean(candidate->who, NAME_WIDTH);
    g_autofree char *subject = clean_subject(candidate->subject, LINE_WIDTH);
    g_autofree char *wait = rp_duration_format(MAX(now_at - candidate->opened_at, 0));
    g_autofree char *usual = rp_duration_format(MAX(candidate->usual_s, 0));
    bool is_mine = candidate->direction == RP_MINE;
    g_autofree char *summary = g_strdup_printf("%s %s", who, predicate(candidate));
    g_autofree char *body = NULL;

    if (candidate->usual_s < 0)
        body = g_strdup_printf("%s\nWaiting for %s", subject, wait);
    else
        body = g_strdup_printf("%s\nWaiting for %s, %s usual answer takes %s", subject,
                               wait, is_mine ? "your" : "their", usual);
    return rp_notice_new(candidate->id, summary, body, TRUE);
}

static char *
summary_line(const RpCandidate *candidate, int64_t now_at)
{
    g_autofree char *who = rp_text_clean(candidate->who, NAME_WIDTH);
    g_autofree char *subject = clean_subject(candidate->subject, NAME_WIDTH);
    g_autofree char *wait = rp_duration_format(MAX(now_at - candidate->opened_at, 0));
    g_autofree char *line = g_strdup_printf("%s, %s: %s", who, wait, subject);

    return rp_text_clean(line, LINE_WIDTH);
}

/* Only what is past its limit is late; an early warning is not. */
static guint
count_late(const GPtrArray *members, int64_t now_at)
{
    guint n = 0;

    for (guint i = 0; i < members->len; i++) {
        const RpCandidate *candidate = g_ptr_array_index(members, i);

        n += candidate->due_at <= now_at ? 1 : 0;
    }
    return n;
}

static char *
summary_title(guint n, guint n_late)
{
    if (n_late < n)
        return n == 1 ? g_strdup("1 reply is waited for")
                      : g_strdup_printf("%u replies are waited for", n);
    return n == 1 ? g_strdup("1 reply is late")
                  : g_strdup_printf("%u replies are late", n);
}

RpNotice *
rp_wording_summary(const char *key, const GPtrArray *members, int64_t now_at)
{
    g_autofree char *title = summary_title(members->len, count_late(members, now_at));
    g_autoptr(GString) body = g_string_new(NULL);

    for (guint i = 0; i < MIN(members->len, N_NAMED); i++) {
        g_autofree char *line = summary_line(g_ptr_array_index(members, i), now_at);

        g_string_append_printf(body, "%s%s", i == 0 ? "" : "\n", line);
    }
    if (members->len > N_NAMED)
        g_string_append_printf(body, "\nand %u more: riposte list",
                               members->len - N_NAMED);
    return rp_notice_new(key, title, body->str, FALSE);
}

RpNotice *
rp_wording_trouble(const char *key, const char *account, const char *text)
{
    g_autofree char *title =
        *account == '\0' ? g_strdup("riposte cannot use its configuration")
                         : g_strdup_printf("Mail account %s is not read", account);
    g_autofree char *summary = rp_text_clean(title, SUMMARY_WIDTH);
    g_autofree char *body = rp_text_clean(text, LINE_WIDTH);

    return rp_notice_new(key, summary, body, FALSE);
}
