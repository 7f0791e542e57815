/* SPDX-License-Identifier: GPL-3.0-or-later */
/* list.c - follow-ups as a numbered list for a terminal */
#include "report/list.h"

#include <glib/gi18n.h>

#include "report/event-text.h"
#include "report/text.h"
#include "report/words.h"
#include "view/absence.h"
#include "view/expect.h"
#include "view/keep.h"

enum { NUMBER_COLUMNS = 3, WHO_COLUMNS = 22, ROOM_MIN = 8, KEEP_MAX = 10 };

static const char BOLD[] = "\033[1m", DIM[] = "\033[2m", LATE[] = "\033[1;31m",
                  PLAIN[] = "\033[0m";

typedef struct {
    GString *text;            /* own */
    const RpView *view;       /* foreign */
    const RpListStyle *style; /* foreign */
    GPtrArray *ids;           /* foreign */
} List;

static const char *
color(const List *list, const char *sequence)
{
    return list->style->has_color ? sequence : "";
}

static char *
when(const RpView *view, int64_t at)
{
    return rp_text_when(at, view->config->policy->zone);
}

/* --- one follow-up in words --- */

static char *
due_text(const RpView *view, const RpFollowup *followup)
{
    int64_t left_s;
    g_autofree char *duration = NULL;

    if (followup->due_at == RP_NEVER)
        return g_strdup("");
    left_s = followup->due_at - view->as_of_at;
    if (left_s == 0)
        return g_strdup(_(", due now"));
    duration = rp_duration_format(ABS(left_s));
    /* TRANSLATORS: behind "waits 3 d". */
    return left_s < 0 ? g_strdup_printf(_(", overdue by %s"), duration)
                      : g_strdup_printf(_(", due in %s"), duration);
}

static char *
closed_text(const RpView *view, const RpFollowup *followup)
{
    g_autofree char *at = when(view, followup->closed_at);
    g_autofree char *latency = NULL;

    if (followup->latency_s < 0)
        /* TRANSLATORS: a state ("released") and a time. */
        return g_strdup_printf(_("%s on %s"), rp_words_state(followup->state), at);
    latency = rp_duration_format(followup->latency_s);
    /* TRANSLATORS: a state ("answered") and a duration. */
    return g_strdup_printf(_("%s after %s"), rp_words_state(followup->state), latency);
}

/* What else is to be known of an open one: R3's automatic reply stands beside the
 * wait. */
static char *
remark(const RpView *view, const RpFollowup *followup)
{
    RpAbsence absence = rp_view_absence(view, followup);
    GString *text = g_string_new(NULL);

    if (absence.at != RP_NEVER && absence.until_at == RP_NEVER) {
        g_autofree char *at = when(view, absence.at);

        g_string_append_printf(text, _(", away (automatic reply of %s)"), at);
    } else if (absence.at != RP_NEVER) {
        g_autofree char *at = when(view, absence.at);
        g_autofree char *until =
            rp_text_day(absence.until_at - 1, view->config->policy->zone);

        g_string_append_printf(text, _(", away (automatic reply of %s) until %s"), at,
                               until);
    }
    if (followup->snoozed_until_at != RP_NEVER) {
        g_autofree char *until = when(view, followup->snoozed_until_at);

        g_string_append_printf(text, _(", snoozed until %s"), until);
    }
    return g_string_free(text, FALSE);
}

/* R11: "3 d 4 h", and where there are working hours "3 d 4 h (9 h of work)". */
static char *
both_clocks(const RpFollowup *followup)
{
    g_autofree char *wall = rp_duration_format(followup->waiting_s);
    g_autofree char *working = NULL;

    if (followup->working_s < 0)
        return g_steal_pointer(&wall);
    working = rp_duration_format(followup->working_s);
    /* TRANSLATORS: a wait by the clock, and how much of it was working hours. */
    return g_strdup_printf(_("%s (%s of work)"), wall, working);
}

char *
rp_list_wait(const RpView *view, const RpFollowup *followup)
{
    g_autofree char *both = NULL;
    g_autofree char *waiting = NULL;
    g_autofree char *due = NULL;
    g_autofree char *more = NULL;

    if (followup->state != RP_STATE_OPEN)
        return closed_text(view, followup);
    both = both_clocks(followup);
    waiting = followup->direction == RP_MINE
                  ? g_strdup_printf(_("waits %s"), both)
                  : g_strdup_printf(_("silent for %s"), both);
    /* TRANSLATORS: behind "waits 3 d". */
    due = followup->is_lapsed ? g_strdup(_(", lapsed")) : due_text(view, followup);
    more = remark(view, followup);
    return g_strconcat(waiting, due, more, NULL);
}

/* Of a call or a favour. */
static char *
event_why(const RpView *view, const RpFollowup *followup)
{
    g_autofree char *opened = when(view, followup->opened_at);
    g_autofree char *what = rp_event_sentence(followup->event);
    g_autofree char *limit = rp_duration_format(followup->limit_s);

    GString *text = g_string_new(NULL);

    /* TRANSLATORS: a rule's number, what happened ("they called"), when. */
    g_string_printf(text, _("%s: %s, on %s"),
                    followup->channel == RP_CHANNEL_CALL ? "C2" : "F2", what, opened);
    if (followup->is_stranger)
        g_string_append(text, _(", a stranger"));
    if (followup->direction == RP_THEIRS)
        g_string_append_printf(text, _("; chase after %s"), limit);
    return g_string_free(text, FALSE);
}

static char *
opening_why(const RpView *view, const RpFollowup *followup)
{
    g_autofree char *opened = when(view, followup->opened_at);
    g_autofree char *limit = NULL;

    if (followup->event != NULL)
        return event_why(view, followup);
    if (followup->direction == RP_MINE)
        return g_strdup_printf(followup->is_stranger
                                   ? _("R4: wrote to you on %s, a stranger")
                                   : _("R4: wrote to you on %s"),
                               opened);
    limit = rp_duration_format(followup->limit_s);
    return g_strdup_printf(_("R6: you wrote on %s; chase after %s"), opened, limit);
}

char *
rp_list_why(const RpView *view, const RpFollowup *followup)
{
    g_autofree char *why = opening_why(view, followup);
    g_autofree char *usual = NULL;
    RpExpectation expectation;

    if (followup->state != RP_STATE_OPEN)
        /* TRANSLATORS: why it was opened, and a rule's number. */
        return g_strdup_printf(_("%s; closed by %s"), why, followup->rule);
    if (followup->event != NULL)
        return g_steal_pointer(&why);
    usual = rp_view_usual_text(view, followup);
    expectation = rp_view_expectation(view, followup);
    if (usual == NULL)
        /* TRANSLATORS: why it was opened; how likely an answer was then, and is now. */
        return g_strdup_printf(_("%s; R12: %.0f %%, by now %.0f %%"), why,
                               expectation.p0 * 100, expectation.still * 100);
    /* TRANSLATORS: the same, and "you answered 3 of 4 such mails". */
    return g_strdup_printf(_("%s; R12: %.0f %%, by now %.0f %%, %s"), why,
                           expectation.p0 * 100, expectation.still * 100, usual);
}

/* --- the list --- */

static int
room(const List *list, int used)
{
    return list->style->width > 0 ? MAX(list->style->width - used, ROOM_MIN) : 0;
}

/* The wait, and why: beside it or, where there is no room, below. */
static void
put_detail(List *list, const RpFollowup *followup, int indent)
{
    g_autofree char *all = rp_list_wait(list->view, followup);
    g_autofree char *wait = rp_text_clean(all, room(list, indent));
    g_autofree char *why = rp_list_why(list->view, followup);
    int used = indent + rp_text_width(wait) + 3;
    bool is_beside =
        list->style->width == 0 || used + rp_text_width(why) <= list->style->width;
    g_autofree char *shown_why =
        rp_text_clean(why, room(list, is_beside ? used : indent + 2));

    g_string_append_printf(list->text, "%*s%s%s%s", indent, "",
                           followup->is_overdue ? color(list, LATE) : "", wait,
                           followup->is_overdue ? color(list, PLAIN) : "");
    if (is_beside)
        g_string_append_c(list->text, ' ');
    else
        g_string_append_printf(list->text, "\n%*s", indent, "");
    g_string_append_printf(list->text, "%s(%s)%s\n", color(list, DIM), shown_why,
                           color(list, PLAIN));
}

static void
put_entry(List *list, const RpFollowup *followup)
{
    int indent = NUMBER_COLUMNS + 2, used = indent + WHO_COLUMNS + 2;
    g_autofree char *who =
        rp_text_pad(rp_view_person_label(list->view, followup), WHO_COLUMNS);
    g_autofree char *subject =
        rp_text_clean(rp_view_subject_text(list->view, followup), room(list, used));

    g_ptr_array_add(list->ids, g_strdup(rp_followup_id(followup)));
    g_string_append_printf(list->text, "%*u  %s  %s\n", NUMBER_COLUMNS, list->ids->len,
                           who, *subject != '\0' ? subject : _("(no subject)"));
    put_detail(list, followup, indent);
}

static void
put_title(List *list, const char *title, guint n)
{
    g_string_append_printf(list->text, "%s%s%s (%u)%s\n",
                           list->text->len > 0 ? "\n" : "", color(list, BOLD), title, n,
                           color(list, PLAIN));
}

static int
compare_still(gconstpointer a, gconstpointer b, gpointer data)
{
    const List *list = data;
    double x = rp_view_expectation(list->view, *(const RpFollowup *const *)a).still;
    double y = rp_view_expectation(list->view, *(const RpFollowup *const *)b).still;

    return (x < y) - (x > y);
}

/* Most overdue first. What is probably done is so because it is old: there the first
 * are those to which an answer may still come (R12). */
static GPtrArray *
find_members(List *list, const GPtrArray *followups, RpSection section)
{
    GPtrArray *members = g_ptr_array_new();

    for (guint i = 0; i < followups->len; i++) {
        if (rp_view_section(list->view, g_ptr_array_index(followups, i)) == section)
            g_ptr_array_add(members, g_ptr_array_index(followups, i));
    }
    if (section == RP_SECTION_DONE) /* stable: those without a chance stay in order */
        g_ptr_array_sort_with_data(members, compare_still, list);
    return members;
}

static void
put_more(List *list, guint n, const char *command)
{
    if (n == 0)
        return;
    g_string_append_printf(list->text, "%*s", NUMBER_COLUMNS + 2, "");
    /* TRANSLATORS: %s is a command that shows them. */
    g_string_append_printf(
        list->text, ngettext("and %u more: %s", "and %u more: %s", n), n, command);
    g_string_append_c(list->text, '\n');
}

static void
put_section(List *list, const GPtrArray *followups, RpSection section)
{
    static const char *const titles[RP_N_SECTIONS] = {
        [RP_SECTION_OWED] = N_("Replies you owe"),
        [RP_SECTION_CALLS] = N_("Calls to return"),
        [RP_SECTION_NEW] = N_("New people"),
        [RP_SECTION_WAITING] = N_("People to chase"),
        [RP_SECTION_THANKS] = N_("Thanks you owe"),
        [RP_SECTION_DONE] = N_("Probably done (R12)"),
    };
    /* Short enough to act on; what is probably done is not acted on. */
    static const guint most[RP_N_SECTIONS] = {
        [RP_SECTION_OWED] = 20,    [RP_SECTION_CALLS] = 10,  [RP_SECTION_NEW] = 10,
        [RP_SECTION_WAITING] = 10, [RP_SECTION_THANKS] = 10, [RP_SECTION_DONE] = 5,
    };
    g_autoptr(GPtrArray) members = find_members(list, followups, section);
    guint n;

    if (members->len == 0)
        return;
    n = list->style->is_full ? members->len : MIN(members->len, most[section]);
    put_title(list, _(titles[section]), members->len);
    for (guint i = 0; i < n; i++)
        put_entry(list, g_ptr_array_index(members, i));
    put_more(list, members->len - n, "riposte list --full");
}

/* K3, K4: nothing of it has a number, as there is no follow-up. */
static void
put_keep_line(List *list, uint32_t person, const char *text)
{
    int indent = NUMBER_COLUMNS + 2, used = indent + WHO_COLUMNS + 2;
    uint32_t address = rp_view_person_address(list->view, person);
    g_autofree char *who =
        rp_text_pad(rp_view_label_of(list->view, person, address), WHO_COLUMNS);
    g_autofree char *shown = rp_text_clean(text, room(list, used));

    g_string_append_printf(list->text, "%*s%s  %s\n", indent, "", who, shown);
}

static void
put_keep(List *list)
{
    g_autoptr(GArray) keeps = rp_view_keep_due(list->view);
    g_autoptr(GArray) days = rp_view_days(list->view, RP_KEEP_SOON_DAYS);

    guint n = list->style->is_full ? keeps->len : MIN(keeps->len, KEEP_MAX);

    if (keeps->len + days->len == 0)
        return;
    put_title(list, _("People to get back in touch with"), keeps->len + days->len);
    for (guint i = 0; i < days->len; i++) {
        const RpKeepDay *day = &g_array_index(days, RpKeepDay, i);
        g_autofree char *text = rp_view_day_text(day);

        put_keep_line(list, day->person, text);
    }
    for (guint i = 0; i < n; i++) {
        const RpKeep *keep = &g_array_index(keeps, RpKeep, i);
        g_autofree char *text = rp_view_keep_text(list->view, keep);

        put_keep_line(list, keep->person, text);
    }
    put_more(list, keeps->len - n, "riposte keep");
}

static void
put_all(List *list, const GPtrArray *followups)
{
    put_title(list, _("All follow-ups"), followups->len);
    for (guint i = 0; i < followups->len; i++)
        put_entry(list, g_ptr_array_index(followups, i));
}

/* Nothing due is one thing, no mail by that time another: a clock may be wrong. */
static void
put_none(List *list)
{
    g_autofree char *now = when(list->view, list->view->as_of_at);

    if (list->view->corpus->copies->len == 0 && rp_view_was_read(list->view))
        g_string_append(list->text, _("There is no mail: the folders read are empty."));
    else if (list->view->corpus->copies->len == 0)
        g_string_append(list->text, _("Nothing was read yet. Run riposte sync (after"
                                      " riposte setup, which asks for your mail)."));
    else if (list->view->derivation->messages->len == 0)
        g_string_append_printf(
            list->text, _("All mail is later than %s: set the clock, or --now."), now);
    else
        g_string_append(list->text, _("Nothing is due: nobody waits for you, and"
                                      " nobody is to be chased."));
    g_string_append_c(list->text, '\n');
}

char *
rp_list_text(const RpView *view, const GPtrArray *followups, const RpListStyle *style,
             GPtrArray *ids)
{
    List list = {g_string_new(NULL), view, style, ids};

    if (style->is_all && followups->len > 0)
        put_all(&list, followups);
    for (int section = 0; !style->is_all && section < RP_N_SECTIONS; section++) {
        put_section(&list, followups, (RpSection)section);
        if (section == RP_SECTION_WAITING && style->has_keep)
            put_keep(&list);
    }
    if (list.text->len == 0)
        put_none(&list);
    return g_string_free(list.text, FALSE);
}
