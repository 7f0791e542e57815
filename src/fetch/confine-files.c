/* SPDX-License-Identifier: GPL-3.0-or-later */
/* confine-files.c - Landlock: no file written, few files read */
#include "config.h"

#include "fetch/confine.h"

#include <fcntl.h>
#include <stddef.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

/* As in linux/landlock.h of a kernel that has all of it; the numbers of the calls are
 * the same on every architecture. */
enum { CREATE_RULESET = 444, ADD_RULE = 445, RESTRICT_SELF = 446 };
enum { GET_ABI = 1, PATH_BENEATH = 1 };
enum { READ_FILE = 1 << 2, READ_DIR = 1 << 3 };

/* ABI 1 has the rights up to 1 << 12, 2 adds REFER, 3 TRUNCATE, 5 IOCTL_DEV. */
enum {
    RIGHTS_1 = (1 << 13) - 1,
    RIGHTS_2 = (1 << 14) - 1,
    RIGHTS_3 = (1 << 15) - 1,
    RIGHTS_5 = (1 << 16) - 1
};
enum { BIND_TCP = 1 << 0 };                           /* ABI 4 */
enum { SCOPE_SOCKETS_AND_SIGNALS = 1 << 0 | 1 << 1 }; /* ABI 6 */

typedef struct {
    uint64_t files, net, scoped;
} Ruleset;

struct path_rule {
    uint64_t rights;
    int32_t fd;
} __attribute__((packed));

static size_t
ruleset_size(int abi)
{
    return abi >= 6   ? sizeof(Ruleset)
           : abi >= 4 ? offsetof(Ruleset, scoped)
                      : offsetof(Ruleset, net);
}

/* A source of files has no way out but its records: it may read all that the user
 * can, so links may lead out of the folder that was named. */
static Ruleset
ruleset_of(const RpJob *job, int abi)
{
    Ruleset ruleset = {.files = abi >= 5   ? RIGHTS_5
                                : abi >= 3 ? RIGHTS_3
                                : abi == 2 ? RIGHTS_2
                                           : RIGHTS_1,
                       .net = BIND_TCP,
                       .scoped = SCOPE_SOCKETS_AND_SIGNALS};

    if (job->source != RP_SOURCE_IMAP)
        ruleset.files &= ~(uint64_t)(READ_FILE | READ_DIR);
    return ruleset;
}

static void
let_read(int ruleset, const char *path)
{
    struct path_rule rule = {.rights = READ_FILE | READ_DIR};
    bool is_folder = g_file_test(path, G_FILE_TEST_IS_DIR);

    if (!is_folder)
        rule.rights = READ_FILE;
    rule.fd = open(path, O_PATH | O_CLOEXEC);
    if (rule.fd < 0)
        return; /* not here: nothing to be read */
    syscall(ADD_RULE, ruleset, PATH_BENEATH, &rule, 0);
    close(rule.fd);
}

/* Libraries, certificates, names of hosts, time zones, random numbers. */
static void
let_read_system(int ruleset)
{
    static const char *const paths[] = {
        "/usr",
        "/lib",
        "/lib64",
        "/lib32",
        "/etc",
        "/nix/store",
        "/gnu/store",
        "/dev/null",
        "/dev/urandom",
        "/dev/random",
        "/proc/self",
        "/proc/sys",
        "/proc/stat",
        "/proc/cpuinfo",
        "/sys/devices/system/cpu",
        "/run/resolvconf",
        "/run/netconfig",
        "/run/dhcpcd",
        "/mnt/wsl",
        "/run/systemd/resolve",
        "/run/NetworkManager",
        "/run/connman",
        "/run/nscd",
        "/var/cache/nscd",
        "/var/lib/ca-certificates",
        /* where they are links, these follow them */
        "/etc/resolv.conf",
        "/etc/hosts",
        "/etc/nsswitch.conf",
    };

    for (size_t i = 0; i < G_N_ELEMENTS(paths); i++)
        let_read(ruleset, paths[i]);
}

/* What GIO asks for a proxy, and p11-kit for certificates: no secrets stand there. */
static void
let_read_settings(int ruleset)
{
    static const char *const names[] = {"kioslaverc", "pkcs11"};

    for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
        g_autofree char *path =
            g_build_filename(g_get_user_config_dir(), names[i], NULL);

        let_read(ruleset, path);
    }
}

int
rp_confine_files(const RpJob *job)
{
    int abi = (int)syscall(CREATE_RULESET, NULL, 0, GET_ABI);
    Ruleset ruleset;
    int fd;
    bool is_done;

    if (abi < 1)
        return 0;
    ruleset = ruleset_of(job, abi);
    fd = (int)syscall(CREATE_RULESET, &ruleset, ruleset_size(abi), 0);
    if (fd < 0)
        return 0;
    if (job->source == RP_SOURCE_IMAP) {
        let_read_system(fd);
        let_read_settings(fd);
        if (*job->ca_file != '\0')
            let_read(fd, job->ca_file);
    }
    is_done = prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
              syscall(RESTRICT_SELF, fd, 0) == 0;
    close(fd);
    return is_done ? abi : 0;
}
