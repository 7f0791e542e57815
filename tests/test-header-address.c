/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-header-address.c - mailboxes, as they should be and as they are */
#include "fetch/header-address.h"

#include <string.h>

#include "core/envelope.h"

/* "name|address;name|address" */
static char *
read_all(const char *value, uint32_t n_left, uint32_t *cuts)
{
    g_autoptr(GPtrArray) mailboxes =
        g_ptr_array_new_with_free_func((GDestroyNotify)rp_mailbox_free);
    g_autoptr(GString) out = g_string_new(NULL);

    rp_addresses_read((RpSpan){value, strlen(value)}, mailboxes, &n_left, cuts);
    for (guint i = 0; i < mailboxes->len; i++) {
        const RpMailbox *mailbox = g_ptr_array_index(mailboxes, i);

        g_string_append_printf(out, "%s%s|%s", i > 0 ? ";" : "", mailbox->name,
                               mailbox->address);
    }
    return g_string_free(g_steal_pointer(&out), FALSE);
}

static void
test_read(void)
{
    static const struct {
        const char *what, *value, *expected;
    } cases[] = {
        {"address alone", "ada@example.org", "|ada@example.org"},
        {"in brackets", "<Ada@Example.ORG>", "|ada@example.org"},
        {"with a name", "Ada Lovelace <ada@example.org>",
         "Ada Lovelace|ada@example.org"},
        {"name without a space", "Ada<ada@example.org>", "Ada|ada@example.org"},
        {"quoted name", "\"Lovelace, Ada\" <ada@example.org>",
         "Lovelace, Ada|ada@example.org"},
        {"quoted pairs", "\"Ada \\\"Countess\\\" L.\" <ada@example.org>",
         "Ada \"Countess\" L.|ada@example.org"},
        {"bracket in quotes", "\"Ada <x@y>\" <ada@example.org>",
         "Ada <x@y>|ada@example.org"},
        {"list", "a@x.org, Bob <b@x.org>,\r\n\tc@x.org",
         "|a@x.org;Bob|b@x.org;|c@x.org"},
        {"empty elements", "a@x.org, , ,b@x.org,", "|a@x.org;|b@x.org"},
        {"semicolons", "a@x.org; b@x.org;", "|a@x.org;|b@x.org"},
        {"group", "Friends: a@x.org, Bob <b@x.org>; c@x.org",
         "|a@x.org;Bob|b@x.org;|c@x.org"},
        {"empty group", "undisclosed-recipients:;", ""},
        {"empty group with a comment", "unlisted-recipients:; (no To-header on input)",
         ""},
        {"groups in groups", "a:b:c: d@x.org;;;", "|d@x.org"},
        {"comment as name", "ada@example.org (Ada Lovelace)",
         "Ada Lovelace|ada@example.org"},
        {"comment beside a name", "Ada <ada@example.org> (Countess)",
         "Ada|ada@example.org"},
        {"nested comment", "ada@example.org (Ada (of \\) Ockham))",
         "Ada (of ) Ockham)|ada@example.org"},
        {"comma in a comment", "ada@example.org (a, b), bob@x.org",
         "a, b|ada@example.org;|bob@x.org"},
        {"route", "<@a.org,@b.org:ada@example.org>", "|ada@example.org"},
        {"obsolete spaces", "Ada <ada @ example . org>", "Ada|ada@example.org"},
        {"obsolete spaces, no brackets", "ada @ example.org", "|ada@example.org"},
        {"comment in brackets", "<ada(x)@example.org>", "|ada@example.org"},
        {"name repeats the address", "\"ADA@example.org\" <ada@example.org>",
         "|ada@example.org"},
        {"name in single quotes", "'Ada' <ada@example.org>", "Ada|ada@example.org"},
        {"address in single quotes", "Ada <'ada@example.org'>", "Ada|ada@example.org"},
        {"mailto", "<mailto:ada@example.org>", "|ada@example.org"},
        {"mailto, no brackets", "mailto:ada@example.org", "|ada@example.org"},
        {"quoted local part", "<\"ada.l\"@example.org>", "|ada.l@example.org"},
        {"quoted local part, no brackets", "\"ada\"@example.org", "|ada@example.org"},
        {"two dots", "Ada <a..b@example.org>", "Ada|a..b@example.org"},
        {"dot before the at sign", "<a.@docomo.example>", "|a.@docomo.example"},
        {"at sign in the name", "No reply @ Site <x@y.org>", "No reply @ Site|x@y.org"},
        {"address in the name", "ada@x.org <bob@y.org>", "ada@x.org|bob@y.org"},
        {"name before a bare address", "Ada Lovelace ada@example.org",
         "Ada Lovelace|ada@example.org"},
        {"name after the address", "<ada@example.org> Ada", "Ada|ada@example.org"},
        {"name on both sides", "a b <ada@example.org> c", "a b c|ada@example.org"},
        {"no comma between", "Ada <a@x.org> <b@x.org>", "Ada|a@x.org;|b@x.org"},
        {"brackets in the name", "Ada <of Ockham> <a@x.org>", "Ada|a@x.org"},
        {"brackets in brackets", "<<ada@example.org>>", ">|ada@example.org"},
        {"bracket without end", "Ada <ada@example.org", "Ada|ada@example.org"},
        {"bracket without end in a list", "Ada <a@x.org, b@x.org",
         "Ada|a@x.org;|b@x.org"},
        {"quote without end", "\"Ada <a@x.org>, b@x.org", "\"Ada|a@x.org;|b@x.org"},
        {"comment without end", "Ada (L. <a@x.org>, b@x.org",
         "Ada (L.|a@x.org;|b@x.org"},
        {"colon in a domain literal", "<ada@[IPv6:2001:db8::1]>",
         "|ada@[ipv6:2001:db8::1]"},
        {"the same without brackets", "ada@[IPv6:2001:db8::1]",
         "|ada@[ipv6:2001:db8::1]"},
        {"encoded name", "=?utf-8?q?J=C3=B6rg?= <j@x.org>", "Jörg|j@x.org"},
        {"encoded name in quotes", "\"=?utf-8?q?J=C3=B6rg?=\" <j@x.org>",
         "Jörg|j@x.org"},
        {"comma in an encoded name", "=?utf-8?q?Roe,_J=C3=B6rg?= <j@x.org>",
         "Roe, Jörg|j@x.org"},
        {"quote in an encoded name", "=?utf-8?q?J\"?= <j@x.org>, k@x.org",
         "J\"|j@x.org;|k@x.org"},
        {"encoded comment", "j@x.org (=?utf-8?q?J=C3=B6rg?=)", "Jörg|j@x.org"},
        {"raw UTF-8", "Jörg <j@x.org>", "Jörg|j@x.org"},
        {"raw Latin-1", "J\xf6rg <j@x.org>", "Jörg|j@x.org"},
        {"IDN", "<info@bücher.example>", "|info@xn--bcher-kva.example"},
        {"bidi in the name", "\u202eadA <a@x.org>", "adA|a@x.org"},
        {"control in the name", "A\x1b[31mda <a@x.org>", "A [31mda|a@x.org"},
        {"plus and equals", "<b+1-ada=example.org@lists.org>",
         "|b+1-ada=example.org@lists.org"},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        uint32_t cuts = 0;
        g_autofree char *got = read_all(cases[i].value, RP_MAX_ADDRESSES, &cuts);

        g_test_message("%s", cases[i].what);
        g_assert_cmpstr(got, ==, cases[i].expected);
        g_assert_cmpuint(cuts, ==, 0);
    }
}

/* What is none must not become somebody else's address. */
static void
test_read_none(void)
{
    static const struct {
        const char *what, *value;
    } cases[] = {
        {"empty", ""},
        {"white space", " \r\n\t"},
        {"name alone", "Ada Lovelace"},
        {"empty brackets", "admin <>"},
        {"name in brackets", "<ada>"},
        {"nothing before the at sign", "<@example.org>"},
        {"nothing after the at sign", "<ada@>"},
        {"space in the local part", "<ada lovelace@example.org>"},
        {"quoted space in the local part", "<\"ada lovelace\"@example.org>"},
        {"the same without brackets", "\"ada lovelace\"@example.org"},
        {"at sign alone", "@"},
        {"comment alone", "(ada@example.org)"},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        uint32_t cuts = 0;
        g_autofree char *got = read_all(cases[i].value, RP_MAX_ADDRESSES, &cuts);

        g_test_message("%s", cases[i].what);
        g_assert_cmpstr(got, ==, "");
    }
}

static void
test_cuts(void)
{
    g_autofree char *name = g_strnfill(RP_MAX_NAME + 1, 'x');
    g_autofree char *value = g_strconcat(name, " <a@x.org>", NULL);
    uint32_t cuts = 0;
    g_autofree char *cut_list = read_all("a@x.org, b@x.org, c@x.org", 2, &cuts);
    g_autofree char *whole = NULL, *cut_name = NULL;

    g_assert_cmpstr(cut_list, ==, "|a@x.org;|b@x.org");
    g_assert_cmpuint(cuts, ==, RP_CUT_ADDRESSES);

    cuts = 0;
    whole = read_all("a@x.org, b@x.org, nobody", 2, &cuts);
    g_assert_cmpuint(cuts, ==, 0);

    cut_name = read_all(value, 2, &cuts);
    g_assert_cmpuint(strcspn(cut_name, "|"), ==, RP_MAX_NAME);
    g_assert_cmpuint(cuts, ==, RP_CUT_NAME);
}

/* Each was chosen to make a parser recurse or start over; none may take long. */
static void
test_hostile(void)
{
    static const char *const parts[] = {
        "(",  "a:", "<", "\"", "\"\\", "<,", "a@b;", "=?", "=?a?q?",
        "<<", "((", ")", "[",  "a@[",  "@",  "\\",   "<(", "<\"",
    };

    for (size_t i = 0; i < G_N_ELEMENTS(parts); i++) {
        g_autoptr(GString) value = g_string_new(NULL);
        g_autofree char *got = NULL;
        uint32_t cuts = 0;

        while (value->len < 1 << 18)
            g_string_append(value, parts[i]);
        got = read_all(value->str, RP_MAX_ADDRESSES, &cuts);
        g_assert_nonnull(got);
    }
}

static void
test_read_first(void)
{
    static const struct {
        const char *value, *expected;
    } cases[] = {
        {"<list@x.org> archive/latest/1", "list@x.org"},
        {"list@x.org archive/latest/1", "list@x.org"},
        {"list@x.org", "list@x.org"},
        {"archive/latest/1", NULL},
        {"", NULL},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *got =
            rp_address_read_first((RpSpan){cases[i].value, strlen(cases[i].value)});

        g_assert_cmpstr(got, ==, cases[i].expected);
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_set_nonfatal_assertions();
    g_test_add_func("/header-address/read", test_read);
    g_test_add_func("/header-address/read-none", test_read_none);
    g_test_add_func("/header-address/cuts", test_cuts);
    g_test_add_func("/header-address/hostile", test_hostile);
    g_test_add_func("/header-address/read-first", test_read_first);
    return g_test_run();
}
