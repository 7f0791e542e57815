/* SPDX-License-Identifier: GPL-3.0-or-later */
/* confine-calls.c - seccomp: no programs, no other processes, no odd sockets */
#include "config.h"

#include "fetch/confine.h"

#ifdef HAVE_SECCOMP

#include <errno.h>
#include <linux/sched.h>
#include <seccomp.h>
#include <sys/socket.h>

/* What neither a mail server nor a folder of files can ask for. Refused, not deadly: a
 * library that tries one goes its other way. */
static const int REFUSED[] = {
    SCMP_SYS(execve),
    SCMP_SYS(execveat),
    SCMP_SYS(fork),
    SCMP_SYS(vfork),
    SCMP_SYS(ptrace),
    SCMP_SYS(process_vm_readv),
    SCMP_SYS(process_vm_writev),
    SCMP_SYS(pidfd_getfd),
    SCMP_SYS(pidfd_open),
    SCMP_SYS(pidfd_send_signal),
    SCMP_SYS(kcmp),
    SCMP_SYS(add_key),
    SCMP_SYS(request_key),
    SCMP_SYS(keyctl),
    SCMP_SYS(bpf),
    SCMP_SYS(perf_event_open),
    SCMP_SYS(userfaultfd),
    SCMP_SYS(io_uring_setup),
    SCMP_SYS(unshare),
    SCMP_SYS(setns),
    SCMP_SYS(mount),
    SCMP_SYS(umount2),
    SCMP_SYS(pivot_root),
    SCMP_SYS(chroot),
    SCMP_SYS(open_tree),
    SCMP_SYS(move_mount),
    SCMP_SYS(fsopen),
    SCMP_SYS(open_by_handle_at),
    SCMP_SYS(chmod),
    SCMP_SYS(fchmod),
    SCMP_SYS(fchmodat),
    SCMP_SYS(chown),
    SCMP_SYS(fchown),
    SCMP_SYS(lchown),
    SCMP_SYS(fchownat),
    SCMP_SYS(setxattr),
    SCMP_SYS(fsetxattr),
    SCMP_SYS(lsetxattr),
    SCMP_SYS(utimensat),
    SCMP_SYS(listen),
    SCMP_SYS(accept),
    SCMP_SYS(accept4),
    SCMP_SYS(kexec_load),
    SCMP_SYS(init_module),
    SCMP_SYS(finit_module),
    SCMP_SYS(personality),
};

/* IMAP alone needs sockets, and of these kinds. */
static const int DOMAINS[] = {AF_UNIX, AF_INET, AF_INET6, AF_NETLINK};

/* Where the flags of clone(2) stand. */
#ifdef __s390__
#define CLONE_FLAGS SCMP_A1
#else
#define CLONE_FLAGS SCMP_A0
#endif

static bool
refuse_processes(scmp_filter_ctx filter)
{
    bool is_well = true;

    for (size_t i = 0; i < G_N_ELEMENTS(REFUSED); i++) {
        int status = seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), REFUSED[i], 0);

        is_well &= status == 0 || status == -EDOM; /* no such call on this machine */
    }
    /* Threads are no processes. The flags of clone3 stand in memory, where no filter
     * looks: it passes for unknown, and the C library falls back on clone. */
    is_well &= seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), SCMP_SYS(clone), 1,
                                CLONE_FLAGS(SCMP_CMP_MASKED_EQ, CLONE_THREAD, 0)) == 0;
    return is_well &&
           seccomp_rule_add(filter, SCMP_ACT_ERRNO(ENOSYS), SCMP_SYS(clone3), 0) == 0;
}

static bool
refuse_all_sockets(scmp_filter_ctx filter)
{
    return seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), SCMP_SYS(socket), 0) == 0;
}

/* Domains are small numbers: all below the highest of ours but ours, and all above. */
static bool
refuse_odd_sockets(scmp_filter_ctx filter)
{
    bool is_well = true;

#if defined(__i386__) || defined(__s390__)
    return true; /* socketcall(2) has the domain in memory: it would refuse them all */
#endif
    for (int domain = 0; domain < AF_NETLINK; domain++) {
        bool is_ours = false;

        for (size_t i = 0; i < G_N_ELEMENTS(DOMAINS); i++)
            is_ours |= DOMAINS[i] == domain;
        if (!is_ours)
            is_well &=
                seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), SCMP_SYS(socket), 1,
                                 SCMP_A0(SCMP_CMP_EQ, (scmp_datum_t)domain)) == 0;
    }
    return is_well &&
           seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), SCMP_SYS(socket), 1,
                            SCMP_A0(SCMP_CMP_GT, (scmp_datum_t)AF_NETLINK)) == 0;
}

bool
rp_confine_calls(const RpJob *job)
{
    scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ALLOW);
    bool is_well;

    if (filter == NULL)
        return false;
    /* A desktop's proxy settings may have brought a thread of their own. */
    is_well = seccomp_attr_set(filter, SCMP_FLTATR_CTL_TSYNC, 1) == 0 &&
              refuse_processes(filter) &&
              (job->source == RP_SOURCE_IMAP ? refuse_odd_sockets(filter)
                                             : refuse_all_sockets(filter)) &&
              seccomp_load(filter) == 0;
    seccomp_release(filter);
    return is_well;
}

#else

bool
rp_confine_calls(const RpJob *job)
{
    (void)job;
    return false;
}

#endif
