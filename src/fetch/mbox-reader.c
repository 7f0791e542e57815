/* SPDX-License-Identifier: GPL-3.0-or-later */
/* mbox-reader.c - line by line through an mbox file */
#include "config.h"

#include "fetch/mbox-reader.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "core/instant.h"
#include "fetch/header-date.h"
#include "fetch/message-file.h"

enum { BUFFER = 64 * 1024, MAX_FROM_LINE = 1000 };

/* A line with its line feed, or a piece of one longer than the buffer. */
typedef struct {
    const uint8_t *bytes;
    size_t n;
    bool is_start, is_end;
} Line;

struct RpMboxReader {
    int fd;
    int failure;
    uint64_t n_left;  /* bytes of the file not yet in the buffer */
    uint64_t n_taken; /* bytes handed out as lines */
    size_t begin, end;
    bool is_within_line;        /* the last piece was not the line's end */
    bool has_next;              /* next_from_line is there */
    GByteArray *next_from_line; /* own; of the message to come */
    RpMboxMessage message;
    uint8_t buffer[BUFFER];
};

RpMboxReader *
rp_mbox_reader_new(int fd, uint64_t n_bytes)
{
    RpMboxReader *reader = g_new0(RpMboxReader, 1);

    reader->fd = fd;
    reader->n_left = n_bytes;
    reader->message.from_line = g_byte_array_new();
    reader->message.header = g_byte_array_new();
    reader->next_from_line = g_byte_array_new();
    return reader;
}

void
rp_mbox_reader_free(RpMboxReader *reader)
{
    if (reader == NULL)
        return;
    g_byte_array_unref(reader->message.from_line);
    g_byte_array_unref(reader->message.header);
    g_byte_array_unref(reader->next_from_line);
    g_free(reader);
}

uint64_t
rp_mbox_reader_offset(const RpMboxReader *reader)
{
    return reader->n_taken;
}

/* Fills the buffer up; false if nothing came. */
static bool
fill(RpMboxReader *reader)
{
    size_t n;
    ssize_t got;

    memmove(reader->buffer, reader->buffer + reader->begin,
            reader->end - reader->begin);
    reader->end -= reader->begin;
    reader->begin = 0;
    n = (size_t)MIN(sizeof reader->buffer - reader->end, reader->n_left);
    if (n == 0)
        return false;
    do
        got = read(reader->fd, reader->buffer + reader->end, n);
    while (got < 0 && errno == EINTR);
    if (got <= 0) {
        reader->failure = got < 0 ? errno : 0;
        reader->n_left = 0; /* it has become shorter */
        return false;
    }
    reader->end += (size_t)got;
    reader->n_left -= (uint64_t)got;
    return true;
}

static bool
next_line(RpMboxReader *reader, Line *line)
{
    const uint8_t *feed;

    do {
        feed =
            memchr(reader->buffer + reader->begin, '\n', reader->end - reader->begin);
    } while (feed == NULL && fill(reader));
    if (reader->begin == reader->end)
        return false;
    line->bytes = reader->buffer + reader->begin;
    line->n =
        feed != NULL ? (size_t)(feed - line->bytes) + 1 : reader->end - reader->begin;
    line->is_start = !reader->is_within_line;
    line->is_end = feed != NULL;
    reader->is_within_line = !line->is_end;
    reader->begin += line->n;
    reader->n_taken += line->n;
    return true;
}

static bool
is_weekday(const char *text, size_t n)
{
    static const char *const names[] = {"Mon", "Tue", "Wed", "Thu",
                                        "Fri", "Sat", "Sun"};

    if (n < 4 || (text[3] != ' ' && text[3] != ','))
        return false;
    for (size_t i = 0; i < G_N_ELEMENTS(names); i++)
        if (strncmp(text, names[i], 3) == 0)
            return true;
    return false;
}

/* The date begins with a weekday, behind a sender that may have spaces in it ("ada at
 * example.org"), or else is all behind the first word. */
bool
rp_mbox_is_from_line(const char *line, size_t n, int64_t *at)
{
    const char *end = line + n, *date;
    int64_t found_at;

    if (n < 10 || n > MAX_FROM_LINE || strncmp(line, "From ", 5) != 0)
        return false;
    line += 5;
    date = memchr(line, ' ', (size_t)(end - line));
    for (const char *p = date; p != NULL && p < end; p++)
        if (*p == ' ' && is_weekday(p + 1, (size_t)(end - p - 1)))
            date = p;
    if (date == NULL)
        return false;
    found_at = rp_date_read((RpSpan){date, (size_t)(end - date)});
    if (at != NULL)
        *at = found_at;
    return found_at != RP_NEVER;
}

static bool
is_empty(const Line *line)
{
    return line->is_start && line->is_end &&
           (line->n == 1 || (line->n == 2 && line->bytes[0] == '\r'));
}

static bool
is_from_line(const Line *line)
{
    return line->is_start && line->is_end &&
           rp_mbox_is_from_line((const char *)line->bytes, line->n, NULL);
}

static void
keep_from_line(RpMboxReader *reader, const Line *line)
{
    size_t n = line->n;

    while (n > 0 && (line->bytes[n - 1] == '\n' || line->bytes[n - 1] == '\r'))
        n--;
    g_byte_array_set_size(reader->next_from_line, 0);
    g_byte_array_append(reader->next_from_line, line->bytes,
                        (guint)MIN(n, MAX_FROM_LINE));
    reader->has_next = true;
}

/* The first line need not have a date, but it begins with "From ". */
static bool
find_first(RpMboxReader *reader)
{
    Line line;

    while (next_line(reader, &line))
        if (line.is_start && line.n >= 5 && memcmp(line.bytes, "From ", 5) == 0) {
            keep_from_line(reader, &line);
            return true;
        }
    return false;
}

/* Programs put ">" before a line "From " or ">From ", which was not sent. */
static bool
is_quoted_from(const Line *line)
{
    size_t n = 0;

    while (n < line->n && line->bytes[n] == '>')
        n++;
    return line->is_start && n > 0 && line->n - n >= 5 &&
           memcmp(line->bytes + n, "From ", 5) == 0;
}

static void
count(RpMboxMessage *message, const Line *line, uint8_t before)
{
    message->size += rp_crlf_size(line->bytes, line->n, before);
    if (is_quoted_from(line))
        message->size--;
}

static void
read_header(RpMboxReader *reader)
{
    RpMboxMessage *message = &reader->message;
    uint8_t before = '\0';
    Line line;

    g_byte_array_set_size(message->header, 0);
    message->size = 0;
    message->is_header_cut = message->is_header_whole = false;
    while (!message->is_header_whole && next_line(reader, &line)) {
        count(message, &line, line.is_start ? '\0' : before);
        before = line.bytes[line.n - 1];
        message->is_header_whole = is_empty(&line);
        if (message->header->len + line.n <= RP_MAX_HEADER)
            g_byte_array_append(message->header, line.bytes, (guint)line.n);
        else
            message->is_header_cut = true;
    }
}

/* Reads on to the From_ line of the next message, or the end. */
static void
pass_body(RpMboxReader *reader)
{
    RpMboxMessage *message = &reader->message;
    bool is_after_empty = true; /* the header's empty line */
    uint64_t n_empty = 0;       /* octets of the empty line just before, if any */
    uint8_t before = '\0';
    Line line;

    while (next_line(reader, &line)) {
        if (is_after_empty && is_from_line(&line)) {
            message->size -= n_empty;
            keep_from_line(reader, &line);
            return;
        }
        count(message, &line, line.is_start ? '\0' : before);
        before = line.bytes[line.n - 1];
        is_after_empty = is_empty(&line);
        n_empty = is_after_empty ? 2 : 0;
    }
    message->size -= n_empty;
}

const RpMboxMessage *
rp_mbox_reader_next(RpMboxReader *reader, int *failure)
{
    GByteArray *spare = reader->message.from_line;

    *failure = 0;
    if (!reader->has_next && (reader->n_taken > 0 || !find_first(reader))) {
        *failure = reader->failure;
        return NULL;
    }
    reader->message.from_line = reader->next_from_line;
    reader->next_from_line = spare;
    reader->has_next = false;
    read_header(reader);
    pass_body(reader);
    if (reader->failure != 0) {
        *failure = reader->failure;
        return NULL;
    }
    return &reader->message;
}
