/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-derive.c - R1 to R11, a tiny mailbox a row
 *
 * A mailbox is a text, a line a copy, fields separated by "|":
 *   FOLDER MINUTES ID [key=value ...]
 * FOLDER is "in", "sent" or "list"; MINUTES is when the copy was delivered and
 * dated, after 2024-01-08T09:00:00Z; keys: from (ann), to (me), cc, reply, subject
 * (Plan), irt, ref, date (minutes or "none"), signs (numbers of RpSigns), listid,
 * post, flag (minutes when \Answered was first seen), ti (a Thread-Index).
 * People are "ann", which stands for ann@example.org; several by commas.
 *
 * What comes out is a line a follow-up, sorted:
 *   DIRECTION PERSON OPENED-BY STATE [CLOSED-BY] AT-MINUTES
 */
#include <stdlib.h>
#include <string.h>

#include "core/address.h"
#include "core/derive.h"

enum { BASE = 1704704400, DAY = 1440 };

static char *
address_of(const char *name)
{
    return strchr(name, '@') != NULL ? g_strdup(name)
                                     : g_strdup_printf("%s@example.org", name);
}

static void
add_mailboxes(GPtrArray *list, const char *names)
{
    g_auto(GStrv) parts = g_strsplit(names, ",", -1);

    for (char **p = parts; *p != NULL; p++) {
        g_autofree char *address = address_of(*p);

        if (**p != '\0')
            g_ptr_array_add(list, rp_mailbox_new("", address));
    }
}

static void
add_texts(GPtrArray *list, const char *texts)
{
    g_auto(GStrv) parts = g_strsplit(texts, ",", -1);

    for (char **p = parts; *p != NULL; p++)
        g_ptr_array_add(list, g_strdup(*p));
}

static int64_t
minutes(const char *text)
{
    return BASE + 60 * g_ascii_strtoll(text, NULL, 10);
}

/* The values of one line, by key; its defaults are a plain question of Ann's. */
static void
set_field(RpEnvelope *e, const char *key, const char *value, int64_t *flagged_at)
{
    if (strcmp(key, "reply") == 0)
        add_mailboxes(e->reply_to, value);
    else if (strcmp(key, "cc") == 0)
        add_mailboxes(e->cc, value);
    else if (strcmp(key, "irt") == 0)
        add_texts(e->in_reply_to, value);
    else if (strcmp(key, "ref") == 0)
        add_texts(e->references, value);
    else if (strcmp(key, "date") == 0)
        e->date_at = strcmp(value, "none") == 0 ? RP_NEVER : minutes(value);
    else if (strcmp(key, "signs") == 0)
        e->signs = (uint32_t)g_ascii_strtoull(value, NULL, 10);
    else if (strcmp(key, "post") == 0)
        add_texts(e->list_posts, value);
    else if (strcmp(key, "flag") == 0)
        *flagged_at = minutes(value);
    else if (strcmp(key, "ti") == 0) {
        memset(e->thread_index, *value, sizeof(e->thread_index));
        e->has_thread_index = true;
    } else
        g_error("no key %s", key);
}

static void
set_text(char **text, const char *value)
{
    g_free(*text);
    *text = g_strdup(value);
}

static void
add_copy(RpCorpus *corpus, const char *line, uint64_t uid)
{
    g_auto(GStrv) parts = g_strsplit(line, "|", -1);
    g_auto(GStrv) head = g_strsplit(parts[0], " ", 3);
    g_autoptr(RpEnvelope) e = rp_envelope_new();
    const char *from = strcmp(head[0], "sent") == 0 ? "me" : "ann";
    const char *to = strcmp(head[0], "sent") == 0 ? "ann" : "me";
    RpRole role = strcmp(head[0], "sent") == 0 ? RP_ROLE_SENT
                  : strcmp(head[0], "in") == 0 ? RP_ROLE_INBOX
                                               : RP_ROLE_OTHER;
    int64_t flagged_at = RP_NEVER;

    e->uid = uid;
    e->internal_at = e->date_at = minutes(head[1]);
    set_text(&e->message_id, head[2]);
    set_text(&e->subject, "Plan");
    for (char **p = parts + 1; *p != NULL; p++) {
        g_auto(GStrv) pair = g_strsplit(*p, "=", 2);

        if (strcmp(pair[0], "from") == 0)
            from = strchr(*p, '=') + 1;
        else if (strcmp(pair[0], "to") == 0)
            to = strchr(*p, '=') + 1;
        else if (strcmp(pair[0], "subject") == 0)
            set_text(&e->subject, pair[1]);
        else if (strcmp(pair[0], "listid") == 0)
            set_text(&e->list_id, pair[1]);
        else
            set_field(e, pair[0], pair[1], &flagged_at);
    }
    add_mailboxes(e->from, from);
    add_mailboxes(e->to, to);
    rp_corpus_add_copy(corpus, rp_corpus_add_folder(corpus, "a", head[0], role), e,
                       flagged_at);
}

static RpCorpus *
make_corpus(const char *mailbox)
{
    RpCorpus *corpus = rp_corpus_new();
    g_auto(GStrv) lines = g_strsplit(mailbox, "\n", -1);

    for (uint64_t i = 0; lines[i] != NULL; i++)
        if (*lines[i] != '\0')
            add_copy(corpus, lines[i], i + 1);
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

static const char *
id_at(const RpDerivation *d, uint32_t message)
{
    return message == RP_NONE
               ? "-"
               : rp_message_id(d, &g_array_index(d->messages, RpMessage, message));
}

static int
compare_lines(gconstpointer a, gconstpointer b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static char *
join_sorted(GPtrArray *lines)
{
    g_ptr_array_sort(lines, compare_lines);
    g_ptr_array_add(lines, NULL);
    return g_strjoinv("\n", (char **)lines->pdata);
}

static char *
describe(const RpDerivation *d)
{
    g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func(g_free);

    for (guint i = 0; i < d->followups->len; i++) {
        const RpFollowup *f = &g_array_index(d->followups, RpFollowup, i);
        const RpPerson *p = &g_array_index(d->corpus->persons, RpPerson, f->person);
        g_auto(GStrv) name = g_strsplit(p->key, "@", 2);
        int64_t at = f->closed_at == RP_NEVER ? f->opened_at : f->closed_at;

        g_ptr_array_add(lines,
                        g_strdup_printf("%s %s %s %s%s %s %" G_GINT64_FORMAT,
                                        rp_direction_name(f->direction), name[0],
                                        id_at(d, f->message), rp_state_name(f->state),
                                        f->is_lapsed ? "(lapsed)" : "",
                                        id_at(d, f->closing), (at - BASE) / 60));
    }
    return join_sorted(lines);
}

typedef struct {
    const char *what, *mailbox, *expected;
} Case;

static void
check_cases(const Case *cases, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        g_autoptr(RpCorpus) corpus = make_corpus(cases[i].mailbox);
        g_autoptr(RpPolicy) policy = make_policy();
        g_autoptr(RpDerivation) d =
            rp_derive(corpus, policy, NULL, BASE + 40 * DAY * 60);
        g_autofree char *got = describe(d);

        g_test_message("%s", cases[i].what);
        g_assert_cmpstr(got, ==, cases[i].expected);
    }
}

/* R4, R5: openings and closings of mine. A question of day 30 is young enough not
 * to have lapsed by day 40. */
static void
test_mine(void)
{
    static const Case cases[] = {
        {"R4 a question", "in 43200 q", "mine ann q open - 43200"},
        {"R4 two questions: the clock starts at the first",
         "in 43200 q\nin 43300 r|irt=q", "mine ann q open - 43200"},
        {"R4 me in Cc opens nothing", "in 43200 q|to=bob|cc=me", ""},
        {"R4 a robot opens nothing", "in 43200 q|signs=1", ""},
        {"R4 a list newsletter opens nothing", "in 43200 q|signs=64", ""},
        {"R3 R4 list mail to me and another is personal",
         "in 43200 q|signs=64|to=me,bob", "mine ann q open - 43200"},
        {"R4 no From opens nothing", "in 43200 q|from=", ""},
        {"R5 my answer", "in 43200 q\nsent 43260 a|irt=q",
         "mine ann q answered a 43260\ntheirs ann a open - 43260"},
        {"R5 To closes without a known parent",
         "in 43200 q\nsent 43260 a|ref=q,gone|irt=gone",
         "mine ann q answered a 43260\ntheirs ann a open - 43260"},
        {"R5 the parent's sender is closed, whoever is in To",
         "in 43200 q\nsent 43260 a|irt=q|to=bob",
         "mine ann q answered a 43260\ntheirs bob a open - 43260"},
        {"R5 Cc closes just without a known parent",
         "in 43200 q\nsent 43260 a|ref=q,gone|irt=gone|to=bob|cc=ann",
         "mine ann q answered a 43260\ntheirs bob a open - 43260"},
        {"R5 Cc does not close with one",
         "in 43200 q\nin 43210 s|from=bob|ref=q,z|irt=z\n"
         "sent 43260 a|irt=s|to=bob|cc=ann",
         "mine ann q open - 43200\nmine bob s answered a 43260\n"
         "theirs bob a open - 43260"},
        {"R5 my calendar answer closes nothing",
         "in 43200 q\nsent 43260 a|irt=q|subject=Accepted: Plan",
         "mine ann q open - 43200"},
        {"R3 Reply-To of a machine is the sender", "in 43200 q|from=noreply|reply=cat",
         "mine cat q open - 43200"},
        {"R1 an answer dated before its question takes no time",
         "in 43200 q\nsent 43100 a|irt=q",
         "mine ann q answered a 43200\ntheirs ann a open - 43200"},
    };

    check_cases(cases, G_N_ELEMENTS(cases));
}

/* R6, R7 */
static void
test_theirs(void)
{
    static const Case cases[] = {
        {"R6 a person each", "sent 43200 n|to=ann,bob",
         "theirs ann n open - 43200\ntheirs bob n open - 43200"},
        {"R6 me, machines and Cc left out", "sent 43200 n|to=ann,me,noreply|cc=bob",
         "theirs ann n open - 43200"},
        {"R6 five open", "sent 43200 n|to=a,b,c,d,e,me",
         "theirs a n open - 43200\ntheirs b n open - 43200\n"
         "theirs c n open - 43200\ntheirs d n open - 43200\n"
         "theirs e n open - 43200"},
        {"R6 six open none", "sent 43200 n|to=a,b,c,d,e,f", ""},
        {"R7 a human answer closes, whoever it is addressed to",
         "sent 43200 n\nin 43300 t|irt=n|to=bob", "theirs ann n answered t 43300"},
        {"R7 list mail is human", "sent 43200 n\nin 43300 t|irt=n|to=bob|signs=64",
         "theirs ann n answered t 43300"},
        {"R7 an absence reply closes nothing",
         "sent 43200 n\nin 43300 t|irt=n|subject=Automatic reply: Plan",
         "theirs ann n open - 43200"},
        {"R7 nor does another conversation", "sent 43200 n\nin 43300 t|to=bob",
         "theirs ann n open - 43200"},
    };

    check_cases(cases, G_N_ELEMENTS(cases));
}

/* R8 */
static void
test_release(void)
{
    static const Case cases[] = {
        {"R8 Bob answers in my stead",
         "in 43200 q|to=me,bob\nin 43300 x|from=bob|irt=q|to=ann",
         "mine ann q released x 43300"},
        {"R8 answered after all",
         "in 43200 q|to=me,bob\nin 43300 x|from=bob|irt=q|to=ann\nsent 43400 a|irt=q",
         "mine ann q answered a 43400\ntheirs ann a open - 43400"},
        {"R8 the creditor's own word releases nothing",
         "in 43200 q|to=me,bob\nin 43300 x|irt=q|to=bob", "mine ann q open - 43200"},
        {"R8 nor does a robot's",
         "in 43200 q|to=me,bob\nin 43300 x|from=bob|irt=q|to=ann|signs=1",
         "mine ann q open - 43200"},
        {"R8 nor an answer to another message",
         "in 43200 q|to=me,bob\nin 43250 r|irt=q\nin 43300 x|from=bob|irt=r|to=ann",
         "mine ann q open - 43200"},
        {"R8 a later question opens it anew, at its own time",
         "in 43200 q|to=me,bob\nin 43250 r|irt=q\nin 43300 x|from=bob|irt=q|to=ann",
         "mine ann q released x 43300\nmine ann r open - 43250"},
        {"R8 one after the other, the second before the first",
         "in 43200 q|to=me,bob\nin 43210 r|irt=q\nin 43220 s|irt=q\nin 43230 u|irt=q\n"
         "in 43300 x|from=bob|irt=r|to=ann\nin 43310 y|from=bob|irt=q|to=ann\n"
         "in 43320 z|from=bob|irt=s|to=ann",
         "mine ann q released y 43310\nmine ann s released z 43320\n"
         "mine ann u open - 43230"},
        {"R11 the last that nobody answered keeps it alive, opened anew or not",
         "in 0 q\nin 10 r|irt=q\nin 20 s|irt=q\nin 20000 t|irt=q\nin 20010 u|irt=q\n"
         "in 20020 v|from=bob|irt=u|to=ann\nin 20030 w|from=bob|irt=q|to=ann\n"
         "in 20040 x|from=bob|irt=t|to=ann",
         "mine ann q released w 20030\nmine ann r open(lapsed) - 10"},
        {"R8 not one that somebody answered before",
         "in 43200 q|to=me,bob\nin 43250 r|irt=q\nin 43280 y|from=bob|irt=r|to=ann\n"
         "in 43300 x|from=cat|irt=q|to=ann",
         "mine ann q released x 43300"},
        {"R8 only the newest can change",
         "in 43200 q|to=me,bob\nin 43300 x|from=bob|irt=q|to=ann\nin 43350 r|irt=q\n"
         "sent 43400 a|irt=q",
         "mine ann q released x 43300\nmine ann r answered a 43400\n"
         "theirs ann a open - 43400"},
        {"R8 theirs: one of two answers", "sent 43200 n|to=ann,bob\nin 43300 t|irt=n",
         "mine ann t open - 43300\ntheirs ann n answered t 43300\n"
         "theirs bob n released t 43300"},
    };

    check_cases(cases, G_N_ELEMENTS(cases));
}

/* R9, R11; day 40 is the as-of instant: 57600 minutes. */
static void
test_lapse(void)
{
    static const Case cases[] = {
        {"R11 lapses 30 days after its last message", "in 14400 q",
         "mine ann q open(lapsed) - 14400"},
        {"R11 not a minute before", "in 14401 q", "mine ann q open - 14401"},
        {"R11 a later question keeps it alive", "in 0 q\nin 20000 r|irt=q",
         "mine ann q open - 0"},
        {"R11 but not one that somebody else answered",
         "in 0 q\nin 20000 r|irt=q\nin 20010 x|from=bob|irt=r|to=ann",
         "mine ann q open(lapsed) - 0"},
        {"R11 a new one after the lapse supersedes",
         "in 0 q\nin 43200 r|irt=q\nsent 43300 a|irt=r",
         "mine ann q superseded(lapsed) r 43200\nmine ann r answered a 43300\n"
         "theirs ann a open - 43300"},
        {"R11 an answer closes a lapsed one", "in 0 q\nsent 50000 a|irt=q",
         "mine ann q answered a 50000\ntheirs ann a open - 50000"},
        {"R9 answered elsewhere when the flag was seen", "in 43200 q|flag=43300",
         "mine ann q answered_elsewhere - 43300"},
        {"R9 a known answer counts more", "in 43200 q|flag=43300\nsent 43400 a|irt=q",
         "mine ann q answered a 43400\ntheirs ann a open - 43400"},
        {"R9 a new question after the flag opens anew",
         "in 43200 q|flag=43300\nin 43400 r|irt=q",
         "mine ann q answered_elsewhere - 43300\nmine ann r open - 43400"},
        {"R9 a flag that is not seen yet", "in 43200 q|flag=60000",
         "mine ann q open - 43200"},
    };

    check_cases(cases, G_N_ELEMENTS(cases));
}

/* R2: one line a conversation, its ids joined by "+". */
static char *
describe_conversations(const RpDerivation *d)
{
    g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func(g_free);

    for (uint32_t c = 1; c <= d->n_conversations; c++) {
        g_autoptr(GPtrArray) ids = g_ptr_array_new_with_free_func(g_free);

        for (guint i = 0; i < d->messages->len; i++) {
            const RpMessage *m = &g_array_index(d->messages, RpMessage, i);

            if (m->conversation == c)
                g_ptr_array_add(ids, g_strdup(rp_message_id(d, m)));
        }
        g_ptr_array_sort(ids, compare_lines);
        g_ptr_array_add(ids, NULL);
        g_ptr_array_add(lines, g_strjoinv("+", (char **)ids->pdata));
    }
    return join_sorted(lines);
}

static void
test_conversations(void)
{
    static const Case cases[] = {
        {"In-Reply-To", "in 0 a\nin 1 b|irt=a\nin 2 c", "a+b\nc"},
        {"an unknown id joins", "in 0 a|ref=x\nin 1 b|irt=x", "a+b"},
        {"an address in In-Reply-To is no id",
         "in 0 a|irt=ann@example.org\nin 1 b|irt=ANN@example.org", "a\nb"},
        {"the own id is none", "in 0 a|irt=a|ref=a", "a"},
        {"copies join by the ids of all",
         "in 0 a\nin 1 b\nin 2 c|irt=a\nlist 3 c|irt=b", "a+b+c"},
        {"(a) Thread-Index without ids", "in 0 a|ti=x\nin 1 b|ti=x|subject=Else",
         "a+b"},
        {"(a) joins those with ids too", "in 0 a|ti=x|irt=z\nin 1 b|ti=x|subject=Else",
         "a+b"},
        {"(a) not if all have ids", "in 0 a|ti=x|irt=z\nin 1 b|ti=x|irt=y", "a\nb"},
        {"(b) AW: with a shared correspondent", "in 0 a\nin 1 b|subject=AW: Plan",
         "a+b"},
        {"(b) tags and counters", "in 0 a\nin 1 b|subject=[x] Re[2]: [y] plan", "a+b"},
        {"(b) not a forward", "in 0 a\nin 1 b|subject=Fwd: Plan", "a\nb"},
        {"(b) not with ids", "in 0 a\nin 1 b|subject=Re: Plan|irt=z", "a\nb"},
        {"(b) not without a shared correspondent",
         "in 0 a\nin 1 b|from=bob|subject=Re: Plan", "a\nb"},
        {"(b) 14 days", "in 0 a\nin 20160 b|subject=Re: Plan", "a+b"},
        {"(b) not 14 days and a minute", "in 0 a\nin 20161 b|subject=Re: Plan", "a\nb"},
        {"(b) not at the same instant", "in 0 a\nin 0 b|subject=Re: Plan", "a\nb"},
        {"(b) past those of the same instant",
         "in 0 a\nin 1 b\nin 1 c\nin 1 d|subject=Re: Plan", "a+d\nb\nc"},
        {"(b) every one in the window",
         "in 0 a\nin 1 b\nin 2 c|subject=Re: Plan\nin 3 d\nin 4 e|subject=Re: Plan",
         "a+b+c+d+e"},
        {"(b) windows that only touch",
         "in 0 a\nin 20000 c|subject=Re: Plan\nin 20300 e|subject=Re: Plan", "a+c+e"},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(RpCorpus) corpus = make_corpus(cases[i].mailbox);
        g_autoptr(RpPolicy) policy = make_policy();
        g_autoptr(RpDerivation) d =
            rp_derive(corpus, policy, NULL, BASE + 40 * DAY * 60);
        g_autofree char *got = describe_conversations(d);

        g_test_message("R2 %s", cases[i].what);
        g_assert_cmpstr(got, ==, cases[i].expected);
    }
}

/* R1: a line a message: ID own effective source, in minutes. */
static void
test_times(void)
{
    static const Case cases[] = {
        {"received: delivery", "in 10 a|date=0", "a 10 10 internaldate"},
        {"dated 15 minutes ahead", "in 0 a|date=15", "a 0 0 internaldate"},
        {"dated 16 minutes ahead: a guess", "in 0 a|date=16", "a 0 0 guess"},
        {"delivered 5 days later", "in 7200 a|date=0", "a 7200 7200 internaldate"},
        {"imported: the Date", "in 7201 a|date=0", "a 0 0 date"},
        {"no Date: a guess", "in 5 a|date=none", "a 5 5 guess"},
        {"before 1990: a guess", "in 5 a|date=-28000000", "a 5 5 guess"},
        {"mine: the Date", "sent 10 a|date=0", "a 0 0 date"},
        {"mine without one: a guess", "sent 10 a|date=none", "a 10 10 guess"},
        {"lifted to its parent", "in 9 a\nin 3 b|irt=a",
         "a 9 9 internaldate\nb 3 9 internaldate"},
        {"through two", "in 9 a\nin 3 b|irt=a\nin 4 c|irt=b",
         "a 9 9 internaldate\nb 3 9 internaldate\nc 4 9 internaldate"},
        {"a guess lifts nothing", "in 9 a|date=none\nin 3 b|irt=a",
         "a 9 9 guess\nb 3 3 internaldate"},
        {"nor its parents through it", "in 9 a\nin 5 b|irt=a|date=none\nin 3 c|irt=b",
         "a 9 9 internaldate\nb 5 9 guess\nc 3 3 internaldate"},
        {"a cycle: own times", "in 9 a|irt=b\nin 3 b|irt=a\nin 1 c|irt=b",
         "a 9 9 internaldate\nb 3 3 internaldate\nc 1 3 internaldate"},
        {"copies: the earliest", "in 9 a\nlist 7 a", "a 7 7 internaldate"},
        {"parent: In-Reply-To before References", "in 9 a\nin 8 b\nin 1 c|irt=a|ref=b",
         "a 9 9 internaldate\nb 8 8 internaldate\nc 1 9 internaldate"},
        {"parent: else the last of References", "in 9 a\nin 8 b\nin 1 c|ref=a,b",
         "a 9 9 internaldate\nb 8 8 internaldate\nc 1 8 internaldate"},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(RpCorpus) corpus = make_corpus(cases[i].mailbox);
        g_autoptr(RpPolicy) policy = make_policy();
        g_autoptr(RpDerivation) d =
            rp_derive(corpus, policy, NULL, BASE + 40 * DAY * 60);
        g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func(g_free);
        g_autofree char *got = NULL;

        for (guint k = 0; k < d->messages->len; k++) {
            const RpMessage *m = &g_array_index(d->messages, RpMessage, k);

            g_ptr_array_add(lines, g_strdup_printf("%s %" G_GINT64_FORMAT
                                                   " %" G_GINT64_FORMAT " %s",
                                                   rp_message_id(d, m),
                                                   (m->own_at - BASE) / 60,
                                                   (m->effective_at - BASE) / 60,
                                                   rp_time_source_name(m->source)));
        }
        got = join_sorted(lines);
        g_test_message("R1 %s", cases[i].what);
        g_assert_cmpstr(got, ==, cases[i].expected);
    }
}

/* R3: a line a message: ID kind. */
static void
test_kinds(void)
{
    static const Case cases[] = {
        {"nothing said", "in 0 a", "a personal"},
        {"Auto-Submitted", "in 0 a|signs=1", "a robot"},
        {"bounce", "in 0 a|signs=8", "a robot"},
        {"machine", "in 0 a|from=ci-bot", "a robot"},
        {"absence", "in 0 a|subject=Out of Office: Plan", "a robot"},
        {"absence phrase alone", "in 0 a|subject=Abwesend", "a robot"},
        {"a question about absence", "in 0 a|subject=Out of office on Friday?",
         "a personal"},
        {"calendar", "in 0 a|subject=Zugesagt: Plan", "a calendar"},
        {"calendar word without a colon", "in 0 a|subject=Invitation to tea",
         "a personal"},
        {"robot before calendar", "in 0 a|signs=17", "a robot"},
        {"list", "in 0 a|signs=64|to=talk", "a list"},
        {"me in Cc is still list", "in 0 a|signs=64|to=talk|cc=me", "a list"},
        {"newsletter to me alone", "in 0 a|signs=256", "a list"},
        {"to me and the list", "in 0 a|signs=64|to=me,talk", "a personal"},
        {"mine is never list", "sent 0 a|signs=64", "a personal"},
        {"mine is no bounce", "sent 0 a|signs=8", "a personal"},
        {"my absence reply", "sent 0 a|signs=1", "a robot"},
        {"the most personal of copies", "in 0 a\nlist 1 a|signs=64|to=talk",
         "a personal"},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(RpCorpus) corpus = make_corpus(cases[i].mailbox);
        g_autoptr(RpPolicy) policy = make_policy();
        g_autoptr(RpDerivation) d =
            rp_derive(corpus, policy, NULL, BASE + 40 * DAY * 60);
        const RpMessage *m = &g_array_index(d->messages, RpMessage, 0);
        g_autofree char *got =
            g_strdup_printf("%s %s", rp_message_id(d, m), rp_kind_name(m->kind));

        g_test_message("R3 %s (%s)", cases[i].what, m->why);
        g_assert_cmpstr(got, ==, cases[i].expected);
    }
}

/* R3: list addresses, sorted. */
static void
test_lists(void)
{
    static const Case cases[] = {
        {"List-Post from one sender", "in 0 a|post=l@example.org", ""},
        {"List-Post from two",
         "in 0 a|post=l@example.org\nin 1 b|from=bob|post=l@example.org",
         "l@example.org"},
        {"List-Id read with a dot",
         "in 0 a|to=l|listid=l.example.org\nin 1 b|from=bob|cc=l|listid=l.example.org",
         "l@example.org"},
        {"three others and I, and it never wrote",
         "in 0 a|to=l\nin 1 b|from=bob|to=l\nin 2 c|from=cat|to=l\nsent 3 d|to=l\n"
         "sent 4 e|to=l\nsent 5 f|to=bob|cc=l",
         "l@example.org"},
        {"it wrote once: a person",
         "in 0 a|to=l\nin 1 b|from=bob|to=l\nin 2 c|from=cat|to=l\nsent 3 d|to=l\n"
         "sent 4 e|to=l\nsent 5 f|to=bob|cc=l\nin 6 g|from=l|to=bob",
         ""},
        {"two messages of mine are too few",
         "in 0 a|to=l\nin 1 b|from=bob|to=l\nin 2 c|from=cat|to=l\nsent 3 d|to=l\n"
         "sent 4 e|to=l",
         ""},
        {"it wrote to me without a sign: never a list",
         "in 0 a|post=l@example.org\nin 1 b|from=bob|post=l@example.org\nin 2 c|from=l",
         ""},
        {"it wrote to me with one",
         "in 0 a|post=l@example.org\nin 1 b|from=bob|post=l@example.org\n"
         "in 2 c|from=l|signs=64",
         "l@example.org"},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(RpCorpus) corpus = make_corpus(cases[i].mailbox);
        g_autoptr(RpPolicy) policy = make_policy();
        g_autoptr(RpDerivation) d =
            rp_derive(corpus, policy, NULL, BASE + 40 * DAY * 60);
        g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func(g_free);
        g_autofree char *got = NULL;

        for (guint k = 0; k < corpus->addresses->len; k++)
            if (rp_is_list(d, k, RP_NONE))
                g_ptr_array_add(
                    lines,
                    g_strdup(g_array_index(corpus->addresses, RpAddress, k).text));
        got = join_sorted(lines);
        g_test_message("R3 %s", cases[i].what);
        g_assert_cmpstr(got, ==, cases[i].expected);
    }
}

static RpDecision *
decision_new(RpDecisionKind kind, const char *id, int taken, int at)
{
    RpDecision *decision = g_new0(RpDecision, 1);

    decision->kind = kind;
    decision->direction = RP_MINE;
    decision->person_key = g_strdup("ann@example.org");
    decision->message_id = g_strdup(id);
    decision->taken_at = BASE + 60 * (int64_t)taken;
    decision->undone_at = RP_NEVER;
    decision->at = BASE + 60 * (int64_t)at;
    decision->detail = g_strdup("call");
    decision->note = g_strdup("");
    return decision;
}

static void
destroy_decision(gpointer decision)
{
    rp_decision_free(decision);
}

/* R10 */
static void
test_decisions(void)
{
    static const struct {
        const char *what, *mailbox;
        RpDecisionKind kind;
        int taken, at, undone;
        const char *expected;
    } cases[] = {
        {"done counts at the time given", "in 43200 q", RP_DECISION_DONE, 44000, 43500,
         0, "mine ann q done - 43500"},
        {"done before the opening takes no time", "in 43200 q", RP_DECISION_DONE, 44000,
         1000, 0, "mine ann q done - 43200"},
        {"dismissed when it was said", "in 43200 q", RP_DECISION_DISMISS, 44000, 0, 0,
         "mine ann q dismissed - 44000"},
        {"undone", "in 43200 q", RP_DECISION_DISMISS, 44000, 0, 45000,
         "mine ann q open - 43200"},
        {"taken after the as-of instant", "in 43200 q", RP_DECISION_DISMISS, 60000, 0,
         0, "mine ann q open - 43200"},
        {"a new message opens anew", "in 43200 q\nin 45000 r|irt=q",
         RP_DECISION_DISMISS, 44000, 0, 0,
         "mine ann q dismissed - 44000\nmine ann r open - 45000"},
        {"a mail before it was the answer", "in 43200 q\nsent 43300 a|irt=q",
         RP_DECISION_DONE, 44000, 44000, 0,
         "mine ann q answered a 43300\ntheirs ann a open - 43300"},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(RpCorpus) corpus = make_corpus(cases[i].mailbox);
        g_autoptr(RpPolicy) policy = make_policy();
        g_autoptr(GPtrArray) decisions =
            g_ptr_array_new_with_free_func(destroy_decision);
        RpDecision *decision =
            decision_new(cases[i].kind, "q", cases[i].taken, cases[i].at);
        g_autoptr(RpDerivation) d = NULL;
        g_autofree char *got = NULL;

        if (cases[i].undone > 0)
            decision->undone_at = BASE + 60 * (int64_t)cases[i].undone;
        g_ptr_array_add(decisions, decision);
        d = rp_derive(corpus, policy, decisions, BASE + 40 * DAY * 60);
        got = describe(d);
        g_test_message("R10 %s", cases[i].what);
        g_assert_cmpstr(got, ==, cases[i].expected);
    }
}

/* R10: persons and conversations that are ignored */
static void
test_ignored(void)
{
    static const struct {
        const char *what, *mailbox;
        RpDecisionKind kind;
        const char *person_key, *message_id;
        int taken, undone;
        const char *expected;
    } cases[] = {
        {"a person's open ones end when it was said", "in 43200 q",
         RP_DECISION_IGNORE_PERSON, "ann@example.org", "", 44000, 0,
         "mine ann q dismissed - 44000"},
        {"later ones as they come, in every conversation",
         "in 45000 q\nin 45100 r|subject=Other", RP_DECISION_IGNORE_PERSON,
         "ann@example.org", "", 44000, 0,
         "mine ann q dismissed - 45000\nmine ann r dismissed - 45100"},
        {"what they owe me too", "sent 45000 q", RP_DECISION_IGNORE_PERSON,
         "ann@example.org", "", 44000, 0, "theirs ann q dismissed - 45000"},
        {"an answer from before stays one", "in 43000 q\nsent 43100 a|irt=q|to=ann",
         RP_DECISION_IGNORE_PERSON, "ann@example.org", "", 44000, 0,
         "mine ann q answered a 43100\ntheirs ann a dismissed - 44000"},
        {"others are not ignored", "in 43200 q|from=bob", RP_DECISION_IGNORE_PERSON,
         "ann@example.org", "", 44000, 0, "mine bob q open - 43200"},
        {"undone", "in 43200 q", RP_DECISION_IGNORE_PERSON, "ann@example.org", "",
         44000, 45000, "mine ann q open - 43200"},
        {"taken after the as-of instant", "in 43200 q", RP_DECISION_IGNORE_PERSON,
         "ann@example.org", "", 60000, 0, "mine ann q open - 43200"},
        {"a conversation, whoever writes in it",
         "in 43200 q\nin 45000 r|from=bob|irt=q\nin 45100 s|subject=Other",
         RP_DECISION_IGNORE_CONVERSATION, "", "r", 44000, 0,
         "mine ann q dismissed - 44000\nmine ann s open - 45100\n"
         "mine bob r dismissed - 45000"},
        {"a conversation that is not here", "in 43200 q",
         RP_DECISION_IGNORE_CONVERSATION, "", "gone", 44000, 0,
         "mine ann q open - 43200"},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(RpCorpus) corpus = make_corpus(cases[i].mailbox);
        g_autoptr(RpPolicy) policy = make_policy();
        g_autoptr(GPtrArray) decisions =
            g_ptr_array_new_with_free_func(destroy_decision);
        RpDecision *decision = decision_new(cases[i].kind, cases[i].message_id,
                                            cases[i].taken, cases[i].taken);
        g_autoptr(RpDerivation) d = NULL;
        g_autofree char *got = NULL;

        g_free(decision->person_key);
        decision->person_key = g_strdup(cases[i].person_key);
        if (cases[i].undone > 0)
            decision->undone_at = BASE + 60 * (int64_t)cases[i].undone;
        g_ptr_array_add(decisions, decision);
        d = rp_derive(corpus, policy, decisions, BASE + 40 * DAY * 60);
        got = describe(d);
        g_test_message("R10 %s", cases[i].what);
        g_assert_cmpstr(got, ==, cases[i].expected);
    }
}

/* R11: a person's limit counts for replies of mine, not for theirs. */
static void
test_own_limit(void)
{
    g_autoptr(RpCorpus) corpus =
        make_corpus("in 43200 q\nin 43201 r|from=bob\nsent 43300 a|to=ann|subject=N");
    g_autoptr(RpPolicy) policy = make_policy();
    g_autoptr(RpDerivation) d = NULL;

    for (guint i = 0; i < corpus->persons->len; i++) {
        RpPerson *person = &g_array_index(corpus->persons, RpPerson, i);

        if (g_str_equal(person->key, "ann@example.org"))
            person->limit_s = 5 * RP_HOUR_S;
    }
    d = rp_derive(corpus, policy, NULL, BASE + 40 * DAY * 60);
    g_assert_cmpuint(d->followups->len, ==, 3);
    for (guint i = 0; i < 3; i++) {
        static const int64_t expected[] = {5 * RP_HOUR_S, 48 * RP_HOUR_S,
                                           48 * RP_HOUR_S};
        const RpFollowup *f = &g_array_index(d->followups, RpFollowup, i);

        g_assert_cmpint(f->due_at - f->opened_at, ==, expected[i]);
        g_assert_cmpint(f->warn_at - f->opened_at, ==, expected[i] / 2);
    }
}

/* R14: nothing that comes later is known; R15: nor does the order matter. */
static void
test_as_of_and_order(void)
{
    static const char *const forth = "in 43200 q|to=me,bob\nsent 43300 a|irt=q\n"
                                     "in 43400 t|irt=a\nin 43500 x|from=bob|irt=q";
    static const char *const back = "in 43500 x|from=bob|irt=q\nin 43400 t|irt=a\n"
                                    "sent 43300 a|irt=q\nin 43200 q|to=me,bob";
    g_autoptr(RpPolicy) policy = make_policy();
    g_autoptr(RpCorpus) corpus = make_corpus(forth);
    g_autoptr(RpCorpus) other = make_corpus(back);

    for (int64_t t = 43100; t <= 43600; t += 100) {
        g_autoptr(RpDerivation) d = rp_derive(corpus, policy, NULL, BASE + t * 60);
        g_autoptr(RpDerivation) e = rp_derive(other, policy, NULL, BASE + t * 60);
        g_autofree char *got = describe(d);
        g_autofree char *same = describe(e);

        g_assert_cmpstr(got, ==, same);
        g_assert_cmpint(d->messages->len, ==, MIN(4, (t - 43100) / 100));
        if (t == 43200)
            g_assert_cmpstr(got, ==, "mine ann q open - 43200");
    }
}

/* R11: the ninth of ten waits is a person's own limit, within 24 h and 14 d. */
static void
test_theirs_limit(void)
{
    static const struct {
        const char *what;
        int n_answers, wait_minutes;
        int64_t expected_s;
    } cases[] = {
        {"seven answers are too few", 7, 4320, 48 * RP_HOUR_S},
        {"eight answers after 3 days", 8, 4320, 3 * RP_DAY_S},
        {"never below a day", 8, 60, RP_DAY_S},
        {"never above 14 days", 8, 30000, 14 * RP_DAY_S},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GString) mailbox = g_string_new("sent 57000 last|to=ann\n");
        g_autoptr(RpPolicy) policy = make_policy();
        g_autoptr(RpCorpus) corpus = NULL;
        g_autoptr(RpDerivation) d = NULL;
        const RpFollowup *last;

        for (int k = 0; k < cases[i].n_answers; k++)
            g_string_append_printf(mailbox,
                                   "sent %d n%d|subject=S%d\n"
                                   "in %d t%d|irt=n%d|to=bob|subject=S%d\n",
                                   k, k, k, k + cases[i].wait_minutes, k, k, k);
        corpus = make_corpus(mailbox->str);
        d = rp_derive(corpus, policy, NULL, BASE + 40 * DAY * 60);
        last = &g_array_index(d->followups, RpFollowup, d->followups->len - 1);
        g_test_message("R11 %s", cases[i].what);
        g_assert_cmpint(last->due_at - last->opened_at, ==, cases[i].expected_s);
        g_assert_cmpint(last->warn_at - last->opened_at, ==, cases[i].expected_s / 2);
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_set_nonfatal_assertions();
    g_test_add_func("/derive/R1-times", test_times);
    g_test_add_func("/derive/R2-conversations", test_conversations);
    g_test_add_func("/derive/R3-kinds", test_kinds);
    g_test_add_func("/derive/R3-lists", test_lists);
    g_test_add_func("/derive/R4-R5-mine", test_mine);
    g_test_add_func("/derive/R6-R7-theirs", test_theirs);
    g_test_add_func("/derive/R8-release", test_release);
    g_test_add_func("/derive/R9-R11-lapse", test_lapse);
    g_test_add_func("/derive/R10-decisions", test_decisions);
    g_test_add_func("/derive/R10-ignored", test_ignored);
    g_test_add_func("/derive/R11-own-limit", test_own_limit);
    g_test_add_func("/derive/R11-theirs-limit", test_theirs_limit);
    g_test_add_func("/derive/R14-R15", test_as_of_and_order);
    return g_test_run();
}
