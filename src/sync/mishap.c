/* SPDX-License-Identifier: GPL-3.0-or-later */
/* mishap.c - how sources get past a message that they die with
 *
 * Kept as lines of text: the version, "careful" or "suspect" and a place, then "passed"
 * and a place each. A place is UIDVALIDITY, UID and folder, escaped as in C.
 */
#include "config.h"

#include "sync/mishap.h"

#include <string.h>

#include "sync/sync.h"

enum { MAX_PASSED = 500, MAX_IN_ROW = 3 };

typedef struct {
    char *folder; /* own; NULL: none */
    uint32_t uid_validity;
    uint64_t uid;
} Place;

struct RpMishap {
    RpStore *store; /* foreign; NULL: nothing is kept */
    char *name;     /* own; of the value in the store */
    bool is_careful;
    Place suspect;     /* the last one died with it */
    Place current;     /* this one is at it */
    GPtrArray *passed; /* own, of RpUidList; uids ascend */
    guint n_passed;
    guint n_in_row; /* passed over, with none read well between them */
};

static void
set_place(Place *place, const char *folder, uint32_t uid_validity, uint64_t uid)
{
    char *copy = g_strdup(folder);

    g_free(place->folder);
    *place = (Place){copy, uid_validity, uid};
}

static bool
is_same_place(const Place *a, const Place *b)
{
    return a->folder != NULL && g_strcmp0(a->folder, b->folder) == 0 &&
           a->uid_validity == b->uid_validity && a->uid == b->uid;
}

/* --- messages passed over --- */

/* One UIDVALIDITY a folder: those under an old one are other messages by now. */
static RpUidList *
find_list(RpMishap *mishap, const Place *place)
{
    RpUidList *list;

    for (guint i = 0; i < mishap->passed->len; i++) {
        list = g_ptr_array_index(mishap->passed, i);
        if (!g_str_equal(list->folder, place->folder))
            continue;
        if (list->uid_validity != place->uid_validity)
            g_array_set_size(list->uids, 0);
        list->uid_validity = place->uid_validity;
        return list;
    }
    list = rp_uid_list_new(place->folder, place->uid_validity);
    g_ptr_array_add(mishap->passed, list);
    return list;
}

static void
pass_over(RpMishap *mishap, const Place *place)
{
    RpUidList *list;
    guint at;

    if (mishap->n_passed >= MAX_PASSED)
        return;
    mishap->n_passed++;
    list = find_list(mishap, place);
    at = list->uids->len;
    while (at > 0 && g_array_index(list->uids, uint64_t, at - 1) > place->uid)
        at--;
    if (at == 0 || g_array_index(list->uids, uint64_t, at - 1) != place->uid)
        g_array_insert_val(list->uids, at, place->uid);
}

/* --- as text --- */

static bool
read_place(const char *text, Place *place)
{
    g_auto(GStrv) words = g_strsplit(text, " ", 3);
    g_autofree char *folder = NULL;
    guint64 uid_validity, uid;

    if (g_strv_length(words) != 3 ||
        !g_ascii_string_to_unsigned(words[0], 10, 0, UINT32_MAX, &uid_validity, NULL) ||
        !g_ascii_string_to_unsigned(words[1], 10, 1, RP_UID_LIMIT - 1, &uid, NULL))
        return false;
    folder = g_strcompress(words[2]);
    if (*folder == '\0')
        return false;
    set_place(place, folder, (uint32_t)uid_validity, uid);
    return true;
}

static void
append_place(GString *text, const char *word, const Place *place)
{
    g_autofree char *folder = g_strescape(place->folder, NULL);

    g_string_append_printf(text, "%s %u %" G_GUINT64_FORMAT " %s\n", word,
                           place->uid_validity, place->uid, folder);
}

static void
read_line(RpMishap *mishap, const char *line)
{
    Place place = {0};

    if (g_str_equal(line, "careful"))
        mishap->is_careful = true;
    else if (g_str_has_prefix(line, "row "))
        mishap->n_in_row = (guint)g_ascii_strtoull(line + strlen("row "), NULL, 10);
    else if (g_str_has_prefix(line, "suspect ") &&
             read_place(line + strlen("suspect "), &mishap->suspect))
        mishap->is_careful = true;
    else if (g_str_has_prefix(line, "passed ") &&
             read_place(line + strlen("passed "), &place))
        pass_over(mishap, &place);
    g_free(place.folder);
}

static void
append_passed(GString *text, const RpUidList *list)
{
    for (guint i = 0; i < list->uids->len; i++) {
        Place place = {list->folder, list->uid_validity,
                       g_array_index(list->uids, uint64_t, i)};

        append_place(text, "passed", &place);
    }
}

static void
save(const RpMishap *mishap)
{
    g_autoptr(GString) text = g_string_new(PACKAGE_VERSION "\n");
    g_autoptr(GError) error = NULL;

    if (mishap->suspect.folder != NULL)
        append_place(text, "suspect", &mishap->suspect);
    else if (mishap->is_careful)
        g_string_append(text, "careful\n");
    if (mishap->n_in_row > 0)
        g_string_append_printf(text, "row %u\n", mishap->n_in_row);
    for (guint i = 0; i < mishap->passed->len; i++)
        append_passed(text, g_ptr_array_index(mishap->passed, i));
    if (mishap->store != NULL &&
        !(rp_sync_flush(mishap->store, &error) &&
          rp_store_set_value(mishap->store, mishap->name, text->str, &error)))
        g_message("cannot keep what riposte-fetch died with: %s", error->message);
}

/* --- its life --- */

RpMishap *
rp_mishap_load(RpStore *store, const char *account)
{
    RpMishap *mishap = g_new0(RpMishap, 1);
    g_autofree char *text = NULL;
    g_auto(GStrv) lines = NULL;

    mishap->store = store;
    mishap->name = g_strconcat("mishap ", account, NULL);
    mishap->passed = g_ptr_array_new_with_free_func((GDestroyNotify)rp_uid_list_free);
    if (store != NULL)
        text = rp_store_get_value(store, mishap->name, NULL);
    lines = g_strsplit(text == NULL ? "" : text, "\n", -1);
    if (lines[0] == NULL || !g_str_equal(lines[0], PACKAGE_VERSION))
        return mishap;
    for (char **line = lines + 1; *line != NULL; line++)
        read_line(mishap, *line);
    return mishap;
}

void
rp_mishap_free(RpMishap *mishap)
{
    if (mishap == NULL)
        return;
    g_free(mishap->name);
    g_free(mishap->suspect.folder);
    g_free(mishap->current.folder);
    g_ptr_array_unref(mishap->passed);
    g_free(mishap);
}

bool
rp_mishap_is_careful(const RpMishap *mishap)
{
    return mishap->is_careful;
}

const GPtrArray *
rp_mishap_passed(const RpMishap *mishap)
{
    return mishap->passed;
}

void
rp_mishap_begin(RpMishap *mishap, const RpUidList *uids)
{
    set_place(&mishap->current, uids->folder, uids->uid_validity,
              g_array_index(uids->uids, uint64_t, 0));
}

void
rp_mishap_end(RpMishap *mishap)
{
    mishap->n_in_row = 0;
    g_clear_pointer(&mishap->current.folder, g_free);
}

void
rp_mishap_died(RpMishap *mishap)
{
    mishap->is_careful = true;
    if (is_same_place(&mishap->current, &mishap->suspect)) {
        if (mishap->n_in_row < MAX_IN_ROW) {
            pass_over(mishap, &mishap->current);
            mishap->n_in_row++;
        }
        g_clear_pointer(&mishap->suspect.folder, g_free);
    } else {
        set_place(&mishap->suspect, mishap->current.folder,
                  mishap->current.uid_validity, mishap->current.uid);
    }
    save(mishap);
}

void
rp_mishap_survived(RpMishap *mishap)
{
    if (!mishap->is_careful)
        return;
    mishap->is_careful = false;
    mishap->n_in_row = 0;
    g_clear_pointer(&mishap->suspect.folder, g_free);
    save(mishap);
}
