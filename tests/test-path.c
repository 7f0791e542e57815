/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-path.c - who can introduce me, and who brought whom together: B4 to B6 */
#include "core/introduction.h"
#include "core/path.h"
#include "report-mail.h"

enum { DAY = RP_DAY_S };
#define AS_OF ((int64_t)1794214800) /* 2026-11-09T09:00:00Z */
#define AGO(days) (AS_OF - (days)*DAY)

#define ME "Me <me@example.org>"
#define ANN "ann@example.org"
#define BOB "bob@example.org"
#define CY "cy@example.net"
#define DEE "dee@example.net"

static uint32_t
person(const RpView *view, const char *address)
{
    for (guint i = 0; i < view->corpus->addresses->len; i++) {
        const RpAddress *one = &g_array_index(view->corpus->addresses, RpAddress, i);

        if (g_str_equal(one->text, address))
            return one->person;
    }
    g_error("no address %s", address);
}

/* Ann and Bob write with me and with Cy; Dee writes with Cy, but never with me. */
static const RpTestMail mails[] = {
    {AGO(1100), "old", ANN, ME "," DEE, NULL, "More than three years ago"},
    {AGO(50), "a1", ANN, ME, NULL, "One"},
    {AGO(49), "m1", ME, ANN, "a1", "Re: One"},
    {AGO(48), "b1", BOB, ME, NULL, "Two"},
    {AGO(47), "m2", ME, BOB, "b1", "Re: Two"},
    {AGO(40), "a2", ANN, CY "," ME, NULL, "Three"},
    {AGO(39), "c1", CY, ANN "," ME, "a2", "Re: Three"},
    {AGO(38), "a3", ANN, CY "," ME, "c1", "Re: Three"},
    {AGO(30), "b2", BOB, CY "," ME, NULL, "Four"},
    {AGO(20), "d1", DEE, CY "," ME, NULL, "Five"},
    {AGO(19), "c2", CY, DEE "," ME, "d1", "Re: Five"},
};

/* B4, B5: Ann's tie with me is 1 and a half (a2, a3 weigh a half each, beside a1: 2
 * there, 1 back: harmonic mean 4/3); hers with Cy 1 there (a2, a3), 1/2 back: 2/3, the
 * weakest. Bob wrote to Cy once (1/2) without an answer: an eighth. Dee knows Cy, but I
 * never wrote to Dee. */
static void
test_paths(void)
{
    g_autoptr(RpConfig) config = rp_test_config("UTC");
    g_autoptr(RpView) view =
        rp_test_view(config, mails, G_N_ELEMENTS(mails), AS_OF, false);
    g_autofree uint8_t *is_target = g_new0(uint8_t, view->corpus->persons->len + 1);
    g_autoptr(GArray) paths = NULL;
    const RpPath *first, *second;

    is_target[person(view, CY)] = 1;
    paths = rp_paths(view->derivation, is_target);
    g_assert_cmpuint(paths->len, ==, 2);
    first = &g_array_index(paths, RpPath, 0);
    second = &g_array_index(paths, RpPath, 1);
    g_assert_cmpuint(first->via, ==, person(view, ANN));
    g_assert_cmpuint(first->target, ==, person(view, CY));
    g_assert_cmpuint(first->mine.n_there, ==, 1);
    g_assert_cmpuint(first->mine.n_back, ==, 3);
    g_assert_cmpfloat_with_epsilon(rp_tie_strength(&first->mine), 4 / 3.0, 1e-12);
    g_assert_cmpuint(first->theirs.n_there, ==, 2);
    g_assert_cmpuint(first->theirs.n_back, ==, 1);
    g_assert_cmpint(first->theirs.last_at, ==, AGO(38));
    g_assert_cmpfloat_with_epsilon(first->strength, 2 / 3.0, 1e-12);
    g_assert_cmpuint(second->via, ==, person(view, BOB));
    g_assert_false(rp_tie_is_mutual(&second->theirs));
    g_assert_cmpfloat_with_epsilon(second->strength, 1 / 8.0, 1e-12);
}

/* B4: what is older than three years counts no more. */
static void
test_window(void)
{
    g_autoptr(RpConfig) config = rp_test_config("UTC");
    g_autoptr(RpView) view =
        rp_test_view(config, mails, G_N_ELEMENTS(mails), AS_OF, false);
    g_autofree uint8_t *is_target = g_new0(uint8_t, view->corpus->persons->len + 1);
    g_autoptr(GArray) paths = NULL;

    is_target[person(view, DEE)] = 1;
    paths = rp_paths(view->derivation, is_target);
    g_assert_cmpuint(paths->len, ==, 0); /* Cy knows Dee, but I never wrote to Cy */
}

/* B6, to me: Ann, who knows me, brings Cy and me together, and we write since. Bob's
 * mail brings Dee, whom I never answered. What goes to six others is no introduction.
 */
static void
test_introduced_to_me(void)
{
    static const RpTestMail rows[] = {
        {AGO(60), "m0", ME, ANN "," BOB, NULL, "Hello"},
        {AGO(59), "a0", ANN, ME, "m0", "Re: Hello"},
        {AGO(58), "b0", BOB, ME, "m0", "Re: Hello"},
        {AGO(50), "a1", ANN, ME "," CY, NULL, "Meet Cy"},
        {AGO(49), "c1", CY, ME, "a1", "Re: Meet Cy"},
        {AGO(48), "m1", ME, CY, "c1", "Re: Meet Cy"},
        {AGO(40), "b1", BOB, ME "," DEE, NULL, "Meet Dee"},
        {AGO(39), "d1", DEE, ME, "b1", "Re: Meet Dee"},
        {AGO(30), "a2", ANN,
         ME ",f1@example.net,f2@example.net,f3@example.net,f4@example.net,"
            "f5@example.net,f6@example.net",
         NULL, "All hands"},
        {AGO(29), "f1", "f1@example.net", ME, "a2", "Re: All hands"},
        {AGO(28), "m2", ME, "f1@example.net", "f1", "Re: All hands"},
    };
    g_autoptr(RpConfig) config = rp_test_config("UTC");

    for (int is_backwards = 0; is_backwards < 2; is_backwards++) {
        g_autoptr(RpView) view =
            rp_test_view(config, rows, G_N_ELEMENTS(rows), AS_OF, is_backwards != 0);
        g_autoptr(GArray) found = rp_introductions(view->derivation);
        const RpIntroduction *one;

        g_assert_cmpuint(found->len, ==, 1);
        one = &g_array_index(found, RpIntroduction, 0);
        g_assert_cmpuint(one->message, ==, rp_test_index_of(view->derivation, "a1"));
        g_assert_cmpuint(one->by, ==, person(view, ANN));
        g_assert_cmpuint(one->one, ==, person(view, CY));
        g_assert_cmpuint(one->other, ==, RP_NONE);
        g_assert_cmpuint(one->n_since, ==, 2);
    }
}

/* B6, by me: I know Ann and Cy, who never stood together before "Ann, meet Cy". Ann and
 * Bob had; Bob and Cy never wrote to each other after it; a reply brings nobody
 * together. */
static void
test_introduced_by_me(void)
{
    static const RpTestMail rows[] = {
        {AGO(90), "a0", ANN, ME "," BOB, NULL, "We two"},
        {AGO(89), "m0", ME, ANN, "a0", "Re: We two"},
        {AGO(88), "b0", BOB, ME, NULL, "Hello"},
        {AGO(87), "m1", ME, BOB, "b0", "Re: Hello"},
        {AGO(86), "c0", CY, ME, NULL, "Hello, too"},
        {AGO(85), "m2", ME, CY, "c0", "Re: Hello, too"},
        {AGO(84), "d0", DEE, ME, NULL, "And I"},
        {AGO(83), "m3", ME, DEE, "d0", "Re: And I"},
        {AGO(50), "m4", ME, ANN "," CY, NULL, "Ann, meet Cy"},
        {AGO(49), "a1", ANN, CY "," ME, "m4", "Re: Ann, meet Cy"},
        {AGO(48), "c1", CY, ANN "," ME, "a1", "Re: Ann, meet Cy"},
        {AGO(40), "m5", ME, ANN "," BOB, NULL, "You know each other"},
        {AGO(39), "a2", ANN, BOB "," ME, "m5", "Re: You know each other"},
        {AGO(30), "m6", ME, BOB "," CY, NULL, "Bob, meet Cy"},
        {AGO(20), "m7", ME, ANN "," DEE, "d0", "Re: And I"},
        {AGO(19), "d1", DEE, ANN "," ME, "m7", "Re: And I"},
    };
    g_autoptr(RpConfig) config = rp_test_config("UTC");
    g_autoptr(RpView) view =
        rp_test_view(config, rows, G_N_ELEMENTS(rows), AS_OF, false);
    g_autoptr(GArray) found = rp_introductions(view->derivation);
    const RpIntroduction *one;

    g_assert_cmpuint(found->len, ==, 1);
    one = &g_array_index(found, RpIntroduction, 0);
    g_assert_cmpuint(one->message, ==, rp_test_index_of(view->derivation, "m4"));
    g_assert_cmpuint(one->by, ==, RP_NONE);
    g_assert_cmpuint(one->n_since, ==, 2);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_set_nonfatal_assertions();
    g_test_add_func("/path/paths", test_paths);
    g_test_add_func("/path/window", test_window);
    g_test_add_func("/path/introduced-to-me", test_introduced_to_me);
    g_test_add_func("/path/introduced-by-me", test_introduced_by_me);
    return g_test_run();
}
