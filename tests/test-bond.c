/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-bond.c - how close a person is, and what fades: B1 to B3 */
#include <math.h>

#include "core/bond.h"
#include "report-mail.h"

enum { DAY = RP_DAY_S };
#define AS_OF ((int64_t)1794214800) /* 2026-11-09T09:00:00Z */

#define ME "Me <me@example.org>"
#define ANN "ann@example.org"
#define BOB "bob@example.org"

static GArray *
contacts_of(const RpContact *rows, guint n)
{
    GArray *contacts = g_array_new(FALSE, FALSE, sizeof(RpContact));

    return g_array_append_vals(contacts, rows, n);
}

/* By hand: in 2, out 1; ln(1 + 1) / ln(13) = 0.270238; 2 of 12 months (0 and 3 days,
 * 60 days: month 1); last 3 days ago: 2^-(3/60) = 0.965936; no answers known: 1/2.
 * 0.4 * 0.270238 + 0.25 * 2/12 + 0.2 * 0.965936 + 0.15 * 0.5 = 0.417949. */
static void
test_closeness(void)
{
    static const RpContact rows[] = {
        {AS_OF - 366 * DAY, 1, true}, /* more than a year ago */
        {AS_OF - 60 * DAY, 1, false},
        {AS_OF - 4 * DAY, 1, true},
        {AS_OF - 3 * DAY, 1, false},
    };
    g_autoptr(GArray) contacts = contacts_of(rows, G_N_ELEMENTS(rows));
    RpBond bond;

    rp_bond_of(contacts, AS_OF, &bond);
    g_assert_cmpuint(bond.n_in, ==, 2);
    g_assert_cmpuint(bond.n_out, ==, 1);
    g_assert_cmpuint(bond.n_months, ==, 2);
    g_assert_cmpint(bond.first_at, ==, AS_OF - 366 * DAY);
    g_assert_cmpint(bond.last_at, ==, AS_OF - 3 * DAY);
    g_assert_cmpfloat_with_epsilon(bond.reciprocity, 0.270238, 1e-6);
    g_assert_cmpfloat_with_epsilon(bond.recency, 0.965936, 1e-6);
    g_assert_cmpfloat_with_epsilon(bond.closeness, 0.417949, 1e-6);
    g_assert_cmpstr(rp_bond_word(bond.closeness), ==, "warm");
}

/* B2: one way alone is no bond, however often. */
static void
test_one_way(void)
{
    g_autoptr(GArray) contacts = g_array_new(FALSE, FALSE, sizeof(RpContact));
    RpBond bond;

    for (int i = 100; i > 0; i--) {
        RpContact contact = {AS_OF - i * DAY, 1, true};

        g_array_append_val(contacts, contact);
    }
    rp_bond_of(contacts, AS_OF, &bond);
    g_assert_cmpuint(bond.n_out, ==, 100);
    g_assert_cmpfloat(bond.closeness, ==, 0);
    g_assert_false(bond.is_fading);
    rp_bond_of(NULL, AS_OF, &bond);
    g_assert_cmpint(bond.last_at, ==, RP_NEVER);
    g_assert_cmpstr(rp_bond_word(bond.closeness), ==, "none");
}

/* B3: every ten days, both ways; of ten gaps nine are 10 days, one is 40. The 9th of
 * 10 is 10 days, but no silence below 30 days fades. */
static void
test_fading(void)
{
    static const struct {
        const char *what;
        int64_t silent_days;
        bool is_fading, is_lost;
    } cases[] = {
        {"not for 30 days", 30, false, false},
        {"from then on", 31, true, false},
        {"for a year", 365, true, false},
        {"then it is lost", 366, false, true},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GArray) contacts = g_array_new(FALSE, FALSE, sizeof(RpContact));
        int64_t last_at = AS_OF - cases[i].silent_days * DAY;
        RpBond bond;

        for (int k = 10; k >= 0; k--) {
            RpContact contact = {last_at - k * 10 * DAY - (k == 10 ? 30 * DAY : 0), 1,
                                 k % 2 == 0};

            g_array_append_val(contacts, contact);
        }
        rp_bond_of(contacts, AS_OF, &bond);
        g_test_message("%s", cases[i].what);
        g_assert_cmpuint(bond.n_days, ==, 11);
        g_assert_cmpint(bond.usual_gap_s, ==, 10 * DAY);
        g_assert_true(bond.is_fading == cases[i].is_fading);
        g_assert_true(bond.is_lost == cases[i].is_lost);
        g_assert_cmpfloat(bond.closeness_then, >, bond.closeness);
    }
}

/* B3: five days of contact tell nothing. */
static void
test_too_few_days(void)
{
    g_autoptr(GArray) contacts = g_array_new(FALSE, FALSE, sizeof(RpContact));
    RpBond bond;

    for (int i = 4; i >= 0; i--) {
        RpContact contact = {AS_OF - (100 + i) * DAY, 1, i % 2 == 0};

        g_array_append_val(contacts, contact);
    }
    rp_bond_of(contacts, AS_OF, &bond);
    g_assert_cmpuint(bond.n_days, ==, 5);
    g_assert_cmpint(bond.usual_gap_s, ==, -1);
    g_assert_false(bond.is_fading);
}

/* B1, B2: Ann wrote to me and two others (a third), I answered her alone within the
 * hour (one) and asked; she is silent since then. The robot's is no contact. */
static void
test_of_mail(void)
{
    static const RpTestMail mails[] = {
        {AS_OF - 10 * DAY, "a1", ANN, ME "," BOB ",cy@example.org", NULL, "Hello"},
        {AS_OF - 10 * DAY + 600, "m1", ME, ANN, "a1", "Re: Hello"},
        {AS_OF - 9 * DAY, "r1", "noreply@example.org", ME, NULL, "News"},
        {AS_OF - 4 * DAY, "m2", ME, ANN, NULL, "Question"},
    };
    g_autoptr(RpConfig) config = rp_test_config("UTC");
    g_autoptr(RpView) view =
        rp_test_view(config, mails, G_N_ELEMENTS(mails), AS_OF, false);
    g_autofree RpBond *bonds = rp_bonds(view->derivation);
    uint32_t ann = rp_test_opened_by(view, "a1", ANN)->person;

    g_assert_cmpuint(bonds[ann].n_in, ==, 1);
    g_assert_cmpuint(bonds[ann].n_out, ==, 2);
    g_assert_cmpfloat_with_epsilon(bonds[ann].in, 1 / 3.0, 1e-12);
    g_assert_cmpfloat_with_epsilon(bonds[ann].out, 2, 1e-12);
    g_assert_cmpfloat(bonds[ann].mine_48h, ==, 1);
    g_assert_cmpuint(bonds[ann].n_mine, ==, 1);
    /* Hers: of m1 and m2, nobody answered within 48 h. */
    g_assert_cmpfloat(bonds[ann].theirs_48h, ==, 0);
    /* Mine (1 + 1) / 3, theirs (0 + 1) / (2 + 2). */
    g_assert_cmpuint(bonds[ann].n_theirs, ==, 2);
    g_assert_cmpfloat_with_epsilon(bonds[ann].answers, (2 / 3.0 + 1 / 4.0) / 2, 1e-12);
    for (guint i = 0; i < view->corpus->addresses->len; i++) {
        const RpAddress *address =
            &g_array_index(view->corpus->addresses, RpAddress, i);

        if (g_str_has_prefix(address->text, "noreply"))
            g_assert_cmpint(bonds[address->person].last_at, ==, RP_NEVER);
    }
}

/* B1: a missed call of hers is contact by her, a meeting by both; a promise is none,
 * nor what was taken back. In the order of time with the mail. */
static void
test_events(void)
{
    static const struct {
        RpEventKind kind;
        RpWay way;
        RpOutcome outcome;
        int64_t at, undone_at;
    } rows[] = {
        {RP_EVENT_CALL, RP_WAY_IN, RP_OUTCOME_MISSED, AS_OF - 5 * DAY, RP_NEVER},
        {RP_EVENT_MEETING, RP_WAY_BOTH, RP_OUTCOME_HAPPENED, AS_OF - 2 * DAY, RP_NEVER},
        {RP_EVENT_CALL, RP_WAY_OUT, RP_OUTCOME_PROMISED, AS_OF - DAY, RP_NEVER},
        {RP_EVENT_LETTER, RP_WAY_OUT, RP_OUTCOME_HAPPENED, AS_OF - DAY, AS_OF},
    };
    static const RpTestMail mail = {AS_OF - 3 * DAY, "m1", ME, ANN, NULL, "Hello"};
    g_autoptr(RpConfig) config = rp_test_config("UTC");
    RpCorpus *corpus = rp_corpus_new();
    GPtrArray *events = g_ptr_array_new();
    g_autoptr(RpView) view = NULL;
    g_autoptr(GPtrArray) contacts = NULL;
    const GArray *hers;

    rp_test_add_mail(corpus, &mail, 1);
    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
        RpContactEvent *event = g_new0(RpContactEvent, 1);

        *event = (RpContactEvent){.kind = rows[i].kind,
                                  .way = rows[i].way,
                                  .outcome = rows[i].outcome,
                                  .at = rows[i].at,
                                  .logged_at = rows[i].at,
                                  .undone_at = rows[i].undone_at,
                                  .person_key = g_strdup(ANN),
                                  .number = g_strdup(""),
                                  .name = g_strdup(""),
                                  .detail = g_strdup(""),
                                  .note = g_strdup("")};
        rp_event_set_uid(event);
        g_ptr_array_add(events, event);
    }
    rp_corpus_add_events(corpus, events, NULL);
    view = rp_view_new(config, corpus, NULL, AS_OF);
    contacts = rp_contacts(view->derivation);
    hers = g_ptr_array_index(
        contacts,
        ((const RpContactEvent *)g_ptr_array_index(corpus->events, 0))->person);
    g_assert_cmpuint(hers->len, ==, 4);
    for (guint i = 0; i < hers->len; i++) {
        static const struct {
            int64_t at;
            bool by_me;
        } expected[] = {{AS_OF - 5 * DAY, false},
                        {AS_OF - 3 * DAY, true},
                        {AS_OF - 2 * DAY, false},
                        {AS_OF - 2 * DAY, true}};
        const RpContact *contact = &g_array_index(hers, RpContact, i);

        g_assert_cmpint(contact->at, ==, expected[i].at);
        g_assert_true(contact->by_me == expected[i].by_me);
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_set_nonfatal_assertions();
    g_test_add_func("/bond/closeness", test_closeness);
    g_test_add_func("/bond/one-way", test_one_way);
    g_test_add_func("/bond/fading", test_fading);
    g_test_add_func("/bond/too-few-days", test_too_few_days);
    g_test_add_func("/bond/of-mail", test_of_mail);
    g_test_add_func("/bond/events", test_events);
    return g_test_run();
}
