/* SPDX-License-Identifier: GPL-3.0-or-later */
/* bench-store.c - how long a first sync's records take to decode, store and load
 *
 * bench-store make STREAM [MESSAGES]   writes a recorded stream, always the same
 * bench-store decode STREAM            reads it
 * bench-store store STREAM DB          reads it and stores it, in batches of 10,000
 * bench-store load DB                  loads the corpus
 *
 * Each prints seconds and the peak of its memory. Not a test: nothing depends on
 * how long anything takes.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#include "store/store.h"

enum { CHUNK = 2000, BATCH = 10000, N_FOLDERS = 4, N_ADDRESSES = 20000 };

typedef struct {
    GRand *rand;     /* own */
    GByteArray *out; /* own */
    FILE *file;      /* own */
    int n_messages;
} Maker;

/* Few write much, most little: the square of a number evenly drawn. */
static int
draw_address(GRand *rand)
{
    double x = g_rand_double(rand);

    return (int)(x * x * x * N_ADDRESSES);
}

static RpMailbox *
make_mailbox(GRand *rand)
{
    int n = draw_address(rand);
    g_autofree char *name = g_strdup_printf("Correspondent Number %d", n);
    g_autofree char *address =
        g_strdup_printf("person.%d@host%d.example.org", n, n % 97);

    return rp_mailbox_new(n % 5 == 0 ? "" : name, address);
}

static void
add_mailboxes(GPtrArray *mailboxes, GRand *rand, int n)
{
    for (int i = 0; i < n; i++)
        g_ptr_array_add(mailboxes, make_mailbox(rand));
}

/* Threads of 2.6 messages on average: 38,000 of 100,000. */
static int
thread_of(int message)
{
    return message * 38 / 100;
}

static char *
make_id(int message)
{
    return g_strdup_printf("%08x.%x.%d-patch-series@mailer.host%d.example.org",
                           (unsigned)message * 2654435761U, (unsigned)message, message,
                           message % 97);
}

static void
set_text(char **text, char *value)
{
    g_free(*text);
    *text = value;
}

static void
add_references(RpEnvelope *envelope, int message)
{
    for (int before = MAX(message - 8, 0); before < message; before++)
        if (thread_of(before) == thread_of(message))
            g_ptr_array_add(envelope->references, make_id(before));
    if (envelope->references->len > 0)
        g_ptr_array_add(envelope->in_reply_to,
                        g_strdup(g_ptr_array_index(envelope->references,
                                                   envelope->references->len - 1)));
}

/* 4.7 addresses a message, as on the mailbox that the figures were first taken of. */
static RpEnvelope *
make_envelope(GRand *rand, int message)
{
    RpEnvelope *envelope = rp_envelope_new();
    int list = thread_of(message) % 40;

    envelope->uid = (uint64_t)(message / N_FOLDERS) + 1;
    envelope->flags = g_rand_int_range(rand, 0, 10) < 8 ? RP_FLAG_SEEN : 0;
    envelope->size = (uint32_t)g_rand_int_range(rand, 2000, 60000);
    envelope->internal_at = INT64_C(1500000000) + message * INT64_C(2000);
    envelope->date_at = envelope->internal_at - g_rand_int_range(rand, 0, 60);
    set_text(&envelope->message_id, make_id(message));
    set_text(&envelope->subject,
             g_strdup_printf("[PATCH v%d %d/9] area: A subject of the usual length %d",
                             message % 4, message % 9, thread_of(message)));
    add_mailboxes(envelope->from, rand, 1);
    add_mailboxes(envelope->to, rand, g_rand_int_range(rand, 1, 3));
    add_mailboxes(envelope->cc, rand, g_rand_int_range(rand, 0, 5));
    add_references(envelope, message);
    g_ptr_array_add(envelope->delivered_to, g_strdup("me@example.org"));
    if (list >= 16)
        return envelope;
    envelope->signs = RP_SIGN_LIST_ID | RP_SIGN_LIST_POST;
    set_text(&envelope->list_id, g_strdup_printf("list-%d.lists.example.org", list));
    g_ptr_array_add(envelope->list_posts,
                    g_strdup_printf("list-%d@lists.example.org", list));
    return envelope;
}

static void
emit(Maker *maker, RpRecord record)
{
    rp_record_write(maker->out, &record);
    rp_record_clear(&record);
    fwrite(maker->out->data, 1, maker->out->len, maker->file);
    g_byte_array_set_size(maker->out, 0);
}

static void
emit_chunk(Maker *maker, int folder, const char *name, int low)
{
    int n_here = maker->n_messages / N_FOLDERS;
    RpRecord checkpoint = {.type = RP_RECORD_CHECKPOINT};

    for (int i = MAX(low, 0); i < low + CHUNK; i++) {
        RpRecord copy = {.type = RP_RECORD_ENVELOPE};

        copy.u.copy.folder = g_strdup(name);
        copy.u.copy.uid_validity = 1;
        copy.u.copy.envelope = make_envelope(maker->rand, i * N_FOLDERS + folder);
        emit(maker, copy);
    }
    checkpoint.u.state = rp_folder_state_new(name);
    checkpoint.u.state->uid_validity = 1;
    checkpoint.u.state->low = (uint64_t)MAX(low, 0) + 1;
    checkpoint.u.state->high = (uint64_t)n_here + 1;
    checkpoint.u.state->is_complete = low <= 0;
    emit(maker, checkpoint);
}

/* Newest first, in chunks, as a source does. */
static void
emit_folder(Maker *maker, int folder)
{
    static const char *const names[N_FOLDERS] = {"INBOX", "Sent", "Archive", "Lists"};
    RpRecord info = {.type = RP_RECORD_FOLDER};

    info.u.info = rp_folder_info_new(names[folder], names[folder], (RpRole)folder);
    emit(maker, info);
    for (int end = maker->n_messages / N_FOLDERS; end > 0; end -= CHUNK)
        emit_chunk(maker, folder, names[folder], end - CHUNK);
}

static int
make_stream(const char *path, int n_messages)
{
    Maker maker = {g_rand_new_with_seed(7), g_byte_array_new(), fopen(path, "wb"),
                   n_messages};
    RpRecord begin = {.type = RP_RECORD_ROUND, .u.round = RP_ROUND_BEGIN};
    RpRecord end = {.type = RP_RECORD_ROUND, .u.round = RP_ROUND_END};

    if (maker.file == NULL)
        return 1;
    emit(&maker, begin);
    for (int folder = 0; folder < N_FOLDERS; folder++)
        emit_folder(&maker, folder);
    emit(&maker, end);
    g_rand_free(maker.rand);
    g_byte_array_unref(maker.out);
    return fclose(maker.file) == 0 ? 0 : 1;
}

static bool
take_record(RpStore *store, RpRecord *record, GError **error)
{
    if (store == NULL)
        return true;
    return rp_store_apply(store, "work", record, 100, error) &&
           (rp_store_batch_size(store) < BATCH || rp_store_commit(store, error));
}

static bool
read_stream(FILE *file, RpStore *store, GError **error)
{
    g_autoptr(RpRecordReader) reader = rp_record_reader_new();
    char piece[65536];
    size_t n;

    while ((n = fread(piece, 1, sizeof piece, file)) > 0) {
        RpRecord record;

        rp_record_reader_push(reader, piece, n);
        while (rp_record_reader_next(reader, &record) == RP_READ_RECORD) {
            bool is_good = take_record(store, &record, error);

            rp_record_clear(&record);
            if (!is_good)
                return false;
        }
    }
    if (store == NULL)
        return true;
    return rp_store_commit(store, error) && rp_store_checkpoint_wal(store, error);
}

static int
run(const char *what, const char *stream, const char *db)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(RpStore) store = db != NULL ? rp_store_open(db, &error) : NULL;
    g_autoptr(RpCorpus) corpus = NULL;
    FILE *file = stream != NULL ? fopen(stream, "rb") : NULL;
    int64_t began_us = g_get_monotonic_time();
    struct rusage usage;

    if (file != NULL) {
        read_stream(file, store, &error);
        fclose(file);
    } else if (store != NULL) {
        corpus = rp_store_load_corpus(store, &error);
    }
    getrusage(RUSAGE_SELF, &usage);
    printf("%s: %.2f s, of the processor %.2f s, peak %ld MB%s%s\n", what,
           (double)(g_get_monotonic_time() - began_us) / 1e6,
           (double)usage.ru_utime.tv_sec + (double)usage.ru_utime.tv_usec / 1e6 +
               (double)usage.ru_stime.tv_sec + (double)usage.ru_stime.tv_usec / 1e6,
           usage.ru_maxrss / 1024, error != NULL ? ": " : "",
           error != NULL ? error->message : "");
    return error != NULL;
}

int
main(int argc, char **argv)
{
    const char *what = argc > 2 ? argv[1] : "";

    if (strcmp(what, "make") == 0)
        return make_stream(argv[2], argc > 3 ? atoi(argv[3]) : 100000);
    if (strcmp(what, "decode") == 0)
        return run(what, argv[2], NULL);
    if (strcmp(what, "store") == 0 && argc > 3)
        return run(what, argv[2], argv[3]);
    if (strcmp(what, "load") == 0)
        return run(what, NULL, argv[2]);
    fputs("bench-store make|decode STREAM, store STREAM DB, load DB\n", stderr);
    return 2;
}
