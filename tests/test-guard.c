/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-guard.c - what the guard lets through, drops and refuses */
#include "fetch/guard.h"

#include <string.h>

/* An answer to one command with tag 7, in a session that may have a folder open. */
typedef struct {
    const char *what;
    const RpGuardProfile *profile;
    bool has_selected;
    const char *bytes;
    size_t n; /* 0: a string */
    RpGuardVerdict verdict;
    const char *out; /* NULL: the same as bytes; only if the verdict is OK */
} Case;

#define BYTES(text) text, sizeof(text) - 1
#define TEXT(text) text, 0
#define F "* 1 FETCH ("
#define OK7 "7 OK done\r\n"
#define HEADER "BODY[HEADER.FIELDS (DATE FROM)] "
#define OUT_HEADER "BODY[HEADER] "

/* Legal answers, as servers of these names give them. */
static const Case legal[] = {
    {"dovecot: fetch", &rp_guard_fetch, true,
     TEXT(
         F
         "UID 12 FLAGS (\\Seen $Forwarded) INTERNALDATE \"17-Jul-1996 02:44:25 -0700\" "
         "RFC822.SIZE 4286 " HEADER "{4}\r\nab\r\n)\r\n" OK7),
     RP_GUARD_OK,
     F "UID 12 FLAGS (\\Seen $Forwarded) INTERNALDATE \"17-JUL-1996 02:44:25 -0700\" "
       "RFC822.SIZE 4286 " OUT_HEADER "{4}\r\nab\r\n)\r\n" OK7},
    {"exchange: header first, names quoted", &rp_guard_fetch, true,
     TEXT(
         F
         "BODY[HEADER.FIELDS (\"DATE\" \"From\")] {2}\r\n\r\n UID 3 FLAGS ())\r\n" OK7),
     RP_GUARD_OK, F OUT_HEADER "{2}\r\n\r\n UID 3 FLAGS ())\r\n" OK7},
    {"a name in the section as a literal", &rp_guard_fetch, true,
     TEXT(F "BODY[HEADER.FIELDS ({4}\r\nDATE FROM)] \"\" UID 3)\r\n" OK7), RP_GUARD_OK,
     F OUT_HEADER "\"\" UID 3)\r\n" OK7},
    {"cyrus: item names in lower case, NIL", &rp_guard_fetch, true,
     TEXT("* 2 fetch (uid 3 body[header.fields (date)] nil)\r\n" OK7), RP_GUARD_OK,
     "* 2 fetch (uid 3 body[header] nil)\r\n" OK7},
    {"courier: quoted value", &rp_guard_fetch, true,
     TEXT(F "UID 3 " HEADER "\"a\\\"b\")\r\n" OK7), RP_GUARD_OK,
     F "UID 3 " OUT_HEADER "\"a\\\"b\")\r\n" OK7},
    {"gmail: items never asked for", &rp_guard_fetch, true,
     TEXT(F
          "X-GM-THRID 12 UID 3 X-GM-LABELS (\"a (b\" {3}\r\nx)y) MODSEQ (9))\r\n" OK7),
     RP_GUARD_OK, F "UID 3)\r\n" OK7},
    {"zimbra: keywords that are no atoms", &rp_guard_fetch, true,
     TEXT(F "UID 3 FLAGS (\\Seen a]b \"c\" \\*))\r\n" OK7), RP_GUARD_OK,
     F "UID 3 FLAGS (\\Seen a_b _c_ \\_))\r\n" OK7},
    {"yahoo: day of one digit", &rp_guard_fetch, true,
     TEXT(F "UID 3 INTERNALDATE \"1-Jan-2024 00:00:00 +0000\")\r\n" OK7), RP_GUARD_OK,
     F "UID 3 INTERNALDATE \" 1-JAN-2024 00:00:00 +0000\")\r\n" OK7},
    {"day with a space, first item", &rp_guard_fetch, true,
     TEXT(F "INTERNALDATE \" 1-Jan-2024 00:00:00 +0000\" UID 3)\r\n" OK7), RP_GUARD_OK,
     F "INTERNALDATE \" 1-JAN-2024 00:00:00 +0000\" UID 3)\r\n" OK7},
    {"dates that are none are left out", &rp_guard_fetch, true,
     TEXT(F "UID 3 INTERNALDATE \"yesterday\" FLAGS ())\r\n" F
            "UID 4 INTERNALDATE NIL)\r\n" F "INTERNALDATE \"a very long \\\" and silly "
            "date\" UID 5)\r\n" OK7),
     RP_GUARD_OK, F "UID 3 FLAGS ())\r\n" F "UID 4)\r\n" F "UID 5)\r\n" OK7},
    {"nothing that was asked for", &rp_guard_fetch, true,
     TEXT(F ")\r\n" F "MODSEQ (3))\r\n" F "UID 3 )\r\n" OK7), RP_GUARD_OK,
     F "UID 0)\r\n" F "UID 0)\r\n" F "UID 3)\r\n" OK7},
    {"an envelope is dropped", &rp_guard_fetch, true,
     TEXT(F "ENVELOPE (\"d\" NIL ((\"n\" NIL \"m\" {1}\r\nh))) UID 3)\r\n" OK7),
     RP_GUARD_OK, F "UID 3)\r\n" OK7},
    {"unasked lines while fetching", &rp_guard_fetch, true,
     TEXT("* 5 EXISTS\r\n* 0 RECENT\r\n* 2 EXPUNGE\r\n* OK Still here\r\n* OK [ALERT] "
          "x\r\n"
          "* NO slow\r\n* FLAGS (\\Seen)\r\n* VANISHED 4\r\n* CAPABILITY IMAP4rev1\r\n"
          "* XFOO {3}\r\nabc bar {5} x\r\n* 4 XBAR\r\n* ESEARCH (TAG \"7\") UID\r\n"
          "* QUOTA \"\" (STORAGE 1 2)\r\n* STATUS x (MESSAGES 3)\r\n\r\n"
          "* A-VERY-LONG-WORD-THAT-IS-LONGER-THAN-ALL-OF-OURS 1\r\n" OK7),
     RP_GUARD_OK, OK7},
    {"new flags of a message, unasked", &rp_guard_status, true,
     TEXT("* 3 FETCH (FLAGS (\\Seen) UID 7)\r\n* STATUS \"a\" (MESSAGES 3)\r\n" OK7),
     RP_GUARD_OK, "* STATUS \"a\" (MESSAGES 3)\r\n" OK7},
    {"literal with what looks like an answer", &rp_guard_fetch, true,
     TEXT(F "UID 3 " HEADER "{16}\r\n)\r\n7 OK done\r\n+ )\r\n" OK7), RP_GUARD_OK,
     F "UID 3 " OUT_HEADER "{16}\r\n)\r\n7 OK done\r\n+ )\r\n" OK7},
    {"literal with zero bytes", &rp_guard_fetch, true,
     BYTES(F "UID 3 " HEADER "{3}\r\n\0\1\2)\r\n" OK7), RP_GUARD_OK, NULL},
    {"list: every form of a name", &rp_guard_list, false,
     TEXT("* LIST (\\HasNoChildren) \"/\" INBOX\r\n* LIST () NIL inbox\r\n"
          "* list (\\Noselect) \".\" \"a\\\\b \\\"c\\\"\"\r\n* LIST () \"/\" "
          "{5}\r\na\"b{c\r\n"
          "* LIST () \"\\\\\" {0}\r\n\r\n* LIST (\\Sent) \"/\" \"Entw&APw-rfe {5}\"\r\n"
          "* LIST () \"/\" ~ok\r\n" OK7),
     RP_GUARD_OK, NULL},
    {"list with extended data: RFC 5258", &rp_guard_list, false,
     TEXT("* LIST () \"/\" \"a\" (\"CHILDINFO\" (\"SUBSCRIBED\") OLDNAME "
          "({1}\r\nb))\r\n" OK7),
     RP_GUARD_OK, NULL},
    {"status with more than was asked", &rp_guard_status, false,
     TEXT("* STATUS {3}\r\na b (MESSAGES 1 X-FOO (1 2) SIZE 12 )\r\n* STATUS b "
          "()\r\n" OK7),
     RP_GUARD_OK, NULL},
    {"notify: refused, and told meanwhile", &rp_guard_notify, true,
     TEXT("* STATUS x (MESSAGES 3)\r\n* 4 EXISTS\r\n* LIST (\\NoAccess) \"/\" b\r\n"
          "7 NO [BADEVENT (FlagChange)] no\r\n"),
     RP_GUARD_OK,
     "* STATUS x (MESSAGES 3)\r\n* LIST (\\NoAccess) \"/\" b\r\n"
     "7 NO [BADEVENT (FlagChange)] no\r\n"},
    {"capabilities of odd atoms", &rp_guard_capability, false,
     TEXT("* CAPABILITY IMAP4rev1 AUTH= ACL2=UNION X\"y (z) {3} 8\366bit\r\n" OK7),
     RP_GUARD_OK, NULL},
    {"search without a hit, and twice", &rp_guard_search, true,
     TEXT("* SEARCH\r\n* SEARCH 2 3 (MODSEQ 5)\r\n" OK7), RP_GUARD_OK, NULL},
    {"vanished", &rp_guard_flags, true,
     TEXT("* VANISHED (EARLIER) 1:5,7\r\n" F "UID 9 FLAGS ())\r\n" OK7), RP_GUARD_OK,
     NULL},
    {"examine", &rp_guard_examine, false,
     TEXT("* FLAGS (\\Seen)\r\n* OK [PERMANENTFLAGS ()] none\r\n* 3 EXISTS\r\n"
          "* OK [UIDVALIDITY 7]\r\n* LIST-X () a\r\n7 OK [READ-ONLY] done\r\n"),
     RP_GUARD_OK,
     "* OK [PERMANENTFLAGS ()] none\r\n* 3 EXISTS\r\n* OK [UIDVALIDITY 7]\r\n"
     "7 OK [READ-ONLY] done\r\n"},
    {"davmail: spaces while it works", &rp_guard_examine, false,
     TEXT("*   3 EXISTS\r\n*  FLAGS ()\r\n*  OK [UIDVALIDITY 7]\r\n" OK7), RP_GUARD_OK,
     "* 3 EXISTS\r\n* OK [UIDVALIDITY 7]\r\n" OK7},
    {"exchange: TAB in a name", &rp_guard_list, false,
     TEXT("* LIST () \"/\" INBOX/a\tb\r\n* LIST () \"/\" \"a\tb c\"\r\n" OK7),
     RP_GUARD_OK, NULL},
    {"TAB in a string", &rp_guard_fetch, true,
     TEXT(F "UID 3 " HEADER "\"Subject: a\tb\")\r\n" OK7), RP_GUARD_OK,
     F "UID 3 " OUT_HEADER "\"Subject: a\tb\")\r\n" OK7},
    {"mailutils: LF alone ends an answer", &rp_guard_login, false,
     TEXT("+ \r\n7 OK AUTHENTICATE PLAIN authentication successful\n"), RP_GUARD_OK,
     "+ \r\n7 OK AUTHENTICATE PLAIN authentication successful\r\n"},
    {"codes are no codes to libetpan", &rp_guard_login, false,
     TEXT("+ [BADCHARSET (\"x\")]\r\n7 NO [CAPABILITY A B] [x\t\366\r\n"), RP_GUARD_OK,
     "+ (BADCHARSET (\"x\")]\r\n7 NO (CAPABILITY A B] (x\t\366\r\n"},
    {"an answer without text", &rp_guard_plain, false, TEXT("7 OK\r\n"), RP_GUARD_OK,
     NULL},
    {"BAD", &rp_guard_plain, false, TEXT("7 bad no\r\n"), RP_GUARD_OK, NULL},
    {"exchange: an empty line", &rp_guard_plain, false, TEXT("\r\n7 OK\r\n"),
     RP_GUARD_OK, "7 OK\r\n"},
};

/* What no server may send, or two readers could read differently. */
static const Case hostile[] = {
    {"NUL in a line", &rp_guard_plain, false, BYTES("* OK a\0b\r\n"),
     RP_GUARD_CONTROL_BYTE, NULL},
    {"TAB between values", &rp_guard_fetch, true, TEXT(F "UID\t3)\r\n"),
     RP_GUARD_CONTROL_BYTE, NULL},
    {"DEL in a name", &rp_guard_list, false, TEXT("* LIST () \"/\" \"a\177\"\r\n"),
     RP_GUARD_CONTROL_BYTE, NULL},
    {"LF alone", &rp_guard_plain, false, TEXT("* OK a\n"), RP_GUARD_LINE_END, NULL},
    {"CR alone", &rp_guard_plain, false, TEXT("* OK a\rb"), RP_GUARD_LINE_END, NULL},
    {"string over two lines", &rp_guard_fetch, true, TEXT(F "UID 3 " HEADER "\"a\r\n"),
     RP_GUARD_LINE_END, NULL},
    {"another tag", &rp_guard_plain, false, TEXT("8 OK done\r\n"), RP_GUARD_TAG, NULL},
    {"tag with a zero", &rp_guard_plain, false, TEXT("07 OK done\r\n"), RP_GUARD_TAG,
     NULL},
    {"tag of 2^64", &rp_guard_plain, false, TEXT("18446744073709551623 OK\r\n"),
     RP_GUARD_TAG, NULL},
    {"a word as tag", &rp_guard_plain, false, TEXT("A7 OK\r\n"), RP_GUARD_RESPONSE,
     NULL},
    {"tagged BYE", &rp_guard_plain, false, TEXT("7 BYE\r\n"), RP_GUARD_RESPONSE, NULL},
    {"go on, unasked", &rp_guard_plain, false, TEXT("+ go\r\n"), RP_GUARD_RESPONSE,
     NULL},
    {"a second greeting", &rp_guard_plain, false, TEXT("* PREAUTH hi\r\n"),
     RP_GUARD_RESPONSE, NULL},
    {"messages before a folder is open", &rp_guard_status, false, TEXT(F "UID 3)\r\n"),
     RP_GUARD_RESPONSE, NULL},
    {"LIST while fetching", &rp_guard_fetch, true, TEXT("* LIST () \"/\" a\r\n"),
     RP_GUARD_RESPONSE, NULL},
    {"SEARCH while fetching", &rp_guard_fetch, true, TEXT("* SEARCH 1\r\n"),
     RP_GUARD_RESPONSE, NULL},
    {"no space after the star", &rp_guard_plain, false, TEXT("*OK\r\n"),
     RP_GUARD_SYNTAX, NULL},
    {"message 0", &rp_guard_fetch, true, TEXT("* 0 FETCH (UID 3)\r\n"), RP_GUARD_SYNTAX,
     NULL},
    {"message 2^32", &rp_guard_fetch, true, TEXT("* 4294967296 FETCH (UID 3)\r\n"),
     RP_GUARD_NUMBER, NULL},
    {"UID 2^32", &rp_guard_fetch, true, TEXT(F "UID 4294967296)\r\n"), RP_GUARD_NUMBER,
     NULL},
    {"negative UID", &rp_guard_fetch, true, TEXT(F "UID -1)\r\n"), RP_GUARD_SYNTAX,
     NULL},
    {"UID with a zero", &rp_guard_fetch, true, TEXT(F "UID 03)\r\n"), RP_GUARD_NUMBER,
     NULL},
    {"size 99999999999999999999", &rp_guard_fetch, true,
     TEXT(F "RFC822.SIZE 99999999999999999999)\r\n"), RP_GUARD_NUMBER, NULL},
    {"items without a space", &rp_guard_fetch, true, TEXT(F "UID 1FLAGS ())\r\n"),
     RP_GUARD_SYNTAX, NULL},
    {"the whole text", &rp_guard_fetch, true, TEXT(F "BODY[] {3}\r\nabc)\r\n"),
     RP_GUARD_ITEM, NULL},
    {"another section", &rp_guard_fetch, true, TEXT(F "BODY[HEADER] {3}\r\nabc)\r\n"),
     RP_GUARD_ITEM, NULL},
    {"RFC822.HEADER[", &rp_guard_fetch, true, TEXT(F "RFC822.HEADER[x] NIL)\r\n"),
     RP_GUARD_ITEM, NULL},
    {"part of a section", &rp_guard_fetch, true,
     TEXT(F "BODY[HEADER.FIELDS (A)]<0> NIL)\r\n"), RP_GUARD_SYNTAX, NULL},
    {"deep flags", &rp_guard_fetch, true, TEXT(F "FLAGS ((a)))\r\n"), RP_GUARD_DEPTH,
     NULL},
    {"deep structure", &rp_guard_fetch, true,
     TEXT(F "BODYSTRUCTURE (((((((((((((((((x\r\n"), RP_GUARD_DEPTH, NULL},
    {"deep list", &rp_guard_list, false, TEXT("* LIST (((((((((((\r\n"), RP_GUARD_DEPTH,
     NULL},
    {"group left open", &rp_guard_list, false, TEXT("* LIST (\\a \"/\" b\r\n"),
     RP_GUARD_SYNTAX, NULL},
    {"literal+", &rp_guard_fetch, true, TEXT(F "UID 3 " HEADER "{3+}\r\nabc)\r\n"),
     RP_GUARD_LITERAL, NULL},
    {"literal of -5", &rp_guard_fetch, true, TEXT(F "UID 3 " HEADER "{-5}\r\n"),
     RP_GUARD_LITERAL, NULL},
    {"literal with a space", &rp_guard_fetch, true, TEXT(F "UID 3 " HEADER "{ 5}\r\n"),
     RP_GUARD_LITERAL, NULL},
    {"literal without a line end", &rp_guard_fetch, true,
     TEXT(F "UID 3 " HEADER "{5}ab"), RP_GUARD_LITERAL, NULL},
    {"literal of 4 GB", &rp_guard_fetch, true,
     TEXT(F "UID 3 " HEADER "{4294967299}\r\n"), RP_GUARD_LITERAL_LENGTH, NULL},
    {"literal of 1 MB + 1", &rp_guard_fetch, true, TEXT(F HEADER "{1048577}\r\n"),
     RP_GUARD_LITERAL_LENGTH, NULL},
    {"literal as a UID", &rp_guard_fetch, true, TEXT(F "UID {1}\r\n3)\r\n"),
     RP_GUARD_SYNTAX, NULL},
    {"large literal in a dropped line", &rp_guard_plain, false,
     TEXT("* XFOO {65537}\r\n"), RP_GUARD_LITERAL_LENGTH, NULL},
    {"literal right after a literal", &rp_guard_list, false,
     TEXT("* LIST () \"/\" {1}\r\na{1}\r\nb\r\n"), RP_GUARD_SYNTAX, NULL},
    {"LIST in IDLE", &rp_guard_idle, true, TEXT("* LIST () \"/\" a\r\n"),
     RP_GUARD_RESPONSE, NULL},
    {"SEARCH while listening", &rp_guard_notify, true, TEXT("* SEARCH 1\r\n"),
     RP_GUARD_RESPONSE, NULL},
    {"go on while listening", &rp_guard_notify, true, TEXT("+ go\r\n"),
     RP_GUARD_RESPONSE, NULL},
    {"deep status while listening", &rp_guard_notify, true,
     TEXT("* STATUS a ((((((((((\r\n"), RP_GUARD_DEPTH, NULL},
    {"OK without capabilities", &rp_guard_capability, false, TEXT("7 OK done\r\n"),
     RP_GUARD_MISSING, NULL},
};

static void
assert_bytes(const void *found, size_t n_found, const void *expected, size_t n)
{
    g_assert_cmpuint(n_found, ==, n);
    g_assert_true(n_found == n && (n == 0 || memcmp(found, expected, n) == 0));
}

/* The greeting, then perhaps a folder, then the command with tag 7. */
static RpGuard *
prepare(const Case *c)
{
    static const char greeting[] = "* OK hi\r\n", opened[] = "6 OK\r\n";
    unsigned char out[RP_GUARD_ROOM(sizeof greeting)];
    size_t n_out;
    RpGuard *guard = rp_guard_new();
    RpGuardProfile profile = *c->profile;

    rp_guard_filter(guard, (const unsigned char *)greeting, strlen(greeting), out,
                    &n_out);
    if (c->has_selected) {
        rp_guard_begin(guard, 6, 1, &rp_guard_examine);
        rp_guard_filter(guard, (const unsigned char *)opened, strlen(opened), out,
                        &n_out);
    }
    g_assert_true(rp_guard_is_idle(guard));
    profile.fetches = 100;
    rp_guard_begin(guard, 7, 1, &profile);
    return guard;
}

/* Feeds the bytes in pieces of step; what came out is the caller's. */
static GByteArray *
feed(RpGuard *guard, const Case *c, size_t first, size_t step)
{
    size_t n = c->n > 0 ? c->n : strlen(c->bytes);
    g_autofree unsigned char *out = g_malloc(RP_GUARD_ROOM(n));
    GByteArray *all = g_byte_array_new();

    for (size_t at = 0, k = first; at < n; at += k, k = step) {
        size_t n_out;

        k = MIN(k, n - at);
        rp_guard_filter(guard, (const unsigned char *)c->bytes + at, k, out, &n_out);
        g_assert_cmpuint(n_out, <=, RP_GUARD_ROOM(k));
        g_byte_array_append(all, out, (guint)n_out);
    }
    return all;
}

static void
check_legal(const Case *c)
{
    g_autoptr(RpGuard) guard = prepare(c);
    g_autoptr(GByteArray) out = feed(guard, c, SIZE_MAX, SIZE_MAX);
    const char *expected = c->out == NULL ? c->bytes : c->out;

    g_test_message("%s: %s", c->what, rp_guard_verdict_name(rp_guard_verdict(guard)));
    g_assert_cmpint(rp_guard_verdict(guard), ==, RP_GUARD_OK);
    g_assert_true(rp_guard_is_idle(guard));
    if (c->n == 0)
        assert_bytes(out->data, out->len, expected, strlen(expected));
}

static void
test_legal(void)
{
    for (size_t i = 0; i < G_N_ELEMENTS(legal); i++)
        check_legal(&legal[i]);
}

static void
test_hostile(void)
{
    for (size_t i = 0; i < G_N_ELEMENTS(hostile); i++) {
        g_autoptr(RpGuard) guard = prepare(&hostile[i]);

        g_byte_array_unref(feed(guard, &hostile[i], SIZE_MAX, SIZE_MAX));
        g_test_message("%s: %s", hostile[i].what,
                       rp_guard_verdict_name(rp_guard_verdict(guard)));
        g_assert_cmpint(rp_guard_verdict(guard), ==, hostile[i].verdict);
        g_assert_false(rp_guard_is_idle(guard));
    }
}

/* However the network cuts the bytes: the same verdict, and the same goes through. */
static void
check_splits(const Case *c)
{
    g_autoptr(RpGuard) whole_guard = prepare(c);
    g_autoptr(GByteArray) whole = feed(whole_guard, c, SIZE_MAX, SIZE_MAX);
    size_t n = c->n > 0 ? c->n : strlen(c->bytes);

    g_test_message("%s", c->what);
    for (size_t first = 1; first <= n; first++) {
        g_autoptr(RpGuard) guard = prepare(c);
        /* The first time, one byte at a time. */
        g_autoptr(GByteArray) out = feed(guard, c, first, first == 1 ? 1 : SIZE_MAX);

        g_assert_cmpint(rp_guard_verdict(guard), ==, rp_guard_verdict(whole_guard));
        assert_bytes(out->data, out->len, whole->data, whole->len);
        g_assert_cmpstr(rp_guard_reply(guard), ==, rp_guard_reply(whole_guard));
    }
}

static void
test_splits(void)
{
    for (size_t i = 0; i < G_N_ELEMENTS(legal); i++)
        check_splits(&legal[i]);
    for (size_t i = 0; i < G_N_ELEMENTS(hostile); i++)
        check_splits(&hostile[i]);
}

/* Repeats a line until the guard has had enough, which must be before most times. */
static void
check_flood(const RpGuardProfile *profile, bool has_selected, const char *line,
            size_t most, RpGuardVerdict verdict)
{
    Case c = {line, profile, has_selected, line, 0, verdict, NULL};
    g_autoptr(RpGuard) guard = prepare(&c);
    size_t n = 0;

    while (n < most && rp_guard_verdict(guard) == RP_GUARD_OK) {
        g_byte_array_unref(feed(guard, &c, SIZE_MAX, SIZE_MAX));
        n++;
    }
    g_test_message("%.20s: %zu", line, n);
    g_assert_cmpint(rp_guard_verdict(guard), ==, verdict);
}

static void
test_floods(void)
{
    g_autofree char *long_text = g_strnfill(9000, 'x');
    g_autofree char *text_line = g_strconcat("* OK ", long_text, NULL);

    check_flood(&rp_guard_plain, false, "* OK x\r\n", 200002, RP_GUARD_LINES);
    check_flood(&rp_guard_plain, false, "* XFOO x\r\n", 200002, RP_GUARD_LINES);
    check_flood(&rp_guard_plain, false, "\r\n", 200002, RP_GUARD_LINES);
    check_flood(&rp_guard_list, false, "* LIST () \"/\" a\r\n", 20001, RP_GUARD_LINES);
    check_flood(&rp_guard_fetch, true, F "UID 3)\r\n", 101, RP_GUARD_LINES);
    check_flood(&rp_guard_capability, false, "* CAPABILITY A\r\n", 65, RP_GUARD_LINES);
    check_flood(&rp_guard_notify, false, "* STATUS a ()\r\n", 20001, RP_GUARD_LINES);
    check_flood(&rp_guard_login, false, "+ x\r\n", 17, RP_GUARD_LINES);
    check_flood(&rp_guard_plain, false, text_line, 1, RP_GUARD_LINE_LENGTH);
}

static void
test_greeting(void)
{
    static const struct {
        const char *bytes;
        RpGuardVerdict verdict;
        const char *out;
    } cases[] = {
        {"* OK [PERMANENTFLAGS (\\*)] hi\r\n", RP_GUARD_OK,
         "* OK (PERMANENTFLAGS (\\*)] hi\r\n"},
        {"* PREAUTH [CAPABILITY A] hi\r\n", RP_GUARD_OK,
         "* PREAUTH (CAPABILITY A] hi\r\n"},
        {"* BYE full\r\n", RP_GUARD_OK, "* BYE full\r\n"},
        {"* CAPABILITY A\r\n", RP_GUARD_RESPONSE, NULL},
        {"* XFOO\r\n", RP_GUARD_RESPONSE, NULL},
        {"* 5 EXISTS\r\n", RP_GUARD_RESPONSE, NULL},
        {"1 OK\r\n", RP_GUARD_TAG, NULL},
        {"+ OK\r\n", RP_GUARD_RESPONSE, NULL},
        {"220 ready\r\n", RP_GUARD_TAG, NULL},
        {"SSH-2.0\r\n", RP_GUARD_RESPONSE, NULL},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(RpGuard) guard = rp_guard_new();
        unsigned char out[256];
        size_t n_out;

        g_test_message("%s", cases[i].bytes);
        rp_guard_filter(guard, (const unsigned char *)cases[i].bytes,
                        strlen(cases[i].bytes), out, &n_out);
        g_assert_cmpint(rp_guard_verdict(guard), ==, cases[i].verdict);
        if (cases[i].out != NULL)
            assert_bytes(out, n_out, cases[i].out, strlen(cases[i].out));
    }
}

/* What follows the last awaited line is left for the next command: nothing said in
 * clear text can become part of what is said under TLS. */
static void
test_stops_after_answer(void)
{
    static const char bytes[] = "7 OK begin\r\n* OK injected\r\n";
    Case c = {"", &rp_guard_plain, false, bytes, 0, RP_GUARD_OK, NULL};
    g_autoptr(RpGuard) guard = prepare(&c);
    unsigned char out[RP_GUARD_ROOM(sizeof bytes)];
    size_t n_out, n;

    n = rp_guard_filter(guard, (const unsigned char *)bytes, strlen(bytes), out,
                        &n_out);
    g_assert_cmpuint(n, ==, strlen("7 OK begin\r\n"));
    assert_bytes(out, n_out, bytes, n);
    g_assert_true(rp_guard_is_idle(guard));
}

static void
test_pipelined(void)
{
    static const char bytes[] = "8 NO b\r\n7 OK a\r\n9 OK c\r\n";
    Case c = {"", &rp_guard_status, false, bytes, 0, RP_GUARD_OK, NULL};
    g_autoptr(RpGuard) guard = prepare(&c);

    rp_guard_begin(guard, 7, 3, &rp_guard_status);
    g_byte_array_unref(feed(guard, &c, SIZE_MAX, SIZE_MAX));
    g_assert_true(rp_guard_is_idle(guard));
    rp_guard_begin(guard, 7, 3, &rp_guard_status);
    c.bytes = "8 OK\r\n8 OK\r\n"; /* answered twice */
    g_byte_array_unref(feed(guard, &c, SIZE_MAX, SIZE_MAX));
    g_assert_cmpint(rp_guard_verdict(guard), ==, RP_GUARD_TAG);
}

/* With no command running a server that was asked to tell may speak, and no other. */
static void
test_listens(void)
{
    static const char told[] = "* STATUS a (MESSAGES 3)\r\n* 4 EXISTS\r\n* 2 FETCH "
                               "(FLAGS ())\r\n* VANISHED 3\r\n* XFOO\r\n* OK x\r\n";
    Case c = {"", &rp_guard_notify, true, told, 0, RP_GUARD_OK, NULL};
    g_autoptr(RpGuard) guard = prepare(&c);
    g_autoptr(GByteArray) out = NULL;

    rp_guard_begin(guard, 0, 0, &rp_guard_notify);
    out = feed(guard, &c, SIZE_MAX, SIZE_MAX);
    assert_bytes(out->data, out->len, "* STATUS a (MESSAGES 3)\r\n* OK x\r\n", 33);
    g_assert_true(rp_guard_is_idle(guard));
    g_assert_cmpuint(rp_guard_counts(guard)->exists, ==, 1);
    g_assert_cmpuint(rp_guard_counts(guard)->expunge, ==, 1);
    g_assert_cmpuint(rp_guard_counts(guard)->fetch, ==, 1);
    c.bytes = "0 OK\r\n"; /* of no command */
    g_byte_array_unref(feed(guard, &c, SIZE_MAX, SIZE_MAX));
    g_assert_cmpint(rp_guard_verdict(guard), ==, RP_GUARD_TAG);
}

/* For messages to people: what the server said, and where it was refused. */
static void
test_tells(void)
{
    Case no = {"",  &rp_guard_plain, false, "* BYE [X] bye\r\n7 NO [A] no\r\n", 0, 0,
               NULL};
    Case bad = {"", &rp_guard_plain, false, "* OK x\r\n7 XOK a\r\n", 0, 0, NULL};
    g_autoptr(RpGuard) guard = prepare(&no);
    g_autoptr(RpGuard) refusing = prepare(&bad);

    g_byte_array_unref(feed(guard, &no, SIZE_MAX, SIZE_MAX));
    g_assert_cmpstr(rp_guard_reply(guard), ==, "NO [A] no");
    g_assert_cmpstr(rp_guard_bye(guard), ==, "BYE [X] bye");
    g_byte_array_unref(feed(refusing, &bad, SIZE_MAX, SIZE_MAX));
    g_assert_cmpstr(rp_guard_line(refusing), ==, "7 XOK ");
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_set_nonfatal_assertions();
    g_test_add_func("/guard/legal", test_legal);
    g_test_add_func("/guard/hostile", test_hostile);
    g_test_add_func("/guard/splits", test_splits);
    g_test_add_func("/guard/floods", test_floods);
    g_test_add_func("/guard/greeting", test_greeting);
    g_test_add_func("/guard/stops-after-answer", test_stops_after_answer);
    g_test_add_func("/guard/pipelined", test_pipelined);
    g_test_add_func("/guard/listens", test_listens);
    g_test_add_func("/guard/tells", test_tells);
    return g_test_run();
}
