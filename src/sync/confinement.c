/* SPDX-License-Identifier: GPL-3.0-or-later */
/* confinement.c - asks riposte-fetch --confinement */
#include "sync/confinement.h"

#include <glib/gi18n.h>

static int
number_of(const GMatchInfo *match, int group)
{
    g_autofree char *digits = g_match_info_fetch(match, group);

    return (int)g_ascii_strtoll(digits, NULL, 10);
}

static bool
read_answer(const char *answer, RpSyncConfinement *confinement)
{
    g_autoptr(GRegex) pattern =
        g_regex_new("^landlock (\\d{1,4}) seccomp ([01]) holds ([01])\n$", 0, 0, NULL);
    g_autoptr(GMatchInfo) match = NULL;

    if (!g_regex_match(pattern, answer, 0, &match))
        return false;
    *confinement = (RpSyncConfinement){number_of(match, 1), number_of(match, 2) != 0,
                                       number_of(match, 3) != 0};
    return true;
}

static bool
set_error(GError **error)
{
    g_autofree char *path = rp_sync_find_program("riposte-fetch");

    g_set_error(error, RP_SYNC_ERROR, RP_SYNC_ERROR_INSTALL,
                _("%s does not tell how it is confined"), path);
    return false;
}

static GSubprocess *
start(void)
{
    g_autofree char *path = rp_sync_find_program("riposte-fetch");

    return g_subprocess_new(G_SUBPROCESS_FLAGS_STDOUT_PIPE, NULL, path, "--confinement",
                            NULL);
}

static bool
take_answer(GSubprocess *process, const char *answer, RpSyncConfinement *confinement,
            GError **error)
{
    return (answer != NULL && g_subprocess_get_successful(process) &&
            read_answer(answer, confinement)) ||
           set_error(error);
}

bool
rp_sync_confinement(RpSyncConfinement *confinement, GError **error)
{
    g_autoptr(GSubprocess) process = start();
    g_autofree char *answer = NULL;

    if (process == NULL ||
        !g_subprocess_communicate_utf8(process, NULL, NULL, &answer, NULL, NULL))
        return set_error(error);
    return take_answer(process, answer, confinement, error);
}

bool
rp_sync_confinement_ask(GCancellable *cancellable, GAsyncReadyCallback callback,
                        gpointer data, GError **error)
{
    g_autoptr(GSubprocess) process = start();

    if (process == NULL)
        return set_error(error);
    g_subprocess_communicate_utf8_async(process, NULL, cancellable, callback, data);
    return true;
}

bool
rp_sync_confinement_finish(GObject *source, GAsyncResult *result,
                           RpSyncConfinement *confinement, GError **error)
{
    GSubprocess *process = G_SUBPROCESS(source);
    g_autofree char *answer = NULL;

    return g_subprocess_communicate_utf8_finish(process, result, &answer, NULL,
                                                error) &&
           take_answer(process, answer, confinement, error);
}

char *
rp_sync_confinement_text(const RpSyncConfinement *c)
{
    if (!c->holds)
        return g_strdup(_("what must be refused was not"));
    return g_strdup_printf("%s, %s",
                           c->landlock_abi > 0 ? _("writes no file (Landlock)")
                                               : _("could write files (no Landlock)"),
                           c->has_seccomp ? _("starts no program (seccomp)")
                                          : _("could start programs (no seccomp)"));
}
