/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fuzz-record.c - libFuzzer target: any bytes as a record stream
 *
 * What the reader accepts is written again, and must read as the same.
 */
#include <string.h>

#include "stream/record.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
check_again(const RpRecord *record)
{
    g_autoptr(GByteArray) first = g_byte_array_new();
    g_autoptr(GByteArray) second = g_byte_array_new();
    g_autoptr(RpRecordReader) reader = rp_record_reader_new();
    g_auto(RpRecord) read = {0};

    rp_record_write(first, record);
    rp_record_reader_push(reader, first->data, first->len);
    g_assert_true(rp_record_reader_next(reader, &read) == RP_READ_RECORD);
    rp_record_write(second, &read);
    g_assert_true(first->len == second->len &&
                  memcmp(first->data, second->data, first->len) == 0);
    if (read.type == RP_RECORD_ENVELOPE)
        g_assert_true(rp_envelope_is_sound(read.u.copy.envelope));
}

/* The first byte says in how large pieces the others come. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    g_autoptr(RpRecordReader) reader = rp_record_reader_new();
    size_t piece = size > 0 ? (size_t)data[0] + 1 : 1;

    for (size_t at = 1; at < size; at += piece) {
        RpRecord record;

        rp_record_reader_push(reader, data + at, MIN(piece, size - at));
        while (rp_record_reader_next(reader, &record) == RP_READ_RECORD) {
            check_again(&record);
            rp_record_clear(&record);
        }
    }
    return 0;
}
