/* SPDX-License-Identifier: GPL-3.0-or-later */
/* event.c - what happened between a person and me outside the mail: C1 */
#include "core/event.h"

#include <glib/gi18n.h>
#include <inttypes.h>
#include <string.h>

static const char UID_PREFIX[] = "event ";
enum { UID_DIGITS = 20 };

void
rp_event_free(RpContactEvent *event)
{
    if (event == NULL)
        return;
    g_free(event->uid);
    g_free(event->person_key);
    g_free(event->number);
    g_free(event->name);
    g_free(event->detail);
    g_free(event->note);
    g_free(event);
}

void
rp_event_set_uid(RpContactEvent *event)
{
    g_autofree char *all =
        g_strdup_printf("%s\n%s\n%s\n%s\n%s\n%s\n%" PRId64 "\n%" PRId64,
                        rp_event_kind_name(event->kind), rp_way_name(event->way),
                        rp_outcome_name(event->outcome), event->person_key,
                        event->number, event->detail, event->at, event->logged_at);
    g_autofree char *sum = g_compute_checksum_for_string(G_CHECKSUM_SHA256, all, -1);

    g_free(event->uid);
    event->uid = g_strdup_printf("%s%.*s", UID_PREFIX, UID_DIGITS, sum);
}

bool
rp_event_is_uid(const char *text)
{
    return g_str_has_prefix(text, UID_PREFIX);
}

static bool
is_favour_valid(const RpContactEvent *event)
{
    return event->outcome >= RP_OUTCOME_ASKED &&
           event->way ==
               (event->outcome == RP_OUTCOME_RECEIVED ? RP_WAY_IN : RP_WAY_OUT) &&
           rp_favour_of(event->detail) != RP_N_FAVOURS;
}

bool
rp_event_is_valid(const RpContactEvent *event)
{
    if (*event->person_key == '\0' && *event->number == '\0')
        return false;
    if (event->kind == RP_EVENT_FAVOUR)
        return is_favour_valid(event);
    if (event->outcome > RP_OUTCOME_PROMISED)
        return false;
    return event->outcome == RP_OUTCOME_HAPPENED ||
           (event->kind == RP_EVENT_CALL && event->way != RP_WAY_BOTH);
}

static bool
opens_any(const RpContactEvent *event)
{
    return rp_event_opens(event, RP_MINE) || rp_event_opens(event, RP_THEIRS);
}

int
rp_event_compare(const RpContactEvent *one, const RpContactEvent *other)
{
    if (one->at != other->at)
        return one->at < other->at ? -1 : 1;
    if (one->logged_at != other->logged_at)
        return one->logged_at < other->logged_at ? -1 : 1;
    if (opens_any(one) != opens_any(other))
        return opens_any(one) ? -1 : 1;
    return strcmp(one->uid, other->uid);
}

bool
rp_event_exists(const RpContactEvent *event, int64_t as_of_at)
{
    return event->at <= as_of_at && event->logged_at <= as_of_at &&
           event->undone_at > as_of_at;
}

bool
rp_event_is_contact(const RpContactEvent *event, bool by_me)
{
    bool both_talk = event->outcome == RP_OUTCOME_HAPPENED &&
                     (event->kind == RP_EVENT_CALL || event->kind == RP_EVENT_MEETING);

    if (event->kind == RP_EVENT_FAVOUR || event->outcome == RP_OUTCOME_PROMISED)
        return false;
    return both_talk || event->way == RP_WAY_BOTH ||
           event->way == (by_me ? RP_WAY_OUT : RP_WAY_IN);
}

bool
rp_event_opens(const RpContactEvent *event, RpDirection direction)
{
    switch (event->outcome) {
    case RP_OUTCOME_MISSED: /* who called waits */
        return event->way == (direction == RP_MINE ? RP_WAY_IN : RP_WAY_OUT);
    case RP_OUTCOME_PROMISED: /* who promised owes */
        return event->way == (direction == RP_MINE ? RP_WAY_OUT : RP_WAY_IN);
    case RP_OUTCOME_RECEIVED:
        return direction == RP_MINE;
    case RP_OUTCOME_HAPPENED:
    case RP_OUTCOME_ASKED:
    case RP_OUTCOME_GIVEN:
    case RP_OUTCOME_THANKED:
    case RP_N_OUTCOMES:
        break;
    }
    return false;
}

const char *
rp_event_kind_name(RpEventKind kind)
{
    static const char *const names[RP_N_EVENT_KINDS] = {
        [RP_EVENT_CALL] = N_("call"),     [RP_EVENT_MEETING] = N_("meeting"),
        [RP_EVENT_CHAT] = N_("chat"),     [RP_EVENT_LETTER] = N_("letter"),
        [RP_EVENT_FAVOUR] = N_("favour"),
    };

    return names[kind];
}

const char *
rp_way_name(RpWay way)
{
    static const char *const names[RP_N_WAYS] = {
        [RP_WAY_IN] = "in",
        [RP_WAY_OUT] = "out",
        [RP_WAY_BOTH] = "both",
    };

    return names[way];
}

const char *
rp_outcome_name(RpOutcome outcome)
{
    static const char *const names[RP_N_OUTCOMES] = {
        [RP_OUTCOME_HAPPENED] = "happened", [RP_OUTCOME_MISSED] = "missed",
        [RP_OUTCOME_PROMISED] = "promised", [RP_OUTCOME_ASKED] = "asked",
        [RP_OUTCOME_GIVEN] = "given",       [RP_OUTCOME_RECEIVED] = "received",
        [RP_OUTCOME_THANKED] = "thanked",
    };

    return names[outcome];
}

const char *
rp_favour_name(RpFavour favour)
{
    static const char *const names[RP_N_FAVOURS] = {
        [RP_FAVOUR_RECOMMENDATION] = N_("recommendation"),
        [RP_FAVOUR_ENDORSEMENT] = N_("endorsement"),
        [RP_FAVOUR_REFERRAL] = N_("referral"),
        [RP_FAVOUR_INTRODUCTION] = N_("introduction"),
    };

    return names[favour];
}

RpFavour
rp_favour_of(const char *name)
{
    RpFavour favour = 0;

    while (favour < RP_N_FAVOURS && strcmp(rp_favour_name(favour), name) != 0)
        favour++;
    return favour;
}

const char *
rp_event_title(const RpContactEvent *event)
{
    if (event->kind == RP_EVENT_FAVOUR)
        return event->detail;
    if (event->outcome == RP_OUTCOME_MISSED)
        return N_("missed call");
    if (event->outcome == RP_OUTCOME_PROMISED)
        return N_("promised call");
    return rp_event_kind_name(event->kind);
}
