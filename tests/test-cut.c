/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-cut.c - R15: a stream cut anywhere and read again gives the same database */
#include "store-kit.h"

#define UIDS(...) ((const uint64_t[]){__VA_ARGS__, 0})
#define FLAGS(...) ((const uint32_t[]){__VA_ARGS__})

/* Two rounds with all that happens to folders: a first sync newest first, news,
 * flags, expunged messages, another UIDVALIDITY, a folder that vanishes, problems. */
static GArray *
record_stream(void)
{
    GArray *records = g_array_new(FALSE, FALSE, sizeof(RpRecord));
    RpRecord all[] = {
        kit_round(RP_ROUND_BEGIN),
        kit_folder("INBOX", RP_ROLE_INBOX, true),
        kit_folder("Sent", RP_ROLE_SENT, true),
        kit_folder("Old", RP_ROLE_OTHER, true),
        kit_folder("Junk", RP_ROLE_JUNK, false),
        kit_copy("INBOX", 1, 3, "c@x.org", 0),
        kit_copy("INBOX", 1, 4, "d@x.org", RP_FLAG_ANSWERED),
        kit_checkpoint("INBOX", 1, 3, 5, false),
        kit_copy("INBOX", 1, 1, "a@x.org", 0),
        kit_problem(RP_PROBLEM_UNREADABLE, "INBOX", 2, "odd"),
        kit_checkpoint("INBOX", 1, 1, 5, true),
        kit_copy("Sent", 7, 1, "e@x.org", RP_FLAG_SEEN),
        kit_copy("Sent", 7, 2, "f@x.org", RP_FLAG_SEEN),
        kit_checkpoint("Sent", 7, 1, 3, true),
        kit_copy("Old", 1, 1, "g@x.org", 0),
        kit_problem(RP_PROBLEM_FOLDER, "Old", 0, "locked"),
        kit_round(RP_ROUND_END),
        kit_round(RP_ROUND_BEGIN),
        kit_folder("INBOX", RP_ROLE_INBOX, true),
        kit_folder("Sent", RP_ROLE_SENT, true),
        kit_folder("Junk", RP_ROLE_JUNK, false),
        kit_uids(RP_RECORD_GONE, "INBOX", 1, UIDS(1), NULL),
        kit_uids(RP_RECORD_FLAGS, "INBOX", 1, UIDS(3), FLAGS(RP_FLAG_ANSWERED)),
        kit_copy("INBOX", 1, 5, "h@x.org", 0),
        kit_checkpoint("INBOX", 1, 1, 6, true),
        kit_copy("Sent", 8, 12, "f@x.org", RP_FLAG_SEEN),
        kit_copy("Sent", 8, 13, "i@x.org", RP_FLAG_SEEN),
        kit_checkpoint("Sent", 8, 12, 14, false),
        kit_copy("Sent", 8, 11, "e@x.org", RP_FLAG_SEEN),
        kit_present("Sent", 8, 1, 14, UIDS(11, 13)),
        kit_checkpoint("Sent", 8, 1, 14, true),
        kit_round(RP_ROUND_END),
    };

    g_array_set_clear_func(records, (GDestroyNotify)rp_record_clear);
    g_array_append_vals(records, all, G_N_ELEMENTS(all));
    return records;
}

static void
apply(RpStore *store, const GArray *records, guint from, guint until)
{
    for (guint i = from; i < until; i++) {
        g_autoptr(GError) error = NULL;

        rp_store_apply(store, "work", &g_array_index(records, RpRecord, i), 100,
                       &error);
        g_assert_no_error(error);
    }
}

static char *
dump_of(const GArray *records, guint from, guint until)
{
    g_autoptr(RpStore) store = rp_store_open(":memory:", NULL);

    apply(store, records, from, until);
    kit_commit(store);
    return kit_dump(store);
}

typedef enum { KEPT, ROLLED_BACK, KILLED } Cut;

/* The stream up to a border, the cut, and the whole stream again. */
static char *
dump_after_cut(const GArray *records, guint border, Cut cut)
{
    g_auto(Kit) kit = {0};
    g_autoptr(RpStore) store = NULL;

    kit_init(&kit);
    store = kit_open(&kit);
    apply(store, records, 0, border);
    if (cut == KEPT)
        kit_commit(store);
    if (cut == ROLLED_BACK)
        rp_store_rollback(store);
    if (cut == KILLED) {
        rp_store_close(store);
        store = kit_open(&kit);
    }
    apply(store, records, 0, records->len);
    kit_commit(store);
    return kit_dump(store);
}

static void
test_every_border(void)
{
    static const char *const cuts[] = {"kept", "rolled back", "killed"};
    g_autoptr(GArray) records = record_stream();
    g_autofree char *whole = dump_of(records, 0, records->len);

    for (guint border = 0; border <= records->len; border++) {
        for (Cut cut = KEPT; cut <= KILLED; cut++) {
            g_autofree char *dump = dump_after_cut(records, border, cut);

            g_test_message("before record %u, %s", border, cuts[cut]);
            g_assert_cmpstr(dump, ==, whole);
        }
    }
}

/* Batches end anywhere. */
static void
test_every_batch(void)
{
    g_autoptr(GArray) records = record_stream();
    g_autofree char *whole = dump_of(records, 0, records->len);

    for (guint size = 1; size < records->len; size++) {
        g_autoptr(RpStore) store = rp_store_open(":memory:", NULL);
        g_autofree char *dump = NULL;

        for (guint at = 0; at < records->len; at += size) {
            apply(store, records, at, MIN(at + size, records->len));
            kit_commit(store);
        }
        dump = kit_dump(store);
        g_test_message("batches of %u", size);
        g_assert_cmpstr(dump, ==, whole);
    }
}

/* What a cut round brought and the server has lost since is not kept: no record of
 * the next round names it, as its state ends before it. */
static void
test_lost_in_between(void)
{
    static const struct {
        const char *what;
        RpRecord last; /* of the cut round */
    } cases[] = {
        {"cut before the first checkpoint", {.type = RP_RECORD_PROGRESS}},
        {"first checkpoint came through", {.type = RP_RECORD_CHECKPOINT}},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(RpStore) store = rp_store_open(":memory:", NULL);
        g_autofree char *uids = NULL;

        KIT_APPLY(store, 100, kit_round(RP_ROUND_BEGIN),
                  kit_folder("INBOX", RP_ROLE_INBOX, true));
        if (cases[i].last.type == RP_RECORD_CHECKPOINT)
            KIT_APPLY(store, 100, kit_copy("INBOX", 1, 10, "a@x.org", 0),
                      kit_checkpoint("INBOX", 1, 10, 11, false));
        KIT_APPLY(store, 100, kit_copy("INBOX", 1, 8, "b@x.org", 0),
                  kit_copy("INBOX", 1, 12, "c@x.org", 0),
                  kit_copy("INBOX", 2, 3, "z@x.org", 0));
        kit_commit(store);

        /* 8 and 12 were expunged meanwhile; 10 and 9 are all there is. */
        KIT_APPLY(store, 200, kit_round(RP_ROUND_BEGIN),
                  kit_folder("INBOX", RP_ROLE_INBOX, true));
        if (cases[i].last.type != RP_RECORD_CHECKPOINT)
            KIT_APPLY(store, 200, kit_copy("INBOX", 1, 10, "a@x.org", 0));
        KIT_APPLY(store, 200, kit_copy("INBOX", 1, 9, "d@x.org", 0),
                  kit_checkpoint("INBOX", 1, 1, 13, true), kit_round(RP_ROUND_END));
        uids = kit_uids_text(store);
        g_test_message("%s", cases[i].what);
        g_assert_cmpstr(uids, ==, "INBOX:10 INBOX:9");
    }
}

/* A file source is not told of copies that no checkpoint covers, so brings them. */
static void
test_known(void)
{
    g_autoptr(RpStore) store = rp_store_open(":memory:", NULL);
    g_autoptr(RpUidList) none = NULL;
    g_autoptr(RpUidList) known = NULL;

    KIT_APPLY(store, 100, kit_copy("cur", 1, 1, "a@x.org", RP_FLAG_SEEN));
    none = rp_store_load_known(store, "work", "cur", NULL);
    g_assert_cmpuint(none->uids->len, ==, 0);
    KIT_APPLY(store, 100, kit_checkpoint("cur", 1, 1, 2, true),
              kit_copy("cur", 1, 2, "b@x.org", 0));
    known = rp_store_load_known(store, "work", "cur", NULL);
    g_assert_cmpuint(known->uid_validity, ==, 1);
    g_assert_cmpuint(known->uids->len, ==, 1);
    g_assert_cmpuint(g_array_index(known->uids, uint64_t, 0), ==, 1);
    g_assert_cmpuint(g_array_index(known->flags, uint32_t, 0), ==, RP_FLAG_SEEN);
    kit_commit(store);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_set_nonfatal_assertions();
    g_test_add_func("/cut/every-border", test_every_border);
    g_test_add_func("/cut/every-batch", test_every_batch);
    g_test_add_func("/cut/lost-in-between", test_lost_in_between);
    g_test_add_func("/cut/known", test_known);
    return g_test_run();
}
