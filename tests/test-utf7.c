/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-utf7.c - folder names: RFC 3501 5.1.3 */
#include "fetch/utf7.h"

#include <glib.h>

static void
test_decode(void)
{
    static const struct {
        const char *what, *raw, *expected;
    } cases[] = {
        {"plain", "INBOX/Sent", "INBOX/Sent"},
        {"empty", "", ""},
        {"umlaut", "Entw&APw-rfe", "Entwürfe"},
        {"ampersand", "R&-D", "R&D"},
        {"the RFC's own", "~peter/mail/&U,BTFw-/&ZeVnLIqe-", "~peter/mail/台北/日本語"},
        {"beyond the first plane", "&2D3eAA-", "😀"},
        {"plain UTF-8", "Entwürfe", "Entwürfe"},
        {"ampersand in plain UTF-8", "Müller & Söhne", "Müller & Söhne"},
        {"ampersand and dash in plain text", "a & b - c", "a & b - c"},
        {"no end", "a&APw", "a&APw"},
        {"not base64", "a&A!w-", "a&A!w-"},
        {"slash is no digit here", "a&A/w-", "a&A/w-"},
        {"half a unit", "a&APwA-", "a&APwA-"},
        {"bits left over", "a&APx-", "a&APx-"},
        {"high surrogate alone", "a&2D0-", "a&2D0-"},
        {"low surrogate alone", "a&3gA-", "a&3gA-"},
        {"encoded NUL", "a&AAA-", "a&AAA-"},
        {"invalid bytes", "a\xff", "a\xef\xbf\xbd"},
        {"encoded escape", "a&ABs-", "a\xef\xbf\xbd"},
        {"control character", "a\x1b", "a\xef\xbf\xbd"},
        {"bidi control", "a&IC4-b",
         "a\xef\xbf\xbd"
         "b"},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *got = rp_utf7_decode(cases[i].raw);

        g_test_message("%s", cases[i].what);
        g_assert_cmpstr(got, ==, cases[i].expected);
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_set_nonfatal_assertions();
    g_test_add_func("/utf7/decode", test_decode);
    return g_test_run();
}
