/* SPDX-License-Identifier: GPL-3.0-or-later */
/* program.c - where the helper programs are */
#include <glib.h>

#include "sync/sync.h"

/* "" if the system does not tell. */
static char *
own_folder(void)
{
    g_autofree char *self = g_file_read_link("/proc/self/exe", NULL);

    return self == NULL ? g_strdup("") : g_path_get_dirname(self);
}

/* Beside the running program comes first: there it is in a build tree only, and
 * then an installed one may be of another version. */
char *
rp_sync_find_program(const char *name)
{
    g_autofree char *self = own_folder();
    const char *folders[] = {g_getenv("RIPOSTE_LIBEXECDIR"), self, LIBEXECDIR};

    for (size_t i = 0; i < G_N_ELEMENTS(folders); i++) {
        g_autofree char *path = NULL;

        if (folders[i] == NULL || *folders[i] == '\0')
            continue;
        path = g_build_filename(folders[i], name, NULL);
        if (g_file_test(path, G_FILE_TEST_IS_EXECUTABLE))
            return g_steal_pointer(&path);
    }
    return g_build_filename(LIBEXECDIR, name, NULL);
}
