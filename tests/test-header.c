/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-header.c - a header's bytes to an envelope; ids of R2 */
#include "fetch/header.h"

#include <string.h>

#include "core/instant.h"

static RpEnvelope *
parse(const char *bytes)
{
    RpEnvelope *envelope = rp_envelope_new();

    rp_header_parse(bytes, strlen(bytes), envelope);
    return envelope;
}

static char *
join(const GPtrArray *texts)
{
    GString *out = g_string_new(NULL);

    for (guint i = 0; i < texts->len; i++)
        g_string_append_printf(out, "%s%s", i > 0 ? " " : "",
                               (const char *)g_ptr_array_index(texts, i));
    return g_string_free(out, FALSE);
}

static char *
join_addresses(const GPtrArray *mailboxes)
{
    GString *out = g_string_new(NULL);

    for (guint i = 0; i < mailboxes->len; i++) {
        const RpMailbox *mailbox = g_ptr_array_index(mailboxes, i);

        g_string_append_printf(out, "%s%s", i > 0 ? " " : "", mailbox->address);
    }
    return g_string_free(out, FALSE);
}

static void
test_all_fields(void)
{
    static const char header[] = "Return-Path: <ada@example.org>\r\n"
                                 "Delivered-To: Bob@Example.org\r\n"
                                 "X-Original-To: robert@example.org\r\n"
                                 "Received: from a by b; whatever\r\n"
                                 "Date: Sun, 22 Nov 2026 21:40:02 +0000\r\n"
                                 "From: Ada Lovelace <ada@example.org>\r\n"
                                 "Reply-To: desk@example.org\r\n"
                                 "To: Bob <bob@example.org>\r\n"
                                 "Cc: c@example.org,\r\n\td@example.org\r\n"
                                 "Subject: Engines\r\n and engines\r\n"
                                 "Message-ID: <1@example.org>\r\n"
                                 "In-Reply-To: <0@example.org>\r\n"
                                 "References: <a@x>\r\n <b@x> <0@example.org>\r\n"
                                 "List-Id: Engines <engines.Example.org>\r\n"
                                 "List-Post: <mailto:engines@example.org>\r\n"
                                 "\r\n"
                                 "Subject: in the body\r\n";
    g_autoptr(RpEnvelope) envelope = parse(header);
    g_autofree char *references = join(envelope->references);
    g_autofree char *delivered = join(envelope->delivered_to);
    g_autofree char *cc = join_addresses(envelope->cc);
    const RpMailbox *from = g_ptr_array_index(envelope->from, 0);

    g_assert_cmpint(envelope->date_at, ==, 1795383602);
    g_assert_cmpstr(from->name, ==, "Ada Lovelace");
    g_assert_cmpstr(from->address, ==, "ada@example.org");
    g_assert_cmpuint(envelope->reply_to->len, ==, 1);
    g_assert_cmpuint(envelope->to->len, ==, 1);
    g_assert_cmpstr(cc, ==, "c@example.org d@example.org");
    g_assert_cmpstr(envelope->subject, ==, "Engines and engines");
    g_assert_cmpstr(envelope->message_id, ==, "1@example.org");
    g_assert_cmpuint(envelope->in_reply_to->len, ==, 1);
    g_assert_cmpstr(references, ==, "a@x b@x 0@example.org");
    g_assert_cmpstr(envelope->list_id, ==, "engines.example.org");
    g_assert_cmpuint(envelope->list_posts->len, ==, 1);
    g_assert_cmpstr(delivered, ==, "bob@example.org robert@example.org");
    g_assert_cmpuint(envelope->signs, ==, RP_SIGN_LIST_ID | RP_SIGN_LIST_POST);
    g_assert_cmpuint(envelope->cuts, ==, 0);
    g_assert_cmpint(envelope->internal_at, ==, RP_NEVER);
}

/* All rows have the subject "s" and nothing of what stands around it. */
static void
test_lines(void)
{
    static const struct {
        const char *what, *header;
    } cases[] = {
        {"line feeds", "Subject: s\nFrom: a@x\n\nbody"},
        {"mixed line ends", "From: a@x\nSubject: s\r\n\nbody"},
        {"no end of line", "Subject: s"},
        {"name in capitals", "SUBJECT: s\n"},
        {"no space after the colon", "Subject:s\n"},
        {"space before the colon", "Subject : s\n"},
        {"tab after the colon", "Subject:\ts\n"},
        {"text on the folded line alone", "Subject:\n s\n"},
        {"bare carriage return", "Subject: s\r\r\n"},
        {"mbox line", "From ada@x Sun Nov 22 21:40:02 2026\nSubject: s\n"},
        {"quoted mbox line", ">From ada@x Sun Nov 22 21:40:02 2026\nSubject: s\n"},
        {"line without a colon", "nonsense\nSubject: s\n"},
        {"fold onto such a line", "nonsense\n Subject: x\nSubject: s\n"},
        {"fold before any field", " Subject: x\nSubject: s\n"},
        {"name with a space", "My Subject: x\nSubject: s\n"},
        {"name beyond ASCII", "S\xfc"
                              "bject: x\nSubject: s\n"},
        {"no name", ": x\nSubject: s\n"},
        {"several: the first counts", "Subject: s\nSubject: x\n"},
        {"after the header", "Subject: s\n\nSubject: x\n"},
        {"longer name", "Subjects: x\nSubject: s\n"},
        {"shorter name", "Sub: x\nSubject: s\n"},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(RpEnvelope) envelope = parse(cases[i].header);

        g_test_message("%s", cases[i].what);
        g_assert_cmpstr(envelope->subject, ==, "s");
    }
}

static void
test_nothing(void)
{
    static const struct {
        const char *what, *header;
        bool expected;
    } cases[] = {
        {"empty", "", false},
        {"empty line first", "\r\nSubject: s\r\n", false},
        {"no field", "nonsense\nand more\n", false},
        {"unknown field", "X-Unknown: 1\n", true},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(RpEnvelope) envelope = rp_envelope_new();

        g_test_message("%s", cases[i].what);
        g_assert_true(rp_header_parse(cases[i].header, strlen(cases[i].header),
                                      envelope) == cases[i].expected);
        g_assert_cmpstr(envelope->subject, ==, "");
        g_assert_cmpstr(envelope->message_id, ==, "");
        g_assert_cmpint(envelope->date_at, ==, RP_NEVER);
    }
}

static void
test_several(void)
{
    g_autoptr(RpEnvelope) envelope = parse("From: a@x\n"
                                           "From: b@x\n"
                                           "Date: nonsense\n"
                                           "Date: Sun, 22 Nov 2026 21:40:02 +0000\n"
                                           "Message-ID: <1@x>\n"
                                           "Message-ID: <2@x>\n"
                                           "To: a@x\n"
                                           "To: b@x\n"
                                           "References: <a>\n"
                                           "References: <b>\n");
    g_autofree char *from = join_addresses(envelope->from);
    g_autofree char *to = join_addresses(envelope->to);
    g_autofree char *references = join(envelope->references);

    g_assert_cmpstr(from, ==, "a@x");
    g_assert_cmpint(envelope->date_at, ==, RP_NEVER);
    g_assert_cmpstr(envelope->message_id, ==, "1@x");
    g_assert_cmpstr(to, ==, "a@x b@x");
    g_assert_cmpstr(references, ==, "a b");
}

static void
test_ids(void)
{
    static const struct {
        const char *what, *value, *expected;
    } cases[] = {
        {"one", "<a@x>", "a@x"},
        {"several", "<a@x> <b@x>", "a@x b@x"},
        {"nothing between", "<a@x><b@x>", "a@x b@x"},
        {"commas", "<a@x>,<b@x>", "a@x b@x"},
        {"folded", "<a@x>\r\n\t<b@x>", "a@x b@x"},
        {"white space inside", "<a b@\r\n x>", "ab@x"},
        {"text around", "Your message of \"Monday\" <a@x> (yours)", "a@x"},
        {"comment with a date", "<a@x> (Ada's message of \"Mon, 13 Jun 2022\")", "a@x"},
        {"several at signs", "<a@x@y=.z@>", "a@x@y=.z@"},
        {"upper case is kept", "<A@X>", "A@X"},
        {"no at sign", "<abc>", "abc"},
        {"empty", "<>", ""},
        {"blank", "< >", ""},
        {"no brackets", "a@x b@x", ""},
        {"no end", "<a@x", ""},
        {"a second bracket starts anew", "<a <b@x>", "b@x"},
        {"brackets in brackets", "<<a@x>>", "a@x"},
        {"quotes", "<\"a\"@x>", "\"a\"@x"},
        {"control character", "<a\x01@x>", "a@x"},
        {"raw UTF-8", "<é@x>", "é@x"},
        {"raw Latin-1", "<\xe9@x>", "é@x"},
        {"same one twice", "<a@x> <a@x>", "a@x a@x"},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *header = g_strconcat("Message-ID: ", cases[i].value,
                                              "\nReferences: ", cases[i].value,
                                              "\nIn-Reply-To: ", cases[i].value, NULL);
        g_autoptr(RpEnvelope) envelope = parse(header);
        g_autofree char *references = join(envelope->references);
        g_autofree char *in_reply_to = join(envelope->in_reply_to);
        g_autofree char *first =
            g_strndup(cases[i].expected, strcspn(cases[i].expected, " "));

        g_test_message("%s", cases[i].what);
        g_assert_cmpstr(references, ==, cases[i].expected);
        g_assert_cmpstr(in_reply_to, ==, cases[i].expected);
        g_assert_cmpstr(envelope->message_id, ==, first);
    }
}

static void
test_id_caps(void)
{
    g_autoptr(GString) header = g_string_new("References:");
    g_autofree char *filler = g_strnfill(RP_MAX_ID - 1, 'x');
    g_autofree char *long_id = g_strdup_printf("Message-ID: <%s\xc3\xa9>", filler);
    g_autoptr(RpEnvelope) many = NULL;
    g_autoptr(RpEnvelope) longer = parse(long_id);

    for (int i = 0; i < RP_MAX_REFERENCES + 50; i++)
        g_string_append_printf(header, "\n <%d>", i);
    many = parse(header->str);

    g_assert_cmpuint(many->references->len, ==, RP_MAX_REFERENCES);
    g_assert_cmpuint(many->cuts, ==, RP_CUT_REFERENCES);
    g_assert_cmpstr(g_ptr_array_index(many->references, 0), ==, "0");
    g_assert_cmpstr(g_ptr_array_index(many->references, 99), ==, "99");
    g_assert_cmpstr(g_ptr_array_index(many->references, 100), ==, "150");
    g_assert_cmpstr(g_ptr_array_index(many->references, 199), ==, "249");

    g_assert_cmpstr(longer->message_id, ==, filler); /* cut before the é */
    g_assert_cmpuint(longer->cuts, ==, RP_CUT_ID);
}

static void
test_subject_caps(void)
{
    g_autofree char *filler = g_strnfill(RP_MAX_SUBJECT, 'x');
    g_autofree char *header = g_strconcat("Subject: ", filler, "y\n", NULL);
    g_autofree char *huge = g_strnfill(1 << 20, ' ');
    g_autofree char *huge_header = g_strconcat("Subject: a", huge, "b\n", NULL);
    g_autoptr(RpEnvelope) cut = parse(header);
    g_autoptr(RpEnvelope) unread = parse(huge_header);

    g_assert_cmpstr(cut->subject, ==, filler);
    g_assert_cmpuint(cut->cuts, ==, RP_CUT_SUBJECT);
    g_assert_cmpstr(unread->subject, ==, "a");
    g_assert_cmpuint(unread->cuts, ==, RP_CUT_VALUE);
}

static void
test_address_cap(void)
{
    g_autoptr(GString) header = g_string_new("From: a@x\nTo: b@x");
    g_autoptr(RpEnvelope) envelope = NULL;

    for (int i = 0; i < RP_MAX_ADDRESSES; i++)
        g_string_append_printf(header, ",\n a%d@x", i);
    g_string_append(header, "\nCc: c@x\n");
    envelope = parse(header->str);

    g_assert_cmpuint(envelope->from->len, ==, 1);
    g_assert_cmpuint(envelope->to->len, ==, RP_MAX_ADDRESSES - 1);
    g_assert_cmpuint(envelope->cc->len, ==, 0);
    g_assert_cmpuint(envelope->cuts, ==, RP_CUT_ADDRESSES);
}

static void
test_lists(void)
{
    static const struct {
        const char *what, *header, *list_id, *posts;
        uint32_t signs;
    } cases[] = {
        {"id with a phrase", "List-Id: Engines <E.x.org>", "e.x.org", "",
         RP_SIGN_LIST_ID},
        {"id with a bracket in it", "List-Id: \"a <b>\" <e.x.org>", "e.x.org", "",
         RP_SIGN_LIST_ID},
        {"bare id", "List-Id: E.x.org", "e.x.org", "", RP_SIGN_LIST_ID},
        {"no id", "List-Id: our nice list", "", "", RP_SIGN_LIST_ID},
        {"mailto", "List-Post: <mailto:E@x.org>", "", "e@x.org", RP_SIGN_LIST_POST},
        {"subject", "List-Post: <mailto:e@x.org?subject=a,b>", "", "e@x.org",
         RP_SIGN_LIST_POST},
        {"percent", "List-Post: <mailto:e%2Bf@x.org>", "", "e+f@x.org",
         RP_SIGN_LIST_POST},
        {"bad percent", "List-Post: <mailto:e%zz@x.org>", "", "", RP_SIGN_LIST_POST},
        {"NO", "List-Post: NO (closed)", "", "", RP_SIGN_LIST_POST},
        {"web page", "List-Post: <https://x.org/e>, <MAILTO:e@x.org>", "", "e@x.org",
         RP_SIGN_LIST_POST},
        {"no brackets", "List-Post: mailto:e@x.org", "", "e@x.org", RP_SIGN_LIST_POST},
        {"X-Mailing-List", "X-Mailing-List: <e@x.org> archive/1", "", "e@x.org",
         RP_SIGN_X_MAILING_LIST},
        {"bare X-Mailing-List", "X-Mailing-List: e@x.org", "", "e@x.org",
         RP_SIGN_X_MAILING_LIST},
        {"the same twice", "List-Post: <mailto:e@x.org>\nX-Mailing-List: e@x.org", "",
         "e@x.org", RP_SIGN_LIST_POST | RP_SIGN_X_MAILING_LIST},
        {"folded sign", "Auto-Submitted:\n auto-replied", "", "",
         RP_SIGN_AUTO_SUBMITTED},
        {"bounce", "Return-Path: <>", "", "", RP_SIGN_NULL_RETURN_PATH},
        {"invitation", "Content-Type: text/calendar;\n method=REQUEST", "", "",
         RP_SIGN_CALENDAR_TYPE},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(RpEnvelope) envelope = parse(cases[i].header);
        g_autofree char *posts = join(envelope->list_posts);

        g_test_message("%s", cases[i].what);
        g_assert_cmpstr(envelope->list_id, ==, cases[i].list_id);
        g_assert_cmpstr(posts, ==, cases[i].posts);
        g_assert_cmpuint(envelope->signs, ==, cases[i].signs);
    }
}

/* printf '\001\002...\026\377\377\377\377\377' | base64 */
static void
test_thread_index(void)
{
    static const struct {
        const char *what, *value;
        bool expected;
    } cases[] = {
        {"head and a child", "AQIDBAUGBwgJCgsMDQ4PEBESExQVFv//////", true},
        {"head alone", "AQIDBAUGBwgJCgsMDQ4PEBESExQVFg==", true},
        {"folded", "AQIDBAUGBwgJCgsM\r\n DQ4PEBESExQVFg==", true},
        {"too short", "AQIDBAUGBwgJCgsMDQ4PEBESExQV", false},
        {"empty", "", false},
        {"no base64", "(((((((((((((((((((((((((((((((((((((", false},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *header = g_strconcat("Thread-Index: ", cases[i].value, NULL);
        g_autoptr(RpEnvelope) envelope = parse(header);

        g_test_message("%s", cases[i].what);
        g_assert_true(envelope->has_thread_index == cases[i].expected);
        if (cases[i].expected) {
            g_assert_cmpint(envelope->thread_index[0], ==, 1);
            g_assert_cmpint(envelope->thread_index[21], ==, 22);
        }
    }
}

static char *
made_id(const char *header, uint64_t uid, const char *folder)
{
    const RpHeaderPlace place = {"work", folder, 7};
    g_autoptr(RpEnvelope) envelope = parse(header);

    envelope->uid = uid;
    rp_header_make_id(envelope, header, strlen(header), &place);
    return g_strdup(envelope->message_id);
}

/* printf 'Date\nx\nFrom\na@x\nTo\nCc\nSubject\na b\n' | sha256sum */
static void
test_made_id(void)
{
    static const char base[] = "Date: x\nFrom: a@x\nSubject: a b\n";
    static const struct {
        const char *what, *header;
        bool is_same;
    } cases[] = {
        {"other place", "Date: x\nFrom: a@x\nSubject: a b\n", true},
        {"folds and line ends", "Date:x\r\nFrom: a@x \r\nSubject: a\r\n\t  b\r\n",
         true},
        {"order of fields", "Subject: a b\nFrom: a@x\nDate: x\n", true},
        {"fields that do not count", "X: 1\nDate: x\nFrom: a@x\nSubject: a b\n", true},
        {"a body", "Date: x\nFrom: a@x\nSubject: a b\n\nTo: b@x\n", true},
        {"Message-ID that is none",
         "Message-ID: a@x\nDate: x\nFrom: a@x\nSubject: a b\n", true},
        {"other subject", "Date: x\nFrom: a@x\nSubject: ab\n", false},
        {"a recipient", "Date: x\nFrom: a@x\nSubject: a b\nTo: b@x\n", false},
    };
    g_autofree char *expected = made_id(base, 1, "INBOX");

    g_assert_cmpstr(expected, ==,
                    "688905369a91a67af83ba0b1dc55b47e@made.riposte.invalid");
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *got = made_id(cases[i].header, 2, "Sent");

        g_test_message("%s", cases[i].what);
        g_assert_true(g_str_has_suffix(got, "@made.riposte.invalid"));
        g_assert_true((strcmp(got, expected) == 0) == cases[i].is_same);
    }
}

static void
test_made_id_of_place(void)
{
    static const char no_date[] = "From: a@x\nSubject: a\n";
    static const char no_from[] = "Date: x\nFrom:\nSubject: a\n";
    g_autofree char *here = made_id(no_date, 1, "INBOX");
    g_autofree char *again = made_id(no_from, 1, "INBOX");
    g_autofree char *other_uid = made_id(no_date, 2, "INBOX");
    g_autofree char *other_folder = made_id(no_date, 1, "Sent");
    g_autofree char *kept = made_id("Message-ID: <1@x>\n", 1, "INBOX");

    g_assert_cmpstr(here, ==, again);
    g_assert_cmpstr(here, !=, other_uid);
    g_assert_cmpstr(here, !=, other_folder);
    g_assert_cmpstr(kept, ==, "1@x");
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_set_nonfatal_assertions();
    g_test_add_func("/header/all-fields", test_all_fields);
    g_test_add_func("/header/lines", test_lines);
    g_test_add_func("/header/nothing", test_nothing);
    g_test_add_func("/header/several", test_several);
    g_test_add_func("/header/ids", test_ids);
    g_test_add_func("/header/id-caps", test_id_caps);
    g_test_add_func("/header/subject-caps", test_subject_caps);
    g_test_add_func("/header/address-cap", test_address_cap);
    g_test_add_func("/header/lists", test_lists);
    g_test_add_func("/header/thread-index", test_thread_index);
    g_test_add_func("/header/made-id", test_made_id);
    g_test_add_func("/header/made-id-of-place", test_made_id_of_place);
    return g_test_run();
}
