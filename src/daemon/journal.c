/* SPDX-License-Identifier: GPL-3.0-or-later */
/* journal.c - the main events, and the words they are told in */
#include "daemon/journal.h"

/* None is a warning: G_DEBUG=fatal-warnings is for mistakes of ours. */
static const struct {
    GLogLevelFlags level;
    const char *id; /* never to be changed: others search by it */
} EVENTS[RP_N_JOURNAL_EVENTS] = {
    [RP_EVENT_READY] = {G_LOG_LEVEL_MESSAGE, "560d2826e4174f18ae15e37640762cb8"},
    [RP_EVENT_END] = {G_LOG_LEVEL_MESSAGE, "05019a4d8806415c9aeaf97c49918aad"},
    [RP_EVENT_CONFIG] = {G_LOG_LEVEL_MESSAGE, "fde5803ac7a34165bb74f18f06953639"},
    [RP_EVENT_MISTAKE] = {G_LOG_LEVEL_MESSAGE, "f0db5515c2464298b4c2fb1f0024b221"},
    [RP_EVENT_READ] = {G_LOG_LEVEL_MESSAGE, "5cf04a4f67a340e5a40b1b90dcd17e1a"},
    [RP_EVENT_FAILED] = {G_LOG_LEVEL_MESSAGE, "c23f59e5fc6d402a8838a671669841d7"},
    [RP_EVENT_HALTED] = {G_LOG_LEVEL_MESSAGE, "fc7c7e341a17443eb69c8421f0b4ba3b"},
    [RP_EVENT_WAKE] = {G_LOG_LEVEL_INFO, "48aa73c424a846bbb290fcd1aff9dddd"},
};

char *
rp_journal_hide(const char *text)
{
    g_autoptr(GRegex) address = g_regex_new("\\S*@\\S*", 0, 0, NULL);
    g_autofree char *valid = g_utf8_make_valid(text, -1);

    return g_regex_replace_literal(address, valid, -1, 0, "<address>", 0, NULL);
}

void
rp_journal(RpJournalEvent event, const char *account, const char *text)
{
    g_autofree char *words = rp_journal_hide(text);
    GLogLevelFlags level = EVENTS[event].level;

    if (account == NULL)
        g_log_structured(G_LOG_DOMAIN, level, "MESSAGE_ID", EVENTS[event].id, "MESSAGE",
                         "%s", words);
    else
        g_log_structured(G_LOG_DOMAIN, level, "MESSAGE_ID", EVENTS[event].id,
                         "RIPOSTE_ACCOUNT", account, "MESSAGE", "%s", words);
}
