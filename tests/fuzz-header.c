/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fuzz-header.c - libFuzzer target: any bytes as a header, a folder's name, a From_
 * line
 *
 * Whatever comes, the envelope keeps to its caps and may be sent as a record, and
 * what is normalized stays so.
 */
#include <string.h>

#include "core/address.h"
#include "fetch/header.h"
#include "fetch/mbox-flags.h"
#include "fetch/mbox-reader.h"
#include "fetch/utf7.h"
#include "stream/record.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
check_mailboxes(const GPtrArray *mailboxes)
{
    for (guint i = 0; i < mailboxes->len; i++) {
        const RpMailbox *mailbox = g_ptr_array_index(mailboxes, i);
        g_autofree char *again = rp_address_normalize(mailbox->address);
        g_autofree char *key = rp_address_person_key(mailbox->address);

        g_assert_cmpstr(again, ==, mailbox->address);
        g_assert_true(*key != '\0');
        rp_address_is_machine(mailbox->address);
    }
}

static void
check_header(const char *bytes, size_t n)
{
    const RpHeaderPlace place = {"account", "INBOX", 1};
    g_autoptr(RpEnvelope) envelope = rp_envelope_new();

    rp_header_parse(bytes, n, envelope);
    envelope->uid = 1;
    rp_header_make_id(envelope, bytes, n, &place);
    g_assert_true(rp_envelope_is_sound(envelope));
    check_mailboxes(envelope->from);
    check_mailboxes(envelope->to);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const char *bytes = (const char *)data;
    g_autofree char *text = g_strndup(bytes, size);
    g_autofree char *name = rp_utf7_decode(text);

    g_assert_true(g_utf8_validate(name, -1, NULL));
    check_header(bytes, size);
    rp_mbox_status_read((RpSpan){bytes, size});
    rp_mbox_is_from_line(bytes, size, NULL);
    return 0;
}
