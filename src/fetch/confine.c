/* SPDX-License-Identifier: GPL-3.0-or-later */
/* confine.c - all that riposte-fetch takes from itself */
#include "config.h"

#include "fetch/confine.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gio.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

/* What grows beyond it is ended, and the secret is in no core file. */
static void
limit_resources(void)
{
    const struct rlimit none = {0, 0};

    setrlimit(RLIMIT_CORE, &none);
    prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
#ifndef RP_UNCONFINED /* sanitizers need address space without end */
    {
        const struct rlimit space = {UINT64_C(512) << 20, UINT64_C(512) << 20};

        setrlimit(RLIMIT_AS, &space);
    }
#endif
}

/* GIO loads it late, from wherever it was put. Its settings are not: dconf brings
 * threads, which Landlock would not hold, and writes files. */
static void
load_tls(const RpJob *job)
{
    g_setenv("GSETTINGS_BACKEND", "memory", TRUE);
    if (job->source == RP_SOURCE_IMAP && job->security != RP_SECURITY_NONE)
        g_tls_backend_get_default();
}

RpConfinement
rp_confine(const RpJob *job)
{
    RpConfinement confinement = {0, false};

    limit_resources();
    load_tls(job);
#ifndef RP_UNCONFINED /* they read and write files at their end */
    confinement.landlock_abi = rp_confine_files(job);
    confinement.has_seccomp = rp_confine_calls(job);
#endif
    return confinement;
}

static bool
is_refused(int result, int expected)
{
    return result < 0 && errno == expected;
}

/* By what is there on every machine. */
static bool
do_files_hold(void)
{
    return is_refused(open("/", O_RDONLY | O_DIRECTORY | O_CLOEXEC), EACCES) &&
           is_refused(open("/dev/null", O_WRONLY | O_CLOEXEC), EACCES);
}

static bool
is_fork_refused(void)
{
    pid_t pid = fork();

    if (pid == 0)
        _exit(0);
    return is_refused(pid, EPERM);
}

static bool
do_calls_hold(void)
{
    char name[] = "true";
    char *arguments[] = {name, NULL};

    return is_fork_refused() && is_refused(execv("/bin/true", arguments), EPERM) &&
           is_refused(socket(AF_PACKET, SOCK_RAW, 0), EPERM);
}

bool
rp_confine_holds(const RpConfinement *confinement)
{
    return (confinement->landlock_abi == 0 || do_files_hold()) &&
           (!confinement->has_seccomp || do_calls_hold());
}
