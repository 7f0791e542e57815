/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-image.c - what was derived, as bytes and back, and moved to later instants
 *
 * Mailboxes, logs and decisions are drawn at random with fixed seeds. What comes out is
 * told in words, all of it, and compared as one text with what was written, and with
 * what is derived anew as of the same instant.
 */
#include <inttypes.h>
#include <string.h>

#include "core/address.h"
#include "core/image.h"
#include "core/instant.h"

enum { BEGIN = 1704704400 }; /* 2024-01-08T09:00:00Z */

/* --- drawing --- */

typedef struct {
    GRand *rand;          /* own */
    RpPolicy *policy;     /* own */
    RpCorpus *corpus;     /* own */
    GPtrArray *decisions; /* own, of RpDecision */
    int n_days, n_events;
    guint32 event_seed;
} World;

static void
world_clear(World *world)
{
    g_rand_free(world->rand);
    rp_policy_free(world->policy);
    rp_corpus_free(world->corpus);
    g_ptr_array_unref(world->decisions);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(World, world_clear)

static int
draw(World *world, int n)
{
    return g_rand_int_range(world->rand, 0, n);
}

static int64_t
draw_instant(World *world)
{
    return BEGIN + (int64_t)(world->n_days * RP_DAY_S * g_rand_double(world->rand));
}

/* One of each kind that R3 tells apart. */
static char *
draw_address(World *world)
{
    static const char *const others[] = {"noreply@shop.example", "talk@lists.example",
                                         "me@example.org", "me@example.org",
                                         "alias@example.org"};

    if (draw(world, 4) > 0)
        return g_strdup_printf("p%d@example.net", draw(world, 5));
    return g_strdup(others[draw(world, G_N_ELEMENTS(others))]);
}

static void
add_mailboxes(World *world, GPtrArray *list, int n)
{
    for (int i = 0; i < n; i++) {
        g_autofree char *address = draw_address(world);

        g_ptr_array_add(list, rp_mailbox_new(draw(world, 2) ? "" : "A Name", address));
    }
}

static void
add_ids(World *world, GPtrArray *list, int number)
{
    for (int n = draw(world, 3); n > 0 && number > 0; n--)
        g_ptr_array_add(list, g_strdup_printf("m%d@x", draw(world, number + 1)));
}

static void
set_text(char **text, char *value)
{
    g_free(*text);
    *text = value;
}

static void
draw_signs(World *world, RpEnvelope *e)
{
    if (draw(world, 12) == 0)
        e->signs = 1U << draw(world, 12);
    if (draw(world, 12) == 0)
        set_text(&e->list_id, g_strdup("talk.lists.example"));
    if (draw(world, 12) == 0)
        g_ptr_array_add(e->list_posts, g_strdup("talk@lists.example"));
    e->has_thread_index = draw(world, 6) == 0;
    memset(e->thread_index, draw(world, 3), sizeof e->thread_index);
}

/* Mostly a plain mail; now and then one that lacks what mail can lack. */
static void
add_copy(World *world, int number)
{
    static const struct {
        const char *name;
        RpRole role;
    } folders[] = {
        {"INBOX", RP_ROLE_INBOX}, {"Sent", RP_ROLE_SENT}, {"x", RP_ROLE_OTHER}};
    g_autoptr(RpEnvelope) e = rp_envelope_new();
    int64_t at = draw_instant(world);
    int f = draw(world, 3);

    e->uid = (uint64_t)number + 1;
    e->internal_at = draw(world, 30) ? at : RP_NEVER;
    e->date_at = draw(world, 10) ? at - draw(world, 60) : RP_NEVER;
    e->size = (uint32_t)draw(world, 9999);
    e->flags = (uint32_t)draw(world, 8);
    set_text(&e->message_id, g_strdup_printf("m%d@x", draw(world, 9) ? number : 0));
    if (draw(world, 9))
        set_text(&e->subject, g_strdup(draw(world, 2) ? "Plan" : "Re: Plan"));
    add_mailboxes(world, e->from, draw(world, 20) ? 1 : 0);
    if (f == 1 && e->from->len > 0)
        set_text(&((RpMailbox *)g_ptr_array_index(e->from, 0))->address,
                 g_strdup("me@example.org"));
    else if (draw(world, 2))
        g_ptr_array_add(e->to, rp_mailbox_new("", "me@example.org"));
    add_mailboxes(world, e->to, draw(world, 3));
    add_mailboxes(world, e->cc, draw(world, 2));
    add_ids(world, e->in_reply_to, number);
    add_ids(world, e->references, number);
    draw_signs(world, e);
    rp_corpus_add_copy(
        world->corpus,
        rp_corpus_add_folder(world->corpus, "a", folders[f].name, folders[f].role), e,
        draw(world, 3) ? RP_NEVER : draw_instant(world));
}

static void
free_event(gpointer event)
{
    rp_event_free(event);
}

/* Calls and favours, of persons and of numbers that nobody has. */
static RpContactEvent *
draw_event(World *world, int number)
{
    static const RpOutcome calls[] = {RP_OUTCOME_HAPPENED, RP_OUTCOME_MISSED,
                                      RP_OUTCOME_PROMISED};
    RpContactEvent *event = g_new0(RpContactEvent, 1);
    bool is_call = draw(world, 3) > 0, has_number = draw(world, 3) == 0;

    event->uid = g_strdup_printf("event %d", number);
    event->kind = is_call ? RP_EVENT_CALL : RP_EVENT_FAVOUR;
    event->way = draw(world, 2) ? RP_WAY_IN : RP_WAY_OUT;
    event->outcome = draw(world, 2) ? RP_OUTCOME_RECEIVED : RP_OUTCOME_THANKED;
    if (is_call)
        event->outcome = calls[draw(world, 3)];
    event->person_key = has_number ? g_strdup("") : draw_address(world);
    event->number = g_strdup(has_number ? "+4930123" : "");
    event->name = g_strdup(has_number ? "A Caller" : "");
    event->at = draw_instant(world);
    event->logged_at = event->at + (draw(world, 7) - 2) * RP_DAY_S;
    event->undone_at = draw(world, 4) ? RP_NEVER : draw_instant(world);
    event->detail = g_strdup(is_call ? "" : "referral");
    event->note = g_strdup("");
    return event;
}

/* The same ones for whoever asks, as a corpus takes them over. */
static void
add_events(World *world, RpCorpus *corpus)
{
    GPtrArray *events = g_ptr_array_new_with_free_func(free_event);
    GRand *rand = world->rand;

    if (world->n_events == 0) {
        g_ptr_array_unref(events);
        return;
    }
    world->rand = g_rand_new_with_seed(world->event_seed);
    for (int i = 0; i < world->n_events; i++)
        g_ptr_array_add(events, draw_event(world, i));
    g_rand_free(world->rand);
    world->rand = rand;
    rp_corpus_add_events(corpus, events, NULL);
}

/* Mostly about a follow-up that there is. */
static void
draw_about(World *world, const RpDerivation *d, RpDecision *decision)
{
    int n = (int)d->followups->len;
    const RpFollowup *f;

    decision->direction = draw(world, 2) ? RP_MINE : RP_THEIRS;
    if (n == 0 || draw(world, 5) == 0) {
        decision->person_key = draw_address(world);
        decision->message_id = g_strdup_printf("m%d@x", draw(world, 30));
        return;
    }
    f = &g_array_index(d->followups, RpFollowup, draw(world, n));
    decision->direction = f->direction;
    decision->person_key = g_strdup(f->own_key);
    decision->message_id = g_strdup(f->opened_by);
}

static void
add_decisions(World *world, int n)
{
    g_autoptr(RpDerivation) d =
        rp_derive(world->corpus, world->policy, NULL, BEGIN + 999 * RP_DAY_S);

    for (int i = 0; i < n; i++) {
        RpDecision *decision = g_new0(RpDecision, 1);

        decision->id = i + 1;
        decision->kind =
            (RpDecisionKind)(draw(world, 4) ? draw(world, 3)
                                            : draw(world, RP_DECISION_MERGE));
        draw_about(world, d, decision);
        decision->taken_at = draw_instant(world);
        decision->undone_at = draw(world, 3) ? RP_NEVER : draw_instant(world);
        decision->at = decision->taken_at + (draw(world, 9) - 1) * RP_DAY_S;
        decision->detail = g_strdup("");
        decision->note = g_strdup("");
        g_ptr_array_add(world->decisions, decision);
    }
}

/* As cards and the user join, limit and curate them. */
static void
mark_persons(World *world)
{
    guint n = world->corpus->persons->len;
    g_autofree uint32_t *into = g_new(uint32_t, n + 1);

    for (uint32_t i = 0; i < n; i++) {
        RpPerson *person = &g_array_index(world->corpus->persons, RpPerson, i);

        person->limit_s = draw(world, 3) ? 0 : RP_HOUR_S * (1 + draw(world, 90));
        person->is_curated = draw(world, 3) == 0;
        into[i] = i > 0 && draw(world, 8) == 0 ? into[i - 1] : i;
    }
    rp_corpus_join(world->corpus, into);
}

static void
free_decision(gpointer decision)
{
    rp_decision_free(decision);
}

static void
world_init(World *world, guint32 seed, int n_mails, int n_events, int n_decisions)
{
    world->rand = g_rand_new_with_seed(seed);
    world->corpus = rp_corpus_new();
    world->policy = rp_policy_new();
    world->decisions = g_ptr_array_new_with_free_func(free_decision);
    world->n_days = 20 + n_mails / 2;
    g_ptr_array_add(world->policy->me, g_strdup("me@example.org"));
    world->policy->lapse_after_s = (3 + draw(world, 30)) * RP_DAY_S;
    world->policy->working_clock = world->policy->has_working_hours = draw(world, 2);
    for (int day = 0; day < 5; day++)
        world->policy->week[day] = (RpWorkingDay){9 * 60, 17 * 60};
    for (int i = 0; i < n_mails; i++)
        add_copy(world, i);
    mark_persons(world);
    world->n_events = n_events;
    world->event_seed = seed;
    add_events(world, world->corpus);
    add_decisions(world, n_decisions);
}

/* --- all of it in words --- */

static void
tell_numbers(GString *text, const char *what, const uint32_t *numbers, guint n)
{
    g_string_append_printf(text, "%s:", what);
    for (guint i = 0; i < n; i++)
        g_string_append_printf(text, " %u", numbers[i]);
    g_string_append_c(text, '\n');
}

static const uint32_t *
numbers_of(const GArray *array)
{
    return (const uint32_t *)(gconstpointer)array->data;
}

static void
tell_texts(GString *text, const char *what, const GPtrArray *texts)
{
    g_string_append_printf(text, "%s:", what);
    for (guint i = 0; i < texts->len; i++)
        g_string_append_printf(text, " '%s'",
                               (const char *)g_ptr_array_index(texts, i));
    g_string_append_c(text, '\n');
}

static void
tell_copy(GString *text, const RpCopy *c)
{
    const RpSlice slices[] = {c->from,       c->reply_to,  c->to,       c->cc,
                              c->from_names, c->to_names,  c->cc_names, c->in_reply_to,
                              c->references, c->list_posts};

    g_string_append_printf(text,
                           "copy %u %u %" PRIu64 " %" PRId64 " %" PRId64 " %" PRId64
                           " %u %u %u '%s' '%s' %d",
                           c->id, c->folder, c->uid, c->internal_at, c->date_at,
                           c->answered_at, c->size, c->flags, c->signs, c->subject,
                           c->list_id, c->thread_index != NULL);
    for (int i = 0; c->thread_index != NULL && i < RP_THREAD_INDEX_LEN; i++)
        g_string_append_printf(text, " %02x", c->thread_index[i]);
    tell_numbers(text, " in", (const uint32_t *)(gconstpointer)slices,
                 2 * G_N_ELEMENTS(slices));
}

static void
tell_corpus(GString *text, const RpCorpus *corpus)
{
    for (guint i = 0; i < corpus->folders->len; i++) {
        const RpFolder *folder = &g_array_index(corpus->folders, RpFolder, i);

        g_string_append_printf(text, "folder %s %s %d\n", folder->account, folder->name,
                               (int)folder->role);
    }
    for (guint i = 0; i < corpus->addresses->len; i++) {
        const RpAddress *address = &g_array_index(corpus->addresses, RpAddress, i);

        g_string_append_printf(text, "address %s %u %u\n", address->text,
                               address->person, address->own);
    }
    for (guint i = 0; i < corpus->persons->len; i++) {
        const RpPerson *person = &g_array_index(corpus->persons, RpPerson, i);

        g_string_append_printf(text, "person %" PRId64 " %s %d %" PRId64 " is %u\n",
                               person->id, person->key, person->is_curated,
                               person->limit_s,
                               rp_corpus_find_person(corpus, person->key));
    }
    for (guint i = 0; i < corpus->copies->len; i++)
        tell_copy(text, &g_array_index(corpus->copies, RpCopy, i));
    for (guint i = 0; i < corpus->events->len; i++) {
        const RpContactEvent *event = g_ptr_array_index(corpus->events, i);

        g_string_append_printf(text, "%s of %u %u\n", event->uid, event->person,
                               event->address);
    }
    tell_texts(text, "ids", corpus->ids);
    tell_texts(text, "names", corpus->names);
    tell_numbers(text, "pool", numbers_of(corpus->pool), corpus->pool->len);
    for (guint i = 0; i < corpus->ids->len; i++)
        g_assert_cmpuint(rp_corpus_find_id(corpus, g_ptr_array_index(corpus->ids, i)),
                         ==, i);
}

static void
tell_followup(GString *text, const RpDerivation *d, const RpFollowup *f)
{
    const int64_t times[] = {
        f->opened_at, f->known_at,         f->closed_at, f->released_at, f->lapse_at,
        f->last_at,   f->snoozed_until_at, f->warn_at,   f->due_at,      f->limit_s,
        f->latency_s, f->waiting_s,        f->working_s};

    g_string_append_printf(
        text,
        "followup %s %s %s %s %s %s %s %u %u %u %u %u %u %s %s %" PRId64 " %d%d%d",
        rp_followup_id(f), f->own_key, f->opened_by, rp_direction_name(f->direction),
        rp_channel_name(f->channel), rp_state_name(f->state), f->rule, f->person,
        f->address, f->message, f->conversation, f->closing, f->releasing,
        f->event != NULL ? f->event->uid : "-",
        f->closing_event != NULL ? f->closing_event->uid : "-",
        f->decision != NULL ? f->decision->id : 0, f->is_overdue, f->is_stranger,
        f->is_lapsed);
    for (size_t i = 0; i < G_N_ELEMENTS(times); i++)
        g_string_append_printf(text, " %" PRId64, times[i]);
    g_string_append_printf(text, " %s\n", rp_followup_opened_by(d, f));
}

static void
tell_addresses(GString *text, const RpDerivation *d)
{
    for (guint i = 0; i < d->corpus->addresses->len; i++)
        tell_numbers(text, "list times",
                     (const uint32_t *)(gconstpointer)&d->list_times[i], 5);
    for (guint i = 0; i < d->corpus->addresses->len; i++)
        g_string_append_printf(text, "%d%d%d ", d->is_me[i], d->is_learned[i],
                               d->is_machine[i]);
}

static void
tell_derivation(GString *text, const RpDerivation *d)
{
    g_string_append_printf(text, "as of %" PRId64 ": %u %u %u\n", d->as_of_at,
                           d->n_bases, d->n_conversations, d->n_clock_anomalies);
    for (guint i = 0; i < d->messages->len; i++) {
        const RpMessage *m = &g_array_index(d->messages, RpMessage, i);

        g_string_append_printf(text,
                               "message %u %u %u %u %u %u %u %" PRId64 " %" PRId64
                               " %s %s %s %d base %u %d\n",
                               m->id, m->conversation, m->parent, m->depth, m->sender,
                               m->first_copy, m->n_copies, m->own_at, m->effective_at,
                               rp_time_source_name(m->source), rp_kind_name(m->kind),
                               m->why, m->is_mine,
                               d->bases != NULL ? d->bases[i].number : 0,
                               d->bases != NULL && d->bases[i].is_reply);
    }
    for (guint i = 0; i < d->followups->len; i++)
        tell_followup(text, d, &g_array_index(d->followups, RpFollowup, i));
    for (guint i = 0; i < d->copy_times->len; i++)
        g_string_append_printf(text, " %" PRId64,
                               g_array_index(d->copy_times, int64_t, i));
    tell_numbers(text, "sorted", numbers_of(d->sorted_copies), d->sorted_copies->len);
    tell_numbers(text, "of id", numbers_of(d->message_of_id), d->message_of_id->len);
    tell_numbers(text, "address of id", d->address_of_id, d->corpus->ids->len);
    tell_texts(text, "persons' names", d->person_names);
    tell_addresses(text, d);
}

static void
tell_expectation(GString *text, const RpExpectation *e)
{
    g_string_append_printf(text, "p0 %a still %a n %u %d", e->p0, e->still,
                           e->n_training, e->knows_enough);
    for (int j = 0; e->history != NULL && j < RP_N_FEATURES; j++)
        g_string_append_printf(text, " %a %a %a", e->history->x[j], e->z[j],
                               e->effect[j]);
    if (e->history != NULL)
        g_string_append_printf(text, " g %a h %a %d %u %u", e->history->g,
                               e->history->h, (int)e->history->basis,
                               e->history->basis_n, e->history->basis_k);
    g_string_append_c(text, '\n');
}

static void
tell_shown(GString *text, RpExpectations *e, const RpDerivation *d)
{
    for (guint i = 0; i < d->followups->len; i++) {
        RpExpectation expectation =
            rp_expectation_of(e, &g_array_index(d->followups, RpFollowup, i));

        tell_expectation(text, &expectation);
    }
}

static void
tell_expectations(GString *text, RpExpectations *e, const RpDerivation *d)
{
    tell_shown(text, e, d);
    for (guint i = 0; i < rp_expectations_learned(e)->len; i++)
        g_string_append_printf(text, " %a", rp_expectation_of_learned(e, i));
    for (int i = 0; i < 2; i++) {
        RpTraining *training = rp_expectations_training(e, (RpDirection)i, d->as_of_at);

        for (guint j = 0; j < training->w->len; j++)
            g_string_append_printf(text, " %a %a",
                                   g_array_index(training->y, double, j),
                                   g_array_index(training->w, double, j));
        rp_training_free(training);
    }
}

/* The caller's. */
static char *
tell(const RpDerivation *d, RpExpectations *e)
{
    GString *text = g_string_new(NULL);

    tell_corpus(text, d->corpus);
    tell_derivation(text, d);
    tell_expectations(text, e, d);
    return g_string_free(text, FALSE);
}

/* Names the first line that differs. */
static void
assert_same(const char *expected, const char *actual)
{
    g_auto(GStrv) one = g_strsplit(expected, "\n", -1);
    g_auto(GStrv) other = g_strsplit(actual, "\n", -1);
    guint i = 0;

    while (one[i] != NULL && g_strcmp0(one[i], other[i]) == 0)
        i++;
    g_assert_cmpstr(one[i], ==, other[i]);
}

/* --- the tests --- */

static void
append(const void *bytes, size_t n, gpointer data)
{
    g_assert_cmpuint(n % 8, ==, 0);
    g_byte_array_append(data, bytes, (guint)n);
}

/* The caller's. */
static GBytes *
write_image(const RpDerivation *d, RpExpectations *e)
{
    GByteArray *bytes = g_byte_array_new();

    rp_image_write(d, e, append, bytes);
    return g_byte_array_free_to_bytes(bytes);
}

/* False if the decisions of now ask for more than that. */
static bool
read_image(GBytes *bytes, World *world, int64_t as_of_at, RpImage *image)
{
    g_assert_true(rp_image_read(bytes, image));
    add_events(world, image->corpus);
    return rp_image_link(image, world->policy, world->decisions, as_of_at);
}

static char *
tell_anew(const World *world, int64_t as_of_at)
{
    g_autoptr(RpDerivation) d =
        rp_derive(world->corpus, world->policy, world->decisions, as_of_at);
    g_autoptr(RpExpectations) e = rp_expectations_new(d);

    return tell(d, e);
}

/* As it was, then moved as far as it holds: at its last second, too. */
static void
check_moved(GBytes *bytes, World *world, int64_t as_of_at, int64_t until_at)
{
    int64_t last_at = MIN(until_at - 1, as_of_at + 100 * RP_DAY_S);
    const int64_t instants[] = {as_of_at, as_of_at + (last_at - as_of_at) / 3, last_at};

    for (size_t i = 0; i < G_N_ELEMENTS(instants); i++) {
        g_autofree char *expected = tell_anew(world, instants[i]);
        g_autofree char *actual = NULL;
        RpImage image;

        g_assert_true(read_image(bytes, world, instants[i], &image));
        if (image.expectations == NULL)
            image.expectations = rp_expectations_new(image.derivation);
        actual = tell(image.derivation, image.expectations);
        assert_same(expected, actual);
        rp_image_clear(&image);
    }
}

/* Any, or one right before \\Answered is first seen. */
static int64_t
draw_as_of(World *world)
{
    guint n = world->corpus->copies->len;
    int64_t at = n > 0
                     ? g_array_index(world->corpus->copies, RpCopy, draw(world, (int)n))
                           .answered_at
                     : RP_NEVER;

    return at != RP_NEVER ? at - 1 - draw(world, 60) : draw_instant(world);
}

static void
check_world(World *world, int n_instants)
{
    for (int i = 0; i < n_instants; i++) {
        int64_t as_of_at = i == 0 ? BEGIN + 999 * RP_DAY_S : draw_as_of(world);
        g_autoptr(RpDerivation) d =
            rp_derive(world->corpus, world->policy, world->decisions, as_of_at);
        g_autoptr(RpExpectations) e = i % 3 == 1 ? NULL : rp_expectations_new(d);
        g_autofree char *asked = i % 3 == 2 ? tell(d, e) : NULL; /* models are fitted */
        g_autoptr(GBytes) bytes = write_image(d, e);

        check_moved(bytes, world, as_of_at, rp_derivation_until(d));
    }
}

static void
test_random(void)
{
    static const struct {
        const char *what;
        int n_mails, n_events, n_decisions, n_instants;
    } rows[] = {
        {"nothing", 0, 0, 0, 3},
        {"one mail", 1, 0, 0, 3},
        {"only a log", 0, 12, 4, 6},
        {"two mails and decisions", 2, 0, 6, 6},
        {"few, a log, decisions", 20, 9, 9, 20},
        {"some", 60, 20, 20, 10},
        {"enough to learn from", 400, 20, 40, 3},
    };

    for (guint32 seed = 1; seed <= 4; seed++)
        for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
            g_auto(World) world = {0};

            g_test_message("%s, seed %u", rows[i].what, seed);
            world_init(&world, seed, rows[i].n_mails, rows[i].n_events,
                       rows[i].n_decisions);
            check_world(&world, rows[i].n_instants);
        }
}

/* --- decisions that were taken after all else (R10) --- */

enum { LATE_AT = BEGIN + 999 * RP_DAY_S };

static void
add_late_decision(World *world, const RpDerivation *d, int64_t taken_at)
{
    static const RpDecisionKind kinds[] = {
        RP_DECISION_DONE, RP_DECISION_DISMISS, RP_DECISION_SNOOZE,
        RP_DECISION_IGNORE_PERSON, RP_DECISION_IGNORE_CONVERSATION};
    RpDecision *decision = g_new0(RpDecision, 1);

    draw_about(world, d, decision);
    decision->id = world->decisions->len + 1;
    decision->kind = kinds[draw(world, G_N_ELEMENTS(kinds))];
    decision->taken_at = decision->at = taken_at;
    if (decision->kind == RP_DECISION_SNOOZE)
        decision->at += draw(world, 3) * RP_HOUR_S;
    decision->undone_at = draw(world, 4) ? RP_NEVER : taken_at + draw(world, 50);
    decision->detail = g_strdup("");
    decision->note = g_strdup("");
    g_ptr_array_add(world->decisions, decision);
}

/* What an image says once these decisions are the newest, and what rp_derive() says.
 * Whether it says anything. */
static bool
check_decided(GBytes *bytes, World *world, int64_t as_of_at)
{
    g_autoptr(RpDerivation) d =
        rp_derive(world->corpus, world->policy, world->decisions, as_of_at);
    g_autoptr(RpExpectations) e = rp_expectations_new(d);
    g_autoptr(GString) expected = g_string_new(NULL);
    g_autoptr(GString) actual = g_string_new(NULL);
    g_auto(RpImage) image = {0};

    if (!read_image(bytes, world, as_of_at, &image))
        return false;
    tell_derivation(expected, d);
    tell_shown(expected, e, d);
    tell_derivation(actual, image.derivation);
    tell_shown(actual, image.expectations, image.derivation);
    assert_same(expected->str, actual->str);
    return true;
}

static GBytes *
write_as_of(const World *world, int64_t as_of_at)
{
    g_autoptr(RpDerivation) d =
        rp_derive(world->corpus, world->policy, world->decisions, as_of_at);
    g_autoptr(RpExpectations) e = rp_expectations_new(d);

    return write_image(d, e);
}

static void
test_decisions(void)
{
    int n_taken = 0, n_undone = 0;

    for (guint32 seed = 1; seed <= 60; seed++) {
        g_auto(World) world = {0};
        g_autoptr(RpDerivation) d = NULL;
        g_autoptr(GBytes) before = NULL;
        g_autoptr(GBytes) after = NULL;
        guint n_old;

        world_init(&world, seed, 30, (int)seed % 7, (int)seed % 5);
        n_old = world.decisions->len;
        d = rp_derive(world.corpus, world.policy, world.decisions, LATE_AT);
        before = write_as_of(&world, LATE_AT);
        for (guint i = 0; i <= seed % 4; i++)
            add_late_decision(&world, d, LATE_AT + 10 + 100 * i);
        n_taken += check_decided(before, &world, LATE_AT + 1000);
        after = write_as_of(&world, LATE_AT + 1000);
        for (guint i = n_old; i < world.decisions->len; i += 2)
            ((RpDecision *)g_ptr_array_index(world.decisions, i))->undone_at =
                LATE_AT + 1500;
        n_undone += check_decided(after, &world, LATE_AT + 2000);
    }
    g_assert_cmpint(n_taken, >, 30);
    g_assert_cmpint(n_undone, >, 30);
}

/* An image of other decisions than were ever there, or of a merge less, is none. */
static void
test_other_decisions(void)
{
    g_auto(World) world = {0};
    g_autoptr(GBytes) bytes = NULL;
    RpDecision *decision;

    world_init(&world, 3, 30, 0, 4);
    bytes = write_as_of(&world, LATE_AT);
    g_assert_true(check_decided(bytes, &world, LATE_AT));
    decision = g_ptr_array_index(world.decisions, 0);
    decision->taken_at++;
    g_assert_false(check_decided(bytes, &world, LATE_AT));
    decision->taken_at--;
    decision = g_ptr_array_index(world.decisions, 3);
    g_ptr_array_set_free_func(world.decisions, NULL);
    g_ptr_array_remove_index(world.decisions, 3);
    g_assert_false(check_decided(bytes, &world, LATE_AT));
    decision->kind = RP_DECISION_MERGE;
    decision->id = 99;
    decision->taken_at = decision->at = LATE_AT + 5;
    g_ptr_array_set_free_func(world.decisions, free_decision);
    g_ptr_array_add(world.decisions, decision);
    g_assert_false(check_decided(bytes, &world, LATE_AT + 10));
}

/* Each is given no byte more than it has, so that a sanitizer sees what lies behind. */
static void
test_cut(void)
{
    g_auto(World) world = {0};
    g_autoptr(RpDerivation) d = NULL;
    g_autoptr(RpExpectations) e = NULL;
    g_autoptr(GBytes) whole = NULL;
    g_autofree char *asked = NULL;
    gsize n_whole;
    const uint8_t *bytes;

    world_init(&world, 5, 40, 3, 3);
    d = rp_derive(world.corpus, world.policy, world.decisions, BEGIN + 999 * RP_DAY_S);
    e = rp_expectations_new(d);
    asked = tell(d, e);
    whole = write_image(d, e);
    bytes = g_bytes_get_data(whole, &n_whole);
    g_assert_cmpuint(n_whole, >, 4000);
    for (gsize n = 0; n < n_whole; n += n % 8 == 0 && n % 5 == 0 ? 4 : 8 - n % 8) {
        g_autoptr(GBytes) cut = g_bytes_new(bytes, n);
        RpImage image;

        if (!rp_image_read(cut, &image))
            continue;
        g_test_message("read, cut to %zu of %zu bytes", n, n_whole);
        g_test_fail();
        rp_image_clear(&image);
    }
}

static void
test_sum(void)
{
    uint64_t words[40] = {7}, sum;

    for (size_t i = 1; i < G_N_ELEMENTS(words); i++)
        words[i] = i % 3 == 0 ? 0 : words[i - 1] * 31 + i;
    sum = rp_image_sum(0, words, sizeof words);
    g_assert_cmpuint(
        rp_image_sum(rp_image_sum(0, words, 8), words + 1, sizeof words - 8), ==, sum);
    g_assert_cmpuint(rp_image_sum(0, words, sizeof words - 8), !=, sum);
    for (size_t bit = 0; bit < 8 * sizeof words; bit++) {
        words[bit / 64] ^= UINT64_C(1) << bit % 64;
        g_assert_cmpuint(rp_image_sum(0, words, sizeof words), !=, sum);
        /* nor do two highest bits make up for each other */
        words[(bit / 64 + 1) % G_N_ELEMENTS(words)] ^= UINT64_C(1) << bit % 64;
        g_assert_cmpuint(rp_image_sum(0, words, sizeof words), !=, sum);
        words[(bit / 64 + 1) % G_N_ELEMENTS(words)] ^= UINT64_C(1) << bit % 64;
        words[bit / 64] ^= UINT64_C(1) << bit % 64;
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_set_nonfatal_assertions();
    g_test_add_func("/image/random", test_random);
    g_test_add_func("/image/R10/newest", test_decisions);
    g_test_add_func("/image/R10/others", test_other_decisions);
    g_test_add_func("/image/cut", test_cut);
    g_test_add_func("/image/sum", test_sum);
    return g_test_run();
}
