/* SPDX-License-Identifier: GPL-3.0-or-later */
/* riposte-fetch.c - runs one account's job: standard input to records on standard
 * output (stream/record.h) */
#include "fetch/confine.h"
#include "fetch/source.h"
#include "language.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { EXIT_TEMPORARY = 75 };

static RpBackend
backend_of(RpSourceType type)
{
    switch (type) {
    case RP_SOURCE_MAILDIR:
        return rp_maildir_run;
    case RP_SOURCE_MBOX:
        return rp_mbox_run;
    case RP_SOURCE_IMAP:
        break;
    }
    return rp_imap_run;
}

static int
tell(RpSource *source, const GError *error)
{
    if (g_error_matches(error, RP_SOURCE_ERROR, RP_SOURCE_ERROR_STOPPED))
        return 0;
    rp_source_emit_problem(source, (RpProblemCode)error->code, "", 0, error->message);
    rp_source_flush(source);
    return error->code == RP_SOURCE_ERROR_NETWORK ? EXIT_TEMPORARY : 1;
}

/* --confinement: for `riposte doctor` and `riposte status`, by sync/confinement.h. */
static int
tell_confinement(void)
{
    g_autoptr(RpJob) job = rp_job_new();
    RpConfinement confinement = rp_confine(job);

    printf("landlock %d seccomp %d holds %d\n", confinement.landlock_abi,
           confinement.has_seccomp, rp_confine_holds(&confinement));
    return fflush(stdout) == 0 ? 0 : 1;
}

static bool
run(RpSource *source, GError **error)
{
    if (!rp_source_read_job(source, error))
        return false;
    rp_confine(source->job);
    return backend_of(source->job->source)(source, error);
}

int
main(int argc, char **argv)
{
    g_autoptr(RpSource) source = rp_source_new(STDIN_FILENO, STDOUT_FILENO);
    g_autoptr(GError) error = NULL;

    rp_language_start();
    signal(SIGPIPE, SIG_IGN);
    g_log_writer_default_set_use_stderr(TRUE); /* standard output is for records */
    if (argc == 2 && strcmp(argv[1], "--confinement") == 0)
        return tell_confinement();
    if (run(source, &error))
        return rp_source_flush(source) ? 0 : 1;
    return tell(source, error);
}
