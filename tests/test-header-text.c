/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-header-text.c - encoded words, raw bytes, and what is cleaned away */
#include "fetch/header-text.h"

#include <string.h>

static void
test_decode(void)
{
    static const struct {
        const char *what, *value, *expected;
    } cases[] = {
        {"plain", "Hello, world", "Hello, world"},
        {"empty", "", ""},
        {"folded", "Hello,\r\n  world ", "Hello, world"},
        {"quoted", "=?iso-8859-1?Q?caf=E9_au_lait?=", "café au lait"},
        {"base64", "=?UTF-8?B?Y2Fmw6k=?=", "café"},
        {"padding left out", "=?UTF-8?B?Y2Fmw6k?=", "café"},
        {"language", "=?utf-8*fr?q?caf=C3=A9?=", "café"},
        {"among words", "Re: =?utf-8?q?caf=C3=A9?= tomorrow", "Re: café tomorrow"},
        {"white space between two", "=?utf-8?q?a?=\r\n =?utf-8?q?b?=", "ab"},
        {"nothing between two", "=?utf-8?q?a?==?utf-8?q?b?=", "ab"},
        {"word between two", "=?utf-8?q?a?= x =?utf-8?q?b?=", "a x b"},
        {"glued to a word", "x=?utf-8?q?=C3=A9?=y", "xéy"},
        {"blank in the text", "=?utf-8?q?caf=C3=A9 noir?=", "café noir"},
        {"character parted, base64", "=?utf-8?B?ww==?= =?utf-8?B?qQ==?=", "é"},
        {"character parted, quoted", "=?utf-8?q?caf=C3?= =?UTF-8?q?=A9?=", "café"},
        {"two charsets", "=?utf-8?q?=C3=A9?= =?iso-8859-1?q?=E9?=", "éé"},
        {"Windows-1252", "=?windows-1252?q?=93x=94?=", "“x”"},
        {"Windows-1252 called Latin-1", "=?iso-8859-1?q?=80?=", "€"},
        {"Latin-1 called UTF-8", "=?utf-8?q?caf=E9?=", "café"},
        {"UTF-8 called Latin-1", "=?iso-8859-1?q?caf=C3=A9?=", "café"},
        {"UTF-8 called ASCII", "=?us-ascii?q?caf=C3=A9?=", "café"},
        {"Latin-2", "=?iso-8859-2?q?=B1?=", "ą"},
        {"Cyrillic", "=?koi8-r?B?8NLJ18XU?=", "Привет"},
        {"Japanese", "=?ISO-2022-JP?B?GyRCRnxLXBsoQg==?=", "日本"},
        {"Japanese, parted",
         "=?ISO-2022-JP?B?GyRCRnwbKEI=?= "
         "=?ISO-2022-JP?B?GyRCS1wbKEI=?=",
         "日本"},
        {"Shift_JIS", "=?shift_jis?B?k/qWew==?=", "日本"},
        {"Chinese", "=?gb2312?B?1tDOxA==?=", "中文"},
        {"Korean by its old name", "=?ks_c_5601-1987?B?x9GxuQ==?=", "한국"},
        {"unknown charset", "=?x-nonsense?q?caf=C3=A9?=", "café"},
        {"charset that no mail is in", "=?ibm1364?q?=0E=0F?=x", "x"},
        {"charset with a path", "=?../../x?q?a?=", "=?../../x?q?a?="},
        {"raw UTF-8", "caf\xc3\xa9", "café"},
        {"raw Latin-1", "caf\xe9", "café"},
        {"raw UTF-8 cut off", "caf\xc3\xa9 caf\xc3", "café caf\xef\xbf\xbd"},
        {"unknown encoding", "=?utf-8?x?a?=", "=?utf-8?x?a?="},
        {"no end", "=?utf-8?q?abc", "=?utf-8?q?abc"},
        {"no charset", "=??q?abc?=", "=??q?abc?="},
        {"empty text", "a =?utf-8?q?\?= b", "a b"},
        {"bad hex", "=?utf-8?q?a=XYb=4?=", "a=XYb=4"},
        {"bad base64", "=?utf-8?b?Y!2Fm?=", "caf"},
        {"control characters", "a\x01\x1b[0mb\x7f", "a [0mb"},
        {"C1 control",
         "a\xc2\x85"
         "b",
         "a b"},
        {"encoded line break", "=?utf-8?q?a=0D=0ABcc:_x?=", "a Bcc: x"},
        {"encoded NUL", "=?utf-8?q?a=00b?=", "a b"},
        {"bidi controls", "a\u202eb\u2066c\u200fd", "abcd"},
        {"wide space", "a\u3000b\u00a0c", "a b c"},
        {"emoji kept whole", "👩\u200d🔬", "👩\u200d🔬"},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        bool is_cut = false;
        g_autofree char *got = rp_text_decode(
            (RpSpan){cases[i].value, strlen(cases[i].value)}, 1000, &is_cut);

        g_test_message("%s", cases[i].what);
        g_assert_cmpstr(got, ==, cases[i].expected);
        g_assert_false(is_cut);
    }
}

static void
test_nul(void)
{
    bool is_cut = false;
    g_autofree char *got = rp_text_decode((RpSpan){"a\0b", 3}, 1000, &is_cut);
    g_autofree char *after = rp_text_decode((RpSpan){"\xc3\xa9\0b", 4}, 1000, &is_cut);

    g_assert_cmpstr(got, ==, "a b");
    g_assert_true(g_str_has_prefix(after, "é"));
}

static void
test_cut(void)
{
    static const struct {
        const char *what, *value;
        size_t max_bytes;
        const char *expected;
        bool expected_cut;
    } cases[] = {
        {"fits", "abc", 3, "abc", false},
        {"one more", "abcd", 3, "abc", true},
        {"character's border", "ab\xc3\xa9", 3, "ab", true},
        {"blanks do not count", " a   b ", 3, "a b", false},
        {"decoded length counts", "=?utf-8?q?=61=62?=", 2, "ab", false},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        bool is_cut = false;
        g_autofree char *got =
            rp_text_decode((RpSpan){cases[i].value, strlen(cases[i].value)},
                           cases[i].max_bytes, &is_cut);

        g_test_message("%s", cases[i].what);
        g_assert_cmpstr(got, ==, cases[i].expected);
        g_assert_true(is_cut == cases[i].expected_cut);
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_set_nonfatal_assertions();
    g_test_add_func("/header-text/decode", test_decode);
    g_test_add_func("/header-text/nul", test_nul);
    g_test_add_func("/header-text/cut", test_cut);
    return g_test_run();
}
