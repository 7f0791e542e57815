/* SPDX-License-Identifier: GPL-3.0-or-later */
/* followup.c - who owes whom: R4 to R8, with R9, R10 and R11's lapse as they come
 *
 * One conversation at a time, its messages in R1's order. Of each direction and
 * person only the newest follow-up can change its state.
 */
#include "core/derive-private.h"

/* A later message that would have opened a follow-up that was open already. */
typedef struct {
    uint32_t message;
    uint32_t address; /* of the person, as that message has it */
    bool is_answered; /* by somebody else: keeps nothing alive, opens nothing anew */
} Later;

/* What a follow-up still needs to know while its conversation is read. */
typedef struct {
    GArray *laters; /* own; of Later */
} Track;

typedef struct {
    RpDerivation *d;
    GHashTable
        *decisions;       /* key: decision_key(); of GPtrArray of RpDecision, or NULL */
    uint32_t *known_from; /* by person: the first message of mine to them, or RP_NONE */
    GArray *tracks;       /* of Track, beside d->followups */
    GHashTable *newest;   /* of the conversation: direction and person -> follow-up */
    GHashTable *waiting;  /* of the conversation: message -> GArray of follow-ups */
    GHashTable *answerers; /* of the conversation: message -> GArray of persons */
} Reader;

static RpFollowup *
followup_at(const Reader *r, uint32_t index)
{
    return &g_array_index(r->d->followups, RpFollowup, index);
}

static Track *
track_at(const Reader *r, uint32_t index)
{
    return &g_array_index(r->tracks, Track, index);
}

static int64_t
effective_at(const Reader *r, uint32_t message)
{
    return rp_derivation_message(r->d, message)->effective_at;
}

static uint32_t
person_of(const Reader *r, uint32_t address)
{
    return rp_corpus_address(r->d->corpus, address)->person;
}

/* --- decisions and \Answered --- */

static char *
decision_key(RpDirection direction, const char *person_key, const char *message_id)
{
    return g_strdup_printf("%d %s %s", (int)direction, person_key, message_id);
}

static void
unref_array(gpointer array)
{
    g_ptr_array_unref(array);
}

/* Those that stand as of then. */
static GHashTable *
index_decisions(const GPtrArray *decisions, int64_t as_of_at)
{
    GHashTable *table =
        g_hash_table_new_full(g_str_hash, g_str_equal, g_free, unref_array);

    for (guint i = 0; decisions != NULL && i < decisions->len; i++) {
        RpDecision *decision = g_ptr_array_index(decisions, i);
        char *key;
        GPtrArray *list;

        if (decision->taken_at > as_of_at || decision->undone_at <= as_of_at)
            continue;
        key = decision_key(decision->direction, decision->person_key,
                           decision->message_id);
        list = g_hash_table_lookup(table, key);
        if (list == NULL) {
            list = g_ptr_array_new();
            g_hash_table_insert(table, key, list);
        } else {
            g_free(key);
        }
        g_ptr_array_add(list, decision);
    }
    return table;
}

static const RpDecision *
latest_decision(const Reader *r, const RpFollowup *f, bool is_snooze)
{
    const RpPerson *person = &g_array_index(r->d->corpus->persons, RpPerson, f->person);
    const RpMessage *opening = rp_derivation_message(r->d, f->message);
    g_autofree char *key = NULL;
    const GPtrArray *list;
    const RpDecision *latest = NULL;

    if (g_hash_table_size(r->decisions) == 0)
        return NULL;
    key = decision_key(f->direction, person->key, rp_message_id(r->d, opening));
    list = g_hash_table_lookup(r->decisions, key);
    for (guint i = 0; list != NULL && i < list->len; i++) {
        const RpDecision *decision = g_ptr_array_index(list, i);

        if ((decision->kind == RP_DECISION_SNOOZE) == is_snooze &&
            (latest == NULL || decision->taken_at >= latest->taken_at))
            latest = decision;
    }
    return latest;
}

/* When the user handled it: a done counts at the time given, never before the
 * opening; a dismissal when it was taken. */
static int64_t
decided_at(const RpFollowup *f)
{
    if (f->decision == NULL)
        return RP_NEVER;
    if (f->decision->kind == RP_DECISION_DISMISS)
        return f->decision->taken_at;
    return MAX(f->decision->at, f->opened_at);
}

/* When \Answered was first seen on the opening message of a follow-up of mine. */
static int64_t
flagged_at(const Reader *r, const RpFollowup *f)
{
    const RpMessage *m = rp_derivation_message(r->d, f->message);
    int64_t at = RP_NEVER;

    if (f->direction != RP_MINE)
        return RP_NEVER;
    for (uint32_t i = 0; i < m->n_copies; i++)
        at = MIN(at, rp_message_nth_copy(r->d, m, i)->answered_at);
    return at;
}

/* Lets what happened outside the mail until t take effect. */
static void
settle(const Reader *r, RpFollowup *f, int64_t t)
{
    int64_t decision_at = decided_at(f), flag_at = flagged_at(r, f);

    if (f->state != RP_STATE_OPEN || MIN(decision_at, flag_at) > t)
        return;
    if (decision_at <= flag_at) {
        bool is_done = f->decision->kind == RP_DECISION_DONE;

        f->state = is_done ? RP_STATE_DONE : RP_STATE_DISMISSED;
        f->closed_at = decision_at;
        f->latency_s = is_done ? decision_at - f->opened_at : -1;
        f->rule = "R10";
    } else {
        f->state = RP_STATE_ANSWERED_ELSEWHERE;
        f->closed_at = MAX(flag_at, f->opened_at);
        f->rule = "R9";
    }
}

/* --- lapse --- */

static void
update_lapse(const Reader *r, uint32_t index)
{
    RpFollowup *f = followup_at(r, index);
    const GArray *laters = track_at(r, index)->laters;

    f->last_at = f->opened_at;
    for (guint i = laters->len; i > 0; i--) {
        const Later *later = &g_array_index(laters, Later, i - 1);

        if (!later->is_answered) {
            f->last_at = effective_at(r, later->message);
            break;
        }
    }
    f->lapse_at = f->last_at + r->d->policy->lapse_after_s;
}

/* --- opening --- */

static gpointer
newest_key(RpDirection direction, uint32_t person)
{
    return (gpointer)(((uintptr_t)person << 1) | (uintptr_t)direction);
}

/* The newest follow-up of that direction and person, settled up to t; or NULL. */
static RpFollowup *
newest(const Reader *r, RpDirection direction, uint32_t person, int64_t t,
       uint32_t *index)
{
    gpointer found;
    RpFollowup *f;

    if (!g_hash_table_lookup_extended(r->newest, newest_key(direction, person), NULL,
                                      &found))
        return NULL;
    *index = GPOINTER_TO_UINT(found);
    f = followup_at(r, *index);
    settle(r, f, t);
    return f;
}

static void
add_to(GHashTable *table, uint32_t message, uint32_t value)
{
    GArray *list = g_hash_table_lookup(table, GUINT_TO_POINTER(message));

    if (list == NULL) {
        list = g_array_new(FALSE, FALSE, sizeof(uint32_t));
        g_hash_table_insert(table, GUINT_TO_POINTER(message), list);
    }
    g_array_append_val(list, value);
}

static void
wait_for(const Reader *r, uint32_t message, uint32_t followup)
{
    add_to(r->waiting, message, followup);
}

/* Has somebody other than person answered message already? An answer can stand
 * before it in R1's order where the message's time is a guess. */
static bool
is_answered_by_other(const Reader *r, uint32_t message, uint32_t person)
{
    const GArray *list = g_hash_table_lookup(r->answerers, GUINT_TO_POINTER(message));

    for (guint i = 0; list != NULL && i < list->len; i++)
        if (g_array_index(list, uint32_t, i) != person)
            return true;
    return false;
}

static void
make_id(const Reader *r, RpFollowup *f)
{
    static const char alphabet[] = "abcdefghijklmnopqrstuvwxyz234567";
    const RpPerson *person = &g_array_index(r->d->corpus->persons, RpPerson, f->person);
    const RpMessage *m = rp_derivation_message(r->d, f->message);
    g_autofree char *key =
        decision_key(f->direction, person->key, rp_message_id(r->d, m));
    g_autoptr(GChecksum) sum = g_checksum_new(G_CHECKSUM_SHA256);
    uint8_t digest[32];
    gsize n = sizeof(digest);

    g_checksum_update(sum, (const guchar *)key, -1);
    g_checksum_get_digest(sum, digest, &n);
    for (int i = 0; i < RP_FOLLOWUP_ID_LEN; i++)
        f->id[i] = alphabet[digest[i] & 31];
}

static bool
is_stranger(const Reader *r, const RpFollowup *f)
{
    const RpPerson *person = &g_array_index(r->d->corpus->persons, RpPerson, f->person);

    return f->direction == RP_MINE && !person->is_curated &&
           r->known_from[f->person] >= f->message;
}

/* A new follow-up; laters are taken over (may be NULL). */
static void
open_followup(const Reader *r, RpDirection direction, uint32_t address,
              uint32_t message, GArray *laters)
{
    uint32_t index = r->d->followups->len;
    Track track = {laters != NULL ? laters : g_array_new(FALSE, FALSE, sizeof(Later))};
    const RpMessage *m = rp_derivation_message(r->d, message);
    RpFollowup f = {.direction = direction,
                    .channel = RP_CHANNEL_MAIL,
                    .state = RP_STATE_OPEN,
                    .rule = direction == RP_MINE ? "R4" : "R6",
                    .person = person_of(r, address),
                    .address = address,
                    .message = message,
                    .conversation = m->conversation,
                    .closing = RP_NONE,
                    .releasing = RP_NONE,
                    .opened_at = m->effective_at,
                    .closed_at = RP_NEVER,
                    .released_at = RP_NEVER,
                    .snoozed_until_at = RP_NEVER,
                    .latency_s = -1};

    make_id(r, &f);
    f.is_stranger = is_stranger(r, &f);
    f.decision = latest_decision(r, &f, false);
    g_array_append_val(r->d->followups, f);
    g_array_append_val(r->tracks, track);
    update_lapse(r, index);
    g_hash_table_insert(r->newest, newest_key(direction, f.person),
                        GUINT_TO_POINTER(index));
    wait_for(r, message, index);
    for (guint i = 0; i < track.laters->len; i++)
        wait_for(r, g_array_index(track.laters, Later, i).message, index);
}

/* R11: a lapsed one stays open until a new one opens; then it is final. */
static void
supersede(RpFollowup *f, uint32_t message)
{
    f->state = RP_STATE_SUPERSEDED;
    f->rule = "R11";
    f->closed_at = f->lapse_at;
    f->closing = message;
    f->is_lapsed = true;
}

/* R4, R6: opens, unless one is open and not lapsed: then it only goes on. */
static void
open_or_go_on(const Reader *r, RpDirection direction, uint32_t address,
              uint32_t message)
{
    int64_t t = effective_at(r, message);
    uint32_t index;
    RpFollowup *f = newest(r, direction, person_of(r, address), t, &index);

    if (f != NULL && f->state == RP_STATE_OPEN && t < f->lapse_at) {
        Later later = {message, address, is_answered_by_other(r, message, f->person)};

        g_array_append_val(track_at(r, index)->laters, later);
        update_lapse(r, index);
        wait_for(r, message, index);
        return;
    }
    if (f != NULL && f->state == RP_STATE_OPEN)
        supersede(f, message);
    open_followup(r, direction, address, message, NULL);
}

static void
open_mine(const Reader *r, uint32_t index)
{
    const RpMessage *m = rp_derivation_message(r->d, index);
    const RpCopy *copy = rp_message_copy(r->d, m);
    bool is_to_me =
        rp_any_marked(r->d->corpus, copy->to, r->d->is_me) ||
        (r->d->policy->count_cc && rp_any_marked(r->d->corpus, copy->cc, r->d->is_me));

    if (is_to_me && m->sender != RP_NONE && !r->d->is_list[m->sender] &&
        !r->d->is_me[m->sender])
        open_or_go_on(r, RP_MINE, m->sender, index);
}

static bool
is_debtor(const Reader *r, uint32_t address)
{
    return !r->d->is_me[address] && !r->d->is_list[address] &&
           !r->d->is_machine[address];
}

static bool
has_person(const Reader *r, const GArray *addresses, uint32_t person)
{
    for (guint i = 0; i < addresses->len; i++)
        if (person_of(r, g_array_index(addresses, uint32_t, i)) == person)
            return true;
    return false;
}

static void
open_theirs(const Reader *r, uint32_t index)
{
    const RpMessage *m = rp_derivation_message(r->d, index);
    const RpCopy *copy = rp_message_copy(r->d, m);
    const uint32_t *to = rp_corpus_members(r->d->corpus, copy->to);
    g_autoptr(GArray) debtors = g_array_new(FALSE, FALSE, sizeof(uint32_t));

    for (uint32_t i = 0; i < copy->to.n; i++)
        if (is_debtor(r, to[i]) && !has_person(r, debtors, person_of(r, to[i])))
            g_array_append_val(debtors, to[i]);
    if (debtors->len > (guint)r->d->policy->waiting_max_recipients)
        return;
    for (guint i = 0; i < debtors->len; i++)
        open_or_go_on(r, RP_THEIRS, g_array_index(debtors, uint32_t, i), index);
}

/* --- closing --- */

static void
close_newest(const Reader *r, RpDirection direction, uint32_t person, uint32_t message)
{
    int64_t t = effective_at(r, message);
    uint32_t index;
    RpFollowup *f = newest(r, direction, person, t, &index);

    if (f == NULL || (f->state != RP_STATE_OPEN && f->state != RP_STATE_RELEASED &&
                      f->state != RP_STATE_ANSWERED_ELSEWHERE))
        return;
    f->state = RP_STATE_ANSWERED;
    f->rule = direction == RP_MINE ? "R5" : "R7";
    f->closing = message;
    f->closed_at = t;
    f->latency_s = t - f->opened_at;
}

static void
close_all(const Reader *r, RpSlice addresses, uint32_t message)
{
    const uint32_t *members = rp_corpus_members(r->d->corpus, addresses);

    for (uint32_t i = 0; i < addresses.n; i++)
        close_newest(r, RP_MINE, person_of(r, members[i]), message);
}

/* R5 */
static void
close_mine(const Reader *r, uint32_t index)
{
    const RpMessage *m = rp_derivation_message(r->d, index);
    const RpCopy *copy = rp_message_copy(r->d, m);

    close_all(r, copy->to, index);
    if (m->parent == RP_NONE) {
        close_all(r, copy->cc, index);
    } else {
        uint32_t sender = rp_derivation_message(r->d, m->parent)->sender;

        if (sender != RP_NONE)
            close_newest(r, RP_MINE, person_of(r, sender), index);
    }
}

/* --- release --- */

/* The first later message that nobody answered opens it anew (R8). */
static void
reopen(const Reader *r, uint32_t index)
{
    const RpFollowup *f = followup_at(r, index);
    const GArray *laters = track_at(r, index)->laters;

    for (guint i = 0; i < laters->len; i++) {
        const Later *later = &g_array_index(laters, Later, i);
        GArray *rest;

        if (later->is_answered)
            continue;
        rest = g_array_new(FALSE, FALSE, sizeof(Later));
        if (i + 1 < laters->len)
            g_array_append_vals(rest, later + 1, laters->len - i - 1);
        open_followup(r, f->direction, later->address, later->message, rest);
        followup_at(r, r->d->followups->len - 1)->rule = "R8";
        return;
    }
}

static void
release(const Reader *r, uint32_t index, uint32_t message)
{
    RpFollowup *f = followup_at(r, index);

    f->state = RP_STATE_RELEASED;
    f->rule = "R8";
    f->closed_at = f->released_at = effective_at(r, message);
    f->closing = f->releasing = message;
    reopen(r, index);
}

static void
mark_answered(const Reader *r, uint32_t index, uint32_t parent)
{
    GArray *laters = track_at(r, index)->laters;

    for (guint i = 0; i < laters->len; i++)
        if (g_array_index(laters, Later, i).message == parent)
            g_array_index(laters, Later, i).is_answered = true;
    update_lapse(r, index);
}

/* R8: a human message of somebody who is neither debtor nor creditor answers
 * parent. */
static void
release_all(const Reader *r, uint32_t message)
{
    const RpMessage *m = rp_derivation_message(r->d, message);
    const GArray *found = g_hash_table_lookup(r->waiting, GUINT_TO_POINTER(m->parent));
    /* Only those that wait for it now: a release may add to the list. */
    guint n = found == NULL ? 0 : found->len;

    if (m->sender == RP_NONE || r->d->is_list[m->sender] || r->d->is_me[m->sender])
        return;
    add_to(r->answerers, m->parent, person_of(r, m->sender));
    for (guint i = 0; i < n; i++) {
        uint32_t index = g_array_index(found, uint32_t, i);
        RpFollowup *f = followup_at(r, index);

        if (person_of(r, m->sender) == f->person)
            continue;
        if (f->message != m->parent) {
            mark_answered(r, index, m->parent);
            continue;
        }
        settle(r, f, m->effective_at);
        if (f->state == RP_STATE_OPEN && r->d->policy->group_answer_releases)
            release(r, index, message);
    }
}

/* --- the order of things --- */

static void
read_message(const Reader *r, uint32_t index)
{
    const RpMessage *m = rp_derivation_message(r->d, index);
    bool is_personal = m->kind == RP_KIND_PERSONAL;
    bool is_human = is_personal || m->kind == RP_KIND_LIST;

    if (!is_human)
        return;
    if (m->is_mine) {
        /* R3: without a From it opens and closes nothing. */
        if (!is_personal || m->sender == RP_NONE)
            return;
        close_mine(r, index);
        open_theirs(r, index);
        return;
    }
    if (m->sender != RP_NONE)
        close_newest(r, RP_THEIRS, person_of(r, m->sender), index);
    if (m->parent != RP_NONE)
        release_all(r, index);
    if (is_personal)
        open_mine(r, index);
}

static void
unref_garray(gpointer array)
{
    g_array_unref(array);
}

static void
read_conversation(Reader *r, const GArray *messages)
{
    g_autoptr(GHashTable) newest_table = g_hash_table_new(NULL, NULL);
    g_autoptr(GHashTable) waiting_table =
        g_hash_table_new_full(NULL, NULL, NULL, unref_garray);
    g_autoptr(GHashTable) answerer_table =
        g_hash_table_new_full(NULL, NULL, NULL, unref_garray);

    r->newest = newest_table;
    r->waiting = waiting_table;
    r->answerers = answerer_table;
    for (guint i = 0; i < messages->len; i++)
        read_message(r, g_array_index(messages, uint32_t, i));
    r->newest = r->waiting = r->answerers = NULL;
}

/* R4: the first personal message of mine with each person in To or Cc. */
static void
find_known(Reader *r)
{
    const RpCorpus *corpus = r->d->corpus;

    for (guint i = 0; i < corpus->persons->len; i++)
        r->known_from[i] = RP_NONE;
    for (uint32_t i = r->d->messages->len; i > 0; i--) {
        const RpMessage *m = rp_derivation_message(r->d, i - 1);
        const RpCopy *copy = rp_message_copy(r->d, m);
        const RpSlice slices[] = {copy->to, copy->cc};

        if (!m->is_mine || m->kind != RP_KIND_PERSONAL)
            continue;
        for (size_t s = 0; s < G_N_ELEMENTS(slices); s++) {
            const uint32_t *members = rp_corpus_members(corpus, slices[s]);

            for (uint32_t k = 0; k < slices[s].n; k++)
                r->known_from[person_of(r, members[k])] = i - 1;
        }
    }
}

static void
read_all(Reader *r)
{
    guint n = r->d->n_conversations;
    g_autofree GArray **conversations = g_new0(GArray *, n + 1);

    for (uint32_t i = 0; i < r->d->messages->len; i++) {
        uint32_t c = rp_derivation_message(r->d, i)->conversation;

        if (conversations[c] == NULL)
            conversations[c] = g_array_new(FALSE, FALSE, sizeof(uint32_t));
        g_array_append_val(conversations[c], i);
    }
    for (guint c = 1; c <= n; c++) {
        read_conversation(r, conversations[c]);
        g_array_unref(conversations[c]);
    }
}

static void
finish(const Reader *r)
{
    for (uint32_t i = 0; i < r->d->followups->len; i++) {
        RpFollowup *f = followup_at(r, i);
        const RpDecision *snooze = latest_decision(r, f, true);

        settle(r, f, r->d->as_of_at);
        if (f->state != RP_STATE_DONE && f->state != RP_STATE_DISMISSED)
            f->decision = NULL;
        if (snooze != NULL && snooze->at > r->d->as_of_at)
            f->snoozed_until_at = snooze->at;
    }
}

static int
compare_followups(gconstpointer a, gconstpointer b)
{
    const RpFollowup *x = a, *y = b;

    if (x->opened_at != y->opened_at)
        return x->opened_at < y->opened_at ? -1 : 1;
    return strcmp(x->id, y->id);
}

void
rp_derive_followups(RpDerivation *d, const GPtrArray *decisions)
{
    g_autoptr(GHashTable) table = index_decisions(decisions, d->as_of_at);
    g_autoptr(GArray) tracks = g_array_new(FALSE, FALSE, sizeof(Track));
    g_autofree uint32_t *known_from = g_new(uint32_t, d->corpus->persons->len + 1);
    Reader reader = {
        .d = d, .decisions = table, .known_from = known_from, .tracks = tracks};

    find_known(&reader);
    read_all(&reader);
    finish(&reader);
    for (guint i = 0; i < tracks->len; i++)
        g_array_unref(g_array_index(tracks, Track, i).laters);
    g_array_sort(d->followups, compare_followups);
}
