/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-event.c - C1 to C4, F1 to F3: calls and favours, a few events a row
 *
 * A row is a text, a line a thing:
 *   in|sent|list|robot MINUTES ID [WHO]         a message from or to WHO (ann)
 *   KIND WAY OUTCOME MINUTES [WHO [DETAIL]]     an event, logged when it happened
 * MINUTES are after 2024-01-08T09:00:00Z. People are "ann", which stands for
 * ann@example.org; a number is a caller known by that alone.
 *
 * What comes out is a line a follow-up that is no mail's, sorted:
 *   DIRECTION CHANNEL PERSON OPENED-AT STATE CLOSED-AT RULE
 */
#include <stdlib.h>
#include <string.h>

#include "core/derive.h"
#include "core/expectation.h"

enum { BASE = 1704704400, DAY = 1440 };

static char *
address_of(const char *name)
{
    return g_strdup_printf("%s@example.org", name);
}

static int64_t
minutes(const char *text)
{
    return BASE + 60 * g_ascii_strtoll(text, NULL, 10);
}

static void
add_message(RpCorpus *corpus, char **word, uint64_t uid)
{
    bool is_sent = strcmp(word[0], "sent") == 0;
    g_autoptr(RpEnvelope) e = rp_envelope_new();
    g_autofree char *who = address_of(word[3] != NULL ? word[3] : "ann");

    e->uid = uid;
    e->internal_at = e->date_at = minutes(word[1]);
    g_free(e->message_id);
    e->message_id = g_strdup(word[2]);
    e->signs = strcmp(word[0], "robot") == 0  ? 1
               : strcmp(word[0], "list") == 0 ? 64
                                              : 0;
    g_ptr_array_add(e->from, rp_mailbox_new("", is_sent ? "me@example.org" : who));
    g_ptr_array_add(e->to, rp_mailbox_new("", is_sent ? who : "me@example.org"));
    rp_corpus_add_copy(corpus,
                       rp_corpus_add_folder(corpus, "a", is_sent ? "sent" : "in",
                                            is_sent ? RP_ROLE_SENT : RP_ROLE_INBOX),
                       e, RP_NEVER);
}

/* The index of a word among those that name() gives for 0 to n - 1. */
#define INDEX_OF(word, n, name)                                                        \
    ({                                                                                 \
        unsigned index = 0;                                                            \
        while (index < (n) && strcmp(word, name(index)) != 0)                          \
            index++;                                                                   \
        index;                                                                         \
    })

static RpContactEvent *
make_event(char **word)
{
    RpContactEvent *event = g_new0(RpContactEvent, 1);
    const char *who = word[4] != NULL ? word[4] : "ann";
    bool is_number = g_ascii_isdigit(*who) || *who == '+';

    event->kind = INDEX_OF(word[0], RP_N_EVENT_KINDS, rp_event_kind_name);
    event->way = INDEX_OF(word[1], RP_N_WAYS, rp_way_name);
    event->outcome = INDEX_OF(word[2], RP_N_OUTCOMES, rp_outcome_name);
    event->at = event->logged_at = minutes(word[3]);
    event->undone_at = RP_NEVER;
    event->person_key = is_number ? g_strdup("") : address_of(who);
    event->number = g_strdup(is_number ? who : "");
    event->name = g_strdup("");
    event->detail = g_strdup(word[4] != NULL && word[5] != NULL ? word[5] : "");
    event->note = g_strdup("");
    rp_event_set_uid(event);
    g_assert_true(rp_event_is_valid(event));
    return event;
}

static void
free_event(gpointer event)
{
    rp_event_free(event);
}

/* Of a text's lines, in that order or the other way round. */
static RpCorpus *
make_corpus(const char *text, bool is_reverse, bool has_events)
{
    RpCorpus *corpus = rp_corpus_new();
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    g_autoptr(GPtrArray) events = g_ptr_array_new_with_free_func(free_event);
    g_autoptr(GArray) phones = g_array_new(FALSE, FALSE, sizeof(RpPhone));
    guint n = g_strv_length(lines);
    RpPhone phone = {.number = (char *)(guintptr) "+4930123456"};

    for (guint i = 0; i < n; i++) {
        g_auto(GStrv) word = g_strsplit(lines[is_reverse ? n - 1 - i : i], " ", -1);
        guint n_words = g_strv_length(word);

        if (n_words > 0 && g_ascii_isdigit(*word[1]))
            add_message(corpus, word, i + 1);
        else if (n_words > 0)
            g_ptr_array_add(events, make_event(word));
    }
    if (!has_events)
        g_ptr_array_set_size(events, 0);
    phone.person = rp_corpus_intern_person(corpus, "ann@example.org", &(uint32_t){0});
    g_array_append_val(phones, phone);
    rp_corpus_add_events(corpus, g_steal_pointer(&events), phones);
    return corpus;
}

static RpPolicy *
make_policy(void)
{
    RpPolicy *policy = rp_policy_new();

    g_ptr_array_add(policy->me, g_strdup("me@example.org"));
    policy->learn_addresses = false;
    return policy;
}

static int
compare_lines(gconstpointer a, gconstpointer b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static char *
describe_one(const RpDerivation *d, const RpFollowup *f)
{
    const RpPerson *p = &g_array_index(d->corpus->persons, RpPerson, f->person);
    g_auto(GStrv) name = g_strsplit(p->key, "@", 2);
    g_autofree char *closed =
        f->closed_at == RP_NEVER
            ? g_strdup("-")
            : g_strdup_printf("%" G_GINT64_FORMAT, (f->closed_at - BASE) / 60);

    return g_strdup_printf("%s %s %s %" G_GINT64_FORMAT " %s%s%s %s %s",
                           rp_direction_name(f->direction), rp_channel_name(f->channel),
                           name[0], (f->opened_at - BASE) / 60, rp_state_name(f->state),
                           f->is_lapsed ? "(lapsed)" : "",
                           f->is_stranger ? "(stranger)" : "", closed, f->rule);
}

static char *
describe(const RpDerivation *d, bool is_mail)
{
    g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func(g_free);

    for (guint i = 0; i < d->followups->len; i++) {
        const RpFollowup *f = &g_array_index(d->followups, RpFollowup, i);

        if ((f->channel == RP_CHANNEL_MAIL) == is_mail)
            g_ptr_array_add(lines, describe_one(d, f));
    }
    g_ptr_array_sort(lines, compare_lines);
    g_ptr_array_add(lines, NULL);
    return g_strjoinv("\n", (char **)lines->pdata);
}

typedef struct {
    const char *what, *text, *expected;
} Case;

/* As of day 40; also read backwards (R15), and mail must not mind the events. */
static void
check_cases(const Case *cases, size_t n)
{
    g_autoptr(RpPolicy) policy = make_policy();

    for (size_t i = 0; i < n; i++) {
        int64_t now_at = BASE + 40 * DAY * 60;
        g_autoptr(RpCorpus) corpus = make_corpus(cases[i].text, false, true);
        g_autoptr(RpCorpus) reverse = make_corpus(cases[i].text, true, true);
        g_autoptr(RpCorpus) alone = make_corpus(cases[i].text, false, false);
        g_autoptr(RpDerivation) d = rp_derive(corpus, policy, NULL, now_at);
        g_autoptr(RpDerivation) backwards = rp_derive(reverse, policy, NULL, now_at);
        g_autoptr(RpDerivation) mail = rp_derive(alone, policy, NULL, now_at);
        g_autofree char *got = describe(d, false), *got_mail = describe(d, true);
        g_autofree char *again = describe(backwards, false);
        g_autofree char *expected_mail = describe(mail, true);

        g_test_message("%s", cases[i].what);
        g_assert_cmpstr(got, ==, cases[i].expected);
        g_assert_cmpstr(again, ==, cases[i].expected);
        g_assert_cmpstr(got_mail, ==, expected_mail);
    }
}

/* C2: who owes a call. A call of day 30 is young enough not to have lapsed. */
static void
test_opening(void)
{
    static const Case cases[] = {
        {"a call of theirs that I missed is mine to return", "call in missed 43200",
         "mine call ann 43200 open - C2"},
        {"a call of mine that they missed is theirs", "call out missed 43200",
         "theirs call ann 43200 open - C2"},
        {"who promised a call owes it",
         "call out promised 43200\ncall in promised 43210 bob",
         "mine call ann 43200 open - C2\ntheirs call bob 43210 open - C2"},
        {"the clock starts at the first", "call in missed 43200\ncall in missed 43300",
         "mine call ann 43200 open - C2"},
        {"a promise does not keep itself",
         "call in missed 43200\ncall out promised 43300",
         "mine call ann 43200 open - C2"},
        {"what happened opens nothing",
         "call in happened 43200\nmeeting both happened 43210\nchat in happened 43220\n"
         "letter in happened 43230",
         ""},
        {"a number of a card is its person's", "call in missed 43200 030123456",
         "mine call ann 43200 open - C2"},
        {"another is a stranger's", "call in missed 43200 +4930999999",
         "mine call tel:+4930999999 43200 open(stranger) - C2"},
        {"unless I called it before",
         "call out missed 43100 +4930999999\ncall in missed 43200 +4930999999",
         "mine call tel:+4930999999 43200 open - C2\n"
         "theirs call tel:+4930999999 43100 answered 43200 C3"},
        {"I owe myself nothing",
         "call in missed 43200 me\nfavour in received 43210 me referral", ""},
    };

    check_cases(cases, G_N_ELEMENTS(cases));
}

/* C3: any contact by who owes it. */
static void
test_closing(void)
{
    static const Case cases[] = {
        {"I called", "call in missed 43200\ncall out happened 43300",
         "mine call ann 43200 answered 43300 C3"},
        {"I called, they missed it: now it is theirs",
         "call in missed 43200\ncall out missed 43300",
         "mine call ann 43200 answered 43300 C3\ntheirs call ann 43300 open - C2"},
        {"they called again and we talked",
         "call in missed 43200\ncall in happened 43300",
         "mine call ann 43200 answered 43300 C3"},
        {"we met", "call in missed 43200\nmeeting both happened 43300",
         "mine call ann 43200 answered 43300 C3"},
        {"I wrote in a chat, or a letter",
         "call in missed 43200\nchat out happened 43300\n"
         "call in missed 43200 bob\nletter out happened 43310 bob",
         "mine call ann 43200 answered 43300 C3\nmine call bob 43200 answered 43310 "
         "C3"},
        {"not when they do", "call in missed 43200\nchat in happened 43300",
         "mine call ann 43200 open - C2"},
        {"nor when I promise to", "call in missed 43200\ncall out promised 43300",
         "mine call ann 43200 open - C2"},
        {"nor what came before", "call out happened 43100\ncall in missed 43200",
         "mine call ann 43200 open - C2"},
        {"mail of mine does", "call in missed 43200\nsent 43300 a",
         "mine call ann 43200 answered 43300 C3"},
        {"not mail to somebody else", "call in missed 43200\nsent 43300 a bob",
         "mine call ann 43200 open - C2"},
        {"nor their own", "call in missed 43200\nin 43300 q",
         "mine call ann 43200 open - C2"},
        {"theirs: their mail, list mail too",
         "call out missed 43200\nlist 43300 q\ncall in promised 43200 bob\n"
         "in 43310 r bob",
         "theirs call ann 43200 answered 43300 C3\n"
         "theirs call bob 43200 answered 43310 C3"},
        {"theirs: not a robot's", "call out missed 43200\nrobot 43300 q",
         "theirs call ann 43200 open - C2"},
        {"theirs: they called back and I missed it",
         "call out missed 43200\ncall in missed 43300",
         "mine call ann 43300 open - C2\ntheirs call ann 43200 answered 43300 C3"},
        {"at the moment of the call, whichever was written down first",
         "call in missed 43200\ncall both happened 43200\n"
         "call in missed 43210 bob\ncall both happened 43210 bob\n"
         "call in missed 43220 cy\ncall both happened 43220 cy\n"
         "call in missed 43230 di\ncall both happened 43230 di\n"
         "call in missed 43240 eve\ncall both happened 43240 eve",
         "mine call ann 43200 answered 43200 C3\n"
         "mine call bob 43210 answered 43210 C3\n"
         "mine call cy 43220 answered 43220 C3\n"
         "mine call di 43230 answered 43230 C3\n"
         "mine call eve 43240 answered 43240 C3"},
        {"a call at the moment of a mail is still to be returned",
         "sent 43200 a\ncall in missed 43200", "mine call ann 43200 open - C2"},
    };

    check_cases(cases, G_N_ELEMENTS(cases));
}

/* R11, as with mail: lapsed 30 days after the last call. */
static void
test_lapse(void)
{
    static const Case cases[] = {
        {"lapsed", "call in missed 0", "mine call ann 0 open(lapsed) - C2"},
        {"the last one counts", "call in missed 0\ncall in missed 20000",
         "mine call ann 0 open - C2"},
        {"a new one after the lapse", "call in missed 0\ncall in missed 43300",
         "mine call ann 0 superseded(lapsed) 43200 R11\nmine call ann 43300 open - C2"},
        {"lapsed, it can still be returned",
         "call in missed 0\ncall out happened 50000",
         "mine call ann 0 answered 50000 C3"},
    };

    check_cases(cases, G_N_ELEMENTS(cases));
}

/* F2, F3 */
static void
test_favours(void)
{
    static const Case cases[] = {
        {"received: thanks are mine to give",
         "favour in received 43200 ann introduction",
         "mine favour ann 43200 open - F2"},
        {"thanked",
         "favour in received 43200 ann introduction\n"
         "favour out thanked 43300 ann introduction",
         "mine favour ann 43200 answered 43300 F3"},
        {"for that favour alone",
         "favour in received 43200 ann introduction\n"
         "favour in received 43210 ann referral\n"
         "favour out thanked 43300 ann referral",
         "mine favour ann 43200 open - F2\nmine favour ann 43210 answered 43300 F3"},
        {"asked and given wait for nothing",
         "favour out asked 43200 ann referral\nfavour out given 43210 ann endorsement",
         ""},
        {"a call or a mail is no thanks",
         "favour in received 43200 ann introduction\ncall out happened 43300\n"
         "sent 43400 a",
         "mine favour ann 43200 open - F2"},
        {"nor does a favour return a call",
         "call in missed 43200\nfavour out given 43210 ann referral",
         "mine call ann 43200 open - C2"},
    };

    check_cases(cases, G_N_ELEMENTS(cases));
}

/* C4: the limit of mail of mine; of theirs 48 h whatever is usual by mail. */
static void
test_limits(void)
{
    g_autoptr(RpPolicy) policy = make_policy();
    g_autoptr(RpCorpus) corpus =
        make_corpus("call in missed 0\ncall out missed 0 bob", false, true);
    g_autoptr(RpDerivation) d = NULL;
    g_autoptr(RpExpectations) expectations = NULL;

    policy->overdue_s = 10 * RP_HOUR_S;
    d = rp_derive(corpus, policy, NULL, BASE + RP_DAY_S);
    expectations = rp_expectations_new(d);
    g_assert_cmpuint(d->followups->len, ==, 2);
    for (guint i = 0; i < d->followups->len; i++) {
        const RpFollowup *f = &g_array_index(d->followups, RpFollowup, i);
        bool is_mine = f->direction == RP_MINE;

        g_assert_cmpint(f->due_at - BASE, ==, (is_mine ? 10 : 48) * RP_HOUR_S);
        g_assert_cmpint(f->warn_at - BASE, ==, (is_mine ? 5 : 24) * RP_HOUR_S);
        g_assert_true(f->is_overdue == is_mine);
        g_assert_cmpint(f->waiting_s, ==, RP_DAY_S);
        /* R12 knows mail alone. */
        g_assert_null(rp_expectation_of(expectations, f).history);
    }
}

/* C1, R14: as of T there is what had happened, was logged and not taken back by then.
 */
static void
test_as_of(void)
{
    static const struct {
        int now;
        const char *expected;
    } cases[] = {
        {9, ""},
        {10, ""}, /* it has happened, but nobody wrote it down */
        {19, ""},
        {20, "mine call ann 10 open - C2"},
        {29, "mine call ann 10 open - C2"},
        {30, ""},
    };
    g_autoptr(RpPolicy) policy = make_policy();

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(RpCorpus) corpus = make_corpus("call in missed 10", false, true);
        RpContactEvent *event = g_ptr_array_index(corpus->events, 0);
        g_autoptr(RpDerivation) d = NULL;
        g_autofree char *got = NULL;

        event->logged_at = BASE + 20 * 60;
        event->undone_at = BASE + 30 * 60;
        d = rp_derive(corpus, policy, NULL, BASE + cases[i].now * 60);
        got = describe(d, false);
        g_test_message("as of minute %d", cases[i].now);
        g_assert_cmpstr(got, ==, cases[i].expected);
    }
}

/* R10: decisions hold for calls, by the event's uid, whosever the number becomes. */
static void
test_decisions(void)
{
    static const struct {
        const char *what;
        RpDecisionKind kind;
        int at;
        const char *expected;
    } cases[] = {
        {"done", RP_DECISION_DONE, 30, "mine call ann 10 done 30 R10"},
        {"dismissed", RP_DECISION_DISMISS, 30, "mine call ann 10 dismissed 40 R10"},
        {"the person ignored", RP_DECISION_IGNORE_PERSON, 40,
         "mine call ann 10 dismissed 40 R10"},
        {"done, and a new call opens anew", RP_DECISION_DONE, 15,
         "mine call ann 10 done 15 R10\nmine call ann 20 open - C2"},
        {"snoozed: open", RP_DECISION_SNOOZE, 100, "mine call ann 10 open - C2"},
    };
    g_autoptr(RpPolicy) policy = make_policy();

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(RpCorpus) corpus =
            make_corpus("call in missed 10\ncall in missed 20", false, true);
        const RpContactEvent *event = g_ptr_array_index(corpus->events, 0);
        g_autoptr(GPtrArray) decisions = g_ptr_array_new();
        RpDecision decision = {
            .kind = cases[i].kind,
            .person_key = (char *)(guintptr)(cases[i].kind == RP_DECISION_IGNORE_PERSON
                                                 ? "ann@example.org"
                                                 : "tel:110"),
            .message_id = event->uid,
            .taken_at = BASE + 40 * 60,
            .undone_at = RP_NEVER,
            .at = BASE + cases[i].at * 60,
            .detail = event->note,
            .note = event->note};
        g_autoptr(RpDerivation) d = NULL;
        g_autofree char *got = NULL;

        g_ptr_array_add(decisions, &decision);
        d = rp_derive(corpus, policy, decisions, BASE + 50 * 60);
        got = describe(d, false);
        g_test_message("%s", cases[i].what);
        g_assert_cmpstr(got, ==, cases[i].expected);
        if (decision.kind == RP_DECISION_SNOOZE)
            g_assert_cmpint(g_array_index(d->followups, RpFollowup, 0).snoozed_until_at,
                            ==, decision.at);
    }
}

/* What no event may say. */
static void
test_invalid(void)
{
    static const RpContactEvent cases[] = {
        {.kind = RP_EVENT_MEETING, .outcome = RP_OUTCOME_MISSED},
        {.kind = RP_EVENT_CALL, .outcome = RP_OUTCOME_MISSED, .way = RP_WAY_BOTH},
        {.kind = RP_EVENT_CALL, .outcome = RP_OUTCOME_THANKED},
        {.kind = RP_EVENT_FAVOUR, .outcome = RP_OUTCOME_HAPPENED},
        {.kind = RP_EVENT_FAVOUR, .outcome = RP_OUTCOME_RECEIVED, .way = RP_WAY_OUT},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        RpContactEvent event = cases[i];
        char empty[] = "", key[] = "ann@example.org", detail[] = "referral";

        event.person_key = key;
        event.number = empty;
        event.detail = detail;
        g_test_message("row %zu", i);
        g_assert_false(rp_event_is_valid(&event));
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_set_nonfatal_assertions();
    g_test_add_func("/event/C1-R14-as-of", test_as_of);
    g_test_add_func("/event/C1-invalid", test_invalid);
    g_test_add_func("/event/C2-opening", test_opening);
    g_test_add_func("/event/C3-closing", test_closing);
    g_test_add_func("/event/C4-limits", test_limits);
    g_test_add_func("/event/F2-F3-favours", test_favours);
    g_test_add_func("/event/R10-decisions", test_decisions);
    g_test_add_func("/event/R11-lapse", test_lapse);
    return g_test_run();
}
