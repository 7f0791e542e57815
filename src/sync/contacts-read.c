/* SPDX-License-Identifier: GPL-3.0-or-later */
/* contacts-read.c - address books into the store: what a source says now, against
 * before */
#include "sync/contacts.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

static char *
read_bytes(const char *path, gsize *n, GError **error)
{
    g_autoptr(GFile) file = g_file_new_for_path(path);
    g_autoptr(GFileInputStream) in = g_file_read(file, NULL, error);
    g_autoptr(GByteArray) all = g_byte_array_new();
    guint8 piece[65536];
    gssize got;

    if (in == NULL)
        return NULL;
    while ((got = g_input_stream_read(G_INPUT_STREAM(in), piece, sizeof piece, NULL,
                                      error)) > 0) {
        g_byte_array_append(all, piece, (guint)got);
        if (all->len > RP_CARDS_MAX_BYTES) {
            g_set_error(error, G_IO_ERROR, G_IO_ERROR_NO_SPACE,
                        _("more than %d MB: no address book is that large"),
                        RP_CARDS_MAX_BYTES >> 20);
            return NULL;
        }
    }
    *n = all->len;
    return got == 0 ? (char *)g_byte_array_free(g_steal_pointer(&all), FALSE) : NULL;
}

static void
set_no_cards(GError **error)
{
    g_set_error(error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                _("no address book: neither vCard, nor CSV with columns that name"
                  " people, nor mutt's aliases; export it as vCard, or name the columns"
                  " in English"));
}

static RpCards *
read_file(const char *path, GError **error)
{
    gsize n = 0;
    g_autofree char *bytes = read_bytes(path, &n, error);
    RpCards *cards;

    if (bytes == NULL && n == 0 && error != NULL && *error != NULL)
        return NULL;
    cards = rp_cards_read(bytes != NULL ? bytes : "", n);
    if (cards == NULL)
        set_no_cards(error);
    return cards;
}

/* A file of one card names it, where it has no UID. */
static void
take_file(RpCards *all, RpCards *owned, const char *name)
{
    g_autoptr(RpCards) cards = owned;

    all->n_left_out += cards->n_left_out;
    all->n_bad += cards->n_bad;
    while (cards->cards->len > 0) {
        RpCard *card = g_ptr_array_steal_index(cards->cards, 0);

        if (*card->uid == '\0' && cards->cards->len == 0) {
            g_free(card->uid);
            card->uid = g_utf8_make_valid(name, -1);
        }
        g_ptr_array_add(all->cards, card);
    }
}

/* A pipe would be waited for. */
static bool
is_card_file(const char *path, const char *name)
{
    return g_str_has_suffix(name, ".vcf") && g_file_test(path, G_FILE_TEST_IS_REGULAR);
}

/* Links to folders are followed, but may lead back. True once for each folder. */
static bool
is_new_folder(GHashTable *seen, const char *path)
{
    GStatBuf info;

    return g_stat(path, &info) == 0 && S_ISDIR(info.st_mode) &&
           g_hash_table_add(seen, g_strdup_printf("%ju %ju", (uintmax_t)info.st_dev,
                                                  (uintmax_t)info.st_ino));
}

/* A folder that is being changed may have lost a file meanwhile. seen: of the folders
 * that were read. */
static bool
read_folder(RpCards *all, GHashTable *seen, const char *path, int depth, GError **error)
{
    g_autoptr(GDir) folder = g_dir_open(path, 0, error);
    const char *name;

    if (folder == NULL)
        return false;
    while ((name = g_dir_read_name(folder)) != NULL) {
        g_autofree char *below = g_build_filename(path, name, NULL);
        RpCards *cards;

        if (*name == '.')
            continue;
        if (depth < RP_CONTACTS_MAX_DEPTH && is_new_folder(seen, below) &&
            !read_folder(all, seen, below, depth + 1, error))
            return false;
        if (!is_card_file(below, name))
            continue;
        cards = read_file(below, NULL);
        if (cards != NULL)
            take_file(all, cards, name);
        else
            all->n_left_out++;
    }
    return true;
}

RpCards *
rp_contacts_read(const char *path, GError **error)
{
    g_autoptr(RpCards) all = NULL;
    g_autoptr(GHashTable) seen =
        g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);

    if (!is_new_folder(seen, path)) {
        all = read_file(path, error);
        if (all == NULL)
            g_prefix_error(error, "%s: ", path);
        return g_steal_pointer(&all);
    }
    all = rp_cards_new();
    if (!read_folder(all, seen, path, 0, error)) {
        g_prefix_error(error, "%s: ", path);
        return NULL;
    }
    return g_steal_pointer(&all);
}
