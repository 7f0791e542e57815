/* SPDX-License-Identifier: GPL-3.0-or-later */
/* event-text.c - calls, meetings, favours in words */
#include "report/event-text.h"

#include <glib/gi18n.h>

static const char *
call_sentence(const RpContactEvent *event)
{
    static const char *const happened[RP_N_WAYS] = {N_("they called"), N_("you called"),
                                                    N_("you talked on the telephone")};
    bool is_in = event->way == RP_WAY_IN;

    if (event->outcome == RP_OUTCOME_MISSED)
        return is_in ? _("they called, you missed it")
                     : _("you called, they missed it");
    if (event->outcome == RP_OUTCOME_PROMISED)
        return is_in ? _("they promised a call") : _("you promised a call");
    return _(happened[event->way]);
}

/* Whole sentences: languages with cases and genders need them. */
static const char *
favour_sentence(const RpContactEvent *event)
{
    static const char *const sentences[RP_N_OUTCOMES][RP_N_FAVOURS] = {
        [RP_OUTCOME_ASKED] =
            {
                [RP_FAVOUR_RECOMMENDATION] = N_("you asked for a recommendation"),
                [RP_FAVOUR_ENDORSEMENT] = N_("you asked for an endorsement"),
                [RP_FAVOUR_REFERRAL] = N_("you asked for a referral"),
                [RP_FAVOUR_INTRODUCTION] = N_("you asked for an introduction"),
            },
        [RP_OUTCOME_GIVEN] =
            {
                [RP_FAVOUR_RECOMMENDATION] = N_("you gave a recommendation"),
                [RP_FAVOUR_ENDORSEMENT] = N_("you gave an endorsement"),
                [RP_FAVOUR_REFERRAL] = N_("you gave a referral"),
                [RP_FAVOUR_INTRODUCTION] = N_("you gave an introduction"),
            },
        [RP_OUTCOME_RECEIVED] =
            {
                [RP_FAVOUR_RECOMMENDATION] = N_("they gave you a recommendation"),
                [RP_FAVOUR_ENDORSEMENT] = N_("they gave you an endorsement"),
                [RP_FAVOUR_REFERRAL] = N_("they gave you a referral"),
                [RP_FAVOUR_INTRODUCTION] = N_("they gave you an introduction"),
            },
        [RP_OUTCOME_THANKED] =
            {
                [RP_FAVOUR_RECOMMENDATION] = N_("you gave thanks for a recommendation"),
                [RP_FAVOUR_ENDORSEMENT] = N_("you gave thanks for an endorsement"),
                [RP_FAVOUR_REFERRAL] = N_("you gave thanks for a referral"),
                [RP_FAVOUR_INTRODUCTION] = N_("you gave thanks for an introduction"),
            },
    };
    RpFavour favour = rp_favour_of(event->detail);
    const char *sentence =
        favour < RP_N_FAVOURS ? sentences[event->outcome][favour] : NULL;

    return sentence != NULL ? _(sentence) : event->detail;
}

char *
rp_event_sentence(const RpContactEvent *event)
{
    static const char *const chat[RP_N_WAYS] = {
        N_("they wrote in a chat"), N_("you wrote in a chat"), N_("you chatted")};
    static const char *const letter[RP_N_WAYS] = {N_("they wrote a letter"),
                                                  N_("you wrote a letter"),
                                                  N_("you wrote each other letters")};

    switch (event->kind) {
    case RP_EVENT_CALL:
        return g_strdup(call_sentence(event));
    case RP_EVENT_MEETING:
        return g_strdup(_("you met"));
    case RP_EVENT_CHAT:
        return g_strdup(_(chat[event->way]));
    case RP_EVENT_LETTER:
        return g_strdup(_(letter[event->way]));
    case RP_EVENT_FAVOUR:
        return g_strdup(favour_sentence(event));
    case RP_N_EVENT_KINDS:
        break;
    }
    return g_strdup("");
}
