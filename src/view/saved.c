/* SPDX-License-Identifier: GPL-3.0-or-later */
/* saved.c - a view kept in a file beside the database */
#include "config.h"

#include "view/saved.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "core/code.h"
#include "store/state.h"
#include "view/expect.h"

/* At the beginning of the file; then the name, up to a multiple of 8, and the image. */
typedef struct {
    char magic[8];
    uint64_t sum; /* of all that follows */
    int64_t as_of_at, until_at;
    uint64_t n_name;
} Head;

enum { SUMMED_FROM = offsetof(Head, as_of_at) };

static const char MAGIC[8] = "riposte\n";

/* Zone, working hours and holidays are not in it: what follows from them is worked out
 * each time (rp_derivation_move()). */
char *
rp_saved_name(RpStore *store, const RpConfig *config)
{
    const RpPolicy *policy = config->policy;
    g_autofree char *state = rp_store_state(store, NULL);
    GString *name;

    if (state == NULL)
        return NULL;
    name = g_string_new(NULL);
    g_string_printf(name, "%s %s %zu %d\n%" PRId64 " %d %d %d %d", RP_CODE, state,
                    sizeof(void *), G_BYTE_ORDER, policy->lapse_after_s,
                    policy->waiting_max_recipients, policy->count_cc,
                    policy->group_answer_releases, policy->learn_addresses);
    for (guint i = 0; i < policy->me->len; i++)
        g_string_append_printf(name, "\n%s",
                               (const char *)g_ptr_array_index(policy->me, i));
    return g_string_free(name, FALSE);
}

/* --- reading --- */

static size_t
pad(size_t n)
{
    return (n + 7) / 8 * 8;
}

/* Where the image begins in a file of that name; 0 if it is another's. */
static size_t
check_name(GBytes *file, const char *name, Head *head)
{
    size_t n, n_name = strlen(name);
    const char *bytes = g_bytes_get_data(file, &n);

    if (n < sizeof *head)
        return 0;
    memcpy(head, bytes, sizeof *head);
    if (memcmp(head->magic, MAGIC, sizeof MAGIC) != 0 || head->n_name != n_name ||
        n < sizeof *head + pad(n_name) ||
        memcmp(bytes + sizeof *head, name, n_name) != 0)
        return 0;
    return sizeof *head + pad(n_name);
}

static GBytes *
open_file(const RpStore *store)
{
    g_autofree char *path = rp_store_view_path(store);
    /* To open a pipe would be to wait. */
    bool is_file = path != NULL && g_file_test(path, G_FILE_TEST_IS_REGULAR);
    g_autoptr(GMappedFile) file = is_file ? g_mapped_file_new(path, FALSE, NULL) : NULL;

    return file != NULL ? g_mapped_file_get_bytes(file) : NULL;
}

static bool
is_whole(GBytes *file, const Head *head)
{
    size_t n;
    const char *bytes = g_bytes_get_data(file, &n);

    return n % 8 == 0 &&
           rp_image_sum(0, bytes + SUMMED_FROM, n - SUMMED_FROM) == head->sum;
}

bool
rp_saved_read(const RpStore *store, const char *name, int64_t as_of_at, RpImage *image,
              int64_t *until_at)
{
    g_autoptr(GBytes) file = open_file(store);
    g_autoptr(GBytes) bytes = NULL;
    Head head;
    size_t from = file != NULL ? check_name(file, name, &head) : 0;

    if (from == 0 || as_of_at < head.as_of_at || as_of_at >= head.until_at ||
        !is_whole(file, &head))
        return false;
    bytes = g_bytes_new_from_bytes(file, from, g_bytes_get_size(file) - from);
    if (!rp_image_read(bytes, image))
        return false;
    *until_at = head.until_at;
    return true;
}

/* --- writing --- */

/* Is there one that the next view may ask for sooner? */
static bool
is_better_kept(const RpView *view, const RpStore *store)
{
    g_autoptr(GBytes) file = open_file(store);
    Head head;

    return file != NULL && check_name(file, view->saved_name, &head) > 0 &&
           head.as_of_at > view->as_of_at &&
           head.as_of_at <= g_get_real_time() / G_USEC_PER_SEC && is_whole(file, &head);
}

typedef struct {
    FILE *file;
    uint64_t sum;
    size_t n;
} Output;

static void
put(const void *bytes, size_t n, gpointer data)
{
    Output *output = data;

    output->sum = rp_image_sum(output->sum, bytes, n);
    output->n += fwrite(bytes, 1, n, output->file);
}

static void
write_view(const RpView *view, Output *output)
{
    size_t n_name = strlen(view->saved_name);
    g_autofree char *name = g_malloc0(pad(n_name) + 1);
    Head head = {
        .as_of_at = view->as_of_at, .until_at = view->until_at, .n_name = n_name};

    memcpy(head.magic, MAGIC, sizeof MAGIC);
    memcpy(name, view->saved_name, n_name);
    output->n = fwrite(&head, 1, SUMMED_FROM, output->file);
    put((const char *)&head + SUMMED_FROM, sizeof head - SUMMED_FROM, output);
    put(name, pad(n_name), output);
    rp_image_write(view->derivation, rp_view_known_expectations(view), put, output);
    head.sum = output->sum;
    if (fseek(output->file, offsetof(Head, sum), SEEK_SET) == 0)
        fwrite(&head.sum, sizeof head.sum, 1, output->file);
}

/* Under another name until it is whole. Whoever writes at the same time takes that name
 * away, and both files end as one of the two: what is half there is not believed. */
static size_t
write_file(const RpView *view, const char *path)
{
    g_autofree char *half = g_strconcat(path, RP_HALF_SUFFIX, NULL);
    int fd;
    Output output = {0};
    bool is_good;

    g_unlink(half);
    fd = g_open(half, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    output.file = fd >= 0 ? fdopen(fd, "w") : NULL;
    if (output.file == NULL)
        return 0;
    write_view(view, &output);
    is_good = !ferror(output.file);
    is_good = fclose(output.file) == 0 && is_good && g_rename(half, path) == 0;
    if (!is_good)
        g_unlink(half);
    return is_good ? output.n : 0;
}

/* Somebody may have written in the meantime. */
static bool
is_still_so(const RpView *view, RpStore *store)
{
    g_autofree char *now = rp_saved_name(store, view->config);

    return g_strcmp0(now, view->saved_name) == 0;
}

size_t
rp_view_save(const RpView *view, RpStore *store)
{
    g_autofree char *path = rp_store_view_path(store);
    size_t n;

    if (path == NULL || view->saved_name == NULL || !rp_view_has_news(view) ||
        is_better_kept(view, store) || !is_still_so(view, store))
        return 0;
    n = write_file(view, path);
    /* Who wrote amid it found nothing to remove: forgotten is forgotten. */
    if (n > 0 && !is_still_so(view, store))
        g_unlink(path);
    return n;
}
