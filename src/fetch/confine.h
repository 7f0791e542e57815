/* SPDX-License-Identifier: GPL-3.0-or-later */
/* confine.h - what riposte-fetch takes from itself before it reads a foreign byte
 *
 * Linux only: no new privileges, Landlock (landlock(7)), seccomp (seccomp(2)) and
 * limits (setrlimit(2)). What the kernel does not offer is left out: the guard and the
 * parsers are the first line of defence, this is the last.
 */
#pragma once

#include "stream/record.h"

typedef struct {
    int landlock_abi; /* in force; 0: the kernel has none */
    bool has_seccomp;
} RpConfinement;

/* From now on, and for good: no file can be written, no program started, no process
 * traced, no port listened on. A source of files has no sockets at all; one of IMAP
 * reads nothing but the system's files, the job's ca_file and the user's settings of
 * proxies and certificates. Memory is limited; no core is written. To be called while
 * there is one thread alone: Landlock holds no other. */
RpConfinement rp_confine(const RpJob *job);

/* Tries what must not work any more, with files that exist: true if all of it is
 * refused. For `riposte-fetch --confinement`. */
bool rp_confine_holds(const RpConfinement *confinement);

/* The parts of rp_confine(). The ABI that is in force, or 0; false if it is not. */
int rp_confine_files(const RpJob *job);
bool rp_confine_calls(const RpJob *job);
