/* SPDX-License-Identifier: GPL-3.0-or-later */
/* explain-figure.c - the waits that a figure of the report is made of */
#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#include "report/explain.h"
#include "report/text.h"
#include "report/words.h"

/* What a figure counts. */
typedef enum {
    ESTIMATE,      /* all opened in the window that R13 does not leave out */
    ANSWERED_ONLY, /* those of them with an answer */
    SENT,          /* answers sent in the window */
    STATE,         /* those opened in the window that are in one state */
} Group;

typedef struct {
    const RpFollowup *followup; /* foreign */
    RpLatency latency;
} Wait;

typedef struct {
    const RpFigureQuestion *question; /* foreign */
    RpDirection direction;
    Group group;
    const char *rest; /* foreign; behind the direction: "estimate.within_48h" */
    char *value;      /* own; as in the document */
    GArray *waits;    /* own, of Wait: shortest first */
    guint n_events;
} Answer;

static void
answer_clear(Answer *answer)
{
    g_free(answer->value);
    g_clear_pointer(&answer->waits, g_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Answer, answer_clear)

/* The figure as the report writes it; NULL if it has none of that name. */
static char *
value_of(const RpFigures *figures, const char *path)
{
    g_autoptr(JsonBuilder) builder = json_builder_new_immutable();
    g_autoptr(JsonNode) root = NULL;
    g_auto(GStrv) names = g_strsplit(path, ".", -1);
    JsonNode *node;

    rp_json_figures(builder, figures);
    root = json_builder_get_root(builder);
    node = root;
    for (char **name = names; *name != NULL && node != NULL; name++)
        node = JSON_NODE_HOLDS_OBJECT(node)
                   ? json_object_get_member(json_node_get_object(node), *name)
                   : NULL;
    if (node == NULL || JSON_NODE_HOLDS_OBJECT(node))
        return NULL;
    return json_to_string(node, FALSE);
}

static bool
read_name(const char *name, Answer *answer)
{
    if (g_str_has_prefix(name, "report."))
        name += strlen("report.");
    if (g_str_has_prefix(name, "mine."))
        answer->direction = RP_MINE;
    else if (g_str_has_prefix(name, "theirs."))
        answer->direction = RP_THEIRS;
    else
        return false;
    answer->rest = strchr(name, '.') + 1;
    answer->group = g_str_has_prefix(answer->rest, "estimate.")        ? ESTIMATE
                    : g_str_has_prefix(answer->rest, "answered_only.") ? ANSWERED_ONLY
                    : strcmp(answer->rest, "answers_sent") == 0        ? SENT
                                                                       : STATE;
    return true;
}

static bool
is_in(int64_t at, const RpFigureQuestion *question)
{
    const RpPeriod *window = &question->scope->period;

    return at >= window->from_at && at < window->until_at;
}

static bool
is_answer(const RpFollowup *followup)
{
    return followup->state == RP_STATE_ANSWERED || followup->state == RP_STATE_DONE;
}

static bool
has_state(const RpFollowup *followup, const char *name)
{
    if (strcmp(name, "opened") == 0 || strcmp(name, "share_released") == 0)
        return true;
    if (strcmp(name, "lapsed") == 0)
        return followup->state == RP_STATE_OPEN && followup->is_lapsed;
    return strcmp(name, rp_state_name(followup->state)) == 0;
}

static bool
counts(const Answer *answer, const RpView *view, const RpFollowup *followup)
{
    const RpFigureQuestion *question = answer->question;

    if (followup->direction != answer->direction ||
        !rp_scope_has(question->scope, view, followup))
        return false;
    if (answer->group == SENT)
        return is_answer(followup) && is_in(followup->closed_at, question);
    if (!is_in(followup->opened_at, question))
        return false;
    if (answer->group == STATE)
        return has_state(followup, answer->rest);
    return answer->group == ESTIMATE || is_answer(followup);
}

static int
compare_waits(gconstpointer a, gconstpointer b)
{
    const Wait *left = a, *right = b;

    if (left->latency.wait_s != right->latency.wait_s)
        return left->latency.wait_s < right->latency.wait_s ? -1 : 1;
    return strcmp(rp_followup_id(left->followup), rp_followup_id(right->followup));
}

/* The wait as the figure sees it; false if R13 leaves it out. */
static bool
wait_of(const Answer *answer, const RpFollowup *followup, int64_t as_of_at, Wait *wait)
{
    wait->followup = followup;
    if (answer->group == ANSWERED_ONLY || answer->group == SENT) {
        wait->latency = (RpLatency){followup->latency_s, false};
        return true;
    }
    if (rp_latency_of(followup, as_of_at, &wait->latency))
        return true;
    wait->latency = (RpLatency){followup->closed_at - followup->opened_at, true};
    return answer->group == STATE;
}

static void
collect(const RpView *view, Answer *answer)
{
    const GArray *followups = view->derivation->followups;

    answer->waits = g_array_new(FALSE, FALSE, sizeof(Wait));
    for (guint i = 0; i < followups->len; i++) {
        const RpFollowup *followup = &g_array_index(followups, RpFollowup, i);
        Wait wait;

        if (!counts(answer, view, followup) ||
            !wait_of(answer, followup, view->as_of_at, &wait))
            continue;
        answer->n_events += wait.latency.is_censored ? 0 : 1;
        g_array_append_val(answer->waits, wait);
    }
    g_array_sort(answer->waits, compare_waits);
}

static void
work_out(const RpView *view, const Answer *answer, RpFigures *figures)
{
    const RpScope *scope = answer->question->scope;
    const GArray *followups = view->derivation->followups;
    RpTally tally = RP_TALLY_INIT;

    for (guint i = 0; i < followups->len; i++) {
        const RpFollowup *followup = &g_array_index(followups, RpFollowup, i);

        if (followup->direction == answer->direction &&
            rp_scope_has(scope, view, followup))
            rp_tally_add(&tally, followup, scope->period.from_at,
                         scope->period.until_at, view->as_of_at);
    }
    rp_tally_end(&tally, figures);
}

static bool
find_answer(const RpView *view, const RpFigureQuestion *question, Answer *answer)
{
    RpFigures figures;

    answer->question = question;
    if (!read_name(question->name, answer))
        return false;
    work_out(view, answer, &figures);
    answer->value = value_of(&figures, answer->rest);
    if (answer->value == NULL)
        return false;
    collect(view, answer);
    return true;
}

static const char *
rule_text(const Answer *answer)
{
    static const char *const texts[] = {
        [ESTIMATE] = N_("R13: Kaplan-Meier; the unanswered count until lost sight of"),
        [ANSWERED_ONLY] = N_("R13: the answered alone, as other tools count"),
        [SENT] = N_("R13: answers of the week they were sent in, whenever opened"),
        [STATE] = N_("R13: a follow-up belongs to the week in which it was opened"),
    };

    return texts[answer->group];
}

/* The figure in words, as the report has them: "20 %", "1 d 4 h", "not reached". */
static char *
worded(const Answer *answer)
{
    const char *name = strrchr(answer->rest, '.');
    bool is_known = strcmp(answer->value, "null") != 0;

    name = name != NULL ? name + 1 : answer->rest;
    if (g_str_has_suffix(name, "_s"))
        return rp_words_wait(is_known ? g_ascii_strtoll(answer->value, NULL, 10) : -1,
                             answer->waits->len);
    if (!is_known)
        return rp_words_share((double)NAN);
    if (g_str_has_prefix(name, "within_") || g_str_has_prefix(name, "se_") ||
        g_str_has_prefix(name, "share_"))
        return g_strdup_printf("%.4g %%", g_ascii_strtod(answer->value, NULL) * 100);
    return g_strdup(answer->value);
}

static void
put_wait(GString *text, const RpView *view, const Wait *wait, int width)
{
    /* TRANSLATORS: of a wait: an answer ended it, or its end is not known. */
    const char *words[] = {C_("wait", "event"), C_("wait", "censored")};
    int columns = MAX(rp_text_width(words[0]), rp_text_width(words[1]));
    g_autofree char *duration = rp_duration_format(wait->latency.wait_s);
    g_autofree char *who = rp_text_pad(rp_view_person_label(view, wait->followup), 20);
    g_autofree char *word = rp_text_pad(words[wait->latency.is_censored], columns);
    g_autofree char *line = g_strdup_printf(
        "  %*s%s  %s  %-10s  %s  ", MAX(11 - rp_text_width(duration), 0), "", duration,
        word, rp_followup_id(wait->followup), who);
    int room = width > 0 ? MAX(width - rp_text_width(line), 8) : 0;
    g_autofree char *subject =
        rp_text_clean(rp_view_subject_text(view, wait->followup), room);

    g_string_append_printf(text, "%s%s\n", line, subject);
}

char *
rp_explain_figure_text(const RpView *view, const RpFigureQuestion *question, int width)
{
    g_auto(Answer) answer = {.value = NULL};
    GTimeZone *zone = view->config->policy->zone;
    g_autofree char *from = rp_text_when(question->scope->period.from_at, zone);
    g_autofree char *until = rp_text_when(question->scope->period.until_at, zone);
    g_autofree char *value = NULL;
    GString *text;

    if (!find_answer(view, question, &answer))
        return NULL;
    value = worded(&answer);
    text = g_string_new(NULL);
    /* TRANSLATORS: a figure's name and value, and two times. */
    g_string_append_printf(text, _("%s = %s, of %s to %s"), question->name, value, from,
                           until);
    g_string_append_printf(text, "\n%s\n", _(rule_text(&answer)));
    g_string_append_printf(text, _("n %u, events %u, censored %u"), answer.waits->len,
                           answer.n_events, answer.waits->len - answer.n_events);
    g_string_append_c(text, '\n');
    for (guint i = 0; i < answer.waits->len; i++)
        put_wait(text, view, &g_array_index(answer.waits, Wait, i), width);
    return g_string_free(text, FALSE);
}

static void
add_wait(JsonBuilder *builder, const Wait *wait)
{
    json_builder_begin_object(builder);
    rp_json_add_text(builder, "followup", rp_followup_id(wait->followup));
    rp_json_add_duration(builder, "wait_s", wait->latency.wait_s);
    rp_json_add_bool(builder, "censored", wait->latency.is_censored);
    rp_json_add_text(builder, "state", rp_state_name(wait->followup->state));
    json_builder_end_object(builder);
}

static void
head_members(JsonBuilder *builder, const RpView *view, const Answer *answer)
{
    const RpFigureQuestion *question = answer->question;

    rp_json_add_text(builder, "schema", "riposte.explain/1");
    rp_json_add_instant(builder, "as_of", view->as_of_at);
    rp_json_add_instant(builder, "from", question->scope->period.from_at);
    rp_json_add_instant(builder, "to", question->scope->period.until_at);
    rp_json_add_text(builder, "figure", question->name);
    rp_json_add_text(builder, "rule", rule_text(answer));
    json_builder_set_member_name(builder, "value");
    json_builder_add_value(builder, json_from_string(answer->value, NULL));
    rp_json_add_int(builder, "n", answer->waits->len);
    rp_json_add_int(builder, "events", answer->n_events);
}

char *
rp_explain_figure_json(const RpView *view, const RpFigureQuestion *question)
{
    g_auto(Answer) answer = {.value = NULL};
    g_autoptr(JsonBuilder) builder = json_builder_new();
    g_autoptr(JsonGenerator) generator = json_generator_new();
    GString *text;

    if (!find_answer(view, question, &answer))
        return NULL;
    text = g_string_new(NULL);
    json_builder_begin_object(builder);
    head_members(builder, view, &answer);
    json_builder_set_member_name(builder, "waits");
    json_builder_begin_array(builder);
    for (guint i = 0; i < answer.waits->len; i++)
        add_wait(builder, &g_array_index(answer.waits, Wait, i));
    json_builder_end_array(builder);
    json_builder_end_object(builder);
    rp_json_flush(builder, generator, text);
    g_string_append_c(text, '\n');
    return g_string_free(text, FALSE);
}
