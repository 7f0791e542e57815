/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-notify-protocol.c - what one end writes the other reads, and nothing else */
#include "notify/protocol.h"

#include <string.h>

static void
test_show(void)
{
    static const struct {
        const char *what, *key, *summary, *body;
        RpButtons buttons;
    } cases[] = {
        {"plain", "k7f3qa", "Ada L.", "Lunch?", RP_BUTTONS_FOLLOWUP},
        {"two lines", "k7f3qa", "Ada L.", "Lunch?\nwaiting 2 d", RP_BUTTONS_UNDO},
        {"a report", "riposte", "report", "You answered 1 of 2", RP_BUTTONS_OPEN},
        {"quotes and markup", "\"k\\", "\"<b>\" & 'x'", "{\"close\": \"y\"}",
         RP_BUTTONS_NONE},
        {"not ASCII", "é", "例え 😀", "\u2026", FALSE},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(RpNotice) notice = rp_notice_new(cases[i].key, cases[i].summary,
                                                   cases[i].body, cases[i].buttons);
        g_autofree char *line = rp_protocol_show(notice);
        g_auto(RpOrder) got = {0};

        g_test_message("%s", cases[i].what);
        g_assert_true(strchr(line, '\n') == line + strlen(line) - 1);
        g_assert_true(rp_protocol_read_order(line, &got));
        g_assert_null(got.close_key);
        g_assert_cmpstr(got.show->key, ==, cases[i].key);
        g_assert_cmpstr(got.show->summary, ==, cases[i].summary);
        g_assert_cmpstr(got.show->body, ==, cases[i].body);
        g_assert_cmpint(got.show->buttons, ==, cases[i].buttons);
    }
}

static void
test_close(void)
{
    static const struct {
        const char *place, *expected;
    } cases[] = {{NULL, ""}, {"7 :1.23", "7 :1.23"}};

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *line = rp_protocol_close("k7f3qa", cases[i].place);
        g_auto(RpOrder) got = {0};

        g_assert_true(rp_protocol_read_order(line, &got));
        g_assert_null(got.show);
        g_assert_cmpstr(got.close_key, ==, "k7f3qa");
        g_assert_cmpstr(got.place, ==, cases[i].expected);
    }
}

static void
test_events(void)
{
    static const struct {
        RpNotifyEventType type;
        const char *key, *text, *token, *line;
    } cases[] = {
        {RP_NOTIFY_READY, "", "dunst", "",
         "{\"state\":\"ready\",\"server\":\"dunst\"}\n"},
        {RP_NOTIFY_ABSENT, "", "", "", "{\"state\":\"absent\"}\n"},
        {RP_NOTIFY_SHOWN, "k", "7 :1.2", "",
         "{\"shown\":\"k\",\"place\":\"7 :1.2\"}\n"},
        {RP_NOTIFY_FAILED, "k", "why", "", "{\"failed\":\"k\",\"why\":\"why\"}\n"},
        {RP_NOTIFY_ACTION, "k", "done", "t",
         "{\"action\":\"done\",\"key\":\"k\",\"token\":\"t\"}\n"},
        {RP_NOTIFY_CLOSED, "k", "", "", "{\"closed\":\"k\"}\n"},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(RpNotifyEvent) event = rp_notify_event_new(
            cases[i].type, cases[i].key, cases[i].text, cases[i].token);
        g_autofree char *line = rp_protocol_event(event);
        g_autoptr(RpNotifyEvent) got = rp_protocol_read_event(line);

        g_assert_cmpstr(line, ==, cases[i].line);
        g_assert_nonnull(got);
        g_assert_cmpint(got->type, ==, cases[i].type);
        g_assert_cmpstr(got->key, ==, cases[i].key);
        g_assert_cmpstr(got->text, ==, cases[i].text);
        g_assert_cmpstr(got->token, ==, cases[i].token);
    }
}

static void
test_invalid(void)
{
    static const char *const lines[] = {
        "",
        "null",
        "[]",
        "{",
        "{}",
        "{\"show\": 1}",
        "{\"show\": \"k\", \"close\": \"k\"}",
        "{\"close\": [\"k\"]}",
        "{\"state\": \"maybe\"}",
        "{\"action\": null}",
    };

    for (size_t i = 0; i < G_N_ELEMENTS(lines); i++) {
        g_auto(RpOrder) order = {0};

        g_test_message("%s", lines[i]);
        g_assert_false(rp_protocol_read_order(lines[i], &order));
        g_assert_null(rp_protocol_read_event(lines[i]));
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_set_nonfatal_assertions();
    g_test_add_func("/notify-protocol/show", test_show);
    g_test_add_func("/notify-protocol/close", test_close);
    g_test_add_func("/notify-protocol/events", test_events);
    g_test_add_func("/notify-protocol/invalid", test_invalid);
    return g_test_run();
}
