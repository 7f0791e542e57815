/* SPDX-License-Identifier: GPL-3.0-or-later */
/* event-text.c - calls, meetings, favours in words */
#include "report/event-text.h"

#include <string.h>

static const char *
call_sentence(const RpContactEvent *event)
{
    static const char *const happened[RP_N_WAYS] = {"they called", "you called",
                                                    "you talked on the telephone"};
    bool is_in = event->way == RP_WAY_IN;

    if (event->outcome == RP_OUTCOME_MISSED)
        return is_in ? "they called, you missed it" : "you called, they missed it";
    if (event->outcome == RP_OUTCOME_PROMISED)
        return is_in ? "they promised a call" : "you promised a call";
    return happened[event->way];
}

static char *
favour_sentence(const RpContactEvent *event)
{
    static const char *const verbs[RP_N_OUTCOMES] = {
        [RP_OUTCOME_ASKED] = "you asked for",
        [RP_OUTCOME_GIVEN] = "you gave",
        [RP_OUTCOME_RECEIVED] = "they gave you",
        [RP_OUTCOME_THANKED] = "you gave thanks for",
    };
    const char *article = strchr("aeiou", *event->detail) != NULL ? "an" : "a";

    return g_strdup_printf("%s %s %s", verbs[event->outcome], article, event->detail);
}

char *
rp_event_sentence(const RpContactEvent *event)
{
    static const char *const chat[RP_N_WAYS] = {"they wrote in a chat",
                                                "you wrote in a chat", "you chatted"};
    static const char *const letter[RP_N_WAYS] = {
        "they wrote a letter", "you wrote a letter", "you wrote each other letters"};

    switch (event->kind) {
    case RP_EVENT_CALL:
        return g_strdup(call_sentence(event));
    case RP_EVENT_MEETING:
        return g_strdup("you met");
    case RP_EVENT_CHAT:
        return g_strdup(chat[event->way]);
    case RP_EVENT_LETTER:
        return g_strdup(letter[event->way]);
    case RP_EVENT_FAVOUR:
        return favour_sentence(event);
    case RP_N_EVENT_KINDS:
        break;
    }
    return g_strdup("");
}
