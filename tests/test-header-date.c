/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-header-date.c - the Date field, as it should be and as it is */
#include "fetch/header-date.h"

#include <string.h>

#include "core/instant.h"

/* Expected values: date -u -d 2026-11-22T21:40:02Z +%s is 1795383602. */
static void
test_read(void)
{
    static const struct {
        const char *what, *value;
        int64_t expected;
    } cases[] = {
        {"RFC 5322", "Sun, 22 Nov 2026 21:40:02 +0000", 1795383602},
        {"east", "Sun, 22 Nov 2026 23:40:02 +0200", 1795383602},
        {"west, half hour", "Sun, 22 Nov 2026 18:10:02 -0330", 1795383602},
        {"local time unknown", "Sun, 22 Nov 2026 21:40:02 -0000", 1795383602},
        {"no weekday", "22 Nov 2026 21:40:02 +0000", 1795383602},
        {"wrong weekday", "Fri, 22 Nov 2026 21:40:02 +0000", 1795383602},
        {"no comma", "Sun 22 Nov 2026 21:40:02 +0000", 1795383602},
        {"no space after comma", "Sun,22 Nov 2026 21:40:02 +0000", 1795383602},
        {"no seconds", "Sun, 22 Nov 2026 21:40 +0000", 1795383600},
        {"no zone", "Sun, 22 Nov 2026 21:40:02", 1795383602},
        {"comment", "Sun, 22 Nov 2026 16:40:02 -0500 (EST)", 1795383602},
        {"nested comment", "Sun, 22 (x (y) \r\n z) Nov 2026 16:40:02 -0500",
         1795383602},
        {"comment without end", "Sun, 22 Nov 2026 21:40:02 +0000 (UTC", 1795383602},
        {"folded", "Sun, 22 Nov\r\n 2026 21:40:02 +0000", 1795383602},
        {"two spaces", "Sun,  2 Nov 2026  21:40:02  +0000", 1793655602},
        {"lower case", "sun, 22 nov 2026 21:40:02 gmt", 1795383602},
        {"month in full", "Sunday, 22 November 2026 21:40:02 +0000", 1795383602},
        {"two-digit year", "Sun, 22 Nov 26 21:40:02 +0000", 1795383602},
        {"two-digit year of old", "Fri, 1 Jan 99 00:00:00 +0000", 915148800},
        {"three-digit year", "Sun, 22 Nov 126 21:40:02 +0000", 1795383602},
        {"EST", "Sun, 22 Nov 2026 16:40:02 EST", 1795383602},
        {"PDT", "Sun, 22 Nov 2026 14:40:02 PDT", 1795383602},
        {"CET", "Sun, 22 Nov 2026 22:40:02 CET", 1795383602},
        {"Z", "Sun, 22 Nov 2026 21:40:02 Z", 1795383602},
        {"military letter is UTC", "Sun, 22 Nov 2026 21:40:02 A", 1795383602},
        {"unknown word is UTC", "Sun, 22 Nov 2026 21:40:02 XYZT", 1795383602},
        {"GMT+0200", "Sun, 22 Nov 2026 23:40:02 GMT+0200", 1795383602},
        {"UTC+02:00", "Sun, 22 Nov 2026 23:40:02 UTC+02:00", 1795383602},
        {"number before name", "Sun, 22 Nov 2026 23:40:02 +0200 GMT", 1795383602},
        {"colon in the offset", "Sun, 22 Nov 2026 23:40:02 +02:00", 1795383602},
        {"offset of hours", "Sun, 22 Nov 2026 23:40:02 +02", 1795383602},
        {"offset without sign", "Sun, 22 Nov 2026 23:40:02 0200", 1795383602},
        {"offset without space", "Sun, 22 Nov 2026 23:40:02+0200", 1795383602},
        {"quoted zone", "Sun, 22 Nov 2026 21:40:02 \"GMT\"", 1795383602},
        {"fraction", "Sun, 22 Nov 2026 21:40:02.123 +0000", 1795383602},
        {"afternoon", "Sun, 22 Nov 2026 9:40:02 PM +0000", 1795383602},
        {"noon", "Sun, 22 Nov 2026 12:00:00 PM +0000", 1795348800},
        {"midnight", "Sun, 22 Nov 2026 12:00:00 AM +0000", 1795305600},
        {"asctime", "Sun Nov 22 21:40:02 2026", 1795383602},
        {"asctime, day below 10", "Sun Nov  2 21:40:02 2026", 1793655602},
        {"asctime with zone", "Sun Nov 22 22:40:02 CET 2026", 1795383602},
        {"asctime, zone last", "Sun Nov 22 22:40:02 2026 +0100", 1795383602},
        {"dashes", "22-Nov-2026 21:40:02 +0000", 1795383602},
        {"dashes, short year", "Sunday, 22-Nov-26 21:40:02 GMT", 1795383602},
        {"ISO 8601", "2026-11-22T21:40:02Z", 1795383602},
        {"ISO 8601 with a space", "2026-11-22 23:40:02 +0200", 1795383602},
        {"leap second", "Sat, 31 Dec 2016 23:59:60 +0000", 1483228800},
        {"first", "Thu, 1 Jan 1970 00:00:00 +0000", 0},
        {"last", "Fri, 31 Dec 9999 23:59:59 +0000", 253402300799},
        {"widest offset", "Mon, 23 Nov 2026 11:40:02 +1400", 1795383602},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        RpSpan value = {cases[i].value, strlen(cases[i].value)};

        g_test_message("%s: %s", cases[i].what, cases[i].value);
        g_assert_cmpint(rp_date_read(value), ==, cases[i].expected);
    }
}

static void
test_read_unreal(void)
{
    static const struct {
        const char *what, *value;
    } cases[] = {
        {"empty", ""},
        {"blank", "  "},
        {"words", "yesterday at noon"},
        {"31 February", "Tue, 31 Feb 2026 21:40:02 +0000"},
        {"29 February of no leap year", "29 Feb 2025 21:40:02 +0000"},
        {"25:61", "Sun, 22 Nov 2026 25:61:61 +0000"},
        {"24:00", "Sun, 22 Nov 2026 24:00:00 +0000"},
        {"day 0", "Sun, 0 Nov 2026 21:40:02 +0000"},
        {"no day", "Nov 2026 21:40:02 +0000"},
        {"no month", "Sun, 22 2026 21:40:02 +0000"},
        {"no year", "Sun, 22 Nov 21:40:02 +0000"},
        {"no time", "Sun, 22 Nov 2026"},
        {"month in German", "So, 22 Dez 2026 21:40:02 +0100"},
        {"month as a number", "22.11.2026 21:40:02"},
        {"slashes", "11/22/2026 21:40:02"},
        {"year 99999", "Sun, 22 Nov 99999 21:40:02 +0000"},
        {"year 1969", "Wed, 31 Dec 1969 23:59:59 +0000"},
        {"before 1970 by the zone", "Thu, 1 Jan 1970 00:00:00 +0100"},
        {"year 0", "22 Nov 0000 21:40:02 +0000"},
        {"offset of a day", "Sun, 22 Nov 2026 21:40:02 +2400"},
        {"offset of 61 minutes", "Sun, 22 Nov 2026 21:40:02 +0061"},
        {"sign alone", "Sun, 22 Nov 2026 21:40:02 +"},
        {"two months", "22 Nov Dec 2026 21:40:02 +0000"},
        {"two times", "22 Nov 2026 21:40:02 21:40:03 +0000"},
        {"huge numbers", "99999999999999999999 Nov 2026 21:40:02 +0000"},
        {"day with letters", "22nd Nov 2026 21:40:02 +0000"},
        {"year with letters", "22 Nov 2026a 21:40:02 +0000"},
        {"open colon", "22 Nov 2026 21: +0000"},
        {"dash alone", "22- Nov 2026 21:40:02 +0000"},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        RpSpan value = {cases[i].value, strlen(cases[i].value)};

        g_test_message("%s", cases[i].what);
        g_assert_cmpint(rp_date_read(value), ==, RP_NEVER);
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_set_nonfatal_assertions();
    g_test_add_func("/header-date/read", test_read);
    g_test_add_func("/header-date/read-unreal", test_read_unreal);
    return g_test_run();
}
