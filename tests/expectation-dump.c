/* SPDX-License-Identifier: GPL-3.0-or-later */
/* expectation-dump.c - what R12's model sees and says, for independent checks
 *
 * usage: expectation-dump CONFIG DB AS-OF             a line of JSON a follow-up shown,
 *            and one each that is learned from
 *        expectation-dump CONFIG DB AS-OF DIRECTION MONTH   a training set: the fitted
 *            intercept and coefficients in one line, then y, w and x of each row
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/expectation.h"
#include "view/view.h"

static void
print_followup(const RpView *view, RpExpectations *expectations, const RpFollowup *f)
{
    RpExpectation e = rp_expectation_of(expectations, f);

    printf("{\"id\": \"%s\", \"direction\": \"%s\", \"label\": %d", rp_followup_id(f),
           rp_direction_name(f->direction), rp_expectation_label(f, view->as_of_at));
    for (RpFeature j = 0; j < RP_N_FEATURES; j++)
        printf(", \"%s\": %.17g", rp_feature_name(j), e.history->x[j]);
    printf(", \"g\": %.17g, \"h\": %.17g, \"p0\": %.17g, \"still\": %.17g"
           ", \"p48\": %.17g, \"n\": %u, \"basis\": %d, \"basis_n\": %u"
           ", \"basis_k\": %u}\n",
           e.history->g, e.history->h, e.p0, e.still,
           rp_expectation_after(expectations, f, e.p0, 48 * RP_HOUR_S), e.n_training,
           (int)e.history->basis, e.history->basis_n, e.history->basis_k);
}

static void
print_learned(const RpView *view, const RpFollowup *f)
{
    const RpMessage *m =
        &g_array_index(view->derivation->messages, RpMessage, f->message);
    const RpAddress *address =
        &g_array_index(view->corpus->addresses, RpAddress, f->address);

    printf("{\"learned\": \"%s\", \"address\": \"%s\", \"opened_by\": \"%s\""
           ", \"opened_at\": %" PRId64 ", \"state\": \"%s\", \"closed_at\": %" PRId64
           ", \"released_at\": %" PRId64 "}\n",
           rp_direction_name(f->direction), address->text,
           rp_message_id(view->derivation, m), f->opened_at, rp_state_name(f->state),
           f->closed_at == RP_NEVER ? -1 : f->closed_at,
           f->released_at == RP_NEVER ? -1 : f->released_at);
}

static void
print_training(const RpTraining *training)
{
    for (RpFeature j = 0; j <= RP_N_FEATURES; j++)
        printf("%s%.17g", j > 0 ? " " : "", training->b[j]);
    putchar('\n');
    for (guint i = 0; i < training->y->len; i++) {
        printf("%.17g %.17g", g_array_index(training->y, double, i),
               g_array_index(training->w, double, i));
        for (RpFeature j = 0; j < RP_N_FEATURES; j++)
            printf(" %.17g",
                   g_array_index(training->x, double, (gsize)i *RP_N_FEATURES + j));
        putchar('\n');
    }
}

int
main(int argc, char **argv)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(RpConfig) config = argc > 3 ? rp_config_load(argv[1], &error) : NULL;
    g_autoptr(RpStore) store = config != NULL ? rp_store_open(argv[2], &error) : NULL;
    g_autoptr(RpView) view = NULL;
    g_autoptr(RpExpectations) expectations = NULL;
    int64_t as_of_at;
    int64_t month_at;

    if (store == NULL || !rp_instant_parse(argv[3], NULL, &as_of_at)) {
        fprintf(stderr, "%s\n",
                error != NULL ? error->message : "usage: see the source");
        return EXIT_FAILURE;
    }
    view = rp_view_load(store, config, as_of_at, &error);
    if (view == NULL)
        return EXIT_FAILURE;
    expectations = rp_expectations_new(view->derivation);
    if (argc > 5 && rp_instant_parse(argv[5], NULL, &month_at)) {
        RpTraining *training = rp_expectations_training(
            expectations, strcmp(argv[4], "mine") == 0 ? RP_MINE : RP_THEIRS, month_at);

        print_training(training);
        rp_training_free(training);
        return EXIT_SUCCESS;
    }
    for (guint i = 0; i < view->derivation->followups->len; i++)
        print_followup(view, expectations,
                       &g_array_index(view->derivation->followups, RpFollowup, i));
    for (guint i = 0; i < rp_expectations_learned(expectations)->len; i++)
        print_learned(
            view, &g_array_index(rp_expectations_learned(expectations), RpFollowup, i));
    return EXIT_SUCCESS;
}
