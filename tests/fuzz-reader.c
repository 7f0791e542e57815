/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fuzz-reader.c - libFuzzer target: any bytes to the readers of small texts and files
 *
 * The first byte chooses the reader: an mbox, a configuration, holidays, a decoded
 * subject, what people type for a time, riposte-notify's lines, a Maildir's name.
 */
#include "config.h"

#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "cli/until.h"
#include "config/config.h"
#include "config/values.h"
#include "core/instant.h"
#include "core/subject.h"
#include "fetch/maildir-name.h"
#include "fetch/mbox-reader.h"
#include "fetch/message-file.h"
#include "notify/protocol.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
read_mbox(int fd, size_t n)
{
    g_autoptr(RpMboxReader) reader = rp_mbox_reader_new(fd, n);
    const RpMboxMessage *message;
    uint64_t last = 0;
    int failure;

    while ((message = rp_mbox_reader_next(reader, &failure)) != NULL) {
        g_assert_cmpuint(message->header->len, <=, RP_MAX_HEADER);
        g_assert_cmpuint(rp_mbox_reader_offset(reader), >=, last);
        last = rp_mbox_reader_offset(reader);
    }
    g_assert_cmpint(failure, ==, 0);
    g_assert_cmpuint(rp_mbox_reader_offset(reader), ==, n);
}

static void
read_file(uint8_t which, const uint8_t *data, size_t n)
{
    int fd = memfd_create("fuzz", MFD_CLOEXEC);
    g_autofree char *path = g_strdup_printf("/proc/self/fd/%d", fd);

    g_assert_true(fd >= 0 && write(fd, data, n) == (ssize_t)n &&
                  lseek(fd, 0, SEEK_SET) == 0);
    if (which == 0) {
        read_mbox(fd, n);
    } else if (which == 1) {
        g_autoptr(GError) error = NULL;
        g_autoptr(RpConfig) config = rp_config_load(path, &error);

        g_assert_true((config == NULL) == (error != NULL));
    } else {
        g_autoptr(GError) error = NULL;
        g_autoptr(GArray) days = rp_value_holidays(path, &error);

        g_assert_true((days == NULL) == (error != NULL));
    }
    close(fd);
}

static void
read_subject(const char *subject)
{
    bool is_reply;
    g_autofree char *base = rp_subject_base(subject, &is_reply);
    g_autofree char *tag = rp_subject_tag(subject);

    g_assert_true(g_utf8_validate(base, -1, NULL) && g_utf8_validate(tag, -1, NULL));
    rp_subject_has_prefix(subject);
    rp_subject_is_absence(subject);
    rp_subject_is_calendar(subject);
}

static void
read_time(const char *text)
{
    g_autoptr(GTimeZone) zone = g_time_zone_new_identifier("Europe/Berlin");
    int64_t at, duration_s;

    rp_until_parse(text, 1774700000, zone, &at);
    if (rp_instant_parse(text, zone, &at))
        g_free(rp_instant_format(at));
    if (rp_duration_parse(text, &duration_s))
        g_free(rp_duration_format(duration_s));
}

/* What is read is written again, and must read as the same. */
static void
read_line(const char *line)
{
    g_autoptr(RpNotifyEvent) event = rp_protocol_read_event(line);
    g_autoptr(RpNotice) show = NULL;
    g_autofree char *close_key = NULL;
    g_autofree char *first = event != NULL ? rp_protocol_event(event) : NULL;
    g_autoptr(RpNotifyEvent) same =
        first != NULL ? rp_protocol_read_event(first) : NULL;
    g_autofree char *second = same != NULL ? rp_protocol_event(same) : NULL;

    g_assert_cmpstr(first, ==, second);
    rp_protocol_read_order(line, &show, &close_key);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    g_autofree char *raw =
        size > 0 ? g_strndup((const char *)data + 1, size - 1) : NULL;
    g_autofree char *text = raw != NULL ? g_utf8_make_valid(raw, -1) : NULL;

    if (size == 0)
        return 0;
    if (data[0] % 7 < 3)
        read_file(data[0] % 7, data + 1, size - 1);
    else if (data[0] % 7 == 3)
        read_subject(text);
    else if (data[0] % 7 == 4)
        read_time(text);
    else if (data[0] % 7 == 5)
        read_line(text);
    else
        rp_maildir_name_read(raw, (data[0] & 128) != 0);
    return 0;
}
