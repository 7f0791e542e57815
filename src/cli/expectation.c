/* SPDX-License-Identifier: GPL-3.0-or-later */
/* expectation.c - riposte doctor --expectation: how good R12's model is here */
#include "cli/expectation.h"

#include <glib/gi18n.h>
#include <math.h>

#include "cli/json-out.h"
#include "core/score.h"
#include "report/json.h"
#include "view/expect.h"

enum {
    LATE_S = 48 * RP_HOUR_S, /* at which p(t) is looked at */
    FEW = 50,                /* guesses that tell nothing */
    NAME_COLUMNS = 24,
};

static const double TRAINING_SHARE = 0.7;

/* One direction's. */
typedef struct {
    uint32_t n_labelled;
    double base_rate;         /* of the first seven tenths */
    RpScore at_opening, late; /* of the rest; late: those unanswered after 48 h */
} Check;

/* Of uint32_t, indices in rp_expectations_learned(): those whose outcome is known, by
 * their opening. */
static GArray *
find_labelled(const RpView *view, RpDirection direction)
{
    const GArray *all = rp_expectations_learned(rp_view_expectations(view));
    GArray *found = g_array_new(FALSE, FALSE, sizeof(uint32_t));

    for (uint32_t i = 0; i < all->len; i++) {
        const RpFollowup *followup = &g_array_index(all, RpFollowup, i);

        if (followup->direction == direction &&
            rp_expectation_label(followup, view->as_of_at) >= 0)
            g_array_append_val(found, i);
    }
    return found;
}

static bool
is_answered(const RpView *view, const RpFollowup *followup)
{
    return rp_expectation_label(followup, view->as_of_at) == 1;
}

static void
add_guess(GArray *guesses, double p, bool is_answered)
{
    RpGuess guess = {p, is_answered};

    g_array_append_val(guesses, guess);
}

static void
check(const RpView *view, RpDirection direction, Check *result)
{
    RpExpectations *expectations = rp_view_expectations(view);
    g_autoptr(GArray) labelled = find_labelled(view, direction);
    g_autoptr(GArray) guesses = g_array_new(FALSE, FALSE, sizeof(RpGuess));
    g_autoptr(GArray) late = g_array_new(FALSE, FALSE, sizeof(RpGuess));
    guint first = (guint)(labelled->len * TRAINING_SHARE), n_answered = 0;

    for (guint i = 0; i < labelled->len; i++) {
        uint32_t index = g_array_index(labelled, uint32_t, i);
        const RpFollowup *followup =
            &g_array_index(rp_expectations_learned(expectations), RpFollowup, index);
        bool is_yes = is_answered(view, followup);
        double p0;

        if (i < first) {
            n_answered += is_yes ? 1 : 0;
            continue;
        }
        p0 = rp_expectation_of_learned(expectations, index);
        add_guess(guesses, p0, is_yes);
        if (!is_yes || followup->latency_s > LATE_S)
            add_guess(late, rp_expectation_after(expectations, followup, p0, LATE_S),
                      is_yes);
    }
    result->n_labelled = labelled->len;
    result->base_rate = first > 0 ? (double)n_answered / first : 0.5;
    rp_score((RpGuess *)(gpointer)guesses->data, guesses->len, result->base_rate,
             &result->at_opening);
    rp_score((RpGuess *)(gpointer)late->data, late->len, result->base_rate,
             &result->late);
}

/* --- text --- */

static void
print_number(RpCli *cli, const char *name, double value, const char *comment)
{
    int lacks = rp_cli_lacks(name, NAME_COLUMNS);

    if (isnan(value))
        rp_cli_print(cli, "  %s%*s  %s\n", name, lacks, "", _("not known"));
    else
        rp_cli_print(cli, "  %s%*s  %.3f  %s\n", name, lacks, "", value, comment);
}

static void
print_bins(RpCli *cli, const RpScore *score)
{
    rp_cli_print(cli, _("  expected %%, then answered %%:"));
    for (int i = 0; i < RP_N_BINS; i++)
        rp_cli_print(cli, "%s%.0f/%.0f", i > 0 ? "  " : " ",
                     score->bins[i].predicted * 100, score->bins[i].observed * 100);
    rp_cli_print(cli, "\n");
}

static void
print_check(RpCli *cli, const char *title, const Check *result)
{
    const RpScore *score = &result->at_opening;

    rp_cli_print(cli, "%s%s%s\n", rp_cli_style(cli, RP_STYLE_BOLD), title,
                 rp_cli_style(cli, RP_STYLE_NONE));
    rp_cli_print(cli,
                 _("  the last %u of %u follow-ups whose outcome is known: %u answered"
                   " within 14 d\n"),
                 score->n, result->n_labelled, score->n_answered);
    if (score->n < FEW) {
        rp_cli_print(cli, _("  Too few to tell how good it is: %u at least.\n"), FEW);
        return;
    }
    print_number(cli, _("AUC"), score->auc,
                 _("(0.5: no better than chance; 1: always right)"));
    print_number(cli, _("Brier score"), score->brier, _("(0: always right)"));
    print_number(cli, _("Brier skill"), score->skill,
                 _("(above 0: better than the share answered before)"));
    print_number(cli, _("calibration error"), score->calibration_error,
                 /* xgettext:no-c-format */
                 _("(0: of what it calls 60 %, 60 % are answered)"));
    print_number(cli, _("  after 48 h of silence"), result->late.calibration_error, "");
    print_bins(cli, score);
}

/* --- JSON --- */

static void
add_check(JsonBuilder *builder, const char *name, const Check *result)
{
    const RpScore *score = &result->at_opening;

    json_builder_set_member_name(builder, name);
    json_builder_begin_object(builder);
    rp_json_add_int(builder, "labelled", result->n_labelled);
    rp_json_add_int(builder, "n", score->n);
    rp_json_add_int(builder, "answered", score->n_answered);
    rp_json_add_share(builder, "base_rate", result->base_rate);
    rp_json_add_share(builder, "auc", score->auc);
    rp_json_add_share(builder, "brier", score->brier);
    rp_json_add_share(builder, "brier_skill", score->skill);
    rp_json_add_share(builder, "calibration_error", score->calibration_error);
    rp_json_add_int(builder, "n_48h", result->late.n);
    rp_json_add_share(builder, "calibration_error_48h", result->late.calibration_error);
    json_builder_set_member_name(builder, "bins");
    json_builder_begin_array(builder);
    for (int i = 0; i < RP_N_BINS; i++) {
        json_builder_begin_object(builder);
        rp_json_add_int(builder, "n", score->bins[i].n);
        rp_json_add_share(builder, "predicted", score->bins[i].predicted);
        rp_json_add_share(builder, "observed", score->bins[i].observed);
        json_builder_end_object(builder);
    }
    json_builder_end_array(builder);
    json_builder_end_object(builder);
}

static void
print_json(RpCli *cli, const Check *mine, const Check *theirs)
{
    g_autoptr(JsonBuilder) builder = json_builder_new();

    json_builder_begin_object(builder);
    rp_json_add_text(builder, "schema", "riposte.expectation/1");
    rp_json_add_instant(builder, "as_of", cli->now_at);
    add_check(builder, "mine", mine);
    add_check(builder, "theirs", theirs);
    json_builder_end_object(builder);
    rp_cli_print_json(cli, builder);
}

RpExit
rp_cli_check_expectation(RpCli *cli, GError **error)
{
    const RpView *view = rp_cli_view(cli, error);
    Check mine, theirs;

    if (view == NULL)
        return RP_EXIT_FAILED;
    check(view, RP_MINE, &mine);
    check(view, RP_THEIRS, &theirs);
    if (cli->is_json) {
        print_json(cli, &mine, &theirs);
        return RP_EXIT_DONE;
    }
    rp_cli_print(cli, _("How well answers were expected when the mail came (R12), each"
                        " month by what was known\nthen:\n\n"));
    print_check(cli, _("My replies"), &mine);
    rp_cli_print(cli, "\n");
    print_check(cli, _("Their replies"), &theirs);
    return RP_EXIT_DONE;
}
