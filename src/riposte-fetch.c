/* SPDX-License-Identifier: GPL-3.0-or-later */
/* riposte-fetch.c - runs one account's job: standard input to records on standard
 * output (stream/record.h) */
#include "fetch/source.h"

#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

enum { EXIT_TEMPORARY = 75 };

/* A last line of defence: what grows beyond it is ended, and the secret is in no
 * core file. Sanitizers need address space without end. */
static void
limit_resources(void)
{
    const struct rlimit none = {0, 0};

    setrlimit(RLIMIT_CORE, &none);
    prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
#ifndef __SANITIZE_ADDRESS__
    {
        const struct rlimit space = {UINT64_C(512) << 20, UINT64_C(512) << 20};

        setrlimit(RLIMIT_AS, &space);
    }
#endif
}

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

int
main(void)
{
    g_autoptr(RpSource) source = rp_source_new(STDIN_FILENO, STDOUT_FILENO);
    g_autoptr(GError) error = NULL;

    signal(SIGPIPE, SIG_IGN);
    limit_resources();
    if (rp_source_read_job(source, &error) &&
        backend_of(source->job->source)(source, &error))
        return rp_source_flush(source) ? 0 : 1;
    return tell(source, error);
}
