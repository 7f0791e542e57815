/* SPDX-License-Identifier: GPL-3.0-or-later */
/* mail.c - the report as a mail message */
#include "report/mail.h"

#include <string.h>

#include "report/html.h"
#include "report/report-text.h"
#include "report/text.h"
#include "report/words.h"

enum { TEXT_COLUMNS = 72, FIELD_MAX = 60, WORD_BYTES = 42 };

/* --- header fields --- */

/* The end of at most WORD_BYTES bytes of whole characters. */
static const char *
word_end(const char *text)
{
    const char *end = text;

    while (*end != '\0' && end + g_utf8_skip[(guchar)*end] - text <= WORD_BYTES)
        end += g_utf8_skip[(guchar)*end];
    return end;
}

char *
rp_mail_encode(const char *text)
{
    g_autofree char *clean = rp_text_clean(text, 0);
    GString *out;

    if (g_str_is_ascii(clean) && strlen(clean) <= FIELD_MAX &&
        strstr(clean, "=?") == NULL)
        return g_steal_pointer(&clean);
    out = g_string_new(NULL);
    for (const char *at = clean; *at != '\0'; at = word_end(at)) {
        g_autofree char *word =
            g_base64_encode((const guchar *)at, (gsize)(word_end(at) - at));

        g_string_append_printf(out, "%s=?UTF-8?B?%s?=", out->len > 0 ? "\n " : "",
                               word);
    }
    return g_string_free(out, FALSE);
}

/* A display name before an address: in quotes, where it is no encoded word. */
static char *
mailbox_text(const RpMailFrame *frame)
{
    g_autofree char *name = rp_mail_encode(frame->name);
    g_autofree char *quoted = NULL;

    if (*name == '\0')
        return g_strdup(frame->address);
    if (g_str_has_prefix(name, "=?"))
        return g_strdup_printf("%s\n <%s>", name, frame->address);
    quoted = g_strescape(name, NULL);
    return g_strdup_printf("\"%s\"\n <%s>", quoted, frame->address);
}

/* RFC 5322, 3.3: the names are English, whatever the locale. */
static char *
date_text(int64_t at, GTimeZone *zone)
{
    static const char *const days[] = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
    static const char *const months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                         "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc(at);
    g_autoptr(GDateTime) local = g_date_time_to_timezone(utc, zone);
    g_autofree char *rest = g_date_time_format(local, "%Y %H:%M:%S %z");

    return g_strdup_printf("%s, %d %s %s", days[g_date_time_get_day_of_week(local) - 1],
                           g_date_time_get_day_of_month(local),
                           months[g_date_time_get_month(local) - 1], rest);
}

static void
put_fields(GString *out, const RpView *view, const RpReport *report,
           const RpMailFrame *frame)
{
    g_autofree char *date = date_text(frame->at, view->config->policy->zone);
    g_autofree char *mailbox = mailbox_text(frame);
    g_autofree char *title = rp_words_title(report);
    g_autofree char *subject = rp_mail_encode(title);
    const char *domain = strrchr(frame->address, '@');

    g_string_append_printf(out, "Date: %s\nFrom: %s\nTo: %s\nSubject: %s\n", date,
                           mailbox, mailbox, subject);
    g_string_append_printf(out, "Message-ID: <%s%s>\n", frame->unique,
                           domain != NULL ? domain : "@localhost");
    g_string_append_printf(out,
                           "Auto-Submitted: auto-generated\nMIME-Version: 1.0\n"
                           "Content-Type: multipart/alternative;\n boundary=\"=_%s\"\n",
                           frame->unique);
}

/* --- parts --- */

/* Text is encoded with the line ends of mail (RFC 2045, 6.8). */
static void
put_part(GString *out, const char *unique, const char *type, const char *text)
{
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    g_autofree char *canonical = g_strjoinv("\r\n", lines);
    gsize n = strlen(canonical), n_out;
    g_autofree char *encoded = g_malloc((n / 3 + 1) * 4 + (n / 3 + 1) * 4 / 72 + 8);
    int state = 0, save = 0;

    g_string_append_printf(out,
                           "\n--=_%s\nContent-Type: %s; charset=utf-8\n"
                           "Content-Transfer-Encoding: base64\n\n",
                           unique, type);
    n_out = g_base64_encode_step((const guchar *)canonical, n, TRUE, encoded, &state,
                                 &save);
    n_out += g_base64_encode_close(TRUE, encoded + n_out, &state, &save);
    g_string_append_len(out, encoded, (gssize)n_out);
}

char *
rp_mail_report(const RpView *view, const RpReport *report, const RpMailFrame *frame)
{
    const RpPageStyle style = {.width = TEXT_COLUMNS};
    g_autofree char *text = rp_report_text(view, report, &style);
    g_autofree char *page = rp_html_report(view, report);
    GString *out = g_string_new(NULL);

    put_fields(out, view, report, frame);
    put_part(out, frame->unique, "text/plain", text);
    put_part(out, frame->unique, "text/html", page);
    g_string_append_printf(out, "\n--=_%s--\n", frame->unique);
    return g_string_free(out, FALSE);
}
