/* SPDX-License-Identifier: GPL-3.0-or-later */
/* message-file.c - reading a message's header, and counting its body */
#include "config.h"

#include "fetch/message-file.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { FIRST_PIECE = 16 * 1024, PIECE = 64 * 1024 };

size_t
rp_header_length(const uint8_t *bytes, size_t n)
{
    const uint8_t *end = bytes + n, *line = bytes;

    while (line < end) {
        size_t left = (size_t)(end - line);
        const uint8_t *feed;

        if (*line == '\n')
            return (size_t)(line - bytes) + 1;
        if (*line == '\r' && left > 1 && line[1] == '\n')
            return (size_t)(line - bytes) + 2;
        feed = memchr(line, '\n', left);
        if (feed == NULL)
            return 0;
        line = feed + 1;
    }
    return 0;
}

uint64_t
rp_crlf_size(const uint8_t *bytes, size_t n, uint8_t before)
{
    const uint8_t *end = bytes + n, *at = bytes;
    uint64_t size = n;

    while (at < end && (at = memchr(at, '\n', (size_t)(end - at))) != NULL) {
        if ((at > bytes ? at[-1] : before) != '\r')
            size++;
        at++;
    }
    return size;
}

static ssize_t
read_piece(int fd, void *bytes, size_t n)
{
    ssize_t got;

    do
        got = read(fd, bytes, n);
    while (got < 0 && errno == EINTR);
    return got;
}

/* Reads until the header is whole, the file ends or the limit is reached; all that was
 * read stays in file->header. Returns false with errno. */
static bool
read_header(int fd, RpMessageFile *file, bool *is_end)
{
    GByteArray *bytes = file->header;
    size_t piece = FIRST_PIECE;

    g_byte_array_set_size(bytes, 0);
    *is_end = false;
    while (bytes->len < RP_MAX_HEADER) {
        guint length = bytes->len;
        ssize_t got;

        g_byte_array_set_size(bytes, length + (guint)piece);
        got = read_piece(fd, bytes->data + length, piece);
        g_byte_array_set_size(bytes, length + (guint)MAX(got, 0));
        *is_end = got == 0;
        if (got <= 0 || rp_header_length(bytes->data, bytes->len) > 0)
            return got >= 0;
        piece = PIECE;
    }
    file->is_header_cut = true;
    return true;
}

static bool
count_rest(int fd, RpMessageFile *file)
{
    uint8_t piece[PIECE];
    const GByteArray *header = file->header;
    uint8_t before = header->len > 0 ? header->data[header->len - 1] : '\0';
    ssize_t got;

    while ((got = read_piece(fd, piece, sizeof piece)) > 0) {
        file->size += rp_crlf_size(piece, (size_t)got, before);
        before = piece[got - 1];
    }
    return got == 0;
}

static bool
read_open_file(int fd, bool needs_size, RpMessageFile *file)
{
    struct stat status;
    size_t n_header;
    bool is_end;

    if (fstat(fd, &status) != 0)
        return false;
    if (!S_ISREG(status.st_mode)) {
        errno = EINVAL;
        return false;
    }
    file->modified_at = status.st_mtime;
    file->size = 0;
    file->is_header_cut = false;
    if (!read_header(fd, file, &is_end))
        return false;
    if (needs_size) {
        file->size = rp_crlf_size(file->header->data, file->header->len, '\0');
        if (!is_end && !count_rest(fd, file))
            return false;
    }
    n_header = rp_header_length(file->header->data, file->header->len);
    if (n_header > 0)
        g_byte_array_set_size(file->header, (guint)n_header);
    return true;
}

/* O_NONBLOCK: a FIFO must not hold us, nor a device. */
bool
rp_message_file_read(int directory, const char *name, bool needs_size,
                     RpMessageFile *file)
{
    int fd = openat(directory, name, O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);
    bool is_read;
    int failure;

    if (fd < 0)
        return false;
    is_read = read_open_file(fd, needs_size, file);
    failure = errno;
    close(fd);
    errno = failure;
    return is_read;
}
