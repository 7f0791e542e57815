/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-args.c - options and words of a command line */
#include "cli/args.h"

static const RpOption OWN[] = {
    {"week", "WEEK", "", 'w', false},
    {"address", "A", "", 0, true},
    {"all", NULL, "", 'a', false},
    {NULL, NULL, NULL, 0, false},
};

static const RpOption GLOBAL[] = {
    {"json", NULL, "", 0, false},
    {NULL, NULL, NULL, 0, false},
};

static RpArgs *
parse(const char *line, GError **error)
{
    g_auto(GStrv) words = g_strsplit(line, " ", -1);

    return rp_args_parse((const char *const *)words, g_strv_length(words), OWN, GLOBAL,
                         error);
}

static void
test_good(void)
{
    static const struct {
        const char *what, *line, *week, *word;
        bool all, json;
        guint n_addresses;
    } cases[] = {
        {"nothing", "x", NULL, "x", false, false, 0},
        {"value behind", "--week 46 x", "46", "x", false, false, 0},
        {"value joined", "x --week=46", "46", "x", false, false, 0},
        {"empty value", "x --week=", "", "x", false, false, 0},
        {"letters", "-a -w 46 x", "46", "x", true, false, 0},
        {"letter joined", "-w46 x", "46", "x", false, false, 0},
        {"the last one counts", "--week 1 --week 2 x", "2", "x", false, false, 0},
        {"many", "--address a --address=b x", NULL, "x", false, false, 2},
        {"second table", "x --json", NULL, "x", false, true, 0},
        {"end of options", "-- --json", NULL, "--json", false, false, 0},
        {"a dash is a word", "-", NULL, "-", false, false, 0},
        {"value like an option", "--week --all x", "--all", "x", false, false, 0},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GError) error = NULL;
        g_autoptr(RpArgs) args = parse(cases[i].line, &error);

        g_test_message("%s", cases[i].what);
        g_assert_no_error(error);
        g_assert_cmpstr(rp_args_get(args, "week"), ==, cases[i].week);
        g_assert_cmpstr(rp_args_word(args, 0), ==, cases[i].word);
        g_assert_cmpuint(rp_args_n_words(args), ==, 1);
        g_assert_true(rp_args_has(args, "all") == cases[i].all);
        g_assert_true(rp_args_has(args, "json") == cases[i].json);
        g_assert_cmpuint(rp_args_get_all(args, "address")->len, ==,
                         cases[i].n_addresses);
    }
}

static void
test_bad(void)
{
    static const struct {
        const char *line, *message;
    } cases[] = {
        {"--wek=3", "unknown option --wek (did you mean --week?)"},
        {"--jsno", "unknown option --jsno (did you mean --json?)"},
        {"--xyzzy", "unknown option --xyzzy"},
        {"--al", "unknown option --al (did you mean --all?)"},
        {"-z", "unknown option -z"},
        {"--week", "--week needs a value: WEEK"},
        {"--all=yes", "--all takes no value"},
        {"-ax", "--all takes no value"},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GError) error = NULL;
        g_autoptr(RpArgs) args = parse(cases[i].line, &error);

        g_assert_null(args);
        g_assert_error(error, RP_CLI_ERROR, RP_CLI_ERROR_USAGE);
        g_assert_cmpstr(error->message, ==, cases[i].message);
    }
}

static void
test_choose(void)
{
    static const char *const choices[] = {"text", "json", "html"};
    g_autoptr(GError) error = NULL;
    g_autoptr(RpArgs) good = parse("--week json", NULL);
    g_autoptr(RpArgs) bad = parse("--week jso", NULL);
    size_t chosen = 9;

    g_assert_true(rp_args_choose(good, "week", choices, 3, 0, &chosen, NULL));
    g_assert_cmpuint(chosen, ==, 1);
    g_assert_true(rp_args_choose(good, "address", choices, 3, 2, &chosen, NULL));
    g_assert_cmpuint(chosen, ==, 2);
    g_assert_false(rp_args_choose(bad, "week", choices, 3, 0, &chosen, &error));
    g_assert_error(error, RP_CLI_ERROR, RP_CLI_ERROR_USAGE);
    g_assert_cmpstr(error->message, ==,
                    "--week is text, json or html, not \"jso\" (did you mean json?)");
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_set_nonfatal_assertions();
    g_test_add_func("/args/good", test_good);
    g_test_add_func("/args/bad", test_bad);
    g_test_add_func("/args/choose", test_choose);
    return g_test_run();
}
