/* SPDX-License-Identifier: GPL-3.0-or-later */
/* header-text.c - decoding and cleaning of text from mail */
#include "fetch/header-text.h"

#include <stdint.h>
#include <string.h>

#include "fetch/header-word.h"

bool
rp_text_is_bidi(gunichar c)
{
    return c == 0x061c || c == 0x200b || c == 0x200e || c == 0x200f ||
           (c >= 0x202a && c <= 0x202e) || (c >= 0x2060 && c <= 0x206f) || c == 0xfeff;
}

/* Windows-1252 where it differs from Latin-1; its holes stay the C1 controls that
 * Latin-1 has there, and these are cleaned away. */
static gunichar
from_windows_1252(uint8_t byte)
{
    static const uint16_t high[32] = {
        0x20ac, 0x0081, 0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021,
        0x02c6, 0x2030, 0x0160, 0x2039, 0x0152, 0x008d, 0x017d, 0x008f,
        0x0090, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014,
        0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0x009d, 0x017e, 0x0178,
    };

    return byte >= 0x80 && byte < 0xa0 ? high[byte - 0x80] : byte;
}

static bool
has_multibyte(const char *bytes, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if ((bytes[i] & 0x80) != 0 &&
            (gint32)g_utf8_get_char_validated(bytes + i, (gssize)(n - i)) >= 0)
            return true;
    return false;
}

void
rp_text_append_raw(GString *out, const char *bytes, size_t n)
{
    if (g_utf8_validate_len(bytes, n, NULL)) {
        g_string_append_len(out, bytes, (gssize)n);
    } else if (has_multibyte(bytes, n)) {
        g_autofree char *valid = g_utf8_make_valid(bytes, (gssize)n);

        g_string_append(out, valid);
    } else {
        for (size_t i = 0; i < n; i++)
            g_string_append_unichar(out, from_windows_1252((uint8_t)bytes[i]));
    }
}

size_t
rp_text_encoded_word(const char *bytes, size_t n)
{
    RpEncodedWord word;

    if (!rp_encoded_word_read(bytes, n, &word))
        return 0;
    for (size_t i = 0; i < word.length; i++)
        if ((unsigned char)bytes[i] <= ' ')
            return 0;
    return word.length;
}

static size_t
skip_blanks(RpSpan value, size_t i)
{
    while (i < value.n && strchr(" \t\r\n", value.bytes[i]) != NULL &&
           value.bytes[i] != '\0')
        i++;
    return i;
}

static bool
is_same_charset(RpSpan a, RpSpan b)
{
    return a.n == b.n && g_ascii_strncasecmp(a.bytes, b.bytes, a.n) == 0;
}

/* Decodes the encoded word at i and those after it, and returns where they end.
 * White space between two is no text, and the bytes of neighbours in one charset are
 * joined before they are converted, as some programs part characters. */
static size_t
decode_words(RpSpan value, size_t i, RpEncodedWord *word, GString *out)
{
    g_autoptr(GString) bytes = g_string_new(NULL);
    RpSpan charset = word->charset;
    size_t end, next;

    do {
        if (!is_same_charset(charset, word->charset)) {
            rp_charset_append(out, charset, bytes->str, bytes->len);
            g_string_truncate(bytes, 0);
            charset = word->charset;
        }
        rp_encoded_word_decode(word, bytes);
        end = i + word->length;
        next = i = skip_blanks(value, end);
    } while (rp_encoded_word_read(value.bytes + next, value.n - next, word));
    rp_charset_append(out, charset, bytes->str, bytes->len);
    return end;
}

/* Where the next encoded word begins, or the end. */
static size_t
find_word(RpSpan value, size_t i, RpEncodedWord *word)
{
    for (; i < value.n; i++) {
        const char *mark = memchr(value.bytes + i, '=', value.n - i);

        if (mark == NULL)
            return value.n;
        i = (size_t)(mark - value.bytes);
        if (rp_encoded_word_read(mark, value.n - i, word))
            return i;
    }
    return value.n;
}

static void
decode(RpSpan value, GString *out)
{
    RpEncodedWord word;
    size_t i = 0;

    while (i < value.n) {
        size_t at = find_word(value, i, &word);

        rp_text_append_raw(out, value.bytes + i, at - i);
        i = at < value.n ? decode_words(value, at, &word, out) : at;
    }
}

/* Is it fit as it is: printable ASCII, no encoded word, no two spaces? */
static bool
is_plain(RpSpan value, size_t max_bytes)
{
    if (value.n > max_bytes)
        return false;
    for (size_t i = 0; i < value.n; i++) {
        unsigned char c = (unsigned char)value.bytes[i];
        bool is_last = i + 1 == value.n;
        char next = is_last ? (char)'\0' : value.bytes[i + 1];

        if (c < ' ' || c >= 0x7f || (c == ' ' && next == ' ') ||
            (c == '=' && next == '?'))
            return false;
    }
    return true;
}

static bool
is_gap(gunichar c)
{
    return c == 0 || g_unichar_isspace(c) || g_unichar_iscntrl(c);
}

/* text is valid UTF-8, but may hold NUL. */
static char *
clean(const GString *text, size_t max_bytes, bool *is_cut)
{
    g_autoptr(GString) out = g_string_sized_new(text->len);
    const char *end = text->str + text->len;
    bool is_after_gap = false;

    for (const char *p = text->str; p < end; p = g_utf8_find_next_char(p, NULL)) {
        gunichar c = g_utf8_get_char(p);
        gsize length = out->len;

        if (rp_text_is_bidi(c))
            continue;
        if (is_gap(c)) {
            is_after_gap = true;
            continue;
        }
        if (is_after_gap && length > 0)
            g_string_append_c(out, ' ');
        is_after_gap = false;
        g_string_append_unichar(out, c);
        if (out->len > max_bytes) {
            g_string_truncate(out, length);
            *is_cut = true;
            break;
        }
    }
    return g_string_free(g_steal_pointer(&out), FALSE);
}

char *
rp_text_decode(RpSpan value, size_t max_bytes, bool *is_cut)
{
    g_autoptr(GString) text = NULL;

    value = rp_span_trim(value);
    if (is_plain(value, max_bytes))
        return g_strndup(value.bytes, value.n);
    text = g_string_sized_new(value.n + 1);
    decode(value, text);
    return clean(text, max_bytes, is_cut);
}
