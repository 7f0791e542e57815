/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-address.c - R3 and "address matching": one address, one person */
#include "core/address.h"

#include <locale.h>
#include <string.h>

#include "core/envelope.h"

static void
test_normalize(void)
{
    static const struct {
        const char *what, *address, *expected;
    } cases[] = {
        {"plain", "ada@example.org", "ada@example.org"},
        {"upper case", "Ada.Lovelace@Example.ORG", "ada.lovelace@example.org"},
        {"white space around", " \tada@example.org\r\n", "ada@example.org"},
        {"dot at the end", "ada@example.org.", "ada@example.org"},
        {"dots at the end", "ada@example.org..", "ada@example.org"},
        {"full stops of another script at the end", "ada@example.org\u3002\u3002",
         "ada@example.org"},
        {"IDN", "info@Bücher.example", "info@xn--bcher-kva.example"},
        {"IDN, upper case umlaut", "info@BÜCHER.example", "info@xn--bcher-kva.example"},
        {"IDN, decomposed",
         "info@bu\xcc\x88"
         "cher.example",
         "info@xn--bcher-kva.example"},
        {"A-label as it is", "info@XN--BCHER-KVA.example",
         "info@xn--bcher-kva.example"},
        {"local part beyond ASCII", "JÖRG@example.org", "jörg@example.org"},
        {"no dotless i", "INFO@EXAMPLE.ORG", "info@example.org"},
        {"domain literal", "ada@[192.0.2.1]", "ada@[192.0.2.1]"},
        {"two at signs", "a@b@example.org", "a@b@example.org"},
        {"plus-tag stays", "ada+x@gmail.com", "ada+x@gmail.com"},
        {"odd local part", "a..b@example.org", "a..b@example.org"},
        {"bidi control", "ada\u202e@example.org", "ada@example.org"},
        {"zero width space", "\u200bada@example.org", "ada@example.org"},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *got = rp_address_normalize(cases[i].address);
        g_autofree char *again = got != NULL ? rp_address_normalize(got) : NULL;

        g_test_message("%s", cases[i].what);
        g_assert_cmpstr(got, ==, cases[i].expected);
        g_assert_cmpstr(again, ==, cases[i].expected); /* a fixed point */
    }
}

static void
test_normalize_invalid(void)
{
    static const struct {
        const char *what, *address;
    } cases[] = {
        {"empty", ""},
        {"no at sign", "ada"},
        {"nothing before", "@example.org"},
        {"nothing after", "ada@"},
        {"only a dot after", "ada@."},
        {"space inside", "ada lovelace@example.org"},
        {"line break inside", "ada\n@example.org"},
        {"wide space inside", "ada\u3000@example.org"},
        {"control character", "ada\x01@example.org"},
        {"C1 control character", "ada\xc2\x85@example.org"},
        {"angle brackets", "<ada@example.org>"},
        {"invalid UTF-8", "ad\xe4@example.org"},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *got = rp_address_normalize(cases[i].address);

        g_test_message("%s", cases[i].what);
        g_assert_null(got);
    }
}

static void
test_normalize_length(void)
{
    g_autofree char *filler = g_strnfill(RP_MAX_ADDRESS - 2, 'a');
    g_autofree char *longest = g_strconcat(filler, "@b", NULL);
    g_autofree char *too_long = g_strconcat(filler, "@bc", NULL);
    g_autofree char *huge = g_strnfill(1 << 20, 'a');
    g_autofree char *got = rp_address_normalize(longest);

    g_assert_cmpstr(got, ==, longest);
    g_assert_null(rp_address_normalize(too_long));
    g_assert_null(rp_address_normalize(huge));
}

static void
test_person_key(void)
{
    static const struct {
        const char *what, *address, *expected;
    } cases[] = {
        {"other provider keeps all", "a.b+c@example.org", "a.b+c@example.org"},
        {"Gmail tag", "ada+lists@gmail.com", "ada@gmail.com"},
        {"Gmail dots", "a.d.a@gmail.com", "ada@gmail.com"},
        {"googlemail", "a.da+x@googlemail.com", "ada@gmail.com"},
        {"Outlook tag, dots stay", "a.b+c@outlook.com", "a.b@outlook.com"},
        {"only the first plus", "a+b+c@pm.me", "a@pm.me"},
        {"nothing but a tag", "+x@gmail.com", "+x@gmail.com"},
        {"nothing but dots", "...@gmail.com", "...@gmail.com"},
        {"subdomain is another", "a+b@x.gmail.com", "a+b@x.gmail.com"},
        {"plus in the domain", "a@b+c", "a@b+c"},
        {"no at sign", "ada", "ada"},
    };
    static const char *const providers[] = {
        "gmail.com",  "outlook.com", "hotmail.com", "live.com",     "msn.com",
        "icloud.com", "me.com",      "mac.com",     "fastmail.com", "fastmail.fm",
        "proton.me",  "pm.me",       "yandex.com",  "zoho.com",     "protonmail.com",
    };

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *got = rp_address_person_key(cases[i].address);

        g_test_message("%s", cases[i].what);
        g_assert_cmpstr(got, ==, cases[i].expected);
    }
    for (size_t i = 0; i < G_N_ELEMENTS(providers); i++) {
        g_autofree char *tagged = g_strconcat("a+b@", providers[i], NULL);
        g_autofree char *expected = g_strconcat("a@", providers[i], NULL);
        g_autofree char *got = rp_address_person_key(tagged);

        g_assert_cmpstr(got, ==, expected);
    }
}

/* printf 'ada@example.org' | sha256sum begins with cfe00dde46ef */
static void
test_person_id(void)
{
    g_assert_cmphex((guint64)rp_person_id("ada@example.org"), ==, 0xcfe00dde46ef);
    g_assert_cmphex((guint64)rp_person_id(""), ==, 0xe3b0c44298fc);
}

static void
test_machine(void)
{
    static const struct {
        const char *local_part;
        bool expected;
    } cases[] = {
        /* each word, alone */
        {"noreply", true},
        {"no-reply", true},
        {"no.reply", true},
        {"no_reply", true},
        {"no--reply", false},
        {"donotreply", true},
        {"do-not-reply", true},
        {"do_not.reply", true},
        {"do-notreply", true},
        {"mailer-daemon", true},
        {"mailerdaemon", false},
        {"postmaster", true},
        {"bounce", true},
        {"bounces", true},
        {"notification", true},
        {"notifications", true},
        {"alert", true},
        {"alerts", true},
        {"robot", true},
        {"daemon", true},
        {"cron", true},
        {"www-data", true},
        {"newsletter", true},
        {"marketing", true},
        {"syzbot", true},
        {"bot", true},
        {"root", true},
        {"news", true},
        {"jira", true},
        {"github", true},
        {"lkp", true},
        /* set off by one of - _ . + */
        {"acme-noreply", true},
        {"acme.noreply", true},
        {"acme_noreply", true},
        {"acme+noreply", true},
        {"noreply-acme", true},
        {"noreply.acme", true},
        {"noreply+token", true},
        {"bounces+1234-abcd=example.org", true},
        {"syzbot+0123456789abcdef", true},
        {"a-b.alert_c", true},
        {"noreplyacme", false},
        {"acmenoreply", false},
        {"xnoreply.noreply", true},
        {"noreply2-noreply2", false},
        /* a dot does not set off the short words */
        {"kernel-bot", true},
        {"kernel_bot", true},
        {"bot+x", true},
        {"kernel.bot", false},
        {"j.root", false},
        {"root.j", false},
        {"good.news-x", false},
        {"good.x-news", true},
        {"robotics", false},
        {"bota", false},
        /* people */
        {"ada", false},
        {"newsome", false},
        {"alerta", false},
        {"postmasters", false},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *address =
            g_strconcat(cases[i].local_part, "@example.org", NULL);

        g_test_message("%s", cases[i].local_part);
        g_assert_true(rp_address_is_machine(address) == cases[i].expected);
    }
    g_assert_false(rp_address_is_machine("ada@noreply.example.org"));
}

static void
test_matches(void)
{
    static const struct {
        const char *what, *address, *pattern;
        bool expected;
    } cases[] = {
        {"same", "ada@example.org", "ada@example.org", true},
        {"pattern in upper case", "ada@example.org", "Ada@Example.Org", true},
        {"other", "bob@example.org", "ada@example.org", false},
        {"whole domain", "x@my.example", "*@my.example", true},
        {"whole domain in upper case", "x@my.example", "*@My.Example", true},
        {"whole IDN domain", "x@xn--bcher-kva.example", "*@bücher.example", true},
        {"not its subdomain", "x@a.my.example", "*@my.example", false},
        {"not a longer domain", "x@notmy.example", "*@my.example", false},
        {"tag at Gmail", "ada+x@gmail.com", "a.da@googlemail.com", true},
        {"tag elsewhere", "ada+x@example.org", "ada@example.org", false},
        {"no pattern", "ada@example.org", "", false},
        {"star alone", "ada@example.org", "*", false},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_test_message("%s", cases[i].what);
        g_assert_true(rp_address_matches(cases[i].address, cases[i].pattern) ==
                      cases[i].expected);
    }
}

/* As in no language in particular; the same is asked in Turkish, where there is that.
 */
static void
test_lower(void)
{
    const char *locales[] = {"C", "tr_TR.UTF-8"};

    for (size_t i = 0; i < G_N_ELEMENTS(locales); i++) {
        g_autofree char *lower = NULL;

        setlocale(LC_ALL, locales[i]);
        lower = rp_lower("INTERNET \xc3\x89t\xc3\xa9 \xce\xa3");
        g_assert_cmpstr(lower, ==, "internet \xc3\xa9t\xc3\xa9 \xcf\x83");
        setlocale(LC_ALL, "C");
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_set_nonfatal_assertions();
    g_test_add_func("/address/normalize", test_normalize);
    g_test_add_func("/address/normalize-invalid", test_normalize_invalid);
    g_test_add_func("/address/normalize-length", test_normalize_length);
    g_test_add_func("/address/person-key", test_person_key);
    g_test_add_func("/address/person-id", test_person_id);
    g_test_add_func("/address/machine", test_machine);
    g_test_add_func("/address/matches", test_matches);
    g_test_add_func("/address/lower", test_lower);
    return g_test_run();
}
