/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-absence.c - until when an automatic reply says that its sender is away */
#include "core/absence.h"

#include "core/instant.h"

/* Sent on Thursday, 12 November 2026, at noon in Berlin; expected: the first second of
 * the day after, there; NULL: no date can be read. */
static void
test_subjects(void)
{
    static const struct {
        const char *subject, *expected;
    } cases[] = {
        {"Out of office until 20 Nov", "2026-11-21"},
        {"Automatic reply: away till November 20th, 2026", "2026-11-21"},
        {"Automatic reply: back on Monday, 23 November", "2026-11-24"},
        {"Abwesend bis 20.11.", "2026-11-21"},
        {"Abwesenheit vom 12.11. bis zum 20.11.2026", "2026-11-21"},
        {"Abwesend bis 3. Jänner 2027", "2027-01-04"},
        {"Automatische Antwort: zurück am Montag, 23. November", "2026-11-24"},
        {"Absent du bureau jusqu'au 1er décembre", "2026-12-02"},
        {"Réponse automatique : de retour le 4 janvier", "2027-01-05"},
        {"Fuera de la oficina hasta el 20 de noviembre", "2026-11-21"},
        {"Fuori ufficio fino al 20 novembre 2026", "2026-11-21"},
        {"Afwezig t/m 20-11", NULL},
        {"Out of office until 2026-11-20", "2026-11-21"},
        {"Out of office until 25/11", "2026-11-26"},
        {"Out of office until 11/25/26", "2026-11-26"},
        {"Out of office until 05/06", NULL}, /* May or June */
        {"Out of office until today", NULL},
        {"Out of office until 31 Nov", NULL},
        {"Out of office until 11 Nov 2026", NULL}, /* the day before */
        {"Out of office until 11 Nov", NULL},      /* a year ahead is no absence */
        {"Out of office until 20 Nov 2028", NULL},
        {"Out of office until 12 Nov", "2026-11-13"}, /* the day itself */
        {"Automatic reply: Release 2.12", NULL},      /* not a day of anything */
        {"Automatic reply: your letter of 20 Nov", NULL},
        {"Out of office until 14 Nov, or until 20 Nov", "2026-11-21"},
        {"Out of office until 20 Nov 10:00", "2026-11-21"},
        {"", NULL},
        {"Out of office until \xff 20 Nov", NULL},
    };
    g_autoptr(GTimeZone) zone = g_time_zone_new_identifier("Europe/Berlin");
    int64_t sent_at = 0;

    g_assert_true(rp_instant_parse("2026-11-12T12:00", zone, &sent_at));
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        int64_t expected_at = RP_NEVER, until_at = RP_NEVER;

        g_test_message("%s", cases[i].subject);
        if (cases[i].expected != NULL)
            g_assert_true(rp_instant_parse(cases[i].expected, zone, &expected_at));
        g_assert_cmpint(rp_absence_until(cases[i].subject, sent_at, zone, &until_at),
                        ==, cases[i].expected != NULL);
        g_assert_cmpint(until_at, ==, expected_at);
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/absence/subjects", test_subjects);
    return g_test_run();
}
