/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cmd-demo.c - riposte demo: all of it on sample mail, leaving nothing behind */
#include <config.h> /* the POSIX calls */

#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>

#include "cli/command.h"
#include "cli/notice.h"

/* The instant of which the sample mail tells, a Monday morning. */
#define DEMO_NOW "2026-03-16T09:00:00Z"

static const char CONFIG[] = "[me]\n"
                             "addresses=robin@vale.example\n"
                             "name=Robin Vale\n"
                             "timezone=Europe/Berlin\n"
                             "[account demo]\n"
                             "type=maildir\n";

/* Where riposte itself stands; NULL if the system does not tell. The caller's. */
static char *
own_path(void)
{
    return g_file_read_link("/proc/self/exe", NULL);
}

static char *
existing(char *path)
{
    if (g_file_test(path, G_FILE_TEST_IS_DIR))
        return path;
    g_free(path);
    return NULL;
}

/* The sample mail in a source tree: beside the program, or around its folder. */
static char *
find_in_tree(void)
{
    g_autofree char *self = own_path();
    g_autofree char *folder = self != NULL ? g_path_get_dirname(self) : NULL;
    char *found;

    if (folder == NULL)
        return NULL;
    found = existing(g_build_filename(folder, "tests/mail/demo/Maildir", NULL));
    if (found == NULL)
        found = existing(g_build_filename(folder, "../tests/mail/demo/Maildir", NULL));
    return found;
}

/* NULL with an error. The caller's. */
static char *
find_mail(GError **error)
{
    const char *given = g_getenv("RIPOSTE_DEMO_DIR");
    char *found = NULL;

    if (given != NULL && *given != '\0')
        found = existing(g_strdup(given));
    else
        found = find_in_tree();
    if (found == NULL && given == NULL)
        found = existing(g_build_filename(PKGDATADIR, "demo", "Maildir", NULL));
    if (found == NULL)
        g_set_error(error, RP_CLI_ERROR, RP_CLI_ERROR_FAILED,
                    _("the sample mail is not at %s; set RIPOSTE_DEMO_DIR"),
                    given != NULL ? given : PKGDATADIR "/demo/Maildir");
    return found;
}

static bool
write_config(const char *folder, const char *mail, GError **error)
{
    g_autofree char *path = g_build_filename(folder, "config", NULL);
    g_autofree char *text = g_strdup_printf("%spath=%s\n", CONFIG, mail);

    return g_file_set_contents(path, text, -1, error);
}

/* What interrupted us, or the command that ran; 0 for nothing. */
static volatile sig_atomic_t interrupt;

/* The command that runs gets it too; we go on to remove the folder. */
static void
on_interrupt(int number)
{
    interrupt = number;
}

static void
watch_interrupts(void)
{
    static const int signals[] = {SIGINT, SIGTERM, SIGHUP, SIGPIPE};

    for (size_t i = 0; i < G_N_ELEMENTS(signals); i++)
        signal(signals[i], on_interrupt);
}

/* Runs riposte itself on the folder, as one would by hand; its output is ours. */
static bool
run_riposte(RpCli *cli, const char *folder, const char *const *words, GError **error)
{
    g_autofree char *self = own_path();
    g_autoptr(GPtrArray) argv = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GError) local = NULL;
    int status = 0;

    g_ptr_array_add(argv, g_strdup(self != NULL ? self : "riposte"));
    g_ptr_array_add(argv, g_strdup_printf("--config=%s/config", folder));
    g_ptr_array_add(argv, g_strdup_printf("--db=%s/riposte.db", folder));
    g_ptr_array_add(argv, g_strdup("--now=" DEMO_NOW));
    g_ptr_array_add(argv,
                    g_strdup(cli->has_color ? "--color=always" : "--color=never"));
    for (; *words != NULL; words++)
        g_ptr_array_add(argv, g_strdup(*words));
    g_ptr_array_add(argv, NULL);
    rp_cli_flush(cli);
    if (g_spawn_sync(NULL, (char **)argv->pdata, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL,
                     NULL, NULL, &status, &local) &&
        g_spawn_check_wait_status(status, &local))
        return true;
    if (WIFSIGNALED(status) && WTERMSIG(status) == SIGPIPE)
        interrupt = SIGPIPE; /* our reader went away */
    g_set_error(error, RP_CLI_ERROR, RP_CLI_ERROR_FAILED, "%s: %s",
                (const char *)g_ptr_array_index(argv, 5), local->message);
    return false;
}

static void
say(RpCli *cli, const char *text)
{
    rp_cli_print(cli, "\n%s%s%s\n\n", rp_cli_style(cli, RP_STYLE_BOLD), text,
                 rp_cli_style(cli, RP_STYLE_NONE));
}

static void
show_notice(RpCli *cli)
{
    g_autoptr(GError) error = NULL;

    say(cli, _("5. riposted would remind Robin on the desktop:"));
    if (rp_notice_show_once(_("Priya Raman waits for your answer"),
                            _("Overdue for 9 days. This is only the demonstration."),
                            &error))
        rp_cli_print(cli, _("A notice is on your desktop now.\n"));
    else
        rp_cli_print(cli, _("(Not shown here: %s.)\n"), error->message);
}

static bool
show_all(RpCli *cli, const char *folder, GError **error)
{
    static const char *const sync[] = {"sync", NULL};
    static const char *const list[] = {"list", NULL};
    static const char *const report[] = {"report", "--from",     "2026-02-16",
                                         "--to",   "2026-03-16", NULL};
    static const char *const snooze[] = {"snooze", "1", "tomorrow", "9:00", NULL};

    rp_cli_print(cli,
                 _("This is the mail of Robin Vale, who gardens and writes a book: made"
                   " up, and\nread as of Monday, 16 March 2026, 10:00 in Berlin."
                   " Nothing of yours is touched.\n"));
    say(cli, _("1. riposte sync: reads the headers of every message"));
    if (!run_riposte(cli, folder, sync, error))
        return false;
    say(cli, _("2. riposte: who waits for Robin, and for whom Robin waits"));
    if (!run_riposte(cli, folder, list, error))
        return false;
    say(cli,
        _("3. riposte snooze 1 tomorrow 9:00: not now (done, dismiss and undo are like"
          " it)"));
    if (!run_riposte(cli, folder, snooze, error))
        return false;
    say(cli, _("4. riposte report: how fast answers were, of the last four weeks"));
    if (!run_riposte(cli, folder, report, error))
        return false;
    show_notice(cli);
    say(cli, _("Your own mail: riposte setup"));
    return true;
}

/* One level deep: nothing of ours makes folders in it. */
static void
remove_folder(const char *folder)
{
    g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
    const char *name;

    while (dir != NULL && (name = g_dir_read_name(dir)) != NULL) {
        g_autofree char *path = g_build_filename(folder, name, NULL);

        g_unlink(path);
    }
    g_rmdir(folder);
}

static RpExit
run(RpCli *cli, GError **error)
{
    g_autofree char *mail = NULL;
    g_autofree char *folder = NULL;
    bool is_done;

    if (cli->is_json) {
        g_set_error(error, RP_CLI_ERROR, RP_CLI_ERROR_USAGE,
                    _("demo is for people to read: it has no JSON"));
        return RP_EXIT_FAILED;
    }
    mail = find_mail(error);
    if (mail == NULL)
        return RP_EXIT_FAILED;
    folder = g_dir_make_tmp("riposte-demo-XXXXXX", error);
    if (folder == NULL)
        return RP_EXIT_FAILED;
    watch_interrupts();
    is_done = write_config(folder, mail, error) && show_all(cli, folder, error);
    remove_folder(folder);
    if (interrupt != 0) {
        signal(interrupt, SIG_DFL);
        raise(interrupt);
    }
    return is_done ? RP_EXIT_DONE : RP_EXIT_FAILED;
}

const RpCommand rp_cmd_demo = {
    .name = "demo",
    .run = run,
    .summary = N_("shows all of this on sample mail; touches nothing of yours"),
};
