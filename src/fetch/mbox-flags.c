/* SPDX-License-Identifier: GPL-3.0-or-later */
/* mbox-flags.c - Status and its kin */
#include "fetch/mbox-flags.h"

#include "core/envelope.h"

/* Bits of X-Mozilla-Status: nsMsgMessageFlags of Thunderbird. */
enum {
    MOZILLA_READ = 0x0001,
    MOZILLA_REPLIED = 0x0002,
    MOZILLA_MARKED = 0x0004,
    MOZILLA_EXPUNGED =
        0x0008, /* deleted, though it stays until the file is compacted */
    MOZILLA_FORWARDED = 0x1000,
};

static uint32_t
flag_of(char letter)
{
    switch (letter) {
    case 'R':
        return RP_FLAG_SEEN;
    case 'A':
        return RP_FLAG_ANSWERED;
    case 'F':
        return RP_FLAG_FLAGGED;
    case 'D':
        return RP_FLAG_DELETED;
    case 'T':
        return RP_FLAG_DRAFT;
    default:
        return 0;
    }
}

static void
take_letters(RpMboxStatus *status, RpSpan value)
{
    for (size_t i = 0; i < value.n; i++)
        status->flags |= flag_of(value.bytes[i]);
}

static void
take_mozilla(RpMboxStatus *status, RpSpan value)
{
    static const struct {
        uint32_t bit, flag;
    } bits[] = {
        {MOZILLA_READ, RP_FLAG_SEEN},
        {MOZILLA_REPLIED, RP_FLAG_ANSWERED},
        {MOZILLA_MARKED, RP_FLAG_FLAGGED},
        {MOZILLA_FORWARDED, RP_FLAG_FORWARDED},
    };
    g_autofree char *text = rp_span_dup(value);
    guint64 set = g_ascii_strtoull(text, NULL, 16);

    for (size_t i = 0; i < G_N_ELEMENTS(bits); i++)
        if ((set & bits[i].bit) != 0)
            status->flags |= bits[i].flag;
    if ((set & MOZILLA_EXPUNGED) != 0)
        status->is_absent = true;
}

RpMboxStatus
rp_mbox_status_read(RpSpan header)
{
    RpMboxStatus status = {0};
    RpField field;

    while (rp_field_next(&header, &field)) {
        if (rp_field_is(&field, "Status") || rp_field_is(&field, "X-Status"))
            take_letters(&status, field.value);
        else if (rp_field_is(&field, "X-Mozilla-Status"))
            take_mozilla(&status, field.value);
        else if (rp_field_is(&field, "X-IMAP"))
            status.is_absent = true; /* "FOLDER INTERNAL DATA" of an IMAP server */
    }
    return status;
}

static bool
is_changed_in_place(const RpField *field)
{
    static const char *const names[] = {
        "Status",         "X-Status",   "X-Keywords",
        "X-UID",          "X-IMAPbase", "X-Mozilla-Status",
        "X-Mozilla-Keys", "X-Label",    "X-Mozilla-Status2",
        "Content-Length", "Lines",
    };

    for (size_t i = 0; i < G_N_ELEMENTS(names); i++)
        if (rp_field_is(field, names[i]))
            return true;
    return false;
}

void
rp_mbox_append_stable(GString *out, RpSpan header)
{
    RpField field;

    while (rp_field_next(&header, &field)) {
        if (is_changed_in_place(&field))
            continue;
        g_string_append_c(out, '\n');
        g_string_append_len(out, field.name.bytes, (gssize)field.name.n);
        g_string_append_c(out, ':');
        g_string_append_len(out, field.value.bytes, (gssize)field.value.n);
    }
}
