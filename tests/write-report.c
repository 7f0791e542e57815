/* SPDX-License-Identifier: GPL-3.0-or-later */
/* write-report.c - documents of a random mailbox, for check-report.py
 *
 * usage: write-report SEED N-MAILS FOLDER
 * Writes list.json, export.jsonl and reports of a week, of all time and of one
 * person. The same seed gives the same bytes.
 */
#include <stdio.h>
#include <stdlib.h>

#include "report-mail.h"
#include "report/json.h"

enum { DAYS = 200, ADDRESS_MAX = 64 };

/* 2026-05-04T00:00:00Z, a Monday: the clocks go back before the end. */
#define FIRST_AT ((int64_t)1777852800)
#define AS_OF (FIRST_AT + (int64_t)DAYS * RP_DAY_S)

typedef struct {
    GRand *rand;  /* own */
    int n_people; /* beside me */
    RpCorpus *corpus;
    GPtrArray *decisions;
    int64_t *times; /* own; of the mails so far */
    int *senders;   /* own; 0 is me */
    int *asked;     /* own; to whom a mail of mine went */
} Mailbox;

static char *
person_text(int person)
{
    return person == 0 ? g_strdup("Me <me@example.org>")
                       : g_strdup_printf("P %d <p%d@example.org>", person, person);
}

static int
random_person(Mailbox *mailbox)
{
    return g_rand_int_range(mailbox->rand, 1, mailbox->n_people + 1);
}

/* Me or the one I ask and, now and then, a third one. */
static char *
recipients(Mailbox *mailbox, int to)
{
    g_autofree char *first = person_text(to);
    g_autofree char *second = NULL;

    if (g_rand_int_range(mailbox->rand, 0, 4) > 0)
        return g_steal_pointer(&first);
    second = person_text(random_person(mailbox));
    return g_strconcat(first, ",", second, NULL);
}

/* Who writes: to somebody's mail I do; to mine whom I asked, or somebody else. */
static int
sender_of(Mailbox *mailbox, int earlier)
{
    if (earlier < 0)
        return g_rand_int_range(mailbox->rand, 0, 2) * random_person(mailbox);
    if (mailbox->senders[earlier] > 0)
        return 0;
    return g_rand_int_range(mailbox->rand, 0, 5) > 0 ? mailbox->asked[earlier]
                                                     : random_person(mailbox);
}

/* Answers come in minutes or in weeks: a wait grows with the fourth power. */
static int64_t
random_wait(Mailbox *mailbox)
{
    double x = g_rand_double(mailbox->rand);

    return (int64_t)(x * x * x * x * 60 * RP_DAY_S);
}

static void
decide(Mailbox *mailbox, int i, const char *id)
{
    RpDecision *decision = g_new0(RpDecision, 1);

    decision->id = i + 1;
    decision->kind = (RpDecisionKind)g_rand_int_range(mailbox->rand, 0, 3);
    decision->direction = RP_MINE;
    decision->person_key = g_strdup_printf("p%d@example.org", mailbox->senders[i]);
    decision->message_id = g_strdup(id);
    decision->taken_at = mailbox->times[i] + random_wait(mailbox);
    decision->undone_at = RP_NEVER;
    decision->at = decision->taken_at - RP_HOUR_S;
    decision->detail = g_strdup("");
    decision->note = g_strdup("");
    g_ptr_array_add(mailbox->decisions, decision);
}

/* A mail: an answer to an earlier one, or a new matter. */
static void
add_mail(Mailbox *mailbox, int i)
{
    g_autofree char *id = g_strdup_printf("m%d", i);
    bool is_answer = i > 0 && g_rand_int_range(mailbox->rand, 0, 10) < 7;
    int earlier = is_answer ? g_rand_int_range(mailbox->rand, MAX(i - 50, 0), i) : -1;
    int sender = mailbox->senders[i] = sender_of(mailbox, earlier);
    g_autofree char *irt = is_answer ? g_strdup_printf("m%d", earlier) : NULL;
    g_autofree char *from = person_text(sender);
    g_autofree char *to = NULL;
    int64_t at = is_answer
                     ? mailbox->times[earlier] + random_wait(mailbox)
                     : FIRST_AT + g_rand_int_range(mailbox->rand, 0, DAYS * 86400);

    mailbox->times[i] = MIN(at, AS_OF + RP_DAY_S);
    mailbox->asked[i] = sender != 0 ? 0
                        : is_answer && mailbox->senders[earlier] > 0
                            ? mailbox->senders[earlier]
                            : random_person(mailbox);
    to = recipients(mailbox, mailbox->asked[i]);
    rp_test_add_mail(mailbox->corpus,
                     &(RpTestMail){mailbox->times[i], id, from, to, irt, "Matter"},
                     (uint64_t)i + 1);
    if (sender > 0 && g_rand_int_range(mailbox->rand, 0, 12) == 0)
        decide(mailbox, i, id);
}

/* Some mails bear \Answered. */
static void
set_flags(Mailbox *mailbox)
{
    for (guint i = 0; i < mailbox->corpus->copies->len; i++) {
        RpCopy *copy = &g_array_index(mailbox->corpus->copies, RpCopy, i);

        if (g_rand_int_range(mailbox->rand, 0, 15) == 0)
            copy->answered_at = mailbox->times[i] + random_wait(mailbox);
    }
}

static void
decision_destroy(gpointer decision)
{
    rp_decision_free(decision);
}

static RpView *
random_view(const RpConfig *config, guint32 seed, int n)
{
    Mailbox mailbox = {
        .rand = g_rand_new_with_seed(seed),
        .n_people = MAX(n / 25, 3),
        .corpus = rp_corpus_new(),
        .decisions = g_ptr_array_new_with_free_func(decision_destroy),
        .times = g_new0(int64_t, n + 1),
        .senders = g_new0(int, n + 1),
        .asked = g_new0(int, n + 1),
    };

    for (int i = 0; i < n; i++)
        add_mail(&mailbox, i);
    set_flags(&mailbox);
    g_rand_free(mailbox.rand);
    g_free(mailbox.times);
    g_free(mailbox.senders);
    g_free(mailbox.asked);
    return rp_view_new(config, mailbox.corpus, mailbox.decisions, AS_OF);
}

static void
write_file(const char *folder, const char *name, const char *text)
{
    g_autofree char *path = g_build_filename(folder, name, NULL);
    g_autoptr(GError) error = NULL;

    if (!g_file_set_contents(path, text, -1, &error))
        g_error("%s", error->message);
}

static void
write_report(const RpView *view, const char *folder, const char *name,
             const RpScope *scope)
{
    g_autoptr(RpReport) report = rp_report_new(view, scope);
    g_autofree char *text = rp_json_report(view, report);

    write_file(folder, name, text);
}

static void
write_export(const RpView *view, const char *folder)
{
    g_autofree char *path = g_build_filename(folder, "export.jsonl", NULL);
    g_autoptr(GFile) file = g_file_new_for_path(path);
    g_autoptr(GError) error = NULL;
    g_autoptr(GFileOutputStream) out =
        g_file_replace(file, NULL, FALSE, G_FILE_CREATE_NONE, NULL, &error);

    if (out == NULL || !rp_json_export(view, G_OUTPUT_STREAM(out), &error) ||
        !g_output_stream_close(G_OUTPUT_STREAM(out), NULL, &error))
        g_error("%s", error->message);
}

static void
write_all(const RpView *view, const char *folder)
{
    g_autoptr(GPtrArray) all =
        rp_view_all_followups(view, RP_VIEW_MINE | RP_VIEW_THEIRS);
    g_autofree char *list = rp_json_list(view, all);
    g_autoptr(GArray) p1 = rp_view_find_persons(view, "p1@example.org");
    GTimeZone *zone = view->config->policy->zone;
    RpScope scope = RP_SCOPE_INIT;

    write_file(folder, "list.json", list);
    write_export(view, folder);
    rp_period_parse("last-week", AS_OF, zone, &scope.period);
    write_report(view, folder, "week.json", &scope);
    rp_period_parse("last-month", AS_OF, zone, &scope.period);
    write_report(view, folder, "month.json", &scope);
    rp_period_between(FIRST_AT, AS_OF + 1, zone, &scope.period);
    write_report(view, folder, "all.json", &scope);
    rp_period_between(FIRST_AT, AS_OF - 30 * RP_DAY_S, zone, &scope.period);
    if (p1->len == 1)
        scope.person = g_array_index(p1, uint32_t, 0);
    write_report(view, folder, "person.json", &scope);
}

int
main(int argc, char **argv)
{
    RpConfig *config = rp_test_config("Europe/Berlin");
    g_autoptr(RpView) view = NULL;

    if (argc != 4) {
        fprintf(stderr, "usage: write-report SEED N-MAILS FOLDER\n");
        return 2;
    }
    view = random_view(config, (guint32)atoi(argv[1]), atoi(argv[2]));
    write_all(view, argv[3]);
    rp_config_free(config);
    return 0;
}
