/* SPDX-License-Identifier: GPL-3.0-or-later */
/* record-read.c - bytes, as they come, into records */
#include <string.h>

#include "stream/codec.h"

struct RpRecordReader {
    GByteArray *bytes; /* own */
    guint taken;       /* of bytes, from its beginning */
    bool is_broken;
};

RpRecordReader *
rp_record_reader_new(void)
{
    RpRecordReader *reader = g_new0(RpRecordReader, 1);

    reader->bytes = g_byte_array_new();
    return reader;
}

void
rp_record_reader_free(RpRecordReader *reader)
{
    if (reader == NULL)
        return;
    g_byte_array_unref(reader->bytes);
    g_free(reader);
}

/* Moves what is left only when that is the smaller part, so that every byte is
 * moved once on average however small or large the pushes are. */
static void
drop_taken(RpRecordReader *reader)
{
    if (reader->taken < reader->bytes->len - reader->taken)
        return;
    g_byte_array_remove_range(reader->bytes, 0, reader->taken);
    reader->taken = 0;
}

void
rp_record_reader_push(RpRecordReader *reader, const void *bytes, size_t n)
{
    if (reader->is_broken || n == 0)
        return;
    drop_taken(reader);
    if (n > G_MAXINT - rp_record_reader_left(reader)) {
        reader->is_broken = true; /* more than GByteArray holds */
        return;
    }
    g_byte_array_append(reader->bytes, bytes, (guint)n);
}

size_t
rp_record_reader_left(const RpRecordReader *reader)
{
    return reader->bytes->len - reader->taken;
}

static bool
decode(uint8_t *payload, guint32 length, RpRecord *record)
{
    RpWire wire = {payload, payload + length, false};
    bool is_sound = rp_record_decode(&wire, record);

    if (record->type == RP_RECORD_SECRET)
        rp_wire_wipe(payload, length);
    if (!is_sound)
        rp_record_clear(record);
    return is_sound;
}

RpReadResult
rp_record_reader_next(RpRecordReader *reader, RpRecord *record)
{
    uint8_t *header = reader->bytes->data + reader->taken;
    size_t left = rp_record_reader_left(reader);
    guint32 length;

    if (reader->is_broken)
        return RP_READ_BROKEN;
    if (left < RP_RECORD_HEADER)
        return RP_READ_MORE;
    memcpy(&length, header, sizeof length);
    length = GUINT32_FROM_LE(length);
    if (length > RP_RECORD_MAX) {
        reader->is_broken = true;
        return RP_READ_BROKEN;
    }
    if (left < RP_RECORD_HEADER + (size_t)length)
        return RP_READ_MORE;
    memset(record, 0, sizeof *record);
    record->type = (RpRecordType)header[sizeof length];
    reader->is_broken = !decode(header + RP_RECORD_HEADER, length, record);
    reader->taken += RP_RECORD_HEADER + length;
    return reader->is_broken ? RP_READ_BROKEN : RP_READ_RECORD;
}
