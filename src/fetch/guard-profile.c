/* SPDX-License-Identifier: GPL-3.0-or-later */
/* guard-profile.c - what each command may bring */
#include "fetch/guard-private.h"

enum { KB = 1024, MB = 1024 * 1024 };

/* libetpan turns one short atom into some 60 bytes, and keeps lines above 8 MB in a
 * file, hence the small line_bytes where it reads: greeting, login and FETCH. */
const RpGuardProfile rp_guard_greeting = {
    .pass = RP_WORD_TEXT | RP_WORD_BYE | RP_WORD_PREAUTH,
    .line = GUARD_TEXT_LINE,
    .lines = 1,
    .line_bytes = 16 * KB,
    .total = 64 * KB,
};
const RpGuardProfile rp_guard_plain = {
    .line = 64 * KB,
    .lines = 64,
    .line_bytes = 64 * KB,
    .total = 16 * MB,
};
const RpGuardProfile rp_guard_login = {
    .may_continue = true,
    .line = 64 * KB,
    .lines = 16,
    .line_bytes = 64 * KB,
    .total = MB,
};
const RpGuardProfile rp_guard_capability = {
    .pass = RP_WORD_CAPABILITY,
    .need = RP_WORD_CAPABILITY,
    .line = 16 * KB,
    .lines = 64,
    .line_bytes = 64 * KB,
    .total = MB,
};
/* ENABLE, ID and NAMESPACE; libetpan reads none of them. */
const RpGuardProfile rp_guard_agree = {
    .pass = RP_WORD_ENABLED | RP_WORD_NAMESPACE,
    .line = 16 * KB,
    .lines = 64,
    .line_bytes = 64 * KB,
    .literal = GUARD_NAME_LITERAL,
    .total = MB,
};
const RpGuardProfile rp_guard_list = {
    .pass = RP_WORD_LIST,
    .line = 64 * KB,
    .lines = 20000,
    .line_bytes = 4 * MB,
    .literal = GUARD_NAME_LITERAL,
    .total = 16 * MB,
};
const RpGuardProfile rp_guard_status = {
    .pass = RP_WORD_STATUS,
    .line = 64 * KB,
    .lines = 2000,
    .line_bytes = MB,
    .literal = GUARD_NAME_LITERAL,
    .total = 16 * MB,
};
const RpGuardProfile rp_guard_examine = {
    .pass = RP_WORD_TEXT | RP_WORD_EXISTS,
    .selects = true,
    .keep_codes = true,
    .line = 64 * KB,
    .lines = 2000,
    .line_bytes = MB,
    .total = 16 * MB,
};
const RpGuardProfile rp_guard_search = {
    .pass = RP_WORD_SEARCH,
    .line = 4 * MB,
    .lines = 20000,
    .line_bytes = 8 * MB,
    .total = 16 * MB,
};
const RpGuardProfile rp_guard_flags = {
    .pass = RP_WORD_FETCH | RP_WORD_VANISHED,
    .line = MB,
    .lines = 20000,
    .fetches = 1000000,
    .line_bytes = 32 * MB,
    .total = 64 * MB,
};
const RpGuardProfile rp_guard_fetch = {
    .pass = RP_WORD_FETCH,
    .line = 64 * KB,
    .lines = 16,
    .line_bytes = 6 * MB,
    .literal = MB,
    .total = 1024 * MB,
};
const RpGuardProfile rp_guard_idle = {
    .may_continue = true,
    .line = MB,
    .lines = 16,
    .line_bytes = 64 * KB,
    .total = 64 * MB,
};
/* NOTIFY and NOOP, and what is told with neither running, for ten seconds. */
const RpGuardProfile rp_guard_notify = {
    .pass = RP_WORD_STATUS | RP_WORD_LIST | RP_WORD_TEXT,
    .listens = true,
    .keep_codes = true,
    .line = 64 * KB,
    .lines = 20000,
    .line_bytes = 4 * MB,
    .literal = GUARD_NAME_LITERAL,
    .total = 64 * MB,
};
