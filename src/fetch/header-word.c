/* SPDX-License-Identifier: GPL-3.0-or-later */
/* header-word.c - encoded words to bytes, and bytes to UTF-8 */
#include "fetch/header-word.h"

#include <errno.h>
#include <gmime/gmime.h>
#include <string.h>

#include "fetch/header-text.h"

enum { MAX_CHARSET = 40 };

static bool
is_charset_char(char c)
{
    return g_ascii_isalnum(c) || (c != '\0' && strchr("-_.:+()", c) != NULL);
}

/* The end of "charset" or "charset*language" */
static size_t
read_charset(const char *bytes, size_t n, RpSpan *charset)
{
    size_t i = 0;

    while (i < n && i <= MAX_CHARSET && is_charset_char(bytes[i]))
        i++;
    *charset = (RpSpan){bytes, i};
    if (i < n && bytes[i] == '*')
        while (i < n && i <= 2 * MAX_CHARSET && bytes[i] != '?' && bytes[i] != ' ')
            i++;
    return i;
}

/* The text ends at the first question mark, which none of it may hold. */
static bool
read_text(const char *bytes, size_t n, RpSpan *text)
{
    const char *mark = memchr(bytes, '?', n);

    if (mark == NULL || mark + 1 >= bytes + n || mark[1] != '=')
        return false;
    *text = (RpSpan){bytes, (size_t)(mark - bytes)};
    return true;
}

bool
rp_encoded_word_read(const char *bytes, size_t n, RpEncodedWord *word)
{
    size_t i;

    if (n < 8 || bytes[0] != '=' || bytes[1] != '?')
        return false;
    i = 2 + read_charset(bytes + 2, n - 2, &word->charset);
    if (word->charset.n == 0 || word->charset.n > MAX_CHARSET || n - i < 3 ||
        bytes[i] != '?' || bytes[i + 2] != '?')
        return false;
    word->encoding = g_ascii_tolower(bytes[i + 1]);
    if (word->encoding != 'b' && word->encoding != 'q')
        return false;
    i += 3;
    if (!read_text(bytes + i, n - i, &word->text))
        return false;
    word->length = i + word->text.n + 2;
    return true;
}

static int
base64_value(char c)
{
    if (c >= 'A' && c <= 'Z')
        return c - 'A';
    if (c >= 'a' && c <= 'z')
        return c - 'a' + 26;
    if (c >= '0' && c <= '9')
        return c - '0' + 52;
    if (c == '+')
        return 62;
    return c == '/' ? 63 : -1;
}

/* Padding may be missing, and what is no digit is passed over. */
static void
decode_base64(RpSpan text, GString *out)
{
    guint32 bits = 0;
    int n_bits = 0;

    for (size_t i = 0; i < text.n && text.bytes[i] != '='; i++) {
        int value = base64_value(text.bytes[i]);

        if (value < 0)
            continue;
        bits = bits << 6 | (guint32)value;
        n_bits += 6;
        if (n_bits >= 8) {
            n_bits -= 8;
            g_string_append_c(out, (char)(bits >> n_bits & 0xff));
        }
    }
}

static void
decode_quoted(RpSpan text, GString *out)
{
    for (size_t i = 0; i < text.n; i++) {
        char c = text.bytes[i];

        if (c == '=' && i + 2 < text.n && g_ascii_isxdigit(text.bytes[i + 1]) &&
            g_ascii_isxdigit(text.bytes[i + 2])) {
            c = (char)(g_ascii_xdigit_value(text.bytes[i + 1]) << 4 |
                       g_ascii_xdigit_value(text.bytes[i + 2]));
            i += 2;
        } else if (c == '_') {
            c = ' ';
        }
        g_string_append_c(out, c);
    }
}

void
rp_encoded_word_decode(const RpEncodedWord *word, GString *out)
{
    if (word->encoding == 'b')
        decode_base64(word->text, out);
    else
        decode_quoted(word->text, out);
}

/* Only the charsets that mail is written in get to iconv: some of the others have
 * had decoders that crash or never end (CVE-2020-27618, CVE-2021-3326). */
static bool
is_mail_charset(const char *name)
{
    static const char *const known[] = {
        "iso-8859-*", "iso8859-*", "windows-*",   "cp125?",
        "cp8??",      "cp437",     "cp932",       "cp936",
        "cp949",      "cp950",     "koi8-*",      "gb2312*",
        "gbk",        "gb18030",   "euc-??",      "big5*",
        "shift?jis",  "sjis",      "iso-2022-jp", "iso-2022-kr",
        "ks_c_5601*", "ksc5601*",  "tis-620",     "utf-7",
        "utf-16*",    "utf-32*",   "macintosh",   "hz-gb-2312",
        "x-sjis",     "x-gbk",     "viscii",      "unicode-1-1-utf-7",
    };
    g_autofree char *lower = g_ascii_strdown(name, -1);

    for (size_t i = 0; i < G_N_ELEMENTS(known); i++)
        if (g_pattern_match_simple(known[i], lower))
            return true;
    return false;
}

static GIConv
open_charset(RpSpan charset)
{
    g_autofree char *name = g_strndup(charset.bytes, charset.n);

    if (!is_mail_charset(name))
        return (GIConv)-1;
    g_mime_init();
    return g_iconv_open("UTF-8", g_mime_charset_iconv_name(name));
}

/* Converts all it can; a byte that stands for nothing becomes U+FFFD. */
static void
convert(GIConv converter, GString *out, char *bytes, gsize n)
{
    char buffer[512];

    while (n > 0) {
        char *to = buffer;
        gsize n_left = sizeof buffer;
        gsize failed = g_iconv(converter, &bytes, &n, &to, &n_left);

        g_string_append_len(out, buffer, to - buffer);
        if (failed != (gsize)-1 || errno == E2BIG)
            continue;
        g_string_append(out, "\xef\xbf\xbd");
        bytes++;
        n--;
        g_iconv(converter, NULL, NULL, NULL, NULL);
    }
}

static bool
is_span(RpSpan span, const char *text)
{
    return span.n == strlen(text) && g_ascii_strncasecmp(span.bytes, text, span.n) == 0;
}

static bool
is_utf8_or_western(RpSpan charset)
{
    static const char *const names[] = {"utf-8",        "utf8",       "us-ascii",
                                        "ascii",        "iso-8859-1", "latin1",
                                        "windows-1252", "cp1252"};

    for (size_t i = 0; i < G_N_ELEMENTS(names); i++)
        if (is_span(charset, names[i]))
            return true;
    return false;
}

void
rp_charset_append(GString *out, RpSpan charset, const char *bytes, size_t n)
{
    g_autofree char *copy = NULL;
    GIConv converter;

    /* Both are so often named wrongly that the bytes are the better witness. */
    if (is_utf8_or_western(charset)) {
        rp_text_append_raw(out, bytes, n);
        return;
    }
    converter = open_charset(charset);
    if (converter == (GIConv)-1) {
        rp_text_append_raw(out, bytes, n);
        return;
    }
    copy = g_memdup2(bytes, n);
    convert(converter, out, copy, n);
    g_iconv_close(converter);
}
