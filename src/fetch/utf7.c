/* SPDX-License-Identifier: GPL-3.0-or-later */
/* utf7.c - modified UTF-7 */
#include "fetch/utf7.h"

#include <glib.h>
#include <stdbool.h>
#include <string.h>

#include "fetch/header-text.h"

static int
base64_value(char c)
{
    static const char digits[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+,";
    const char *found = c != '\0' ? strchr(digits, c) : NULL;

    return found != NULL ? (int)(found - digits) : -1;
}

typedef struct {
    gunichar high; /* the first half of a surrogate pair, or 0 */
    GString *out;  /* foreign */
} Utf16;

/* Takes one UTF-16 unit; false if it does not belong there. */
static bool
take_unit(Utf16 *utf16, gunichar unit)
{
    bool is_high = unit >= 0xd800 && unit < 0xdc00;
    bool is_low = unit >= 0xdc00 && unit < 0xe000;

    if (is_low != (utf16->high != 0) || unit == 0)
        return false;
    if (is_high) {
        utf16->high = unit;
        return true;
    }
    if (is_low)
        unit = 0x10000 + ((utf16->high - 0xd800) << 10) + (unit - 0xdc00);
    utf16->high = 0;
    g_string_append_unichar(utf16->out, unit);
    return true;
}

/* Decodes what stands between & and -; false if that is no base64 of UTF-16. */
static bool
decode_shifted(const char *text, size_t n, GString *out)
{
    Utf16 utf16 = {0, out};
    guint32 bits = 0;
    int n_bits = 0;

    for (size_t i = 0; i < n; i++) {
        int value = base64_value(text[i]);

        if (value < 0)
            return false;
        bits = bits << 6 | (guint32)value;
        n_bits += 6;
        if (n_bits < 16)
            continue;
        n_bits -= 16;
        if (!take_unit(&utf16, bits >> n_bits & 0xffff))
            return false;
    }
    /* what is left over only fills up the last digit: zeros, fewer than six */
    return utf16.high == 0 && n_bits < 6 && (bits & ((1U << n_bits) - 1)) == 0;
}

/* raw stands at a &; appends what that begins and returns where it ends. */
static const char *
take_shift(const char *raw, GString *out)
{
    const char *end = strchr(raw, '-');
    gsize length = out->len;

    if (end == raw + 1) {
        g_string_append_c(out, '&');
        return end + 1;
    }
    if (end != NULL && decode_shifted(raw + 1, (size_t)(end - raw - 1), out))
        return end + 1;
    g_string_truncate(out, length);
    g_string_append_c(out, '&');
    return raw + 1;
}

char *
rp_utf7_decode(const char *raw)
{
    g_autoptr(GString) out = g_string_new(NULL);
    g_autofree char *valid = NULL;

    while (*raw != '\0') {
        if (*raw == '&')
            raw = take_shift(raw, out);
        else
            g_string_append_c(out, *raw++);
    }
    valid = g_utf8_make_valid(out->str, (gssize)out->len);
    g_string_truncate(out, 0);
    for (const char *p = valid; *p != '\0'; p = g_utf8_find_next_char(p, NULL)) {
        gunichar c = g_utf8_get_char(p);

        g_string_append_unichar(out, g_unichar_iscntrl(c) || rp_text_is_bidi(c) ? 0xfffd
                                                                                : c);
    }
    return g_string_free(g_steal_pointer(&out), FALSE);
}
